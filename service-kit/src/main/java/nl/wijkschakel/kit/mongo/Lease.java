package nl.wijkschakel.kit.mongo;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.bson.Document;

/**
 * Lets one replica at a time do a job. Its holder renews it well before it ends; one that died loses it. The database's
 * clock decides, so that the replicas' need not agree.
 */
public final class Lease {

    private final MongoCollection<Document> leases;
    private final String job;
    private final Duration duration;
    private final String owner = UUID.randomUUID().toString();

    public Lease(MongoDatabase database, String job, Duration duration) {
        this.leases = database.getCollection("leases");
        this.job = job;
        this.duration = duration;
    }

    /** Takes it, or renews it; false when another holds it. */
    public boolean hold() {
        var mine = new Document(
                "$or",
                List.of(
                        new Document("$eq", List.of("$owner", owner)),
                        new Document(
                                "$lt", List.of(new Document("$ifNull", List.of("$until", Instant.EPOCH)), "$$NOW"))));
        var until = new Document("$add", List.of("$$NOW", duration.toMillis()));
        var take = new Document(
                "$set",
                new Document("owner", when(mine, owner, "$owner")).append("until", when(mine, until, "$until")));
        var after = leases.findOneAndUpdate(
                Filters.eq("_id", job),
                List.of(take),
                new FindOneAndUpdateOptions().upsert(true).returnDocument(ReturnDocument.AFTER));
        return owner.equals(Objects.requireNonNull(after).getString("owner"));
    }

    /** Gives it up, so that another need not wait. */
    public void release() {
        leases.deleteOne(Filters.and(Filters.eq("_id", job), Filters.eq("owner", owner)));
    }

    private static Document when(Object condition, Object yes, Object no) {
        return new Document("$cond", List.of(condition, yes, no));
    }
}
