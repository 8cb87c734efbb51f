package nl.wijkschakel.client.consent;

import static nl.wijkschakel.client.People.ANNA_ID;
import static nl.wijkschakel.client.People.DE_BRUG;
import static nl.wijkschakel.client.People.WIJKTEAM;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import nl.wijkschakel.client.Contract;
import nl.wijkschakel.client.client.Client;
import nl.wijkschakel.client.consent.Consent.By;
import nl.wijkschakel.client.consent.Consent.Giver;
import nl.wijkschakel.client.consent.Consent.Recorded;
import nl.wijkschakel.client.consent.Consent.Scope;
import nl.wijkschakel.client.grant.SharedPart;
import nl.wijkschakel.kit.event.Events;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ConsentEventsTest {

    private static final Instant AT = Instant.parse("2026-03-02T09:00:00Z");
    private static final UUID CLIENT = UUID.fromString("0199e000-0000-7000-8000-000000000031");
    private static final Contract CONTRACT = new Contract("consent-withdrawn");

    private final ConsentEvents events = new ConsentEvents(
            new Events("urn:nld:oin:00000000000000000000:systeem:wijkschakel-client-service", JsonMapper.shared()));

    @Test
    void tellsOfWhichAttemptsItWasTheLegalBasis() {
        var client = new Client(CLIENT, "K7QX-3M9TF", WIJKTEAM, "9901", 1, 1, AT, AT, new Client.Content.Destroyed());
        var consent = new Consent(
                UUID.fromString("0199e000-0000-7000-8000-000000000041"),
                CLIENT,
                "2026-1",
                AT.minusSeconds(3600),
                new Giver(By.CLIENT, null),
                new Scope(DE_BRUG, null, Set.of(SharedPart.NAME)),
                new Recorded(ANNA_ID, WIJKTEAM, AT.minusSeconds(1800)),
                List.of(UUID.fromString("0199e000-0000-7000-8000-000000000021")),
                new Recorded(ANNA_ID, WIJKTEAM, AT));
        CONTRACT.isShownBy(events.withdrawn(consent, client, AT), "0199e000-0000-7000-8000-000000000134");
    }

    @Test
    void p13HoldsIdsAndRoutingAttributesOnly() {
        for (var field : new String[] {"name", "giver", "reason", "textVersion"}) {
            var more = (ObjectNode) CONTRACT.example();
            ((ObjectNode) more.path("data")).put(field, "x");
            assertThat(CONTRACT.allows(more)).as(field).isFalse();
        }
    }
}
