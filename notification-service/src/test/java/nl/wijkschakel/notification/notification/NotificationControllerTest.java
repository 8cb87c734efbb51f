package nl.wijkschakel.notification.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import nl.wijkschakel.kit.caller.Role;
import nl.wijkschakel.notification.RunningService;
import nl.wijkschakel.notification.Tokens;
import nl.wijkschakel.notification.notification.Recipient.Organisation;
import nl.wijkschakel.notification.notification.Recipient.Person;
import nl.wijkschakel.notification.notification.Recipient.RoleAtMunicipality;
import nl.wijkschakel.notification.notification.Recipient.RoleAtOrganisation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@SuppressWarnings("NullAway.Init") // the service is there before each test
class NotificationControllerTest {

    private static final UUID SOMEBODY = new UUID(9, 9);
    private static final String ALL = "/v1/notifications";
    private static final String COUNT = "/v1/notifications/count";

    private static RunningService service;

    /** Recent: what came long before somebody's first look is not unread. */
    private final Instant yesterday = Instant.now().minus(Duration.ofDays(1));

    private final UUID organisation = UUID.randomUUID();
    private final UUID other = UUID.randomUUID();
    private final UUID person = UUID.randomUUID();
    private final String token = Tokens.ofSpecialist(person, organisation);
    private final String colleague = Tokens.of(UUID.randomUUID(), organisation + ":coordinator");
    private final String inBoth = Tokens.of(person, organisation + ":specialist", other + ":wijkteam-worker");

    @BeforeAll
    static void start() {
        service = RunningService.start(NotificationControllerTest.class);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void listsCountsAndMarks() {
        var mine = plan(1, new Person(person, organisation));
        var ours = plan(2, new Organisation(organisation));

        var list = service.get(ALL, token);
        assertThat(list.status()).isEqualTo(200);
        assertThat(list.body().path("items")).hasSize(2);
        var first = list.body().path("items").path(0);
        assertThat(first.propertyNames()).containsExactlyInAnyOrder("id", "type", "attempt", "referral", "at", "read");
        assertThat(first.path("id").asString()).isEqualTo(ours.id().toString());
        assertThat(first.path("type").asString()).isEqualTo("nl.wijkschakel.attempt.sent");
        assertThat(first.path("attempt").asString())
                .isEqualTo(String.valueOf(ours.subject().attempt()));
        assertThat(first.path("referral").asString())
                .isEqualTo(String.valueOf(ours.subject().referral()));
        assertThat(Instant.parse(first.path("at").asString()).toEpochMilli())
                .isEqualTo(ours.at().toEpochMilli());
        assertThat(first.path("read").asBoolean()).isFalse();
        assertThat(list.body().has("next")).isFalse();
        assertThat(unread(token)).isEqualTo(2);

        assertThat(service.post(ALL + "/" + ours.id() + "/read", token).status())
                .isEqualTo(204);
        assertThat(service.post(ALL + "/" + ours.id() + "/read", token).status())
                .as("again")
                .isEqualTo(204);
        assertThat(unread(token)).isEqualTo(1);
        assertThat(unread(colleague)).isEqualTo(1);
        assertThat(ids(service.get(ALL + "?unread=true", token).body()))
                .containsExactly(mine.id().toString());

        assertThat(service.post(ALL + "/read", token).status()).isEqualTo(204);
        assertThat(unread(token)).isZero();
        assertThat(service.get(ALL, token).body().path("items"))
                .allMatch(it -> it.path("read").asBoolean());
    }

    @Test
    void pages() {
        IntStream.range(0, 5).forEach(minute -> plan(minute, new Organisation(organisation)));
        var first = service.get(ALL + "?limit=3", token).body();
        var second = service.get(ALL + "?limit=3&cursor=" + first.path("next").asString(), token)
                .body();

        assertThat(ids(first)).hasSize(3);
        assertThat(ids(second)).hasSize(2).doesNotContainAnyElementsOf(ids(first));
        assertThat(second.has("next")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"?limit=0", "?limit=101", "?limit=x", "?cursor=x", "?unread=perhaps"})
    void aWrongParameterIs400(String query) {
        var answer = service.get(ALL + query, token);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("errors")).hasSize(1);
    }

    @Test
    void anothersNotificationIs404LikeOneThatDoesNotExist() {
        var theirs = plan(1, new Organisation(other));
        var colleagues = plan(2, new Person(SOMEBODY, organisation));

        var missing = service.post(ALL + "/" + UUID.randomUUID() + "/read", token);
        for (var id : List.of(theirs.id(), colleagues.id())) {
            var answer = service.post(ALL + "/" + id + "/read", token);
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.body()).isEqualTo(missing.body());
        }
        assertThat(service.post(ALL + "/no-id/read", token).status()).isEqualTo(404);
        assertThat(service.get(ALL, token).body().path("items")).isEmpty();
    }

    @Test
    void whoWorksForTwoSeesWhatIsForTheChosenOne() {
        var here = plan(1, new Person(person, organisation));
        var there = plan(2, new Person(person, other));

        assertThat(ids(service.get(ALL, inBoth, "Wijkschakel-Organisation", organisation.toString())
                        .body()))
                .containsExactly(here.id().toString());
        assertThat(ids(service.get(ALL, inBoth, "Wijkschakel-Organisation", other.toString())
                        .body()))
                .containsExactly(there.id().toString());
        assertThat(service.post(
                                ALL + "/" + there.id() + "/read",
                                inBoth,
                                "Wijkschakel-Organisation",
                                organisation.toString())
                        .status())
                .isEqualTo(404);
        var unchosen = service.get(ALL, inBoth);
        assertThat(unchosen.status()).isEqualTo(400);
        assertThat(unchosen.body().path("type").asString()).endsWith("organisation-required");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9901:policy-officer", "9901:it-admin"})
    void p25WhoHasNoCasesIsRefused(String membership) {
        var official = Tokens.of(person, membership);
        assertThat(service.get(ALL, official).status()).isEqualTo(403);
        assertThat(service.get(COUNT, official).status()).isEqualTo(403);
        assertThat(service.get("/v1/stream", official).status()).isEqualTo(403);
        assertThat(service.post(ALL + "/read", official).status()).isEqualTo(403);
        assertThat(service.post(ALL + "/" + UUID.randomUUID() + "/read", official)
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aRoleOfTheTokenOpensItsList() {
        var client = UUID.randomUUID();
        var alarm = Notification.of(
                UUID.randomUUID(),
                "nl.wijkschakel.client.alarm",
                Subject.ofClient(client),
                new RoleAtMunicipality("9909", Role.PRIVACY_OFFICER),
                SOMEBODY,
                yesterday);
        var escalated = plan(1, new RoleAtOrganisation(organisation, Role.COORDINATOR));
        service.bean(Notifications.class).plan(List.of(alarm));

        var officer = Tokens.of(UUID.randomUUID(), "9909:privacy-officer");
        var items = service.get(ALL, officer).body().path("items");
        assertThat(items).hasSize(1);
        assertThat(items.path(0).propertyNames()).containsExactlyInAnyOrder("id", "type", "client", "at", "read");
        assertThat(items.path(0).path("client").asString()).isEqualTo(client.toString());
        assertThat(unread(officer)).isEqualTo(1);
        assertThat(service.post(ALL + "/" + alarm.id() + "/read", officer).status())
                .isEqualTo(204);
        assertThat(unread(officer)).isZero();

        assertThat(ids(service.get(ALL, colleague).body()))
                .containsExactly(escalated.id().toString());
        for (var other : List.of(
                token,
                Tokens.of(person, "9908:privacy-officer"),
                Tokens.of(person, "9909:functional-admin"),
                Tokens.of(person, other + ":coordinator"))) {
            assertThat(service.get(ALL, other).body().path("items")).isEmpty();
            assertThat(service.post(ALL + "/" + alarm.id() + "/read", other).status())
                    .isEqualTo(404);
            assertThat(service.post(ALL + "/" + escalated.id() + "/read", other).status())
                    .isEqualTo(404);
        }
    }

    @Test
    void withoutATokenNothingIsSaid() {
        for (var path : List.of(ALL, COUNT, "/v1/stream", "/v1/dead-letters")) {
            var answer = service.get(path);
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.body().path("type").asString()).endsWith("not-logged-in");
        }
    }

    @Test
    void theDescriptionNamesEachOperationAndHidesWhatIsNotSent() {
        var description = service.get("/v1/openapi.json").body();
        var list = description.path("paths").path(ALL).path("get");
        assertThat(list.path("operationId").asString()).isEqualTo("listNotifications");
        assertThat(description.toString()).doesNotContain("memberships");
    }

    @Test
    void healthAndMetricsAreOpenAndSayWhatMatters() {
        assertThat(service.get("/actuator/health/readiness").status()).isEqualTo(200);
        assertThat(service.get("/actuator/health/liveness").status()).isEqualTo(200);
        assertThat(service.get("/actuator/prometheus").response().body())
                .contains("wijkschakel_streams_open", "wijkschakel_dead_letters")
                .doesNotContain("wijkschakel_outbox");
    }

    private Notification plan(int minute, Recipient recipient) {
        var notification = Notification.of(
                UUID.randomUUID(),
                "nl.wijkschakel.attempt.sent",
                Subject.ofAttempt(UUID.randomUUID(), UUID.randomUUID()),
                recipient,
                SOMEBODY,
                yesterday.plus(Duration.ofMinutes(minute)));
        service.bean(Notifications.class).plan(List.of(notification));
        return notification;
    }

    private static int unread(String token) {
        return service.get(COUNT, token).body().path("unread").asInt();
    }

    private static List<String> ids(JsonNode page) {
        return page.path("items")
                .valueStream()
                .map(it -> it.path("id").asString())
                .toList();
    }
}
