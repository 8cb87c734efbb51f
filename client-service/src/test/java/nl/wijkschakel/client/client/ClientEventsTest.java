package nl.wijkschakel.client.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import nl.wijkschakel.client.Bodies;
import nl.wijkschakel.client.Contract;
import nl.wijkschakel.client.People;
import nl.wijkschakel.kit.event.Events;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ClientEventsTest {

    private static final Instant AT = Instant.parse("2026-03-02T09:00:00Z");
    private static final UUID ID = UUID.fromString("0199e000-0000-7000-8000-000000000031");

    private final ClientEvents events = new ClientEvents(
            new Events("urn:nld:oin:00000000000000000000:systeem:wijkschakel-client-service", JsonMapper.shared()));
    private final PersonalData person =
            JsonMapper.shared().readValue(Bodies.client("Smit", "999994086"), PersonalData.class);
    private final Client client = Client.registered(ID, "K7QX-3M9TF", People.WIJKTEAM, person, AT);

    @Test
    void tellsThatAClientWasRegistered() {
        new Contract("client-registered").isShownBy(events.registered(client), "0199e000-0000-7000-8000-000000000131");
    }

    @Test
    void tellsThatAClientWasChanged() {
        var changed = client.changed(person, AT.plusSeconds(60));
        new Contract("client-changed").isShownBy(events.changed(changed), "0199e000-0000-7000-8000-000000000132");
    }

    @ParameterizedTest
    @ValueSource(strings = {"client-registered", "client-changed"})
    void p13HoldsIdsAndRoutingAttributesOnly(String name) {
        var contract = new Contract(name);
        assertThat(contract.allows(contract.example())).isTrue();
        for (var field : new String[] {"name", "bsn", "surname", "postcode"}) {
            var more = (ObjectNode) contract.example();
            ((ObjectNode) more.path("data")).put(field, "x");
            assertThat(contract.allows(more)).as(field).isFalse();
            assertThat(contract.allows(((ObjectNode) contract.example()).put(field, "x")))
                    .as(field)
                    .isFalse();
        }
    }
}
