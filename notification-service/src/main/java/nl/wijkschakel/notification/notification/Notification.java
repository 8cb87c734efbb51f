package nl.wijkschakel.notification.notification;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something happened that somebody must know: what, and to what. Whoever wants to know more asks the owner, with an own
 * token.
 *
 * @param id follows from the event and the recipient
 * @param type of the event
 * @param by the person who did it; null where a clock did
 * @param at when it happened
 */
public record Notification(
        UUID id,
        String type,
        Subject subject,
        Recipient recipient,
        @Nullable UUID by,
        Instant at) {

    /** @param event its id */
    public static Notification of(
            UUID event, String type, Subject subject, Recipient recipient, @Nullable UUID by, Instant at) {
        return new Notification(
                StableId.of(at, event, Address.of(recipient).bytes()), type, subject, recipient, by, at);
    }
}
