package nl.wijkschakel.notification.clientevents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import nl.wijkschakel.notification.RunningService;
import nl.wijkschakel.notification.Sender;
import nl.wijkschakel.notification.Tokens;
import nl.wijkschakel.servers.Folders;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ClientEventListenerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ADMIN = Tokens.of(new UUID(7, 7), "9901:it-admin");

    @Test
    void readsTheTopicPutsAsideWhatItCannotAndIgnoresTypesOfALaterRelease() throws IOException {
        var changed = Files.readString(Folders.root().resolve("contracts/client-changed.example.json"));
        try (var service = RunningService.start(ClientEventListenerTest.class);
                var sender = new Sender(ClientEventListener.TOPIC)) {
            sender.send(changed);
            sender.send(changed.replace("client.changed", "client.of-a-later-release"));
            sender.send(changed.replace("\"organisation\"", "\"organisations\""));

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(deadLetters(service))
                            .extracting(it -> it.path("topic").asString())
                            // the service also reads what other tests left on the topic of referrals
                            .containsOnlyOnce(ClientEventListener.TOPIC));
        }
    }

    private static List<JsonNode> deadLetters(RunningService service) {
        return service.get("/v1/dead-letters?limit=100", ADMIN)
                .body()
                .path("items")
                .valueStream()
                .toList();
    }
}
