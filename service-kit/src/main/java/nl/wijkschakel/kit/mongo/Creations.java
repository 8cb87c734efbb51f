package nl.wijkschakel.kit.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Updates.unset;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import java.time.Clock;
import java.util.Optional;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.web.IdempotencyKey;
import nl.wijkschakel.kit.web.Refusal;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Which request made a document, stored with it, so that the same request sent twice makes one (DESIGN §2.15). For
 * collections whose documents are made in a transaction: two at once under one key, and the second finds the first's.
 */
public final class Creations {

    private static final String FIELD = "creation";

    private final MongoCollection<Document> collection;
    private final Clock clock;

    public Creations(MongoCollection<Document> collection, Clock clock) {
        this.collection = collection;
        this.clock = clock;
    }

    public static IndexModel index() {
        return new IndexModel(
                Indexes.ascending(FIELD + ".organisation", FIELD + ".person", FIELD + ".key"),
                new IndexOptions().unique(true).partialFilterExpression(exists(FIELD + ".key")));
    }

    /**
     * What the caller made under this key already. After a day the key is free for another request.
     *
     * @throws Refusal.Conflict when it was another request
     */
    public Optional<Document> made(ClientSession session, @Nullable IdempotencyKey key, Caller caller) {
        if (key == null) {
            return Optional.empty();
        }
        var filter = and(
                eq(FIELD + ".organisation", caller.organisation()),
                eq(FIELD + ".person", caller.person()),
                eq(FIELD + ".key", key.key()));
        var stored = collection.find(session, filter).first();
        if (stored == null) {
            return Optional.empty();
        }
        var creation = stored.get(FIELD, Document.class);
        if (creation.getDate("at").toInstant().isBefore(clock.instant().minus(IdempotencyKey.VALID))) {
            collection.updateOne(session, eq("_id", stored.get("_id")), unset(FIELD));
            return Optional.empty();
        }
        key.requireSame(creation.getString("fingerprint"));
        return Optional.of(stored);
    }

    /** The document as it is to be stored. */
    public Document by(Document made, @Nullable IdempotencyKey key, Caller caller) {
        return key == null
                ? made
                : made.append(
                        FIELD,
                        new Document("organisation", caller.organisation())
                                .append("person", caller.person())
                                .append("key", key.key())
                                .append("fingerprint", key.fingerprint())
                                .append("at", clock.instant()));
    }
}
