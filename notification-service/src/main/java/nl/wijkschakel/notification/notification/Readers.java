package nl.wijkschakel.notification.notification;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Indexes.ascending;
import static com.mongodb.client.model.Projections.excludeId;
import static com.mongodb.client.model.Projections.fields;
import static com.mongodb.client.model.Projections.include;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Updates;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import nl.wijkschakel.kit.mongo.Indexed;
import nl.wijkschakel.notification.notification.Recipient.Shared;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * Who reads what several are told together: an organisation, or those who have a role. Nobody tells this service who works
 * where and as what: it learns it from who comes to look, and forgets those who stay away.
 */
final class Readers {

    private static final String COLLECTION = "readers";

    /** Whose list it is: an organisation's id, or a role as {@link Address} writes it. */
    private static final String LIST = "organisation";

    private static final String PERSON = "person";
    private static final String SEEN = "seen";
    private static final String MET = "met";

    /** Longer than {@link Notifications#LOOK_BACK}: who comes back after that finds nothing unread that was read before. */
    private static final Duration REMEMBERED = Duration.ofDays(90);

    private static final Duration WRITTEN_AGAIN = Duration.ofHours(6);
    private static final int MOST_CACHED = 50_000;

    /** One person as reader of one list. */
    record Reading(UUID person, Shared list) {}

    private final MongoCollection<Document> readers;
    private final Clock clock;
    private final Cache<Reading, Boolean> met = Caffeine.newBuilder()
            .maximumSize(MOST_CACHED)
            .expireAfterWrite(WRITTEN_AGAIN)
            .build();

    Readers(MongoDatabase database, Clock clock) {
        this.readers = database.getCollection(COLLECTION);
        this.clock = clock;
    }

    static Indexed indexes() {
        return new Indexed(
                COLLECTION,
                List.of(
                        new IndexModel(ascending(LIST, PERSON), new IndexOptions().unique(true)),
                        new IndexModel(
                                ascending(SEEN),
                                new IndexOptions().expireAfter(REMEMBERED.toSeconds(), TimeUnit.SECONDS))));
    }

    /** Counts as a reader from now on. Whether it is the first time, that is, until {@link #met} was called. */
    boolean isNew(Reading reading) {
        if (met.getIfPresent(reading) != null) {
            return false;
        }
        var known = Objects.requireNonNull(readers.findOneAndUpdate(
                is(reading),
                Updates.combine(Updates.set(SEEN, clock.instant()), Updates.setOnInsert(MET, false)),
                new FindOneAndUpdateOptions().upsert(true).returnDocument(ReturnDocument.AFTER)));
        if (known.getBoolean(MET, false)) {
            met.put(reading, true);
            return false;
        }
        return true;
    }

    void met(Reading reading) {
        readers.updateOne(is(reading), Updates.set(MET, true));
        met.put(reading, true);
    }

    /** The persons by list. */
    Map<Shared, Set<UUID>> of(Collection<Shared> lists) {
        var byKey = new HashMap<Object, Shared>();
        lists.forEach(list -> byKey.put(key(list), list));
        var found = new HashMap<Shared, Set<UUID>>();
        if (!byKey.isEmpty()) {
            readers.find(in(LIST, byKey.keySet()))
                    .projection(fields(include(LIST, PERSON), excludeId()))
                    .forEach(it -> found.computeIfAbsent(
                                    Objects.requireNonNull(byKey.get(it.get(LIST))), _ -> new HashSet<>())
                            .add(it.get(PERSON, UUID.class)));
        }
        return found;
    }

    private static Bson is(Reading reading) {
        return and(eq(LIST, key(reading.list())), eq(PERSON, reading.person()));
    }

    private static Object key(Shared list) {
        return Address.of(list).name();
    }
}
