package nl.wijkschakel.client.grant;

import static nl.wijkschakel.client.People.ANNA;
import static nl.wijkschakel.client.People.BRAM;
import static nl.wijkschakel.client.People.BRAM_ID;
import static nl.wijkschakel.client.People.CARLA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.UUID;
import nl.wijkschakel.client.Bodies;
import nl.wijkschakel.client.ServiceTest;
import nl.wijkschakel.kit.event.Events;
import nl.wijkschakel.servers.Folders;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.kafka.core.KafkaTemplate;

/** Grants as events repair them, over a real broker. */
class AttemptEventListenerTest extends ServiceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Autowired
    KafkaTemplate<String, String> kafka;

    @Autowired
    AttemptEventListener listener;

    @Autowired
    Events events;

    @Autowired
    MeterRegistry metrics;

    private final UUID attempt = UUID.randomUUID();

    @Test
    void anEventOpensAndEndsWhatNoPutDid() {
        var client = agreed();
        send(event("claimed", 2, "SHARED", ""));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(get(BRAM, "/v1/clients/" + client)).hasStatusOk());
        send(event("returned", 3, "NONE", ""));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(get(BRAM, "/v1/clients/" + client)).hasStatus(404));
    }

    @Test
    void anOldEventOrARepeatChangesNothing() {
        var client = agreed();
        assertThat(grant(attempt, "{\"access\":\"NONE\",\"sequence\":3}")).hasStatus(204);
        send(event("claimed", 2, "SHARED", ""));
        send(event("returned", 3, "SHARED", ""));
        var last = UUID.randomUUID();
        send(last.toString(), event(last, "sent", 1, "CORE", ""));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(grantOf(last)).isNotNull());
        settle();
        assertThat(stored("grants", attempt).getString("access")).isEqualTo("NONE");
        assertThat(get(BRAM, "/v1/clients/" + client)).hasStatus(404);
    }

    @Test
    void whatAnEventSaysBeforeTheAgreementIsKnownIsKept() {
        send(event("claimed", 2, "SHARED", ",\"accessUntil\":\"2026-06-01T00:00:00Z\""));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(grantOf(attempt)).isNotNull());
        var client = agreed();
        assertThat(get(BRAM, "/v1/clients/" + client)).hasStatusOk();
        assertThat(stored("grants", attempt).getLong("sequence")).isEqualTo(2);
        clock.set(NOW.plus(Duration.ofDays(100)));
        assertThat(get(BRAM, "/v1/clients/" + client)).hasStatus(404);
    }

    @Test
    void anEventTellsWhoIsExcluded() {
        var client = agreed();
        send(event("claimed", 2, "SHARED", "").replace("[]", "[\"" + BRAM_ID + "\"]"));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(get(CARLA, "/v1/clients/" + client)).hasStatusOk());
        assertThat(get(BRAM, "/v1/clients/" + client)).hasStatus(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"no json", "{\"specversion\":\"1.0\"}", "ACCESS", "WORKER"})
    void aDeadLetterClosesTheGrantAndAlerts(String letter) {
        var client = agreed();
        double closed = metrics.counter("wijkschakel.grants.closed").count();
        assertThat(grant(attempt, "{\"access\":\"SHARED\",\"sequence\":2}")).hasStatus(204);
        send(
                switch (letter) {
                    case "ACCESS" -> event("claimed", 3, "EVERYTHING", "");
                    case "WORKER" -> event("claimed", 3, "SHARED", "").replace("[]", "[null]");
                    default -> letter; // texts, as they are
                });
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(get(BRAM, "/v1/clients/" + client)).hasStatus(404));
        assertThat(metrics.counter("wijkschakel.grants.closed").count()).isEqualTo(closed + 1);
        assertThat(database.getCollection("dead_letters").countDocuments(new Document("key", attempt.toString())))
                .isEqualTo(1);
        // and nothing is stopped by it: the next event tells how things stand
        send(event("claimed", 4, "SHARED", ""));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(get(BRAM, "/v1/clients/" + client)).hasStatusOk());
    }

    @Test
    void eventsOfOtherThingsAreNone() {
        var draft =
                event("sent", 1, "CORE", "").replace("wijkschakel.attempt.sent", "wijkschakel.referral.draft-deleted");
        send(draft);
        var last = UUID.randomUUID();
        send(attempt.toString(), event(last, "sent", 1, "CORE", ""));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(grantOf(last)).isNotNull());
        assertThat(grantOf(attempt)).isNull();
        assertThat(database.getCollection("dead_letters").countDocuments(new Document("key", attempt.toString())))
                .isZero();
    }

    @Test
    void readsTheExamplesOfEachAttemptEvent() throws IOException {
        try (var examples = Files.newDirectoryStream(Folders.root().resolve("contracts"), "attempt-*.example.json")) {
            int read = 0;
            for (var example : examples) {
                var state = listener.state(events.read(Files.readString(example)));
                assertThat(state).as(example.toString()).isPresent();
                assertThat(state.get().sequence()).isPositive();
                read++;
            }
            assertThat(read).as("examples in contracts/").isPositive();
        }
    }

    private UUID agreed() {
        var client = register(ANNA, Bodies.client("Smit", anotherBsn()));
        assertThat(agree(attempt, Bodies.agreement(client, "\"NAME\""))).hasStatusOk();
        return client;
    }

    private @Nullable Document grantOf(UUID of) {
        return database.getCollection("grants").find(new Document("_id", of)).first();
    }

    /** Waits until all that was sent before is taken in: an event of the same key comes after it. */
    private void settle() {
        send(event("withdrawn", 9, "NONE", ""));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(stored("grants", attempt).getLong("sequence"))
                        .isEqualTo(9));
    }

    private void send(String event) {
        send(attempt.toString(), event);
    }

    private void send(String key, String event) {
        kafka.send(AttemptEventListener.TOPIC, key, event).join();
    }

    private String event(String type, long sequence, String access, String more) {
        return event(attempt, type, sequence, access, more);
    }

    private static String event(UUID of, String type, long sequence, String access, String more) {
        return """
                {"specversion":"1.0","id":"%s","source":"urn:nld:oin:00000000000000000000:systeem:wijkschakel-referral-service",
                 "type":"nl.wijkschakel.attempt.%s","time":"2026-03-02T09:00:00Z","subject":"%s","sequence":"%d",
                 "datacontenttype":"application/json","dataref":"/v1/attempts/%s",
                 "data":{"attempt":"%s","receiverAccess":"%s","excludedWorkers":[]%s}}
                """.formatted(UUID.randomUUID(), type, of, sequence, of, of, access, more);
    }
}
