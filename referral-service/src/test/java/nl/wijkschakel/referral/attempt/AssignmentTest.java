package nl.wijkschakel.referral.attempt;

import static nl.wijkschakel.referral.Person.ANNA;
import static nl.wijkschakel.referral.Person.BRAM;
import static nl.wijkschakel.referral.Person.CARLA;
import static nl.wijkschakel.referral.Person.DIRK;
import static nl.wijkschakel.referral.Person.EVA;
import static nl.wijkschakel.referral.Person.MILAN;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import nl.wijkschakel.kit.web.IdempotencyKey;
import nl.wijkschakel.referral.Bodies;
import nl.wijkschakel.referral.Person;
import nl.wijkschakel.referral.ServiceTest;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** Who has it in hand changes, on either side; where it stands does not. */
class AssignmentTest extends ServiceTest {

    @BeforeEach
    void theyCameBy() {
        for (var who : List.of(ANNA, MILAN, BRAM, CARLA, DIRK, EVA)) {
            assertThat(get(who, "/v1/colleagues")).hasStatusOk();
        }
    }

    // the receiver's side

    @Test
    void aColleagueHasItInHandFromThenOnAndNothingElseChanges() {
        var attempt = accepted();
        var before = body(get(BRAM, "/v1/attempts/" + attempt));
        clock.pass(Duration.ofDays(1));
        var after = assign(BRAM, attempt, CARLA);
        assertThat(after).hasStatusOk();
        var shown = body(after);
        assertThat(shown.at("/handlingWorker/name").stringValue()).isEqualTo("Carla");
        assertThat(shown.at("/state/worker/person").stringValue())
                .isEqualTo(CARLA.id().toString());
        for (var same : List.of("/status", "/deadline", "/state/contact", "/state/at", "/content", "/access")) {
            assertThat(shown.at(same)).as(same).isEqualTo(before.at(same));
        }
        assertThat(assignees(attempt))
                .contains(CARLA.id().toString())
                .doesNotContain(BRAM.id().toString());
        assertThat(body(get(CARLA, "/v1/attempts?queue=ACCEPTED&limit=100&assignee=" + CARLA.id()))
                        .path("items")
                        .valueStream()
                        .map(ServiceTest::id))
                .contains(attempt);
    }

    private List<String> assignees(UUID attempt) {
        return storedAttempt(attempt).getList("inbox", String.class).stream()
                .flatMap(it -> List.of(it.split("\\|", -1)).stream())
                .toList();
    }

    @Test
    void aCoordinatorClaimsForWhoWillHandleIt() {
        var attempt = sent();
        var claimed = act(CARLA, attempt, "claim", "{\"handlingWorker\":\"%s\"}".formatted(BRAM.id()));
        assertThat(claimed).hasStatusOk();
        assertThat(body(claimed).at("/handlingWorker/name").stringValue()).isEqualTo("Bram");
        var event = outbox(storedAttempt(attempt), AttemptEvents.TOPIC).getLast();
        assertThat(event.at("/data/receiver/worker").stringValue())
                .isEqualTo(BRAM.id().toString());
        assertThat(event.at("/data/by/person").stringValue())
                .isEqualTo(CARLA.id().toString());
        var other = sent();
        assertThat(errors(act(CARLA, other, "claim", "{\"handlingWorker\":\"%s\"}".formatted(ANNA.id()))))
                .containsExactly("/handlingWorker unknown-colleague");
        assertThat(send(HttpMethod.POST, CARLA, "/v1/attempts/" + other + "/claim", null, ifMatch(1)))
                .as("without a body, as ever")
                .hasStatusOk();
    }

    @Test
    void onlyWhoWorksForTheReceiverAndWasHereCanBeGivenIt() {
        var attempt = claimed();
        for (var person : List.of(ANNA.id(), DIRK.id(), UUID.randomUUID())) {
            assertThat(errors(act(BRAM, attempt, "assignment", "{\"person\":\"%s\"}".formatted(person))))
                    .containsExactly("/person unknown-colleague");
        }
        assertThat(errors(assign(BRAM, attempt, BRAM))).containsExactly("/person unchanged");
        clock.pass(Duration.ofDays(91));
        assertThat(errors(assign(BRAM, attempt, CARLA)))
                .as("who stayed away does not look at it")
                .containsExactly("/person unknown-colleague");
        assertThat(history(attempt)).hasSize(2);
    }

    @Test
    void t22WhoKnowsTheClientIsNotGivenItByOthers() {
        var attempt = claimed();
        assertThat(act(BRAM, attempt, "put-back", "{\"reason\":\"KNOWS_CLIENT\"}"))
                .hasStatusOk();
        assertThat(errors(act(CARLA, attempt, "claim", "{\"handlingWorker\":\"%s\"}".formatted(BRAM.id()))))
                .containsExactly("/handlingWorker knows-client");
        assertThat(act(CARLA, attempt, "claim", "{}")).hasStatusOk();
        assertThat(errors(assign(CARLA, attempt, BRAM))).containsExactly("/person knows-client");
        assertThat(get(BRAM, "/v1/attempts/" + attempt)).hasStatus(404);
    }

    @Test
    void withTheWorkerTheContactPersonCanChange() {
        var attempt = accepted();
        var body = "{\"person\":\"%s\",\"contact\":{\"name\":\"Carla Smit\",\"phone\":\"1\"}}".formatted(CARLA.id());
        assertThat(act(BRAM, attempt, "assignment", body)).hasStatusOk();
        var seen = body(get(ANNA, "/v1/attempts/" + attempt));
        assertThat(seen.at("/state/contact/name").stringValue()).isEqualTo("Carla Smit");
        assertThat(seen.at("/state/worker/name").stringValue()).isEqualTo("Carla");
        var early = claimed();
        assertThat(errors(act(BRAM, early, "assignment", body))).containsExactly("/contact too-early");
        assertThat(errors(act(BRAM, early, "assignment", "{\"person\":\"%s\",\"contact\":{}}".formatted(CARLA.id()))))
                .containsExactly("/contact/name person-or-team");
    }

    /** DOMAIN T6: a team, and the day a name follows. */
    @Test
    void t6TheNameThatWasToFollowFollows() {
        var attempt = claimed();
        assertThat(act(BRAM, attempt, "acceptance", """
                {"contact":{"team":"Team Zuid","phone":"0201234567","nameFollowsOn":"2026-03-04"},
                 "firstContactOn":"2026-03-05","clientTold":{"by":"RECEIVER","how":"PHONE"}}""")).hasStatusOk();
        assertThat(act(BRAM, attempt, "contact-person", Bodies.CONTACT)).hasStatusOk();
        var seen = body(get(ANNA, "/v1/attempts/" + attempt));
        assertThat(seen.at("/state/contact/kind").stringValue()).isEqualTo("PERSON");
        assertThat(seen.at("/state/firstContactOn").stringValue()).isEqualTo("2026-03-05");
        assertThat(errors(act(BRAM, attempt, "contact-person", """
                {"contact":{"team":"Team Zuid","phone":"0201234567","nameFollowsOn":"2026-03-01"}}""")))
                .containsExactly("/contact/nameFollowsOn in-the-past");
        assertThat(act(BRAM, attempt, "start", Bodies.START)).hasStatusOk();
        assertThat(act(CARLA, attempt, "contact-person", Bodies.CONTACT.replace("Carla", "Chris")))
                .hasStatusOk();
        assertThat(body(get(ANNA, "/v1/attempts/" + attempt))
                        .at("/state/contact/name")
                        .stringValue())
                .isEqualTo("Chris Smit");
    }

    @Test
    void whoWasAndWhoIsStandInTheHistoryWhichHasNoRowForIt() {
        var attempt = claimed();
        assertThat(assign(CARLA, attempt, CARLA)).as("to take it over").hasStatusOk();
        for (var reader : List.of(ANNA, BRAM)) {
            var last = body(get(reader, "/v1/attempts/" + attempt + "/history"))
                    .path("items")
                    .valueStream()
                    .reduce((_, it) -> it)
                    .orElseThrow();
            assertThat(last).isEqualTo(json.readTree("""
                    {"action":"ASSIGN","at":"2026-03-02T09:00:00Z","by":{"person":"%1$s","name":"Carla"},
                     "organisation":"%2$s","from":"IN_REVIEW","to":"IN_REVIEW",
                     "said":{"from":{"person":"%3$s","name":"Bram"},"to":{"person":"%1$s","name":"Carla"}}}""".formatted(CARLA.id(), Person.BRUG, BRAM.id())));
        }
    }

    @Test
    void theSenderDoesNotDivideTheReceiversWorkNorAStranger() {
        var attempt = claimed();
        assertThat(act(ANNA, attempt, "assignment", "{\"person\":\"%s\"}".formatted(MILAN.id())))
                .hasStatus(409);
        assertThat(act(ANNA, accepted(), "contact-person", Bodies.CONTACT)).hasStatus(409);
        assertThat(assign(DIRK, attempt, DIRK)).hasStatus(404);
        assertThat(act(BRAM, sent(), "assignment", "{\"person\":\"%s\"}".formatted(CARLA.id())))
                .as("nobody has it in hand yet")
                .hasStatus(409);
    }

    // the sender's side

    @Test
    void aReferralAndAllItsAttemptsGoToAnotherWorkerInOneStep() {
        var referral = draft(UUID.randomUUID(), "CRISIS");
        var attempts = sent(referral, DEBTS, SHELTER);
        assertThat(act(DIRK, attempts.getLast(), "return", Bodies.RETURN)).hasStatusOk();
        var answer = give(ANNA, referral, MILAN, Map.of());
        assertThat(answer).hasStatusOk();
        assertThat(body(answer).at("/sender/worker").stringValue())
                .isEqualTo(MILAN.id().toString());
        for (var attempt : attempts) {
            var stored = storedAttempt(attempt);
            assertThat(stored.get("sender", Document.class).get("worker")).isEqualTo(MILAN.id());
            var event = outbox(stored, AttemptEvents.TOPIC).getLast();
            assertThat(event.path("type").stringValue()).isEqualTo("nl.wijkschakel.attempt.handed-over");
            assertThat(event.at("/data/sender/worker").stringValue())
                    .isEqualTo(MILAN.id().toString());
            assertThat(outbox(stored, "access-log.v1")
                            .getLast()
                            .at("/data/action")
                            .stringValue())
                    .isEqualTo("CHANGE");
        }
        assertThat(mine(MILAN, "ACTION")).contains(referral);
        assertThat(mine(ANNA, "ACTION")).doesNotContain(referral);
        assertThat(mine(ANNA, "SENT")).doesNotContain(referral);
    }

    @Test
    void aDraftGoesToAnotherWorkerAndIsKeptAnew() {
        var referral = draft();
        clock.pass(Duration.ofDays(13));
        assertThat(get(MILAN, "/v1/colleagues")).hasStatusOk();
        var answer = give(ANNA, referral, MILAN, Map.of());
        assertThat(answer).hasStatusOk();
        assertThat(body(answer).path("draftExpiresAt").stringValue()).isEqualTo("2026-03-29T09:00:00Z");
        assertThat(mine(MILAN, "DRAFT")).contains(referral);
        assertThat(mine(ANNA, "DRAFT")).doesNotContain(referral);
    }

    @Test
    void withAnotherTeamItsPhoneIsShown() {
        var referral = draft();
        var attempt = sent(referral, DEBTS).getFirst();
        var body = "{\"person\":\"%s\",\"team\":\"%s\"}".formatted(MILAN.id(), OOST);
        assertThat(errors(submit(ANNA, referral, "assignment", body, Map.of())))
                .as("a team of another organisation")
                .containsExactly("/team unknown-team");
        assertThat(errors(submit(ANNA, referral, "assignment", "{\"person\":\"%s\"}".formatted(ANNA.id()), Map.of())))
                .containsExactly("/person unchanged");
        assertThat(errors(submit(ANNA, referral, "assignment", "{\"person\":\"%s\"}".formatted(EVA.id()), Map.of())))
                .containsExactly("/person unknown-colleague");
        assertThat(body(get(BRAM, "/v1/attempts/" + attempt)).at("/sender/team").stringValue())
                .isEqualTo(NOORD.toString());
    }

    @Test
    void theSameRequestAgainGivesItOnce() {
        var referral = draft();
        var attempt = sent(referral, DEBTS).getFirst();
        var key = Map.of(IdempotencyKey.HEADER, "give-" + referral);
        var version = version(get(ANNA, "/v1/referrals/" + referral));
        for (int i = 0; i < 2; i++) {
            var headers = new java.util.HashMap<>(ifMatch(version));
            headers.putAll(key);
            assertThat(send(
                            HttpMethod.POST,
                            ANNA,
                            "/v1/referrals/" + referral + "/assignment",
                            "{\"person\":\"%s\"}".formatted(MILAN.id()),
                            headers))
                    .hasStatusOk();
        }
        assertThat(history(attempt)).hasSize(2);
        assertThat(send(
                        HttpMethod.POST,
                        ANNA,
                        "/v1/referrals/" + referral + "/assignment",
                        "{\"person\":\"%s\"}".formatted(MILAN.id()),
                        ifMatch(version)))
                .as("by now it is stale")
                .hasStatus(412);
    }

    @Test
    void p5OfAnotherOrganisationItIsNotThere() {
        var referral = draft();
        sent(referral, DEBTS);
        var body = "{\"person\":\"%s\"}".formatted(CARLA.id());
        for (var stranger : List.of(EVA, BRAM)) {
            assertThat(send(HttpMethod.POST, stranger, "/v1/referrals/" + referral + "/assignment", body, ifMatch(2)))
                    .hasStatus(404);
        }
    }

    // steps

    private MvcTestResult assign(Person by, UUID attempt, Person to) {
        return act(by, attempt, "assignment", "{\"person\":\"%s\"}".formatted(to.id()));
    }

    private MvcTestResult give(Person by, UUID referral, Person to, Map<String, String> headers) {
        return submit(by, referral, "assignment", "{\"person\":\"%s\"}".formatted(to.id()), headers);
    }

    private List<UUID> mine(Person who, String queue) {
        return body(get(who, "/v1/referrals?mine=true&limit=100&queue=" + queue))
                .path("items")
                .valueStream()
                .map(ServiceTest::id)
                .toList();
    }

    private List<Document> history(UUID attempt) {
        return Objects.requireNonNull(storedAttempt(attempt).getList("history", Document.class));
    }
}
