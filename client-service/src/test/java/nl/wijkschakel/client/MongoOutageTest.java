package nl.wijkschakel.client;

import static nl.wijkschakel.client.People.ANNA;
import static nl.wijkschakel.client.People.BRAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;
import nl.wijkschakel.servers.MongoServer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** The database goes away and comes back (DESIGN §6). */
class MongoOutageTest extends ServiceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Autowired
    KafkaTemplate<String, String> kafka;

    @Test
    void requestsAre503AndEventsWaitWithoutDeadLetters() throws IOException {
        var client = register(ANNA, Bodies.client("Storing", anotherBsn()));
        var attempt = UUID.randomUUID();
        var agreement = Bodies.agreement(client, "\"NAME\"");
        assertThat(agree(attempt, agreement)).hasStatusOk();
        long letters = database.getCollection("dead_letters").countDocuments();
        var mongo = MongoServer.ofTests();
        mongo.stop();
        try {
            kafka.send("referral.events.v1", attempt.toString(), claimed(attempt))
                    .join();
            assertUnavailable(() -> get(ANNA, "/v1/clients/" + client));
            assertUnavailable(() -> post(ANNA, "/v1/clients", Bodies.unknownClient("Storing")));
            assertUnavailable(() -> post(ANNA, "/v1/client-searches", "{\"surname\":\"Storing\"}"));
            assertUnavailable(() -> agree(UUID.randomUUID(), agreement));
            assertUnavailable(() -> grant(attempt, "{\"access\":\"NONE\",\"sequence\":1}"));
            assertThat(http.get().uri("/actuator/health/readiness")).hasStatus(503);
            assertThat(http.get().uri("/actuator/health/liveness")).hasStatusOk();
        } finally {
            mongo.start();
        }
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(
                        () -> assertThat(get(BRAM, "/v1/clients/" + client)).hasStatusOk());
        assertThat(database.getCollection("dead_letters").countDocuments()).isEqualTo(letters);
    }

    /** Soon, since somebody waits for it. */
    private void assertUnavailable(Supplier<MvcTestResult> request) {
        long start = System.nanoTime();
        var answer = request.get();
        assertThat(answer).hasStatus(503).containsHeader(HttpHeaders.RETRY_AFTER);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
    }

    private static String claimed(UUID attempt) {
        return """
                {"specversion":"1.0","id":"%s","source":"urn:nld:oin:00000000000000000000:systeem:wijkschakel-referral-service",
                 "type":"nl.wijkschakel.attempt.claimed","time":"2026-03-02T09:00:00Z","subject":"%s","sequence":"2",
                 "datacontenttype":"application/json","dataref":"/v1/attempts/%s",
                 "data":{"receiverAccess":"SHARED","excludedWorkers":[]}}
                """.formatted(UUID.randomUUID(), attempt, attempt);
    }
}
