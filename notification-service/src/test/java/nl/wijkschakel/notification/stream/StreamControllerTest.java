package nl.wijkschakel.notification.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import nl.wijkschakel.kit.caller.Role;
import nl.wijkschakel.notification.Browser;
import nl.wijkschakel.notification.RunningService;
import nl.wijkschakel.notification.Tokens;
import nl.wijkschakel.notification.notification.Notification;
import nl.wijkschakel.notification.notification.Notifications;
import nl.wijkschakel.notification.notification.Recipient;
import nl.wijkschakel.notification.notification.Recipient.Organisation;
import nl.wijkschakel.notification.notification.Recipient.Person;
import nl.wijkschakel.notification.notification.Recipient.RoleAnywhere;
import nl.wijkschakel.notification.notification.Recipient.RoleAtOrganisation;
import nl.wijkschakel.notification.notification.Subject;
import nl.wijkschakel.servers.MongoServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init") // the replicas are there before each test
class StreamControllerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String[] QUICK = {"--stream.heartbeat=200ms", "--stream.most=20"};

    private static RunningService one;
    private static RunningService two;

    private final UUID organisation = UUID.randomUUID();
    private final UUID person = UUID.randomUUID();
    private final UUID colleague = UUID.randomUUID();

    @BeforeAll
    static void start() {
        var mongo = MongoServer.ofTests();
        var database = mongo.emptyDatabase(StreamControllerTest.class);
        one = RunningService.start(mongo.uri(), database, QUICK);
        two = RunningService.start(mongo.uri(), database, QUICK);
    }

    @AfterAll
    static void stop() {
        one.close();
        two.close();
    }

    @Test
    void beginsWithResyncAndIsNotHeldBackByAnybody() {
        try (var browser = one.browser(Tokens.ofSpecialist(person, organisation))) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(browser.names()).startsWith("resync"));
            var headers = browser.response().headers();
            assertThat(headers.firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
            assertThat(headers.allValues("Cache-Control")).containsExactly("no-store");
            assertThat(headers.allValues("X-Accel-Buffering")).containsExactly("no");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(browser.comments()).isNotEmpty());
        }
    }

    @Test
    void bothReplicasTellTheRightBrowsersOnce() {
        try (var here = one.browser(Tokens.ofSpecialist(person, organisation));
                var there = two.browser(Tokens.ofSpecialist(person, organisation));
                var colleagues = two.browser(Tokens.ofSpecialist(colleague, organisation));
                var elsewhere = one.browser(
                        Tokens.of(person, organisation + ":specialist", new UUID(5, 5) + ":specialist"),
                        "Wijkschakel-Organisation",
                        new UUID(5, 5).toString())) {
            var all = List.of(here, there, colleagues, elsewhere);
            all.forEach(StreamControllerTest::awaitResync);

            var mine = plan(one, new Person(person, organisation));
            var ours = plan(two, new Organisation(organisation));
            plan(one, ours); // again, as after a crash
            var last = Stream.of(new Organisation(organisation), new Organisation(new UUID(5, 5)))
                    .map(recipient -> attempt(plan(one, recipient)))
                    .toList();

            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(here.attempts()).contains(last.getFirst());
                assertThat(there.attempts()).contains(last.getFirst());
                assertThat(colleagues.attempts()).contains(last.getFirst());
                assertThat(elsewhere.attempts()).contains(last.getLast());
            });
            assertThat(here.attempts()).containsExactly(attempt(mine), attempt(ours), last.getFirst());
            assertThat(there.attempts()).isEqualTo(here.attempts());
            assertThat(colleagues.attempts()).containsExactly(attempt(ours), last.getFirst());
            assertThat(elsewhere.attempts()).containsExactly(last.getLast());

            var told = here.events().stream()
                    .filter(it -> it.name().equals("notification"))
                    .toList()
                    .getFirst();
            assertThat(told.data().propertyNames()).containsExactlyInAnyOrder("id", "type", "attempt", "referral");
            assertThat(told.data().path("id").asString()).isEqualTo(mine.id().toString());
        }
    }

    @Test
    void whoHasTheRoleIsTold() {
        try (var coordinator = one.browser(Tokens.of(person, organisation + ":coordinator"));
                var specialist = two.browser(Tokens.ofSpecialist(colleague, organisation));
                var admin = two.browser(Tokens.of(person, "9901:functional-admin"))) {
            List.of(coordinator, specialist, admin).forEach(StreamControllerTest::awaitResync);
            var escalated = plan(one, new RoleAtOrganisation(organisation, Role.COORDINATOR));
            var alert = plan(two, new RoleAnywhere(Role.FUNCTIONAL_ADMIN));
            var ours = plan(one, new Organisation(organisation));

            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(coordinator.attempts()).containsExactly(attempt(escalated), attempt(ours));
                assertThat(specialist.attempts()).containsExactly(attempt(ours));
                assertThat(admin.attempts()).containsExactly(attempt(alert));
            });
        }
    }

    @Test
    void endsWithTheToken() {
        var token = Tokens.lasting(Duration.ofSeconds(3), person, organisation + ":specialist");
        try (var browser = one.browser(token)) {
            awaitResync(browser);
            assertThat(browser.hasEnded()).isFalse();
            await().atMost(PATIENCE).until(browser::hasEnded);
            assertThat(Instant.now()).isAfterOrEqualTo(expiry(token));
        }
    }

    @Test
    void aBrowserThatWentAwayIsForgotten() {
        await().atMost(PATIENCE).until(() -> open(one) == 0);
        var browser = one.browser(Tokens.ofSpecialist(person, organisation));
        awaitResync(browser);
        assertThat(open(one)).isEqualTo(1);
        browser.close();
        await().atMost(PATIENCE).until(() -> open(one) == 0);
    }

    @Test
    void moreThanFitAreSentAwayForAWhile() {
        await().atMost(PATIENCE).until(() -> open(two) == 0);
        var token = Tokens.ofSpecialist(person, organisation);
        var browsers = Stream.generate(() -> two.browser(token)).limit(20).toList();
        try {
            var refused = two.get("/v1/stream", token);
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.response().headers().firstValue("Retry-After")).isPresent();
            assertThat(refused.body().path("type").asString()).endsWith("stream-unavailable");
        } finally {
            browsers.forEach(Browser::close);
        }
        await().atMost(PATIENCE).until(() -> open(two) == 0);
    }

    @Test
    void whenTheCollectionIsRestoredEverybodyAsksAgain() {
        var token = Tokens.ofSpecialist(person, organisation);
        try (var here = one.browser(token);
                var there = two.browser(token)) {
            awaitResync(here);
            awaitResync(there);
            one.bean(MongoDatabase.class).getCollection("notifications").drop();
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(here.names()).hasSizeGreaterThan(1).containsOnly("resync");
                assertThat(there.names()).hasSizeGreaterThan(1).containsOnly("resync");
            });
            var next = attempt(plan(two, new Organisation(organisation)));
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(here.attempts()).containsExactly(next);
                assertThat(there.attempts()).containsExactly(next);
            });
        }
    }

    @Test
    void aReplicaThatStopsEndsItsStreamsAndIsQuick() {
        var mongo = MongoServer.ofTests();
        var replica =
                RunningService.start(mongo.uri(), one.bean(MongoDatabase.class).getName());
        try (var browser = replica.browser(Tokens.ofSpecialist(person, organisation))) {
            awaitResync(browser);
            var before = Instant.now();
            replica.close();
            await().atMost(PATIENCE).until(browser::hasEnded);
            assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(15));
        }
    }

    private static void awaitResync(Browser browser) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(browser.names()).contains("resync"));
    }

    private static Notification plan(RunningService replica, Recipient recipient) {
        return plan(
                replica,
                Notification.of(
                        UUID.randomUUID(),
                        "nl.wijkschakel.attempt.sent",
                        Subject.ofAttempt(UUID.randomUUID(), UUID.randomUUID()),
                        recipient,
                        new UUID(9, 9),
                        Instant.now()));
    }

    private static Notification plan(RunningService replica, Notification notification) {
        replica.bean(Notifications.class).plan(List.of(notification));
        return notification;
    }

    private static String attempt(Notification planned) {
        return String.valueOf(planned.subject().attempt());
    }

    private static int open(RunningService replica) {
        var metric = replica.get("/actuator/prometheus")
                .response()
                .body()
                .lines()
                .filter(line -> line.startsWith("wijkschakel_streams_open"))
                .findFirst()
                .orElseThrow();
        return (int) Double.parseDouble(metric.substring(metric.lastIndexOf(' ')));
    }

    private static Instant expiry(String token) {
        try {
            return com.nimbusds.jwt.SignedJWT.parse(token)
                    .getJWTClaimsSet()
                    .getExpirationTime()
                    .toInstant();
        } catch (java.text.ParseException e) {
            throw new IllegalStateException(e);
        }
    }
}
