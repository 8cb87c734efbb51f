package nl.wijkschakel.kit.outbox;

/**
 * A collection whose documents carry messages; one bean for each. A document that is to go says {@code gone: true} and
 * holds nothing but its last messages: the relay removes it once they are sent.
 */
public record OutboxSource(String collection) {

    /** Marks a document that only waits for its messages to be sent. */
    public static final String GONE = "gone";
}
