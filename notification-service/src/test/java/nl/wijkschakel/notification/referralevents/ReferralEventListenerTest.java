package nl.wijkschakel.notification.referralevents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import nl.wijkschakel.notification.EventFixture;
import nl.wijkschakel.notification.RunningService;
import nl.wijkschakel.notification.Sender;
import nl.wijkschakel.notification.Tokens;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@SuppressWarnings("NullAway.Init") // service and sender are there before each test
class ReferralEventListenerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ADMIN = Tokens.of(new UUID(7, 7), "9901:it-admin");

    private static RunningService service;
    private static Sender sender;

    private final UUID organisation = UUID.randomUUID();
    private final UUID worker = UUID.randomUUID();
    private final String token = Tokens.of(worker, organisation + ":wijkteam-worker");

    @BeforeAll
    static void start() {
        service = RunningService.start(ReferralEventListenerTest.class);
        sender = new Sender();
    }

    @AfterAll
    static void stop() {
        sender.close();
        service.close();
    }

    /** The topic holds what other tests sent. */
    @BeforeEach
    void handleWhatIsThere() {
        var somebody = UUID.randomUUID();
        var first = EventFixture.of("completed").from(organisation, somebody);
        sender.send(first.json());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(items(Tokens.of(somebody, organisation + ":wijkteam-worker")))
                        .hasSize(1));
    }

    @Test
    void repeatedAndReorderedEventsAreOneNotificationEach() {
        var events = IntStream.range(0, 20)
                .mapToObj(minute -> EventFixture.of(minute % 2 == 0 ? "accepted" : "returned")
                        .from(organisation, worker)
                        .at("2026-03-02T09:%02d:00Z".formatted(minute)))
                .toList();
        var shuffled = new ArrayList<>(events);
        shuffled.addAll(events);
        Collections.shuffle(shuffled);
        shuffled.forEach(event -> sender.send(event.json()));
        awaitLast();

        var items = items();
        assertThat(items).hasSize(21);
        assertThat(items.reversed().subList(0, 20))
                .extracting(it -> it.path("attempt").asString())
                .containsExactlyElementsOf(
                        events.stream().map(it -> it.attempt().toString()).toList());
        assertThat(items.reversed().subList(0, 20))
                .extracting(it -> it.path("type").asString())
                .containsExactlyElementsOf(
                        events.stream().map(EventFixture::type).toList());
        assertThat(items.getLast().path("at").asString())
                .as("the event's own time")
                .isEqualTo("2026-03-02T09:00:00Z");
    }

    @Test
    void theOwnActIsNotToldAndASentReferralIsToldToTheOrganisation() {
        sender.send(
                EventFixture.of("started").from(organisation, worker).by(worker).json());
        var sent = EventFixture.of("sent").to(organisation).at("2026-03-02T08:00:00Z");
        sender.send(sent.json());
        awaitLast();

        assertThat(items())
                .extracting(it -> it.path("attempt").asString())
                .hasSize(2)
                .contains(sent.attempt().toString());
    }

    @Test
    void typesOfALaterReleaseAreIgnoredAndAreNoDeadLetters() {
        int before = deadLetters().size();
        sender.send(EventFixture.of("admired").from(organisation, worker).json());
        sender.send(EventFixture.of("x")
                .typed("nl.wijkschakel.referral.draft-deleted")
                .json());
        awaitLast();

        assertThat(items()).hasSize(1);
        assertThat(deadLetters()).hasSize(before);
    }

    @Test
    void whatCanNeverBeHandledIsADeadLetterAndTheNextIsHandled() {
        int before = deadLetters().size();
        var poison = List.of(
                "no json at all",
                "{}",
                "null",
                EventFixture.of("accepted")
                        .from(organisation, worker)
                        .typed("com.example.other")
                        .json(),
                EventFixture.of("accepted")
                        .from(organisation, worker)
                        .json()
                        .replace("\"worker\":\"" + worker + "\"", "\"worker\":null"),
                EventFixture.of("accepted")
                        .from(organisation, worker)
                        .json()
                        .replace("\"specversion\":\"1.0\"", "\"specversion\":\"2.0\""),
                EventFixture.of("accepted")
                        .from(organisation, worker)
                        .json()
                        .replaceAll("\"data\":\\{.*", "\"data\":[1]}"));
        poison.forEach(sender::send);
        sender.sendNothing();
        awaitLast();

        assertThat(items()).hasSize(1);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(deadLetters()).hasSize(before + poison.size() + 1));
        assertThat(sender.deadLetters(poison)).containsExactlyInAnyOrderElementsOf(poison);
    }

    @Test
    void aDeadLetterCanBeSentAgain() {
        sender.send("not yet readable");
        await().atMost(PATIENCE).until(() -> deadLetters().stream().anyMatch(it -> !it.has("resentAt")));
        var id = deadLetters().getLast().path("id").asString();

        assertThat(service.post("/v1/dead-letters/" + id + "/resending", token).status())
                .isEqualTo(403);
        assertThat(service.post("/v1/dead-letters/" + id + "/resending", ADMIN).status())
                .isEqualTo(204);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(sender.deadLetters(List.of("not yet readable")))
                        .hasSizeGreaterThanOrEqualTo(2));
    }

    /** What was sent before it is handled before it. */
    private void awaitLast() {
        var last = EventFixture.of("completed").from(organisation, worker).at("2026-03-03T09:00:00Z");
        sender.send(last.json());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(items())
                        .extracting(it -> it.path("attempt").asString())
                        .contains(last.attempt().toString()));
    }

    private List<JsonNode> items() {
        return items(token);
    }

    private static List<JsonNode> items(String token) {
        return service.get("/v1/notifications?limit=100", token)
                .body()
                .path("items")
                .valueStream()
                .toList();
    }

    private static List<JsonNode> deadLetters() {
        return service.get("/v1/dead-letters?limit=100", ADMIN)
                .body()
                .path("items")
                .valueStream()
                .toList();
    }
}
