package nl.wijkschakel.notification.clientevents;

import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a client's event that say whom it concerns; the publisher has others and may add more.
 *
 * @param organisation whose record it is
 * @param municipality where the client lives
 * @param by who did it, where the event says so
 */
record ClientEvent(
        UUID client,
        UUID organisation,
        String municipality,
        @Nullable By by) {

    /** An event without one of them can never be handled, so it is refused here, where it is read. */
    ClientEvent {
        Objects.requireNonNull(client, "client");
        Objects.requireNonNull(organisation, "organisation");
        Objects.requireNonNull(municipality, "municipality");
    }

    record By(UUID person) {
        By {
            Objects.requireNonNull(person, "person");
        }
    }
}
