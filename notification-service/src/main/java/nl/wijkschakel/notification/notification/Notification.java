package nl.wijkschakel.notification.notification;

import java.time.Instant;
import java.util.UUID;

/**
 * Something happened that somebody must know: what and to which attempt. Whoever wants to know more asks the owner of
 * the attempt, with an own token.
 *
 * @param id follows from the event and the recipient
 * @param type of the event
 * @param by the person who did it
 * @param at when it happened
 */
public record Notification(
        UUID id, String type, UUID attempt, UUID referral, Recipient recipient, UUID by, Instant at) {

    /** @param event its id */
    public static Notification of(
            UUID event, String type, UUID attempt, UUID referral, Recipient recipient, UUID by, Instant at) {
        return new Notification(NotificationId.of(event, recipient, at), type, attempt, referral, recipient, by, at);
    }
}
