package nl.wijkschakel.client.consent;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import nl.wijkschakel.client.client.Client;
import nl.wijkschakel.client.client.ClientEvents;
import nl.wijkschakel.client.consent.Consent.Recorded;
import nl.wijkschakel.kit.event.Events;
import nl.wijkschakel.kit.outbox.Message;
import org.springframework.stereotype.Component;

/** Tells that a consent ended, and which attempts it was the legal basis of (contracts/consent-withdrawn). */
@Component
final class ConsentEvents {

    /** A consent begins, and can be withdrawn once. */
    private static final long WITHDRAWN = 2;

    private record Data(
            UUID consent, UUID client, UUID organisation, String municipality, List<UUID> attempts, By by) {}

    private record By(UUID person, UUID organisation) {}

    private final Events events;

    ConsentEvents(Events events) {
        this.events = events;
    }

    Message withdrawn(Consent consent, Client client, Instant at) {
        Recorded by = Objects.requireNonNull(consent.withdrawn());
        return events.message(
                ClientEvents.TOPIC,
                "nl.wijkschakel.consent.withdrawn",
                consent.id(),
                WITHDRAWN,
                ConsentController.path(client.id()) + "/" + consent.id(),
                new Data(
                        consent.id(),
                        client.id(),
                        client.organisation(),
                        client.municipality(),
                        consent.attempts(),
                        new By(by.person(), by.organisation())),
                at);
    }
}
