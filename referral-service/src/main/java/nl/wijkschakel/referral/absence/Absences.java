package nl.wijkschakel.referral.absence;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.push;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.UpdateOptions;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.event.Events;
import nl.wijkschakel.kit.mongo.Indexed;
import nl.wijkschakel.kit.outbox.Message;
import nl.wijkschakel.kit.web.Cursor;
import nl.wijkschakel.kit.web.Page;
import nl.wijkschakel.kit.web.Paging;
import nl.wijkschakel.referral.absence.Absence.Who;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Who is away: one document for each person and organisation, which stays when the absence ended, so that the sequence of
 * its events goes on.
 */
@Component
public class Absences {

    static final String COLLECTION = "absences";

    /** Nobody takes the place of more at once; each is one more list to read. */
    static final int MOST_REPLACED = 20;

    private static final String ORDER = "order";

    /** For whom and in whose place: one value, so that this has one index and no choice of another. */
    private static final String REPLACING = "replacing";

    private final MongoCollection<Document> collection;
    private final AbsenceEvents events;
    private final Clock clock;

    Absences(MongoDatabase database, Events events, Clock clock) {
        this.collection = database.getCollection(COLLECTION);
        this.events = new AbsenceEvents(events);
        this.clock = clock;
    }

    static Indexed indexes() {
        var there = new IndexOptions().partialFilterExpression(exists(ORDER));
        return new Indexed(
                COLLECTION,
                List.of(
                        new IndexModel(Indexes.ascending("organisation", ORDER), there),
                        new IndexModel(Indexes.ascending(REPLACING, "end"), there)));
    }

    /** Whose work the caller does now: the own, and that of colleagues whose place they take. */
    public List<UUID> placesOf(Caller caller) {
        var now = clock.instant();
        var places = new ArrayList<UUID>();
        places.add(caller.person());
        return collection
                .find(and(
                        eq(REPLACING, id(caller.organisation(), caller.person())),
                        gt("end", now),
                        lte("begin", now),
                        exists(ORDER)))
                .projection(include("person.person"))
                .limit(MOST_REPLACED)
                .map(it -> id(it.get("person", Document.class), "person"))
                .into(places);
    }

    /** The last one counts. The same again tells nobody anything. */
    void put(Absence absence) {
        while (true) {
            var stored = stored(absence.organisation(), absence.person().person());
            if (stored != null && stored.containsKey(ORDER) && absence(stored).equals(absence)) {
                return;
            }
            long sequence = next(stored);
            var message = events.set(absence, sequence, clock.instant());
            var order =
                    new Cursor(absence.end().toEpochMilli(), absence.person().person());
            var fields = combine(
                    set("organisation", absence.organisation()),
                    set("person", who(absence.person())),
                    set("replacement", who(absence.replacement())),
                    set(
                            REPLACING,
                            id(absence.organisation(), absence.replacement().person())),
                    set("from", absence.from().toString()),
                    set("until", absence.until().toString()),
                    set("begin", absence.begin()),
                    set("end", absence.end()),
                    set(ORDER, order.bytes()),
                    set("sequence", sequence),
                    push(Message.FIELD, message.toDocument()));
            if (write(absence.organisation(), absence.person().person(), stored, fields)) {
                return;
            }
            // somebody was faster: what they set is replaced
        }
    }

    /** They are back, or stay. */
    void end(UUID organisation, UUID person) {
        while (true) {
            var stored = stored(organisation, person);
            if (stored == null || !stored.containsKey(ORDER)) {
                return;
            }
            long sequence = next(stored);
            var message = events.ended(person, organisation, sequence, clock.instant());
            var fields = combine(
                    unset("replacement"),
                    unset(REPLACING),
                    unset("from"),
                    unset("until"),
                    unset("begin"),
                    unset("end"),
                    unset(ORDER),
                    set("sequence", sequence),
                    push(Message.FIELD, message.toDocument()));
            if (write(organisation, person, stored, fields)) {
                return;
            }
        }
    }

    /** Who is away now or will be, of those who come back first. */
    Page<Absence> page(UUID organisation, Paging paging) {
        var now = new Cursor(clock.instant().toEpochMilli(), new UUID(-1L, -1L));
        var after = Objects.requireNonNullElse(paging.after(), now);
        var found = collection
                .find(and(eq("organisation", organisation), gt(ORDER, after.bytes()), exists(ORDER)))
                .sort(ascending(ORDER))
                .limit(paging.limit() + 1)
                .map(Absences::absence)
                .into(new ArrayList<>());
        return Page.of(
                found,
                paging.limit(),
                last -> new Cursor(last.end().toEpochMilli(), last.person().person()));
    }

    private boolean write(UUID organisation, UUID person, @Nullable Document stored, Bson fields) {
        var id = id(organisation, person);
        var seen = stored == null
                ? and(eq("_id", id), exists("sequence", false))
                : and(eq("_id", id), eq("sequence", stored.getLong("sequence")));
        try {
            var written = collection.updateOne(seen, fields, new UpdateOptions().upsert(stored == null));
            return written.getMatchedCount() == 1 || written.getUpsertedId() != null;
        } catch (MongoWriteException e) {
            if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
                throw e;
            }
            return false;
        }
    }

    private @Nullable Document stored(UUID organisation, UUID person) {
        return collection.find(eq("_id", id(organisation, person))).first();
    }

    private static long next(@Nullable Document stored) {
        return stored == null ? 1 : stored.getLong("sequence") + 1;
    }

    private static String id(UUID organisation, UUID person) {
        return organisation + "|" + person;
    }

    private static Document who(Who it) {
        return new Document("person", it.person()).append("name", it.name());
    }

    private static Who who(Document stored, String field) {
        var who = stored.get(field, Document.class);
        return new Who(id(who, "person"), who.getString("name"));
    }

    private static Absence absence(Document stored) {
        return new Absence(
                id(stored, "organisation"),
                who(stored, "person"),
                who(stored, "replacement"),
                LocalDate.parse(stored.getString("from")),
                LocalDate.parse(stored.getString("until")));
    }

    private static UUID id(Document stored, String field) {
        return Optional.ofNullable(stored.get(field, UUID.class)).orElseThrow();
    }
}
