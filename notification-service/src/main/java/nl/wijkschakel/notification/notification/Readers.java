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
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * Who reads what an organisation is told. Nobody tells this service who works where: it learns it from who comes to look,
 * and forgets those who stay away.
 */
final class Readers {

    private static final String COLLECTION = "readers";
    private static final String ORGANISATION = "organisation";
    private static final String PERSON = "person";
    private static final String SEEN = "seen";
    private static final String MET = "met";

    /** Longer than {@link Notifications#LOOK_BACK}: who comes back after that finds nothing unread that was read before. */
    private static final Duration REMEMBERED = Duration.ofDays(90);

    private static final Duration WRITTEN_AGAIN = Duration.ofHours(6);
    private static final int MOST_CACHED = 50_000;

    private final MongoCollection<Document> readers;
    private final Clock clock;
    private final Cache<Reader, Boolean> met = Caffeine.newBuilder()
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
                        new IndexModel(ascending(ORGANISATION, PERSON), new IndexOptions().unique(true)),
                        new IndexModel(
                                ascending(SEEN),
                                new IndexOptions().expireAfter(REMEMBERED.toSeconds(), TimeUnit.SECONDS))));
    }

    /** Counts as a reader from now on. Whether it is the first time, that is, until {@link #met} was called. */
    boolean isNew(Reader reader) {
        if (met.getIfPresent(reader) != null) {
            return false;
        }
        var known = Objects.requireNonNull(readers.findOneAndUpdate(
                is(reader),
                Updates.combine(Updates.set(SEEN, clock.instant()), Updates.setOnInsert(MET, false)),
                new FindOneAndUpdateOptions().upsert(true).returnDocument(ReturnDocument.AFTER)));
        if (known.getBoolean(MET, false)) {
            met.put(reader, true);
            return false;
        }
        return true;
    }

    void met(Reader reader) {
        readers.updateOne(is(reader), Updates.set(MET, true));
        met.put(reader, true);
    }

    /** The persons by organisation. */
    Map<UUID, Set<UUID>> of(Collection<UUID> organisations) {
        var found = new HashMap<UUID, Set<UUID>>();
        if (!organisations.isEmpty()) {
            readers.find(in(ORGANISATION, organisations))
                    .projection(fields(include(ORGANISATION, PERSON), excludeId()))
                    .forEach(it -> found.computeIfAbsent(it.get(ORGANISATION, UUID.class), _ -> new HashSet<>())
                            .add(it.get(PERSON, UUID.class)));
        }
        return found;
    }

    private static Bson is(Reader reader) {
        return and(eq(ORGANISATION, reader.organisation()), eq(PERSON, reader.person()));
    }
}
