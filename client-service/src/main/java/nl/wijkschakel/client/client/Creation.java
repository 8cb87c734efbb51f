package nl.wijkschakel.client.client;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;

import java.time.Instant;
import java.util.UUID;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.web.IdempotencyKey;
import org.bson.Document;
import org.bson.conversions.Bson;

/** Which request made a client, stored with the client: so the same request sent again makes no other (DESIGN §2.15). */
record Creation(UUID person, IdempotencyKey key, Instant at) {

    static Creation by(Caller caller, IdempotencyKey key, Instant now) {
        return new Creation(caller.person(), key, now);
    }

    Document toDocument() {
        return new Document("person", person)
                .append("key", key.key())
                .append("fingerprint", key.fingerprint())
                .append("at", at);
    }

    Bson filter(UUID organisation) {
        return and(eq("organisation", organisation), eq("creation.person", person), eq("creation.key", key.key()));
    }
}
