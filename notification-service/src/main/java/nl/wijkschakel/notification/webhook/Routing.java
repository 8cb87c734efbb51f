package nl.wijkschakel.notification.webhook;

import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** The attributes of an attempt's event by which it finds its way, and which may leave the platform: no person is among them. */
record Routing(
        UUID attempt,
        UUID referral,
        String status,
        String municipality,
        UUID service,
        String urgency,
        Side sender,
        Side receiver) {

    Routing {
        Objects.requireNonNull(attempt, "attempt");
        Objects.requireNonNull(referral, "referral");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(municipality, "municipality");
        Objects.requireNonNull(service, "service");
        Objects.requireNonNull(urgency, "urgency");
        Objects.requireNonNull(sender, "sender");
        Objects.requireNonNull(receiver, "receiver");
    }

    record Side(UUID organisation) {
        Side {
            Objects.requireNonNull(organisation, "organisation");
        }
    }

    /** Nobody else is told of it. */
    Set<UUID> sides() {
        return sender.equals(receiver)
                ? Set.of(sender.organisation())
                : Set.of(sender.organisation(), receiver.organisation());
    }
}
