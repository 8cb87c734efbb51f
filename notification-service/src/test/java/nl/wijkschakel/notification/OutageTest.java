package nl.wijkschakel.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import nl.wijkschakel.servers.Folders;
import nl.wijkschakel.servers.KafkaServer;
import nl.wijkschakel.servers.MongoServer;
import nl.wijkschakel.servers.Ports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What happens while a part is away (DESIGN §6). */
class OutageTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String ADMIN = Tokens.of(new UUID(7, 7), "9901:it-admin");

    @TempDir
    Path folder;

    private final UUID organisation = UUID.randomUUID();
    private final UUID worker = UUID.randomUUID();
    private final String token = Tokens.of(worker, organisation + ":wijkteam-worker");

    @Test
    void whileMongoIsAwayNothingIsLostNorADeadLetterAndBrowsersAskAgainAfterwards() throws IOException {
        try (var mongo = mongo();
                var sender = new Sender();
                var service = RunningService.start(mongo.uri(), "Outage")) {
            sender.send(accepted().json());
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(items(service)).hasSize(1));
            int ofOtherTests = deadLetters(service).size();
            try (var browser = service.browser(token)) {
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(browser.names()).contains("resync"));
                mongo.stop();

                var missed = IntStream.range(0, 20).mapToObj(_ -> accepted()).toList();
                missed.forEach(event -> sender.send(event.json()));
                sender.send("unreadable, and that cannot be written down now");
                sender.flush();
                await().atMost(PATIENCE)
                        .untilAsserted(
                                () -> assertThat(status(service, "readiness")).isEqualTo(503));
                assertThat(status(service, "liveness")).isEqualTo(200);
                var refused = service.get("/v1/notifications", token);
                assertThat(refused.status()).isEqualTo(503);
                assertThat(refused.response().headers().firstValue("Retry-After"))
                        .isPresent();
                assertThat(browser.hasEnded()).as("the stream stays open").isFalse();
                long before = browser.names().stream().filter("resync"::equals).count();

                mongo.start();
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(items(service)).hasSize(21));
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(browser.names().stream()
                                        .filter("resync"::equals)
                                        .count())
                                .isGreaterThan(before));
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(deadLetters(service)).hasSize(ofOtherTests + 1));

                var after = accepted();
                sender.send(after.json());
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(browser.attempts())
                                .contains(after.attempt().toString()));
                assertThat(deadLetters(service)).hasSize(ofOtherTests + 1);
                assertThat(status(service, "readiness")).isEqualTo(200);
            }
        }
    }

    @Test
    void startsWhileKafkaAndKeycloakAreAway() {
        var database = MongoServer.ofTests().emptyDatabase(OutageTest.class);
        var nowhere = "127.0.0.1:" + Ports.free();
        try (var service =
                RunningService.startWith(MongoServer.ofTests().uri(), database, nowhere, "http://" + nowhere)) {
            assertThat(status(service, "readiness")).isEqualTo(200);
            var answer = service.get("/v1/notifications", token);
            assertThat(answer.status()).as("keys cannot be had").isEqualTo(503);
            assertThat(answer.body().path("type").asString()).endsWith("login-unavailable");
        }
    }

    @Test
    void startsWhileMongoIsAwayAndIsReadyOnceItIsThere() throws IOException {
        try (var mongo = mongo()) {
            mongo.stop();
            var kafka = KafkaServer.ofTests().bootstrapServers();
            try (var service = RunningService.startWith(mongo.uri(), "Late", kafka, Tokens.issuer())) {
                assertThat(status(service, "readiness")).isEqualTo(503);
                mongo.start();
                await().atMost(PATIENCE)
                        .untilAsserted(
                                () -> assertThat(status(service, "readiness")).isEqualTo(200));
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(
                                        service.get("/v1/notifications", token).status())
                                .isEqualTo(200));
            }
        }
    }

    private EventFixture accepted() {
        return EventFixture.of("accepted").from(organisation, worker);
    }

    private List<JsonNode> items(RunningService service) {
        return service.get("/v1/notifications?limit=100", token)
                .body()
                .path("items")
                .valueStream()
                .toList();
    }

    private static List<JsonNode> deadLetters(RunningService service) {
        return service.get("/v1/dead-letters?limit=100", ADMIN)
                .body()
                .path("items")
                .valueStream()
                .toList();
    }

    private static int status(RunningService service, String probe) {
        return service.get("/actuator/health/" + probe).status();
    }

    private MongoServer mongo() throws IOException {
        return MongoServer.start(Folders.local(), folder.resolve("data"), Ports.free());
    }
}
