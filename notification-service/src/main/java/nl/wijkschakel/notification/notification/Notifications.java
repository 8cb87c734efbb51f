package nl.wijkschakel.notification.notification;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Indexes.ascending;
import static com.mongodb.client.model.Indexes.compoundIndex;
import static com.mongodb.client.model.Indexes.descending;

import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.CountOptions;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import nl.wijkschakel.kit.mongo.Indexed;
import nl.wijkschakel.kit.web.Cursor;
import nl.wijkschakel.kit.web.Page;
import nl.wijkschakel.kit.web.Paging;
import nl.wijkschakel.kit.web.Refusal;
import nl.wijkschakel.notification.notification.Readers.Reading;
import nl.wijkschakel.notification.notification.Recipient.Person;
import nl.wijkschakel.notification.notification.Recipient.Shared;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * What people, organisations and holders of a role must know. A list holds what the person is told, what the organisation
 * is told and what the roles are told that the person has now: {@code recipient} is one of them, so the list is a few
 * index ranges that the database merges as it reads. What is unread is kept as a set of who has <em>not</em> read it,
 * since an index finds what is in a set and never what is missing from one.
 */
public final class Notifications {

    static final String COLLECTION = "notifications";

    /** So far back, what an organisation was told is unread for somebody who looks for the first time. */
    static final Duration LOOK_BACK = Duration.ofDays(30);

    /** More are not counted: nobody needs the exact figure. */
    static final int MOST_COUNTED = 1_000;

    private static final String ID = "_id";

    /** For whom one works: an organisation, a municipality or all of them. See {@link Address}. */
    private static final String PLACE = "organisation";

    private static final String RECIPIENT = "recipient";
    private static final String UNREAD_BY = "unreadBy";
    private static final String BY = "by";
    private static final String UNTIL = "until";

    /**
     * The indexes of the two lists. Each query names its own: the database might take that on {@code _id} instead, which
     * is in the right order and full of what others are told.
     */
    private static final Bson WHOLE = compoundIndex(ascending(PLACE, RECIPIENT), descending(ID));

    private static final Bson UNREAD = compoundIndex(ascending(PLACE, RECIPIENT, UNREAD_BY), descending(ID));

    private final MongoCollection<Document> notifications;
    private final Readers readers;
    private final List<Outlet> outlets;
    private final Duration retention;
    private final Clock clock;

    Notifications(MongoDatabase database, Readers readers, List<Outlet> outlets, Duration retention, Clock clock) {
        this.notifications = database.getCollection(COLLECTION);
        this.readers = readers;
        this.outlets = List.copyOf(outlets);
        this.retention = retention;
        this.clock = clock;
    }

    static Indexed indexes() {
        return new Indexed(
                COLLECTION,
                List.of(
                        new IndexModel(WHOLE),
                        new IndexModel(UNREAD),
                        new IndexModel(ascending(UNTIL), new IndexOptions().expireAfter(0L, TimeUnit.SECONDS))));
    }

    /** Planning the same notification again changes nothing: its id names the event and the recipient. */
    public void plan(List<Notification> planned) {
        if (planned.isEmpty()) {
            return;
        }
        var known = readers.of(shared(planned));
        var writes = planned.stream()
                .map(it -> new UpdateOneModel<Document>(
                        eq(ID, it.id()),
                        new Document("$setOnInsert", document(it, known)),
                        new UpdateOptions().upsert(true)))
                .toList();
        var written = notifications.bulkWrite(writes, new BulkWriteOptions().ordered(false));
        var added = written.getUpserts().stream()
                .map(upsert -> planned.get(upsert.getIndex()))
                .toList();
        addReadersWhoCameMeanwhile(added, known);
        outlets.forEach(outlet -> outlet.tell(planned, known));
    }

    /**
     * Somebody who first looked between the reading of the readers and the write is in neither: the own look back came
     * too early. Whoever is not found now comes later, and finds what was written.
     */
    private void addReadersWhoCameMeanwhile(List<Notification> added, Map<Shared, Set<UUID>> known) {
        readers.of(shared(added)).forEach((list, persons) -> {
            var came = new HashSet<>(persons);
            came.removeAll(known.getOrDefault(list, Set.of()));
            for (var person : came) {
                var ids = added.stream()
                        .filter(it -> it.recipient().equals(list))
                        .map(Notification::id)
                        .toList();
                notifications.updateMany(and(in(ID, ids), ne(BY, person)), Updates.addToSet(UNREAD_BY, person));
            }
        });
    }

    private static Set<Shared> shared(Collection<Notification> told) {
        var lists = new HashSet<Shared>();
        for (var each : told) {
            if (each.recipient() instanceof Shared list) {
                lists.add(list);
            }
        }
        return lists;
    }

    private Document document(Notification planned, Map<Shared, Set<UUID>> readers) {
        var address = Address.of(planned.recipient());
        var document = new Document("type", planned.type())
                .append(PLACE, address.place())
                .append(RECIPIENT, address.name())
                .append("at", planned.at())
                .append(UNTIL, planned.at().plus(retention))
                .append(UNREAD_BY, unreadBy(planned, readers));
        planned.subject().storeIn(document);
        if (planned.by() != null) {
            document.append(BY, planned.by());
        }
        return document;
    }

    private static List<UUID> unreadBy(Notification planned, Map<Shared, Set<UUID>> readers) {
        return switch (planned.recipient()) {
            case Person person -> List.of(person.id());
            case Shared list ->
                readers.getOrDefault(list, Set.of()).stream()
                        .filter(person -> !person.equals(planned.by()))
                        .toList();
        };
    }

    /** Newest first. */
    Page<Listed> list(Reader reader, boolean unreadOnly, Paging paging) {
        meet(reader);
        var found = find(reader, unreadOnly, paging).map(Listed::of).into(new ArrayList<>());
        return Page.of(found, paging.limit(), last -> new Cursor(0, last.id()));
    }

    /** Seen apart by the test that looks at how the database finds it. */
    FindIterable<Document> find(Reader reader, boolean unreadOnly, Paging paging) {
        var mine = unreadOnly ? unreadBy(reader) : toldTo(reader);
        var after = paging.after();
        return notifications
                .find(after == null ? mine : and(mine, lt(ID, after.id())))
                .projection(Projections.fields(
                        Projections.include(
                                "type", Subject.ATTEMPT, Subject.REFERRAL, Subject.CLIENT, Subject.SUBSCRIPTION, "at"),
                        Projections.elemMatch(UNREAD_BY, new Document("$eq", reader.person()))))
                .sort(descending(ID))
                .hint(unreadOnly ? UNREAD : WHOLE)
                .limit(paging.limit() + 1);
    }

    /** As far as {@value #MOST_COUNTED}. */
    long countUnread(Reader reader) {
        meet(reader);
        return notifications.countDocuments(
                unreadBy(reader), new CountOptions().limit(MOST_COUNTED).hint(UNREAD));
    }

    /** @throws Refusal.Unknown when it is not this reader's */
    void read(Reader reader, UUID id) {
        meet(reader);
        var found = notifications.updateOne(and(eq(ID, id), toldTo(reader)), Updates.pull(UNREAD_BY, reader.person()));
        if (found.getMatchedCount() == 0) {
            throw new Refusal.Unknown();
        }
    }

    /** Whether the person has still to read one of these. */
    public boolean hasUnread(UUID person, Collection<UUID> ids) {
        return notifications
                        .find(and(in(ID, ids), eq(UNREAD_BY, person)))
                        .projection(Projections.include(ID))
                        .first()
                != null;
    }

    void readAll(Reader reader) {
        meet(reader);
        notifications.updateMany(
                unreadBy(reader), Updates.pull(UNREAD_BY, reader.person()), new UpdateOptions().hint(UNREAD));
    }

    /** What is planned from now on, by whichever replica. */
    public Arrivals arrivals() {
        return new Arrivals(notifications);
    }

    /** A reader counts from the first look on; what came shortly before that is unread as well. */
    private void meet(Reader reader) {
        for (var list : reader.shared()) {
            var reading = new Reading(reader.person(), list);
            if (readers.isNew(reading)) {
                var address = Address.of(list);
                notifications.updateMany(
                        and(
                                eq(PLACE, address.place()),
                                eq(RECIPIENT, address.name()),
                                gte(ID, StableId.lowest(clock.instant().minus(LOOK_BACK))),
                                ne(BY, reader.person())),
                        Updates.addToSet(UNREAD_BY, reader.person()),
                        new UpdateOptions().hint(WHOLE));
                readers.met(reading);
            }
        }
    }

    /** Never a role the reader does not have now, whatever stands in the set of those who have not read it. */
    private static Bson toldTo(Reader reader) {
        return and(in(PLACE, reader.places()), in(RECIPIENT, reader.names()));
    }

    private static Bson unreadBy(Reader reader) {
        return and(toldTo(reader), eq(UNREAD_BY, reader.person()));
    }

    static Notification notification(Document stored) {
        return new Notification(
                Objects.requireNonNull(stored.get(ID, UUID.class)),
                stored.getString("type"),
                Subject.of(stored),
                new Address(Objects.requireNonNull(stored.get(PLACE)), Objects.requireNonNull(stored.get(RECIPIENT)))
                        .recipient(),
                stored.get(BY, UUID.class),
                stored.getDate("at").toInstant());
    }
}
