package nl.wijkschakel.referral;

import com.mongodb.client.MongoClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.bson.RawBsonDocument;

/** The bytes as they lie in the database: what somebody sees who has it, and no key. */
public final class Raw {

    /** The collections, the vault's too, in whose bytes the word stands. */
    public static List<String> collectionsHolding(String word, MongoClient mongo, String database) {
        return Stream.of(database, database + "-vault")
                .map(mongo::getDatabase)
                .flatMap(each -> each.listCollectionNames().into(new java.util.ArrayList<>()).stream()
                        .filter(name -> !name.startsWith("system."))
                        .filter(name -> each
                                .getCollection(name, RawBsonDocument.class)
                                .find()
                                .map(document ->
                                        new String(document.getByteBuffer().array(), StandardCharsets.UTF_8))
                                .into(new java.util.ArrayList<>())
                                .stream()
                                .anyMatch(bytes -> bytes.contains(word))))
                .toList();
    }

    private Raw() {}
}
