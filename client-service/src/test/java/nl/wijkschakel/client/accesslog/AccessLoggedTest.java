package nl.wijkschakel.client.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import nl.wijkschakel.client.Contract;
import nl.wijkschakel.client.People;
import nl.wijkschakel.client.ServiceTest;
import nl.wijkschakel.kit.access.AccessEntry;
import nl.wijkschakel.kit.access.AccessEntry.Action;
import nl.wijkschakel.kit.access.AccessEntry.Resource;
import nl.wijkschakel.kit.access.AccessEntry.Result;
import nl.wijkschakel.kit.access.AccessLog;
import nl.wijkschakel.kit.event.Events;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.node.ObjectNode;

/** What all services publish and this one takes in. */
class AccessLoggedTest extends ServiceTest {

    private static final UUID CLIENT = UUID.fromString("0199e000-0000-7000-8000-000000000031");
    private static final Contract CONTRACT = new Contract("access-logged");

    @Autowired
    Events events;

    @Autowired
    AccessEventListener listener;

    @Test
    void tellsWhoDidWhatAndWhatFor() {
        var log = new AccessLog(database, events, Clock.fixed(NOW, ZoneOffset.UTC));
        CONTRACT.isShownBy(log.message(entry(List.of(CLIENT))), "0199e000-0000-7000-8000-000000000133");
    }

    @Test
    void aSearchThatFoundNobodyIsAllowedToo() {
        var log = new AccessLog(database, events, Clock.fixed(NOW, ZoneOffset.UTC));
        var message = log.message(entry(List.of()));
        assertThat(message.key()).isEqualTo(People.BRAM_ID.toString());
        assertThat(CONTRACT.allows(json.readTree(message.body()))).isTrue();
    }

    @Test
    void takesItsExampleIn() {
        var logged = listener.logged(events.read(CONTRACT.example().toString()));
        assertThat(logged.entry()).isEqualTo(entry(List.of(CLIENT)));
    }

    @Test
    void p13AllowsNoOtherField() {
        for (var field : new String[] {"name", "bsn", "detail"}) {
            var more = (ObjectNode) CONTRACT.example();
            ((ObjectNode) more.path("data")).put(field, "x");
            assertThat(CONTRACT.allows(more)).as(field).isFalse();
        }
    }

    private static AccessEntry entry(List<UUID> clients) {
        return new AccessEntry(
                People.BRAM_ID,
                null,
                People.DE_BRUG,
                "specialist",
                Action.READ,
                clients,
                new Resource("client", CLIENT),
                "WMO",
                Result.GRANTED);
    }
}
