package nl.wijkschakel.referral.absence;

import static nl.wijkschakel.referral.Person.JORIS;
import static nl.wijkschakel.referral.Person.KIM;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import nl.wijkschakel.referral.Person;
import nl.wijkschakel.referral.Profile;
import nl.wijkschakel.referral.ServiceTest;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;

/** At De Brug and the wijkteam, with people whom no other test knows. */
class AbsenceControllerTest extends ServiceTest {

    private final Person bo = person("Bo", Person.BRUG + ":specialist");
    private final Person chris = person("Chris", Person.BRUG + ":coordinator");
    private final Person zoe = person("Zoë", Person.BRUG + ":specialist");
    private final Person ada = person("Ada", Person.WIJKTEAM + ":wijkteam-worker");
    private final Person max = person("Max", Person.WIJKTEAM + ":wijkteam-worker");

    @BeforeEach
    void theyCameBy() {
        for (var who : List.of(bo, chris, zoe, ada, max)) {
            assertThat(get(who, "/v1/colleagues")).hasStatusOk();
        }
    }

    // setting it

    @Test
    void whoGoesAwaySaysWhoTakesTheirPlaceAndColleaguesSeeIt() {
        assertThat(set(bo, bo, "2026-03-09", "2026-03-20", zoe)).hasStatusOk();
        assertThat(listed(chris, bo)).isEqualTo(json.readTree("""
                {"person":{"person":"%s","name":"Bo"},"replacement":{"person":"%s","name":"Zoë"},
                 "from":"2026-03-09","until":"2026-03-20"}""".formatted(bo.id(), zoe.id())));
        assertThat(set(bo, bo, "2026-03-09", "2026-03-13", chris)).hasStatusOk();
        assertThat(listed(zoe, bo).at("/replacement/name").stringValue())
                .as("the last one counts")
                .isEqualTo("Chris");
        assertThat(end(bo, bo)).hasStatus(204);
        assertThat(listed(zoe, bo).isMissingNode()).isTrue();
        assertThat(end(bo, bo)).as("again").hasStatus(204);
    }

    @Test
    void aCoordinatorSetsItForWhoFellIllAndNobodyElse() {
        assertThat(set(chris, bo, "2026-03-02", "2026-03-06", zoe)).hasStatusOk();
        assertThat(set(zoe, bo, "2026-03-02", "2026-03-06", zoe)).hasStatus(403);
        assertThat(end(zoe, bo)).hasStatus(403);
        assertThat(set(chris, ada, "2026-03-02", "2026-03-06", zoe))
                .as("of another organisation")
                .hasStatus(404);
        assertThat(end(chris, bo)).hasStatus(204);
    }

    @Test
    void whatIsWrongIsNamedAllAtOnce() {
        assertThat(errors(send(HttpMethod.PUT, bo, path(bo), "{}", Map.of())))
                .containsExactlyInAnyOrder("/from required", "/until required", "/replacement required");
        assertThat(errors(set(bo, bo, "2026-03-06", "2026-03-01", bo)))
                .containsExactly("/until before-from", "/until in-the-past", "/replacement same-person");
        assertThat(errors(set(bo, bo, "2026-03-06", "2028-03-03", ada)))
                .containsExactly("/until too-late", "/replacement unknown-colleague");
    }

    @Test
    void p25WithoutARoleInCareNothingIsReached() {
        for (var who : List.of(JORIS, KIM)) {
            assertThat(get(who, "/v1/absences")).hasStatus(403);
            assertThat(set(who, bo, "2026-03-02", "2026-03-06", zoe)).hasStatus(403);
            assertThat(end(who, bo)).hasStatus(403);
        }
    }

    // what follows from it

    @Test
    void aReplacementFindsTheReceiversWorkUnderMineWhileItLasts() {
        var attempt = sent();
        assertThat(act(bo, attempt, "claim", "{}")).hasStatusOk();
        assertThat(mine(bo, "attempts", "IN_REVIEW")).contains(attempt);
        assertThat(mine(zoe, "attempts", "IN_REVIEW")).doesNotContain(attempt);
        assertThat(set(bo, bo, "2026-03-03", "2026-03-03", zoe)).hasStatusOk();
        assertThat(mine(zoe, "attempts", "IN_REVIEW")).as("not yet").doesNotContain(attempt);
        clock.pass(Duration.ofHours(14));
        assertThat(mine(zoe, "attempts", "IN_REVIEW")).contains(attempt);
        assertThat(mine(bo, "attempts", "IN_REVIEW")).as("both have it").contains(attempt);
        assertThat(mine(chris, "attempts", "IN_REVIEW")).doesNotContain(attempt);
        clock.pass(Duration.ofHours(23).plusMinutes(59));
        assertThat(mine(zoe, "attempts", "IN_REVIEW")).as("until 24:00").contains(attempt);
        clock.pass(Duration.ofMinutes(1));
        assertThat(mine(zoe, "attempts", "IN_REVIEW")).as("not any more").doesNotContain(attempt);
    }

    @Test
    void aReplacementFindsTheSendersWorkUnderMine() {
        var draft = draft(ada, NOORD, UUID.randomUUID(), "ROUTINE");
        var referral = draft(ada, NOORD, UUID.randomUUID(), "ROUTINE");
        assertThat(submit(ada, referral, "submission", nl.wijkschakel.referral.Bodies.submission(DEBTS), Map.of()))
                .hasStatusOk();
        assertThat(set(ada, ada, "2026-03-02", "2026-03-06", max)).hasStatusOk();
        assertThat(mine(max, "referrals", "DRAFT")).contains(draft);
        assertThat(mine(max, "referrals", "SENT")).contains(referral);
        assertThat(end(ada, ada)).hasStatus(204);
        assertThat(mine(max, "referrals", "DRAFT")).doesNotContain(draft);
        assertThat(mine(max, "referrals", "SENT")).doesNotContain(referral);
    }

    /** DOMAIN T22. */
    @Test
    void t22AReplacementWhoKnowsTheClientDoesNotSeeIt() {
        var attempt = sent();
        assertThat(act(zoe, attempt, "claim", "{}")).hasStatusOk();
        assertThat(act(zoe, attempt, "put-back", "{\"reason\":\"KNOWS_CLIENT\"}"))
                .hasStatusOk();
        assertThat(act(bo, attempt, "claim", "{}")).hasStatusOk();
        assertThat(set(bo, bo, "2026-03-02", "2026-03-06", zoe)).hasStatusOk();
        assertThat(mine(zoe, "attempts", "IN_REVIEW")).doesNotContain(attempt);
    }

    @Test
    void mineOfSeveralIsReadInOrderWithoutASort() {
        var attempts = new ArrayList<UUID>();
        for (int i = 0; i < 8; i++) {
            var attempt = sent();
            assertThat(act(i % 2 == 0 ? bo : zoe, attempt, "claim", "{}")).hasStatusOk();
            attempts.add(attempt);
            clock.pass(Duration.ofDays(1));
        }
        assertThat(set(bo, bo, "2026-03-02", "2026-04-06", zoe)).hasStatusOk();
        var seen = new ArrayList<UUID>();
        var next = "";
        try (var profile = new Profile(database)) {
            do {
                var page = body(get(zoe, "/v1/attempts?mine=true&queue=IN_REVIEW&limit=3" + next));
                page.path("items").valueStream().map(ServiceTest::id).forEach(seen::add);
                next = page.has("next") ? "&cursor=" + page.path("next").stringValue() : "";
                var query = profile.last("attempts", "inbox");
                assertThat(query.getBoolean("hasSortStage", false)).isFalse();
                assertThat(query.getInteger("keysExamined"))
                        .as(query.getString("planSummary"))
                        .isLessThanOrEqualTo(3 + 1 + 2); // the first of each list, and one more than the page
                var looked = profile.last("absences", "replacing");
                assertThat(looked.getInteger("docsExamined")).isLessThanOrEqualTo(1);
            } while (!next.isEmpty());
        }
        assertThat(seen).as("most urgent first").isEqualTo(attempts);
        assertThat(errors(get(zoe, "/v1/attempts?mine=true&queue=IN_REVIEW&assignee=" + bo.id())))
                .containsExactly("/mine contradiction");
    }

    // what is told

    @Test
    void whoIsTheReplacementIsToldOnceAndInOrder() {
        assertThat(set(bo, bo, "2026-03-09", "2026-03-20", zoe)).hasStatusOk();
        assertThat(set(bo, bo, "2026-03-09", "2026-03-20", zoe)).hasStatusOk();
        assertThat(end(bo, bo)).hasStatus(204);
        assertThat(end(bo, bo)).hasStatus(204);
        assertThat(set(bo, bo, "2026-03-09", "2026-03-20", chris)).hasStatusOk();
        var events = outbox(stored("absences", Person.BRUG + "|" + bo.id()), "referral.events.v1");
        assertThat(events.stream()
                        .map(it -> it.path("type").stringValue() + " "
                                + it.path("sequence").stringValue()))
                .containsExactly(
                        "nl.wijkschakel.absence.set 1",
                        "nl.wijkschakel.absence.ended 2",
                        "nl.wijkschakel.absence.set 3");
        assertThat(events.stream().map(it -> it.path("subject").stringValue()).distinct())
                .hasSize(1);
        assertThat(events.getLast().at("/data/replacement").stringValue())
                .isEqualTo(chris.id().toString());
    }

    @Test
    void theListIsPagedWhoIsBackFirstFirst() {
        var organisation = UUID.randomUUID();
        var people = new ArrayList<Person>();
        for (int i = 0; i < 5; i++) {
            var who = person("Iemand " + i, organisation + ":specialist");
            assertThat(get(who, "/v1/colleagues")).hasStatusOk();
            people.add(who);
        }
        for (int i = 0; i < 4; i++) {
            assertThat(set(people.get(i), people.get(i), "2026-03-03", "2026-03-0" + (9 - i), people.get(4)))
                    .hasStatusOk();
        }
        var seen = new ArrayList<String>();
        var next = "";
        try (var profile = new Profile(database)) {
            do {
                var page = body(get(people.get(4), "/v1/absences?limit=2" + next));
                page.path("items")
                        .valueStream()
                        .map(it -> it.path("until").stringValue())
                        .forEach(seen::add);
                next = page.has("next") ? "&cursor=" + page.path("next").stringValue() : "";
                var query = profile.last("absences", "order");
                assertThat(query.getBoolean("hasSortStage", false)).isFalse();
                assertThat(query.getInteger("keysExamined")).isLessThanOrEqualTo(3);
            } while (!next.isEmpty());
        }
        assertThat(seen).containsExactly("2026-03-06", "2026-03-07", "2026-03-08", "2026-03-09");
        clock.pass(Duration.ofDays(5));
        assertThat(body(get(people.get(4), "/v1/absences")).path("items"))
                .as("who is back is not listed")
                .hasSize(3);
    }

    @Test
    void twoAtOnceEndAsOneOfThem() throws Exception {
        try (var threads = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks = new ArrayList<java.util.concurrent.Callable<MvcTestResult>>();
            for (int i = 0; i < 6; i++) {
                var to = i % 2 == 0 ? zoe : chris;
                var until = "2026-03-1" + i;
                tasks.add(() -> set(bo, bo, "2026-03-09", until, to));
            }
            for (var answer : threads.invokeAll(tasks)) {
                assertThat(answer.get()).hasStatusOk();
            }
        }
        var stored = stored("absences", Person.BRUG + "|" + bo.id());
        assertThat(stored.getLong("sequence")).isEqualTo(6);
        assertThat(outbox(stored, "referral.events.v1").stream()
                        .map(it -> it.path("sequence").stringValue()))
                .containsExactly("1", "2", "3", "4", "5", "6");
        assertThat(outbox(stored, "referral.events.v1")
                        .getLast()
                        .at("/data/replacement")
                        .stringValue())
                .isEqualTo(
                        String.valueOf(stored.get("replacement", Document.class).get("person")));
    }

    // steps

    private static Person person(String name, String... memberships) {
        return new Person(UUID.randomUUID(), name, List.of(memberships));
    }

    private MvcTestResult set(Person by, Person who, String from, String until, Person replacement) {
        return send(HttpMethod.PUT, by, path(who), """
                {"from":"%s","until":"%s","replacement":"%s"}""".formatted(from, until, replacement.id()), Map.of());
    }

    private MvcTestResult end(Person by, Person who) {
        return send(HttpMethod.DELETE, by, path(who), null, Map.of());
    }

    private JsonNode listed(Person reader, Person who) {
        return body(get(reader, "/v1/absences?limit=100"))
                .path("items")
                .valueStream()
                .filter(it ->
                        it.at("/person/person").stringValue().equals(who.id().toString()))
                .findFirst()
                .orElseGet(() -> json.missingNode());
    }

    private List<UUID> mine(Person who, String kind, String queue) {
        return body(get(who, "/v1/" + kind + "?mine=true&limit=100&queue=" + queue))
                .path("items")
                .valueStream()
                .map(ServiceTest::id)
                .toList();
    }

    private static String path(Person who) {
        return "/v1/absences/" + who.id();
    }
}
