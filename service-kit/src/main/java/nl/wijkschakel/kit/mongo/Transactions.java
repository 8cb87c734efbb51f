package nl.wijkschakel.kit.mongo;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import java.util.function.Function;

/** Several documents in one write, all or none. The work may run twice, so it has no effect beside the session's. */
public final class Transactions {

    private final MongoClient client;

    public Transactions(MongoClient client) {
        this.client = client;
    }

    public <T> T inOne(Function<ClientSession, T> work) {
        try (var session = client.startSession()) {
            return session.withTransaction(() -> work.apply(session));
        }
    }
}
