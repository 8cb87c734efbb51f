package nl.wijkschakel.referral.attempt;

import static nl.wijkschakel.referral.Person.ANNA;
import static nl.wijkschakel.referral.Person.BRAM;
import static nl.wijkschakel.referral.Person.BRUG;
import static nl.wijkschakel.referral.Person.CARLA;
import static nl.wijkschakel.referral.Person.DIRK;
import static nl.wijkschakel.referral.Person.EVA;
import static nl.wijkschakel.referral.Person.FARID;
import static nl.wijkschakel.referral.Person.HUGO;
import static nl.wijkschakel.referral.Person.INES;
import static nl.wijkschakel.referral.Person.JORIS;
import static nl.wijkschakel.referral.Person.KIM;
import static nl.wijkschakel.referral.Person.MILAN;
import static nl.wijkschakel.referral.Person.NOVA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import nl.wijkschakel.kit.seal.Vault;
import nl.wijkschakel.referral.Bodies;
import nl.wijkschakel.referral.Person;
import nl.wijkschakel.referral.ServiceTest;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;

class AttemptControllerTest extends ServiceTest {

    /** Every action as a resource, with a body that is right. */
    private static final Map<String, String> ACTIONS = Map.ofEntries(
            Map.entry("claim", "{}"),
            Map.entry("put-back", "{\"reason\":\"WRONG_PERSON\"}"),
            Map.entry("information-request", Bodies.QUESTION),
            Map.entry("answer", Bodies.ANSWER),
            Map.entry("acceptance", Bodies.ACCEPTANCE),
            Map.entry("acceptance-undo", Bodies.UNDO),
            Map.entry("waitlisting", Bodies.WAITLISTING),
            Map.entry("return", Bodies.RETURN),
            Map.entry("start", Bodies.START_FROM_WAITLIST),
            Map.entry("pause", Bodies.PAUSE),
            Map.entry("resumption", "{}"),
            Map.entry("completion", Bodies.COMPLETION),
            Map.entry("early-end", Bodies.EARLY_END),
            Map.entry("withdrawal", Bodies.WITHDRAWAL),
            Map.entry("assignment", "{\"person\":\"%s\"}".formatted(CARLA.id())),
            Map.entry("contact-person", Bodies.CONTACT));

    @Autowired
    Vault vault;

    // what a receiver sees

    /** Nothing but what DOMAIN P4 lists, ids, who asks and who is asked. */
    @Test
    void p4BeforeTheClaimTheReceiverSeesCoreDataOnly() {
        var attempt = sent();
        var shown = body(get(BRAM, "/v1/attempts/" + attempt));
        assertThat(shown.propertyNames())
                .containsExactlyInAnyOrder(
                        "id",
                        "number",
                        "referral",
                        "status",
                        "side",
                        "access",
                        "sender",
                        "receiver",
                        "service",
                        "theme",
                        "urgency",
                        "municipality",
                        "core",
                        "deadline",
                        "actions",
                        "createdAt",
                        "changedAt");
        assertThat(shown.path("access").stringValue()).isEqualTo("CORE");
        assertThat(shown.path("core")).isEqualTo(json.readTree("""
                {"ageGroup":"27-64","language":"so","interpreterNeeded":true,"needsSafePlace":false,
                 "needsAccessibility":true,"postcode4":"1234"}"""));
        assertThat(shown.path("sender")).isEqualTo(json.readTree("""
                {"organisation":"%s","organisationName":"Wijkteams Waterwijk","team":"%s","teamName":"Noord",
                 "phone":"0207654321"}""".formatted(Person.WIJKTEAM, NOORD)));
        assertThat(shown.path("actions").valueStream().map(JsonNode::stringValue))
                .containsExactly("CLAIM", "RETURN");

        var row = row(BRAM, "NEW", attempt);
        assertThat(row.propertyNames())
                .as("a list shows no more")
                .containsExactlyInAnyOrderElementsOf(shown.propertyNames());
        assertThat(row).isEqualTo(shown);
        var history = body(get(BRAM, "/v1/attempts/" + attempt + "/history")).path("items");
        assertThat(history).hasSize(1);
        assertThat(history.get(0).propertyNames()).containsExactlyInAnyOrder("action", "transition", "at", "to");
    }

    @Test
    void afterTheClaimTheReceiverReadsAllOfIt() {
        var attempt = claimed();
        var shown = body(get(CARLA, "/v1/attempts/" + attempt));
        assertThat(shown.path("access").stringValue()).isEqualTo("SHARED");
        assertThat(shown.path("content")).isEqualTo(json.readTree("""
                {"question":"Ik kom er niet meer uit met mijn schulden","goals":["Schulden op een rij","Weer slapen"],
                 "situation":"Woont alleen","doubts":"Bang voor een bewindvoerder","ownReference":"W-2026-17",
                 "agreement":{"kind":"AGREED","how":"SPOKEN","on":"2026-02-27","by":"CLIENT"},
                 "sharedData":["NAME","CONTACT"],"safeContact":true,
                 "shown":{"status":"HAS_CAPACITY","waitFrom":0,"waitTo":2,"confirmedOn":"2026-02-20"},
                 "legalBasisReason":"Het gaat om schulden"}"""));
        assertThat(shown.at("/handlingWorker/name").stringValue()).isEqualTo("Bram");
        assertThat(shown.at("/sender/worker").stringValue()).isEqualTo(ANNA.id().toString());
        assertThat(shown.path("legalBasis").stringValue()).isEqualTo("WGS");
        assertThat(shown.at("/state/status").stringValue()).isEqualTo("IN_REVIEW");
        assertThat(row(CARLA, "IN_REVIEW", attempt).path("client")).isEqualTo(shown.path("client"));
    }

    /** Its own decision and nothing else: no core data either, in no list, and not in the history. */
    @Test
    void p6AfterReturningTheReceiverReadsItsOwnDecisionAndNothingElse() {
        var attempt = claimed();
        assertThat(act(BRAM, attempt, "information-request", Bodies.QUESTION)).hasStatusOk();
        assertThat(act(ANNA, attempt, "answer", Bodies.ANSWER)).hasStatusOk();
        assertThat(act(BRAM, attempt, "return", Bodies.RETURN)).hasStatusOk();
        for (var reader : List.of(BRAM, CARLA)) {
            var shown = body(get(reader, "/v1/attempts/" + attempt));
            isOwnDecisionOnly(shown);
            assertThat(shown.path("state")).isEqualTo(json.readTree("""
                    {"status":"RETURNED","worker":{"person":"%s","name":"Bram"},"reason":"NO_CAPACITY",
                     "advice":{"kind":"NONE","why":"Er is nergens plek"},"clientToldBy":"REFERRER",
                     "at":"2026-03-02T09:00:00Z"}""".formatted(BRAM.id())));
            isOwnDecisionOnly(row(reader, "DONE", attempt));
            var history =
                    body(get(reader, "/v1/attempts/" + attempt + "/history")).path("items");
            assertThat(history).hasSize(1);
            assertThat(history.get(0).path("transition").stringValue()).isEqualTo("T9");
            assertThat(history.get(0).at("/said/advice/why").stringValue()).isEqualTo("Er is nergens plek");
        }
        var forAnna = body(get(ANNA, "/v1/attempts/" + attempt));
        assertThat(forAnna.path("deadline").stringValue()).isEqualTo("2026-03-09T23:00:00Z");
        assertThat(body(get(ANNA, "/v1/attempts/" + attempt + "/history")).path("items"))
                .hasSize(5);
    }

    private static void isOwnDecisionOnly(JsonNode shown) {
        assertThat(shown.path("access").stringValue()).isEqualTo("OWN_DECISION");
        assertThat(shown.propertyNames())
                .doesNotContain(
                        "core",
                        "theme",
                        "urgency",
                        "legalBasis",
                        "deadline",
                        "client",
                        "content",
                        "questions",
                        "clientAccess");
        assertThat(shown.path("sender").has("worker")).isFalse();
        assertThat(shown.path("actions")).isEmpty();
    }

    @Test
    void p6AfterAWithdrawalTheReceiverLearnsOnlyThatAndWhy() {
        var attempt = accepted();
        var withNote = "{\"reason\":\"MOVED\",\"note\":\"Naar zijn zus in Bergstad\"}";
        assertThat(act(ANNA, attempt, "withdrawal", withNote)).hasStatusOk();
        var shown = body(get(BRAM, "/v1/attempts/" + attempt));
        isOwnDecisionOnly(shown);
        assertThat(shown.path("state")).isEqualTo(json.readTree("""
                {"status":"WITHDRAWN","worker":{"person":"%s","name":"Bram"},"reason":"MOVED",
                 "at":"2026-03-02T09:00:00Z"}""".formatted(BRAM.id())));
        var history = body(get(BRAM, "/v1/attempts/" + attempt + "/history")).path("items");
        assertThat(history.valueStream().map(it -> it.path("transition").stringValue()))
                .as("its own decision and the end of it")
                .containsExactly("T6", "T15");
        assertThat(history.get(0).at("/said/contact/name").stringValue()).isEqualTo("Bram de Vries");
        assertThat(history.get(1).propertyNames())
                .containsExactlyInAnyOrder("action", "transition", "at", "from", "to", "reason");
        assertThat(body(get(ANNA, "/v1/attempts/" + attempt)).at("/state/note").stringValue())
                .isEqualTo("Naar zijn zus in Bergstad");
    }

    /** The decision is not lost when the referrer closes what came back. */
    @Test
    void p6ClosingWhatCameBackLeavesTheReceiverItsDecision() {
        var attempt = claimed();
        assertThat(act(BRAM, attempt, "return", Bodies.RETURN)).hasStatusOk();
        assertThat(act(ANNA, attempt, "withdrawal", Bodies.WITHDRAWAL)).hasStatusOk();
        var history = body(get(BRAM, "/v1/attempts/" + attempt + "/history")).path("items");
        assertThat(history.get(0).at("/said/reason").stringValue()).isEqualTo("NO_CAPACITY");
        assertThat(body(get(ANNA, "/v1/referrals?queue=DONE&limit=100"))
                        .path("items")
                        .valueStream()
                        .map(it -> it.at("/attempt/id").stringValue()))
                .contains(attempt.toString());
    }

    @Test
    void p6NinetyDaysAfterTheCompletionTheReceiverReadsItsOwnDecisionAndNothingElse() {
        var attempt = started();
        assertThat(act(BRAM, attempt, "completion", Bodies.COMPLETION)).hasStatusOk();
        clock.pass(Duration.ofDays(90).minusMillis(1));
        assertThat(body(get(BRAM, "/v1/attempts/" + attempt)).path("access").stringValue())
                .isEqualTo("SHARED");
        assertThat(row(BRAM, "DONE", attempt).has("client")).isTrue();
        clock.pass(Duration.ofMillis(1));
        var shown = body(get(BRAM, "/v1/attempts/" + attempt));
        isOwnDecisionOnly(shown);
        isOwnDecisionOnly(row(BRAM, "DONE", attempt));
        assertThat(shown.at("/state/outcome").stringValue()).isEqualTo("GOAL_REACHED");
        assertThat(body(get(ANNA, "/v1/attempts/" + attempt)).path("access").stringValue())
                .isEqualTo("SHARED");
    }

    /** As after a completion. */
    @Test
    void p6NinetyDaysAfterAnEarlyEndTheReceiverReadsItsOwnDecisionAndNothingElse() {
        var attempt = started();
        var why = "{\"reason\":\"MOVED\",\"note\":\"Naar Bergstad\"}";
        assertThat(act(BRAM, attempt, "early-end", why)).hasStatusOk();
        clock.pass(Duration.ofDays(90).minusMillis(1));
        assertThat(body(get(BRAM, "/v1/attempts/" + attempt)).path("access").stringValue())
                .isEqualTo("SHARED");
        clock.pass(Duration.ofMillis(1));
        var shown = body(get(BRAM, "/v1/attempts/" + attempt));
        isOwnDecisionOnly(shown);
        isOwnDecisionOnly(row(BRAM, "DONE", attempt));
        assertThat(shown.path("state")).isEqualTo(json.readTree("""
                {"status":"ENDED_EARLY","worker":{"person":"%s","name":"Bram"},"reason":"MOVED",
                 "note":"Naar Bergstad","at":"2026-03-02T09:00:00Z"}""".formatted(BRAM.id())));
        NEIGHBOURS.verify(com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor(
                        com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo("/internal/v1/grants/" + attempt))
                .withRequestBody(com.github.tomakehurst.wiremock.client.WireMock.equalToJson("""
                        {"access":"SHARED","sequence":5,"until":"2026-05-31T09:00:00Z","excludedWorkers":[]}""")));
    }

    @Test
    void t7BothSidesSeeWhatWhoWaitsMayExpect() {
        var attempt = waitlisted();
        var expected = json.readTree("""
                {"status":"WAITLISTED","worker":{"person":"%s","name":"Bram"},
                 "expectation":{"from":2,"to":6,"givenAt":"2026-03-02T09:00:00Z"},"reason":"Er is nu geen plek",
                 "keeper":{"by":"RECEIVER","name":"Carla","phone":"0201234567","everyWeeks":4},
                 "clientToldBy":"RECEIVER","contactDue":"2026-03-30T22:00:00Z","at":"2026-03-02T09:00:00Z"}""".formatted(BRAM.id()));
        for (var reader : List.of(ANNA, BRAM)) {
            var shown = body(get(reader, "/v1/attempts/" + attempt));
            assertThat(shown.path("state")).isEqualTo(expected);
            assertThat(shown.path("deadline").stringValue()).isEqualTo("2026-03-30T22:00:00Z");
        }
        assertThat(row(BRAM, "WAITLIST", attempt).path("deadline").stringValue())
                .isEqualTo("2026-03-30T22:00:00Z");
        assertThat(body(get(ANNA, "/v1/referrals?queue=WAITLIST&limit=100"))
                        .path("items")
                        .valueStream()
                        .map(it -> it.at("/attempt/id").stringValue()))
                .contains(attempt.toString());
    }

    /** Until the end of the day after the acceptance nothing says it but the clock. */
    @Test
    void t20AfterADayTheActionIsGoneFromTheAttemptAndFromTheList() {
        var attempt = accepted();
        assertThat(body(get(BRAM, "/v1/attempts/" + attempt)).path("actions").toString())
                .contains("UNDO_ACCEPT");
        clock.pass(Duration.ofDays(1));
        var shown = body(get(BRAM, "/v1/attempts/" + attempt)).path("actions");
        assertThat(shown.toString()).doesNotContain("UNDO_ACCEPT");
        assertThat(row(BRAM, "ACCEPTED", attempt).path("actions")).isEqualTo(shown);
        assertThat(act(BRAM, attempt, "acceptance-undo", Bodies.UNDO)).hasStatus(409);
    }

    /** DOMAIN T12. */
    @Test
    void withoutTheClientsConsentTheReferrerHearsOnlyThatHelpEnded() {
        var attempt = started();
        assertThat(act(BRAM, attempt, "completion", """
                        {"outcome":"NOT_REACHED","clientAgreesToFeedback":false,"aftercare":"De huisarts weet ervan",
                         "goals":[{"goal":0,"result":"NOT_REACHED"},{"goal":1,"result":"CHANGED"}]}""")).hasStatusOk();
        var told = body(get(ANNA, "/v1/attempts/" + attempt));
        assertThat(told.path("state")).isEqualTo(json.readTree("""
                {"status":"COMPLETED","worker":{"person":"%s","name":"Bram"},"goals":[],
                 "clientAgreesToFeedback":false,"at":"2026-03-02T09:00:00Z"}""".formatted(BRAM.id())));
        var last = body(get(ANNA, "/v1/attempts/" + attempt + "/history")).at("/items/4");
        assertThat(last.path("transition").stringValue()).isEqualTo("T12");
        assertThat(last.has("said")).isFalse();
        assertThat(last.has("reason")).isFalse();
        var referral = body(get(ANNA, "/v1/referrals/" + told.path("referral").stringValue()));
        assertThat(referral.toString()).doesNotContain("NOT_REACHED", "huisarts");

        var own = body(get(BRAM, "/v1/attempts/" + attempt));
        assertThat(own.at("/state/outcome").stringValue()).isEqualTo("NOT_REACHED");
        assertThat(body(get(BRAM, "/v1/attempts/" + attempt + "/history"))
                        .at("/items/4/said/aftercare")
                        .stringValue())
                .isEqualTo("De huisarts weet ervan");
    }

    /** DOMAIN T22. */
    @Test
    void whoKnowsTheClientIsNotShownItAgain() {
        var attempt = claimed();
        var answer = act(BRAM, attempt, "put-back", "{\"reason\":\"KNOWS_CLIENT\"}");
        assertThat(answer).hasStatusOk();
        assertThat(body(answer).path("access").stringValue()).isEqualTo("CORE");
        assertThat(body(answer).path("actions")).isEmpty();
        assertThat(get(BRAM, "/v1/attempts/" + attempt)).hasStatus(404);
        assertThat(get(BRAM, "/v1/attempts/" + attempt + "/history")).hasStatus(404);
        assertThat(act(BRAM, attempt, "claim", "{}")).hasStatus(404);
        assertThat(rows(BRAM, "NEW")).noneMatch(it -> id(it).equals(attempt));
        assertThat(act(CARLA, attempt, "claim", "{}")).hasStatusOk();
        assertThat(rows(BRAM, "IN_REVIEW")).noneMatch(it -> id(it).equals(attempt));
        NEIGHBOURS.verify(com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor(
                        com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo("/internal/v1/grants/" + attempt))
                .withRequestBody(com.github.tomakehurst.wiremock.client.WireMock.equalToJson(
                        "{\"access\":\"SHARED\",\"sequence\":4,\"excludedWorkers\":[\"%s\"]}".formatted(BRAM.id()))));
    }

    @Test
    void whatWasDestroyedIsSaidToBeGone() {
        var attempt = claimed();
        vault.destroyKey(Objects.requireNonNull(storedAttempt(attempt).get("referral", UUID.class)));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(get(BRAM, "/v1/attempts/" + attempt)).hasStatus(410));
        assertThat(act(BRAM, attempt, "information-request", Bodies.QUESTION))
                .hasStatus(410)
                .hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(get(ANNA, "/v1/referrals/" + storedAttempt(attempt).get("referral")))
                .hasStatus(410);
        assertThat(row(BRAM, "IN_REVIEW", attempt).has("core"))
                .as("and spoils no list")
                .isFalse();
        assertThat(rows(BRAM, "IN_REVIEW")).hasSizeGreaterThan(0);
    }

    // who may

    @Test
    void p5ForAStrangerItIsNotThereWhateverIsTried() {
        var attempt = claimed();
        for (var stranger : List.of(EVA, DIRK)) {
            for (var id : List.of(attempt, UUID.randomUUID())) {
                var answers = new ArrayList<MvcTestResult>();
                answers.add(get(stranger, "/v1/attempts/" + id));
                answers.add(get(stranger, "/v1/attempts/" + id + "/history"));
                ACTIONS.forEach((action, body) -> answers.add(
                        send(HttpMethod.POST, stranger, "/v1/attempts/" + id + "/" + action, body, ifMatch(2))));
                assertThat(answers).allSatisfy(it -> {
                    assertThat(it).hasStatus(404);
                    assertThat(body(it)).as("the same words for what is there").isEqualTo(json.readTree("""
                            {"type":"urn:wijkschakel:problem:unknown","status":404,
                             "title":"Dit is niet gevonden, of het is niet voor u."}"""));
                });
            }
            for (var queue : Status.ReceiverQueue.values()) {
                assertThat(rows(stranger, queue.name())).noneMatch(it -> id(it).equals(attempt));
            }
        }
    }

    /** By role, before anything is looked up: whether it is there makes no difference. */
    @Test
    void p25WithoutARoleInCareNothingIsReachedAtAll() {
        var attempt = claimed();
        for (var other : List.of(HUGO, INES, JORIS, KIM)) {
            for (var id : List.of(attempt, UUID.randomUUID())) {
                assertThat(get(other, "/v1/attempts/" + id)).hasStatus(403);
                assertThat(get(other, "/v1/attempts/" + id + "/history")).hasStatus(403);
                ACTIONS.forEach((action, body) -> assertThat(
                                send(HttpMethod.POST, other, "/v1/attempts/" + id + "/" + action, body, ifMatch(2)))
                        .hasStatus(403));
            }
            assertThat(get(other, "/v1/attempts?queue=NEW")).hasStatus(403);
            assertThat(get(other, "/v1/attempts/counts")).hasStatus(403);
        }
        assertThat(http.get().uri("/v1/attempts/" + attempt).exchange()).hasStatus(401);
    }

    @Test
    void whoWorksForSeveralActsForTheOneThatIsNamed() {
        var attempt = sent();
        assertThat(get(FARID, "/v1/attempts/" + attempt)).hasStatus(400);
        assertThat(send(
                        HttpMethod.GET,
                        FARID,
                        "/v1/attempts/" + attempt,
                        null,
                        Map.of("Wijkschakel-Organisation", NOVA.toString())))
                .hasStatus(404);
        assertThat(act(FARID, attempt, "claim", "{}", Map.of("Wijkschakel-Organisation", BRUG.toString())))
                .hasStatusOk();
        var entry = outbox(storedAttempt(attempt), "access-log.v1").getLast();
        assertThat(entry.at("/data/organisation").stringValue()).isEqualTo(BRUG.toString());
        assertThat(storedAttempt(attempt)
                        .getList("history", Document.class)
                        .getLast()
                        .get("organisation"))
                .isEqualTo(BRUG);
    }

    // transitions

    @Test
    void aRefusedTransitionNamesTheActionsThatAreAllowed() {
        var attempt = claimed();
        var refused = act(BRAM, attempt, "start", Bodies.START);
        assertThat(refused).hasStatus(409);
        assertThat(body(refused)).isEqualTo(json.readTree("""
                {"type":"urn:wijkschakel:problem:transition-not-allowed","status":409,
                 "title":"Dit kan nu niet met deze aanmelding.","detail":"START is not allowed when IN_REVIEW",
                 "actions":["ASK","ACCEPT","WAITLIST","RETURN","PUT_BACK","ASSIGN"]}"""));
        var bySender = act(ANNA, attempt, "claim", "{}");
        assertThat(bySender).hasStatus(409);
        assertThat(body(bySender).path("actions").valueStream().map(JsonNode::stringValue))
                .containsExactly("WITHDRAW");
    }

    @Test
    void whatIsShownToBePossibleIsPossibleAndNothingElse() {
        assertThat(get(CARLA, "/v1/colleagues")).hasStatusOk(); // so that work can be given to her
        var paths = Map.ofEntries(
                Map.entry("CLAIM", "claim"),
                Map.entry("PUT_BACK", "put-back"),
                Map.entry("ASK", "information-request"),
                Map.entry("ANSWER", "answer"),
                Map.entry("ACCEPT", "acceptance"),
                Map.entry("UNDO_ACCEPT", "acceptance-undo"),
                Map.entry("WAITLIST", "waitlisting"),
                Map.entry("RETURN", "return"),
                Map.entry("START", "start"),
                Map.entry("PAUSE", "pause"),
                Map.entry("RESUME", "resumption"),
                Map.entry("COMPLETE", "completion"),
                Map.entry("END_EARLY", "early-end"),
                Map.entry("WITHDRAW", "withdrawal"),
                Map.entry("ASSIGN", "assignment"),
                Map.entry("CHANGE_CONTACT", "contact-person"));
        for (var who : List.of(ANNA, BRAM)) {
            for (var attempt : List.of(sent(), claimed(), accepted(), waitlisted(), started(), paused())) {
                var actions = body(get(who, "/v1/attempts/" + attempt)).path("actions");
                var possible = actions.valueStream().map(JsonNode::stringValue).toList();
                assertThat(paths.keySet()).containsAll(possible);
                paths.forEach((action, path) -> {
                    if (!possible.contains(action)) {
                        assertThat(act(who, attempt, path, bodyOf(path)))
                                .as(action)
                                .hasStatus(409);
                    }
                });
                var last = Objects.requireNonNull(paths.get(possible.getLast()));
                assertThat(act(who, attempt, last, bodyOf(last))).as(last).hasStatusOk();
            }
        }
    }

    private static String bodyOf(String path) {
        return Objects.requireNonNull(ACTIONS.get(path));
    }

    @Test
    void aChangeSaysWhichVersionItChanges() {
        var attempt = sent();
        var path = "/v1/attempts/" + attempt + "/claim";
        assertThat(send(HttpMethod.POST, BRAM, path, "{}", Map.of())).hasStatus(428);
        assertThat(send(HttpMethod.POST, BRAM, path, "{}", ifMatch(2))).hasStatus(412);
        assertThat(send(HttpMethod.POST, BRAM, path, "{}", Map.of("If-Match", "*")))
                .hasStatus(412);
        assertThat(get(BRAM, "/v1/attempts/" + attempt)).hasHeader("ETag", "\"1\"");
        assertThat(send(HttpMethod.POST, BRAM, path, "{}", ifMatch(1)))
                .hasStatusOk()
                .hasHeader("ETag", "\"2\"");
        assertThat(send(HttpMethod.POST, CARLA, path, "{}", ifMatch(1)))
                .as("someone else was first: stale goes before not allowed")
                .hasStatus(412);
    }

    @Test
    void theSameRequestAgainIsAnsweredWithThePresentState() {
        var attempt = claimed();
        var key = Map.of("Idempotency-Key", "again-" + attempt);
        var first = act(BRAM, attempt, "information-request", Bodies.QUESTION, key);
        assertThat(first).hasStatusOk().hasHeader("ETag", "\"3\"");
        assertThat(act(ANNA, attempt, "answer", Bodies.ANSWER)).hasStatusOk();
        var headers = new java.util.HashMap<>(ifMatch(2));
        headers.putAll(key);
        var path = "/v1/attempts/" + attempt + "/information-request";
        assertThat(send(HttpMethod.POST, BRAM, path, Bodies.QUESTION, headers))
                .as("recognised before If-Match")
                .hasStatusOk()
                .hasHeader("ETag", "\"4\"");
        assertThat(send(HttpMethod.POST, BRAM, path, Bodies.QUESTION.replace("uitkering", "schuld"), headers))
                .hasStatus(409)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("urn:wijkschakel:problem:idempotency-key-used");
        assertThat(act(BRAM, attempt, "return", Bodies.RETURN, key))
                .as("another action is another request")
                .hasStatus(409);
        assertThat(act(BRAM, attempt, "return", Bodies.RETURN, Map.of("Idempotency-Key", "é")))
                .hasStatus(400);
        assertThat(storedAttempt(attempt).getList("history", Document.class)).hasSize(4);
    }

    // wrong requests

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "put-back            | /reason",
                "information-request | /question /why",
                "answer              | /answer",
                "acceptance          | /contact /firstContactOn /clientTold",
                "acceptance-undo     | /reason",
                "waitlisting         | /waitWeeks /reason /contact /clientToldBy",
                "pause               | /wish /reason /reviewOn",
                "early-end           | /reason",
                "return              | /reason /advice /clientToldBy",
                "start               | /on /kind",
                "completion          | /outcome /goals /clientAgreesToFeedback",
                "withdrawal          | /reason",
                "assignment          | /person",
                "contact-person      | /contact",
            })
    void whatIsMissingIsNamedAllAtOnce(String action, String pointers) {
        assertThat(errors(post(action, "{}")))
                .containsExactlyInAnyOrder(Stream.of(pointers.split(" "))
                        .map(it -> it + " required")
                        .toArray(String[]::new));
    }

    static Stream<String[]> contradictions() {
        return Stream.of(
                new String[] {"answer", "{\"cannotShare\":true}", "/why required"},
                new String[] {
                    "answer", "{\"cannotShare\":true,\"answer\":\"Ja\",\"why\":\"x\"}", "/answer contradiction"
                },
                new String[] {"answer", "{\"answer\":\"Ja\",\"why\":\"x\"}", "/why contradiction"},
                new String[] {"acceptance", with("contact", "{}"), "/contact/name person-or-team"},
                new String[] {
                    "acceptance",
                    with("contact", "{\"name\":\"a\",\"team\":\"b\"}"),
                    "/contact/name person-or-team, /contact/phone required, /contact/nameFollowsOn required"
                },
                new String[] {
                    "acceptance",
                    with("contact", "{\"team\":\"b\",\"email\":\"a@b.nl\"}"),
                    "/contact/phone required, /contact/nameFollowsOn required, /contact/email contradiction"
                },
                new String[] {
                    "acceptance",
                    with("contact", "{\"name\":\"a\",\"nameFollowsOn\":\"2026-03-09\"}"),
                    "/contact/nameFollowsOn contradiction"
                },
                new String[] {
                    "acceptance", with("clientTold", "{}"), "/clientTold/by required, /clientTold/how required"
                },
                new String[] {
                    "waitlisting", with(Bodies.WAITLISTING, "waitWeeks", "{\"from\":3,\"to\":2}"), "/waitWeeks no-range"
                },
                new String[] {
                    "waitlisting",
                    with(Bodies.WAITLISTING, "waitWeeks", "{\"from\":0,\"to\":261}"),
                    "/waitWeeks/to out-of-range"
                },
                new String[] {
                    "waitlisting",
                    with(Bodies.WAITLISTING, "contact", "{\"by\":\"REFERRER\",\"name\":\"Anna\",\"everyWeeks\":0}"),
                    "/contact/everyWeeks out-of-range"
                },
                new String[] {
                    "waitlisting",
                    with(Bodies.WAITLISTING, "contact", "{}"),
                    "/contact/by required, /contact/name required, /contact/everyWeeks required"
                },
                new String[] {"return", with(Bodies.RETURN, "advice", "{}"), "/advice/service required"},
                new String[] {"return", with(Bodies.RETURN, "advice", "{\"none\":true}"), "/advice/why required"},
                new String[] {
                    "return",
                    with(Bodies.RETURN, "advice", "{\"none\":true,\"service\":\"%s\"}".formatted(DEBTS)),
                    "/advice/none contradiction, /advice/why required"
                },
                new String[] {
                    "return",
                    with(Bodies.RETURN, "advice", "{\"service\":\"%s\",\"why\":\"x\"}".formatted(DEBTS)),
                    "/advice/why contradiction"
                },
                new String[] {
                    "return",
                    with(Bodies.RETURN, "advice", "{\"service\":\"%s\"}".formatted(UUID.randomUUID())),
                    "/advice/service unknown-service"
                },
                new String[] {
                    "completion",
                    with(Bodies.COMPLETION, "goals", "[null,{\"result\":\"REACHED\"},{\"goal\":1}]"),
                    "/goals/0 required, /goals/1/goal required, /goals/2/result required"
                });
    }

    @ParameterizedTest
    @MethodSource("contradictions")
    void whatContradictsItselfIsRefused(String action, String body, String errors) {
        assertThat(errors(post(action, body))).containsExactlyInAnyOrder(errors.split(", "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "information-request | {'question':5,'why':'x'}                            | /question wrong-type",
                "information-request | {'question':true,'why':'x'}                         | /question wrong-type",
                "information-request | {'question':['x'],'why':'x'}                        | /question wrong-type",
                "information-request | {'question':'x','why':'x','more':1}                 | /more unknown-field",
                "information-request | {'question':'a\\u0000b','why':'x'}                  | /question unreadable-sign",
                "information-request | {'question':'\\ud83d','why':'x'}                    | /question unreadable-sign",
                "information-request | {'question':'  ','why':'x'}                         | /question required",
                "information-request | {'question':'x','question':'y','why':'x'}           | ' not-json'",
                "information-request | {'question':                                        | ' not-json'",
                "information-request | [1]                                                 | ' wrong-type'",
                "put-back            | {'reason':'BORED'}                                  | /reason wrong-type",
                "put-back            | {'reason':0}                                        | /reason wrong-type",
                "start               | {'on':'2026-02-30','kind':'VISIT'}                  | /on wrong-type",
                "start               | {'on':'morgen','kind':'VISIT'}                      | /on wrong-type",
                "start               | {'on':20514,'kind':'VISIT'}                         | /on wrong-type",
                "start               | {'on':'2026-03-02T09:00:00Z','kind':'VISIT'}        | /on wrong-type",
                "return              | {'reason':'OTHER','advice':{'service':'x'},'clientToldBy':'RECEIVER'} | /advice/service wrong-type",
                "return              | {'reason':'OTHER','advice':'x','clientToldBy':'RECEIVER'}             | /advice wrong-type",
                "completion          | {'outcome':'GOAL_REACHED','clientAgreesToFeedback':true,'goals':[{'goal':1.5,'result':'REACHED'}]} | /goals/0/goal wrong-type",
                "completion          | {'outcome':'GOAL_REACHED','clientAgreesToFeedback':'yes','goals':[]}  | /clientAgreesToFeedback wrong-type",
            })
    void whatIsOfTheWrongKindIsNamed(String action, String body, String error) {
        assertThat(errors(post(action, body.replace('\'', '"')))).containsExactly(error);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+999999999-12-31", "2126-01-01", "-999999999-01-01", "0001-01-01"})
    void aDayThatCannotBeMeantIsRefused(String day) {
        var attempt = claimed();
        var body = Bodies.ACCEPTANCE.replace("2026-03-05", day);
        assertThat(errors(act(BRAM, attempt, "acceptance", body)))
                .hasSize(1)
                .allMatch(it -> it.startsWith("/firstContactOn "));
        var team = with("contact", "{\"team\":\"a\",\"phone\":\"1\",\"nameFollowsOn\":\"%s\"}".formatted(day));
        assertThat(errors(act(BRAM, attempt, "acceptance", team)))
                .hasSize(1)
                .allMatch(it -> it.startsWith("/contact/nameFollowsOn "));
    }

    @Test
    void longTextsEmojiAndEveryScriptAreKeptAsTheyAre() {
        var attempt = claimed();
        var text = "😀 Łukasz أمل ".repeat(400).substring(0, 4000).strip();
        assertThat(act(
                        BRAM,
                        attempt,
                        "information-request",
                        "{\"question\":%s,\"why\":\"Zo\\nmaar\"}".formatted(json.writeValueAsString(text))))
                .hasStatusOk();
        assertThat(body(get(ANNA, "/v1/attempts/" + attempt))
                        .at("/questions/0/question")
                        .stringValue())
                .isEqualTo(text);
        assertThat(errors(
                        post("information-request", "{\"question\":\"%s\",\"why\":\"x\"}".formatted("x".repeat(5000)))))
                .containsExactly("/question too-long");
        assertThat(post("information-request", "{\"question\":\"%s\"}".formatted("x".repeat(2_000_000))))
                .hasStatus(413);
    }

    @Test
    void nothingIsHalfStoredOfARefusedRequest() {
        var attempt = claimed();
        var before = storedAttempt(attempt);
        ACTIONS.keySet().stream()
                .filter(it -> !Set.of("claim", "resumption").contains(it))
                .forEach(action -> assertThat(act(BRAM, attempt, action, "{\"surprise\":1}"))
                        .hasStatus(400));
        assertThat(storedAttempt(attempt)).isEqualTo(before);
    }

    @Test
    void anIdThatIsNoneNamesNothing() {
        for (var id : List.of("x", "0", "' or 1", "{$ne:1}", UUID.randomUUID() + "0")) {
            assertThat(http.get().uri("/v1/attempts/{id}", id).with(BRAM.login()))
                    .hasStatus(404)
                    .hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
        }
        for (var trick : List.of("%257B", "x;y", "..%2f..", "x%00")) {
            assertThat(http.get().uri(URI.create("/v1/attempts/" + trick)).with(BRAM.login()))
                    .hasStatus(400)
                    .hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
        }
        assertThat(send(HttpMethod.POST, BRAM, "/v1/attempts/x/claim", "{}", ifMatch(1)))
                .hasStatus(404);
        assertThat(get(BRAM, "/v1/attempts/" + sent() + "/nothing")).hasStatus(404);
    }

    // lists

    @ParameterizedTest
    @CsvSource({
        "'', /queue required",
        "?queue=, /queue required",
        "?queue=OLD, /queue wrong-type",
        "?queue=NEW&service=x, /service wrong-type",
        "?queue=NEW&urgency=x, /urgency wrong-type",
        "?queue=NEW&assignee=x, /assignee wrong-type",
        "?queue=NEW&cursor=x, /cursor unknown-cursor",
        "?queue=NEW&cursor=AAAA, /cursor unknown-cursor",
        "?queue=NEW&limit=0, /limit out-of-range",
        "?queue=NEW&limit=101, /limit out-of-range",
        "?queue=NEW&limit=x, /limit out-of-range",
    })
    void aListThatCannotBeIsRefused(String query, String error) {
        assertThat(errors(get(BRAM, "/v1/attempts" + query))).containsExactly(error);
    }

    @Test
    void theInboxIsPagedAndFiltered() {
        var urgent = sent(draft(UUID.randomUUID(), "URGENT"), BUDGET).getFirst();
        var usual = sent(draft(), BUDGET).getFirst();
        var mine = sent(draft(), BUDGET).getFirst();
        assertThat(act(BRAM, mine, "claim", "{}")).hasStatusOk();

        var seen = new LinkedHashSet<UUID>();
        var next = "";
        do {
            var page = body(get(BRAM, "/v1/attempts?queue=NEW&limit=1&service=" + BUDGET + next));
            assertThat(page.path("items").size()).isLessThanOrEqualTo(1);
            page.path("items").forEach(it -> assertThat(seen.add(id(it))).isTrue());
            next = page.has("next") ? "&cursor=" + page.path("next").stringValue() : "";
        } while (!next.isEmpty());
        assertThat(seen)
                .as("the most urgent first")
                .containsSubsequence(urgent, usual)
                .doesNotContain(mine);

        assertThat(ids("?queue=NEW&urgency=URGENT&service=" + BUDGET))
                .contains(urgent)
                .doesNotContain(usual);
        assertThat(ids("?queue=IN_REVIEW&assignee=" + BRAM.id() + "&service=" + BUDGET))
                .containsExactly(mine);
        assertThat(ids("?queue=IN_REVIEW&assignee=" + CARLA.id() + "&service=" + BUDGET))
                .isEmpty();
        assertThat(ids("?queue=NEW&municipality=9902&service=" + BUDGET)).isEmpty();
        assertThat(ids("?queue=NEW&municipality=9901&urgency=URGENT&service=" + BUDGET))
                .contains(urgent);
        assertThat(ids("?queue=NEW&service=" + UUID.randomUUID())).isEmpty();
        assertThat(ids("?queue=WAITLIST&service=" + BUDGET)).isEmpty();
    }

    private Set<UUID> ids(String query) {
        var ids = new LinkedHashSet<UUID>();
        body(get(BRAM, "/v1/attempts" + query)).path("items").forEach(it -> ids.add(id(it)));
        return ids;
    }

    @Test
    void aListSaysOfEachWhatCanBeDone() {
        var attempt = claimed();
        assertThat(row(BRAM, "IN_REVIEW", attempt).path("actions"))
                .isEqualTo(body(get(BRAM, "/v1/attempts/" + attempt)).path("actions"));
        var sent = body(get(ANNA, "/v1/referrals?queue=SENT&limit=100"))
                .path("items")
                .valueStream()
                .filter(it -> it.at("/attempt/id").stringValue().equals(attempt.toString()))
                .findFirst()
                .orElseThrow();
        assertThat(sent.at("/attempt/actions"))
                .isEqualTo(body(get(ANNA, "/v1/attempts/" + attempt)).path("actions"));
    }

    @Test
    void bothSidesSeeHowManyWait() {
        var before = body(get(BRAM, "/v1/attempts/counts"));
        var sentBefore = body(get(MILAN, "/v1/attempts/counts"));
        claimed();
        sent();
        var after = body(get(BRAM, "/v1/attempts/counts"));
        assertThat(count(after, "/receiver/NEW") - count(before, "/receiver/NEW"))
                .isEqualTo(1);
        assertThat(count(after, "/receiver/IN_REVIEW") - count(before, "/receiver/IN_REVIEW"))
                .isEqualTo(1);
        assertThat(count(body(get(MILAN, "/v1/attempts/counts")), "/sender/SENT") - count(sentBefore, "/sender/SENT"))
                .isEqualTo(2);
        assertThat(after.at("/receiver/DONE").isMissingNode()).isTrue();
        assertThat(body(get(Person.somebodyOf(UUID.randomUUID()), "/v1/attempts/counts")))
                .isEqualTo(json.readTree("{\"receiver\":{},\"sender\":{}}"));
    }

    private static long count(JsonNode counts, String pointer) {
        return counts.at(pointer).longValue(0);
    }

    private MvcTestResult post(String action, String body) {
        return send(HttpMethod.POST, BRAM, "/v1/attempts/" + UUID.randomUUID() + "/" + action, body, ifMatch(1));
    }

    private JsonNode row(Person who, String queue, UUID attempt) {
        return rows(who, queue).stream()
                .filter(it -> id(it).equals(attempt))
                .findFirst()
                .orElseThrow();
    }

    private List<JsonNode> rows(Person who, String queue) {
        var rows = new ArrayList<JsonNode>();
        var next = "";
        do {
            var page = body(get(who, "/v1/attempts?limit=100&queue=" + queue + next));
            page.path("items").forEach(rows::add);
            next = page.has("next") ? "&cursor=" + page.path("next").stringValue() : "";
        } while (!next.isEmpty());
        return rows;
    }

    private static String with(String field, String value) {
        return with(Bodies.ACCEPTANCE, field, value);
    }

    private static String with(String body, String field, String value) {
        var json = tools.jackson.databind.json.JsonMapper.shared();
        var tree = (tools.jackson.databind.node.ObjectNode) json.readTree(body);
        tree.set(field, json.readTree(value));
        return json.writeValueAsString(tree);
    }
}
