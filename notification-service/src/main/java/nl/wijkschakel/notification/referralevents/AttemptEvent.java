package nl.wijkschakel.notification.referralevents;

import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an attempt's event that say whom it concerns; the publisher has others and may add more.
 *
 * @param receiverAccess how much of it the receiver sees from now on
 * @param by null for what a clock did
 * @param turn {@value #SENDER} or {@code RECEIVER}: who has to act, where a clock tells of it
 */
record AttemptEvent(
        UUID attempt,
        UUID referral,
        Sender sender,
        Receiver receiver,
        @Nullable String receiverAccess,
        @Nullable By by,
        @Nullable String turn) {

    static final String SENDER = "SENDER";

    private static final String NOTHING = "NONE";

    /** An event without one of them can never be handled, so it is refused here, where it is read. */
    AttemptEvent {
        Objects.requireNonNull(attempt, "attempt");
        Objects.requireNonNull(referral, "referral");
        Objects.requireNonNull(sender, "sender");
        Objects.requireNonNull(receiver, "receiver");
    }

    boolean isOverForReceiver() {
        return NOTHING.equals(receiverAccess);
    }

    record Sender(UUID organisation, UUID worker) {
        Sender {
            Objects.requireNonNull(organisation, "organisation");
            Objects.requireNonNull(worker, "worker");
        }
    }

    /** @param worker who handles it, once somebody does */
    record Receiver(UUID organisation, @Nullable UUID worker) {
        Receiver {
            Objects.requireNonNull(organisation, "organisation");
        }
    }

    record By(UUID person, UUID organisation) {
        By {
            Objects.requireNonNull(person, "person");
            Objects.requireNonNull(organisation, "organisation");
        }
    }
}
