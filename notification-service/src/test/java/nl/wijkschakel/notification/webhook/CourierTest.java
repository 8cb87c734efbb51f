package nl.wijkschakel.notification.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.ExplainVerbosity;
import com.mongodb.client.MongoDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nl.wijkschakel.kit.demo.MovableClock;
import nl.wijkschakel.kit.event.Events;
import nl.wijkschakel.kit.web.Paging;
import nl.wijkschakel.notification.EventFixture;
import nl.wijkschakel.notification.RunningService;
import nl.wijkschakel.notification.Sender;
import nl.wijkschakel.notification.Tokens;
import nl.wijkschakel.notification.notification.Notifications;
import nl.wijkschakel.notification.webhook.Listening.Heard;
import nl.wijkschakel.notification.webhook.Messenger.Outcome;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Events as they go to subscribers' systems, by a clock that the test moves. */
@SuppressWarnings("NullAway.Init") // the service is there before each test
class CourierTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Instant NOON = Instant.parse("2100-03-01T11:00:00Z");
    private static final String ADMIN = Tokens.of(new UUID(7, 8), "9901:functional-admin");

    private static RunningService service;
    private static MovableClock clock;

    private final UUID organisation = UUID.randomUUID();
    private final String coordinator = Tokens.of(UUID.randomUUID(), organisation + ":coordinator");
    private Listening system;

    @BeforeAll
    static void start() {
        service = RunningService.start(
                CourierTest.class,
                "--spring.profiles.active=demo", // for its clock
                "--WEBHOOKS_LOCAL=true",
                "--WEB_ADDRESS=https://wijkschakel.example",
                "--webhooks.period=P1D"); // the test does the rounds
        clock = service.bean(MovableClock.class);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @BeforeEach
    void itIsNoon() throws IOException {
        for (var collection : List.of(Deliveries.COLLECTION, Subscriptions.COLLECTION)) {
            service.bean(MongoDatabase.class).getCollection(collection).deleteMany(new Document());
        }
        clock.set(NOON);
        system = new Listening();
    }

    @AfterEach
    void close() {
        system.close();
    }

    @Test
    void anEventOfAnOwnAttemptIsDeliveredSignedAndWithRoutingAttributesOnly() {
        var made = subscribe(system.url(), "\"authorization\":\"Bearer of-the-subscriber\"");
        var sent = event("sent");
        plan(sent.from(organisation, UUID.randomUUID()).json());
        plan(event("sent").json()); // between others
        deliver();

        assertThat(system.taken()).hasSize(1);
        var heard = system.taken().getFirst();
        assertThat(heard.headers().getFirst("Content-Type")).startsWith("application/cloudevents+json");
        assertThat(heard.headers().getFirst("Authorization")).isEqualTo("Bearer of-the-subscriber");
        var signature = heard.headers().getFirst("Wijkschakel-Signature");
        var moment = Instant.ofEpochSecond(Long.parseLong(signature.replaceAll("t=([0-9]+),.*", "$1")));
        assertThat(moment).isBetween(NOON, NOON.plusSeconds(60));
        assertThat(signature).isEqualTo(Signature.of(made.path("secret").asString(), moment, heard.body()));
        assertThat(heard.event().path("dataref").asString())
                .isEqualTo("https://wijkschakel.example/api/referral/v1/attempts/" + heard.attempt());
        assertThat(heard.event().path("id").asString()).isEqualTo(sent.id().toString());
        assertThat(heard.event().path("data").propertyNames())
                .containsExactlyInAnyOrder(
                        "attempt", "referral", "status", "municipality", "service", "urgency", "sender", "receiver");
        assertThat(heard.event().at("/data/sender").propertyNames()).containsExactly("organisation");
    }

    @Test
    void theReceiverHearsToo() {
        subscribe(system.url(), "");
        plan(event("claimed").to(organisation).json());
        deliver();
        assertThat(system.taken()).hasSize(1);
    }

    @Test
    void whatWasPlannedAgainIsDeliveredOnce() {
        subscribe(system.url(), "");
        var body = event("claimed").to(organisation).json();
        plan(body, body);
        deliver();
        plan(body);
        deliver();
        assertThat(system.taken()).hasSize(1);
    }

    @Test
    void filtersLetThroughWhatTheyName() {
        var other = UUID.randomUUID();
        for (var filters : List.of(
                "{\"statuses\":[\"SENT\",\"RETURNED\"],\"municipalities\":[\"9901\"]}",
                "{\"services\":[\"0199e000-0000-7000-8000-000000000003\"]}",
                "{\"organisations\":[\"" + other + "\"]}",
                "{\"statuses\":[\"RETURNED\"]}",
                "{\"municipalities\":[\"9902\"]}",
                "{\"services\":[\"0199e000-0000-7000-8000-000000000004\"]}",
                "{\"organisations\":[\"" + organisation + "\"]}")) {
            subscribe(system.url(), "\"filters\":" + filters);
        }
        plan(event("sent").from(organisation, UUID.randomUUID()).to(other).json());
        deliver();
        assertThat(system.taken()).as("the first three").hasSize(3);
    }

    @Test
    void whatHappenedBeforeIsNotTold() {
        subscribe(system.url(), "");
        plan(event("sent").at("2100-03-01T10:59:59Z").to(organisation).json());
        deliver();
        assertThat(system.heard()).isEmpty();
    }

    @Test
    void aTargetThatIsAwayForAnHourMissesNothingAndEachAttemptStaysInOrder() {
        subscribe(system.url(), "");
        system.answer(503);
        var attempts =
                Stream.generate(() -> event("sent").to(organisation)).limit(6).toList();
        for (var minute = 0; minute < 60; minute++) {
            clock.set(NOON.plus(Duration.ofMinutes(minute)));
            plan(inSequence(attempts.get(minute % 6), minute / 6 + 1));
            deliver();
        }
        assertThat(system.heard()).as("it is spared").hasSizeBetween(8, 40);
        assertThat(deliveries("WAITING")).hasSize(60);

        system.answer(204);
        for (var minute = 60; minute < 76; minute++) {
            clock.set(NOON.plus(Duration.ofMinutes(minute)));
            deliver();
        }
        assertThat(system.taken()).hasSize(60);
        assertInOrder(system.taken(), 10);
        assertThat(deliveries("DELIVERED")).hasSize(60);
    }

    @Test
    void theCoordinatorAndTheFunctionalAdminsAreToldOnceADayOfATargetThatFails() {
        var id = subscribe(system.url(), "").path("id").asString();
        system.answer(500);
        int ofOtherTests = failing(ADMIN).size();
        for (var hour = 0; hour < 11; hour++) { // until ten o'clock at night in Amsterdam
            clock.set(NOON.plus(Duration.ofHours(hour)));
            IntStream.range(0, 6)
                    .forEach(_ -> plan(event("sent").to(organisation).json()));
            deliver();
        }
        assertThat(failing(coordinator))
                .singleElement()
                .satisfies(it -> assertThat(it.path("subscription").asString()).isEqualTo(id));
        assertThat(failing(ADMIN)).hasSize(ofOtherTests + 1);
        assertThat(service.get("/v1/subscriptions/" + id, ADMIN)
                        .body()
                        .path("leftAloneUntil")
                        .isMissingNode())
                .isFalse();

        clock.set(NOON.plus(Duration.ofDays(1)));
        deliver();
        assertThat(failing(coordinator)).hasSize(2);
    }

    @Test
    void anEventThatIsNeverTakenHoldsUpItsAttemptAloneUntilItIsADeadLetterThatCanBeSentAgain() {
        subscribe(system.url(), "");
        var poison = event("sent").to(organisation);
        var fine = event("sent").to(organisation);
        system.answer(event ->
                event.path("subject").asString().equals(poison.attempt().toString())
                                && event.path("sequence").asString().equals("1")
                        ? 400
                        : 204);
        plan(inSequence(poison, 1), inSequence(poison, 2), inSequence(fine, 1));
        deliver();
        plan(inSequence(fine, 2));
        deliver();
        assertThat(system.taken())
                .extracting(Heard::attempt)
                .containsOnly(fine.attempt().toString());
        assertThat(deliveries("WAITING"))
                .extracting(it -> it.path("failure").asString())
                .containsExactlyInAnyOrder("400", "");

        for (var hour = 1; hour <= 74; hour++) {
            clock.set(NOON.plus(Duration.ofHours(hour)));
            deliver();
        }
        var dead = deliveries("DEAD");
        assertThat(dead)
                .singleElement()
                .satisfies(it -> assertThat(it.path("sequence").asInt()).isEqualTo(1));
        system.answer(204);
        var id = dead.getFirst().path("id").asString();
        assertThat(service.post(
                                "/v1/deliveries/" + id + "/resending",
                                Tokens.of(UUID.randomUUID(), UUID.randomUUID() + ":coordinator"))
                        .status())
                .isEqualTo(404);
        assertThat(service.post("/v1/deliveries/" + id + "/resending", coordinator)
                        .status())
                .isEqualTo(204);
        deliver();
        assertThat(system.taken())
                .filteredOn(it -> it.attempt().equals(poison.attempt().toString()))
                .extracting(Heard::sequence)
                .as("what waited for it, and it at last")
                .containsExactly(2L, 1L);
        assertThat(service.post("/v1/deliveries/" + UUID.randomUUID() + "/resending", coordinator)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void twoReplicasAtOnceKeepTheOrder() throws Exception {
        subscribe(system.url(), "");
        var attempts =
                Stream.generate(() -> event("sent").to(organisation)).limit(10).toList();
        for (var sequence = 1; sequence <= 5; sequence++) {
            int number = sequence;
            attempts.forEach(it -> plan(inSequence(it, number)));
        }
        try (var other = courier()) {
            while (!deliveries("WAITING").isEmpty()) {
                other.round();
                service.bean(Courier.class).round();
                await().atMost(PATIENCE)
                        .until(() ->
                                other.rests() && service.bean(Courier.class).rests());
            }
        }
        assertThat(system.taken()).hasSize(50);
        assertInOrder(system.taken(), 5);
    }

    @Test
    void whatAReplicaHadInHandWhenItDiedIsSentAgain() {
        subscribe(system.url(), "");
        plan(event("sent").to(organisation).json());
        var due = service.bean(Deliveries.class);
        var subscription = due.nextDue(List.of()).orElseThrow();
        var first = due.first(subscription, due.dueAttempts(subscription, 1).getFirst())
                .orElseThrow();
        service.bean(Messenger.class)
                .send(
                        service.bean(Subscriptions.class)
                                .find(subscription)
                                .orElseThrow()
                                .target(),
                        first,
                        NOON);
        deliver();

        assertThat(system.taken()).hasSize(2);
        assertThat(system.taken().getFirst().body())
                .isEqualTo(system.taken().getLast().body());
    }

    @Test
    void aTargetThatDoesNotAnswerHoldsUpNoOther() throws Exception {
        try (var slow = new Listening()) {
            var answered = new CountDownLatch(1);
            slow.answer(_ -> {
                try {
                    answered.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return 204;
            });
            subscribe(slow.url(), "");
            plan(event("sent").to(organisation).json());
            service.bean(Courier.class).round();
            subscribe(system.url(), "\"filters\":{\"statuses\":[\"SENT\"]}");
            plan(event("sent").to(organisation).at("2100-03-01T11:00:09Z").json());
            await().atMost(PATIENCE).untilAsserted(() -> {
                service.bean(Courier.class).round();
                assertThat(system.taken()).hasSize(1);
            });
            assertThat(slow.taken()).isEmpty();
            answered.countDown();
            await().atMost(PATIENCE).until(() -> service.bean(Courier.class).rests());
        }
    }

    @Test
    void anotherAddressIsTriedAtOnceAndWithoutASubscriptionNothingIsSent() {
        var nowhere = subscribe("http://127.0.0.1:9/hook", "").path("id").asString();
        IntStream.range(0, 6).forEach(_ -> plan(event("sent").to(organisation).json()));
        deliver();
        assertThat(deliveries("WAITING"))
                .hasSize(6)
                .anySatisfy(it -> assertThat(it.path("failure").asString()).isEqualTo("no-connection"));
        var changed = service.send(
                "PATCH",
                "/v1/subscriptions/" + nowhere,
                coordinator,
                "{\"callbackUrl\":\"" + system.url() + "\"}",
                "If-Match",
                "\"1\"");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.body().has("leftAloneUntil")).isFalse();
        deliver();
        assertThat(system.taken()).hasSize(6);

        plan(event("sent").to(organisation).json());
        assertThat(service.send("DELETE", "/v1/subscriptions/" + nowhere, coordinator, "", "If-Match", "\"2\"")
                        .status())
                .isEqualTo(204);
        deliver();
        assertThat(system.taken()).hasSize(6);
    }

    /** The guard of the connection itself, whatever was checked before. */
    @Test
    void nothingIsSentInsideNorWhereARedirectLeads() throws IOException {
        subscribe(system.url(), "");
        plan(event("sent").to(organisation).json());
        var due = service.bean(Deliveries.class);
        var subscription = due.nextDue(List.of()).orElseThrow();
        var delivery = due.first(subscription, due.dueAttempts(subscription, 1).getFirst())
                .orElseThrow();
        try (var guarded = new Messenger(new PublicAddresses(false));
                var unguarded = new Messenger(new PublicAddresses(true))) {
            for (var url : List.of(system.url(), system.url().replace("127.0.0.1", "localhost"))) {
                assertThat(guarded.send(new Target(url, null, "secret"), delivery, NOON))
                        .isEqualTo(new Outcome.NotTaken("not-public"));
            }
            assertThat(system.heard()).isEmpty();
            system.answer(302);
            assertThat(unguarded.send(new Target(system.url(), null, "secret"), delivery, NOON))
                    .isEqualTo(new Outcome.NotTaken("302"));
            assertThat(system.heard()).hasSize(1);
        }
    }

    @Test
    void whatComesThroughKafkaIsDelivered() {
        subscribe(system.url(), "");
        var event = event("sent").to(organisation);
        try (var sender = new Sender()) {
            sender.send(event.json());
            sender.flush();
            await().atMost(Duration.ofSeconds(90))
                    .untilAsserted(() -> assertThat(deliveries("WAITING")).hasSize(1));
        }
        deliver();
        assertThat(system.taken())
                .singleElement()
                .satisfies(
                        it -> assertThat(it.attempt()).isEqualTo(event.attempt().toString()));
    }

    @Test
    void eachQueryIsReadFromItsIndexAndNoFurtherThanThePage() {
        var id = UUID.fromString(subscribe(system.url(), "").path("id").asString());
        var one = event("sent").to(organisation);
        IntStream.range(1, 300).forEach(it -> plan(inSequence(one, it)));
        var deliveries = service.bean(Deliveries.class);
        var paging = new Paging(19, null);
        for (var explained : List.of(
                deliveries.findFirst(id, one.attempt()).explain(ExplainVerbosity.EXECUTION_STATS),
                deliveries.find(id, null, paging).explain(ExplainVerbosity.EXECUTION_STATS),
                deliveries.find(id, DeliveryState.WAITING, paging).explain(ExplainVerbosity.EXECUTION_STATS),
                deliveries.findDue(id).limit(20).explain(ExplainVerbosity.EXECUTION_STATS),
                service.bean(Subscriptions.class)
                        .find(organisation, paging)
                        .explain(ExplainVerbosity.EXECUTION_STATS))) {
            assertThat(explained.get("queryPlanner", Document.class).toJson())
                    .contains("IXSCAN")
                    .doesNotContain("\"SORT\"", "COLLSCAN");
            assertThat(explained.get("executionStats", Document.class).getInteger("totalKeysExamined"))
                    .isLessThanOrEqualTo(21);
        }
    }

    private static void assertInOrder(List<Heard> taken, int each) {
        var byAttempt = new HashMap<String, List<Long>>();
        taken.forEach(it ->
                byAttempt.computeIfAbsent(it.attempt(), _ -> new ArrayList<>()).add(it.sequence()));
        var expected = IntStream.rangeClosed(1, each).mapToObj(Long::valueOf).toList();
        assertThat(byAttempt).isNotEmpty();
        for (Map.Entry<String, List<Long>> entry : byAttempt.entrySet()) {
            assertThat(entry.getValue()).isEqualTo(expected);
        }
    }

    private static Courier courier() {
        return new Courier(
                service.bean(Subscriptions.class),
                service.bean(Deliveries.class),
                service.bean(Messenger.class),
                service.bean(Notifications.class),
                service.bean(MongoDatabase.class),
                clock,
                new SimpleMeterRegistry());
    }

    private JsonNode subscribe(String url, String more) {
        var body = "{\"callbackUrl\":\"%s\"%s}".formatted(url, more.isEmpty() ? "" : "," + more);
        var answer = service.send("POST", "/v1/subscriptions", coordinator, body);
        assertThat(answer.status()).isEqualTo(201);
        return answer.body();
    }

    private static EventFixture event(String name) {
        return EventFixture.of(name).at("2100-03-01T11:00:01Z");
    }

    /** Another event of the same attempt. */
    private static String inSequence(EventFixture of, int sequence) {
        return of.json()
                .replace("\"sequence\":\"1\"", "\"sequence\":\"" + sequence + "\"")
                .replace(of.id().toString(), UUID.randomUUID().toString());
    }

    private static void plan(String... events) {
        var webhooks = service.bean(Webhooks.class);
        webhooks.plan(Stream.of(events)
                .map(it -> service.bean(Events.class).read(it))
                .flatMap(it -> webhooks.read(it).stream())
                .toList());
    }

    private static void deliver() {
        var courier = service.bean(Courier.class);
        courier.round();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(courier::rests);
    }

    private List<JsonNode> deliveries(String state) {
        return service.get("/v1/subscriptions", coordinator)
                .body()
                .path("items")
                .valueStream()
                .flatMap(it -> service.get(
                                "/v1/deliveries?limit=100&state=%s&subscription=%s"
                                        .formatted(state, it.path("id").asString()),
                                coordinator)
                        .body()
                        .path("items")
                        .valueStream())
                .toList();
    }

    private static List<JsonNode> failing(String token) {
        return service.get("/v1/notifications?limit=100", token)
                .body()
                .path("items")
                .valueStream()
                .filter(it -> it.path("type").asString().equals(Courier.FAILING))
                .toList();
    }
}
