package nl.wijkschakel.kit.outbox;

import java.time.Instant;
import java.util.UUID;
import nl.wijkschakel.kit.TimeOrderedIds;
import org.bson.Document;

/**
 * Something to be sent, stored in the document whose change it tells of: the change and its message are one write, so
 * neither exists without the other.
 *
 * @param key messages of one key arrive in the order in which they were stored
 */
public record Message(UUID id, String topic, String key, String body, Instant at) {

    /** Of every body: structured mode (CloudEvents 1.0 §3.2), all of it is in there. */
    static final String CONTENT_TYPE = "application/cloudevents+json";

    /** The array in which a document keeps what it has to send. */
    public static final String FIELD = "outbox";

    public static Message to(String topic, String key, String body, Instant at) {
        return new Message(TimeOrderedIds.next(), topic, key, body, at);
    }

    /** For {@code $push}, or as an element of a new document's {@link #FIELD}. */
    public Document toDocument() {
        return new Document("id", id)
                .append("topic", topic)
                .append("key", key)
                .append("body", body)
                .append("at", at);
    }

    static Message of(Document stored) {
        return new Message(
                stored.get("id", UUID.class),
                stored.getString("topic"),
                stored.getString("key"),
                stored.getString("body"),
                stored.getDate("at").toInstant());
    }
}
