package nl.wijkschakel.referral;

import static com.mongodb.client.model.Sorts.descending;
import static java.util.Objects.requireNonNull;

import com.mongodb.client.MongoDatabase;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;

/** What mongod itself says of the queries it ran, as they were really sent. */
public final class Profile implements AutoCloseable {

    private final MongoDatabase database;

    public Profile(MongoDatabase database) {
        this.database = database;
        level(0);
        database.getCollection("system.profile").drop();
        level(2);
    }

    /** The newest query on the collection that asked for this field; commands of the profile itself are not in it. */
    public Document last(String collection, String field) {
        return requireNonNull(database.getCollection("system.profile")
                .find(new Document("ns", database.getName() + "." + collection)
                        .append(
                                "$or",
                                List.of(
                                        new Document("command.filter." + field, new Document("$exists", true)),
                                        new Document("command.filter.$and." + field, new Document("$exists", true)),
                                        new Document(
                                                "command.pipeline.0.$match." + field, new Document("$exists", true)))))
                .sort(descending("$natural"))
                .first());
    }

    /** All queries on the collection. */
    public List<Document> all(String collection) {
        return database.getCollection("system.profile")
                .find(new Document("ns", database.getName() + "." + collection).append("op", "query"))
                .into(new ArrayList<>());
    }

    private void level(int level) {
        database.runCommand(new Document("profile", level).append("slowms", 0));
    }

    @Override
    public void close() {
        level(0);
    }
}
