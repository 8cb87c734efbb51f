package nl.wijkschakel.referral.referral;

import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static nl.wijkschakel.referral.Person.ANNA;
import static nl.wijkschakel.referral.Person.BRAM;
import static nl.wijkschakel.referral.Person.DIRK;
import static nl.wijkschakel.referral.Person.EVA;
import static nl.wijkschakel.referral.Person.HUGO;
import static nl.wijkschakel.referral.Person.INES;
import static nl.wijkschakel.referral.Person.JORIS;
import static nl.wijkschakel.referral.Person.KIM;
import static nl.wijkschakel.referral.Person.LOTTE;
import static nl.wijkschakel.referral.Person.MILAN;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import nl.wijkschakel.referral.Bodies;
import nl.wijkschakel.referral.Person;
import nl.wijkschakel.referral.ServiceTest;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ReferralControllerTest extends ServiceTest {

    // drafts

    @Test
    void aDraftMayBeAlmostEmptyAndGrows() {
        var client = UUID.randomUUID();
        var created = create("{\"client\":\"%s\",\"team\":\"%s\"}".formatted(client, NOORD), Map.of());
        assertThat(created).hasStatus(201).hasHeader("ETag", "\"1\"");
        var draft = body(created);
        assertThat(created).hasHeader("Location", "/v1/referrals/" + id(draft));
        assertThat(draft.path("status").stringValue()).isEqualTo("DRAFT");
        assertThat(draft.path("actions").valueStream().map(JsonNode::stringValue))
                .containsExactly("EDIT", "SEND", "DELETE", "ASSIGN");
        assertThat(draft.path("draftExpiresAt").stringValue()).isEqualTo("2026-03-16T09:00:00Z");
        assertThat(draft.path("municipality").stringValue()).isEqualTo("9901");
        assertThat(draft.path("content")).isEmpty();

        clock.pass(Duration.ofDays(3));
        var edited = edit(id(draft), 1, "{\"question\":\"Wie helpt mij?\",\"goals\":[{\"text\":\"Rust\"}]}");
        assertThat(edited).hasStatusOk().hasHeader("ETag", "\"2\"");
        assertThat(body(edited).path("draftExpiresAt").stringValue())
                .as("each change gives it fourteen days")
                .isEqualTo("2026-03-19T09:00:00Z");
        var again = edit(id(draft), 2, "{\"question\":null,\"urgency\":\"SOON\"}");
        assertThat(body(again).path("content"))
                .isEqualTo(json.readTree("{\"goals\":[{\"text\":\"Rust\"}],\"urgency\":\"SOON\"}"));
        assertThat(body(get(MILAN, "/v1/referrals/" + id(draft))))
                .as("as stored, for a colleague")
                .isEqualTo(body(again));
    }

    @Test
    void emptyListsStayEmptyLists() {
        var draft = draft();
        var emptied = edit(draft, 1, "{\"goals\":[],\"services\":[]}");
        assertThat(body(emptied).at("/content/goals")).isEqualTo(json.readTree("[]"));
        assertThat(errors(submit(draft, Bodies.submission(DEBTS)))).containsExactly("/content/goals required");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                      | /client required, /team required",
                "{'client':'x','team':'%s'}                              | /client wrong-type",
                "{'client':'%s','team':'%s'}                             | /team unknown-team",
                "{'client':'%s','team':'%s','content':{'more':1}}        | /content/more unknown-field",
                "{'client':'%s','team':'%s','content':{'goals':[{}]}}    | /content/goals/0/text required",
                "{'client':'%s','team':'%s','content':{'goals':[null]}}  | /content/goals/0 required",
                "{'client':'%s','team':'%s','content':{'goals':'x'}}     | /content/goals wrong-type",
                "{'client':'%s','team':'%s','content':{'services':[null]}} | /content/services/0 required",
                "{'client':'%s','team':'%s','content':{'theme':'x'}}     | /content/theme wrong-type",
                "{'client':'%s','team':'%s','content':{'question':'','situation':'\\u0000'}} | /content/question required, /content/situation unreadable-sign",
                "{'client':                                              | ' not-json'",
                "[]                                                      | ' wrong-type'",
            })
    void aDraftThatCannotBeIsRefused(String body, String errors) {
        var filled = body.replace('\'', '"');
        while (filled.contains("%s")) {
            filled = filled.replaceFirst("%s", UUID.randomUUID().toString());
        }
        assertThat(errors(create(filled, Map.of()))).containsExactlyInAnyOrder(errors.split(", "));
    }

    @Test
    void ofAnotherOrganisationNoTeamIsTaken() {
        var body = "{\"client\":\"%s\",\"team\":\"%s\"}".formatted(UUID.randomUUID(), OOST);
        assertThat(errors(create(body, Map.of()))).containsExactly("/team unknown-team");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]                            | ' wrong-type'",
                "5                             | ' wrong-type'",
                "{'question':5}                | /question wrong-type",
                "{'more':5}                    | /more unknown-field",
                "{'content':{'question':'x'}}  | /content unknown-field",
                "{'goals':[{'text':' '}]}      | /goals/0/text required",
                "{'urgency':'LATER'}           | /urgency wrong-type",
                "{'question':                  | ' not-json'",
            })
    void aPatchThatCannotBeIsRefused(String patch, String error) {
        var draft = draft();
        assertThat(errors(edit(draft, 1, patch.replace('\'', '"')))).containsExactly(error);
        assertThat(get(ANNA, "/v1/referrals/" + draft)).hasHeader("ETag", "\"1\"");
    }

    @Test
    void longTextsAreTakenToALimit() {
        var draft = draft();
        assertThat(edit(draft, 1, "{\"situation\":\"%s\"}".formatted("é".repeat(4000))))
                .hasStatusOk();
        assertThat(errors(edit(draft, 2, "{\"situation\":\"%s\"}".formatted("x".repeat(5000)))))
                .containsExactly("/situation too-long");
        assertThat(errors(edit(
                        draft,
                        2,
                        "{\"goals\":[%s]}"
                                .formatted(String.join(",", java.util.Collections.nCopies(21, "{\"text\":\"x\"}"))))))
                .containsExactly("/goals size");
        assertThat(edit(draft, 2, "{\"situation\":\"%s\"}".formatted("x".repeat(2_000_000))))
                .hasStatus(413);
    }

    @Test
    void aChangeSaysWhichVersionItChanges() {
        var draft = draft();
        var path = "/v1/referrals/" + draft;
        for (var method : List.of(HttpMethod.PATCH, HttpMethod.DELETE)) {
            assertThat(send(method, ANNA, path, "{}", Map.of())).hasStatus(428);
            assertThat(send(method, ANNA, path, "{}", ifMatch(7))).hasStatus(412);
        }
        for (var action : List.of("submission", "resubmission")) {
            assertThat(send(HttpMethod.POST, ANNA, path + "/" + action, Bodies.submission(DEBTS), Map.of()))
                    .hasStatus(428);
        }
        assertThat(send(HttpMethod.POST, ANNA, path + "/submission", Bodies.submission(DEBTS), ifMatch(7)))
                .hasStatus(412);
        assertThat(send(HttpMethod.POST, ANNA, path + "/withdrawal", Bodies.WITHDRAWAL, ifMatch(7)))
                .hasStatus(412);
    }

    @Test
    void aDeletedDraftIsGone() {
        var draft = draft();
        assertThat(send(HttpMethod.DELETE, ANNA, "/v1/referrals/" + draft, null, ifMatch(1)))
                .hasStatus(204);
        assertThat(get(ANNA, "/v1/referrals/" + draft)).hasStatus(404);
        assertThat(send(HttpMethod.DELETE, ANNA, "/v1/referrals/" + draft, null, ifMatch(1)))
                .hasStatus(404);
    }

    @Test
    void whatIsSentIsNoDraftAnyMore() {
        var referral = draft();
        sent(referral, DEBTS);
        for (var answer : List.of(
                edit(referral, 2, "{\"tried\":\"x\"}"),
                send(HttpMethod.DELETE, ANNA, "/v1/referrals/" + referral, null, ifMatch(2)),
                submit(referral, Bodies.submission(DEBTS)))) {
            assertThat(answer).hasStatus(409);
            assertThat(body(answer).path("type").stringValue()).isEqualTo("urn:wijkschakel:problem:not-a-draft");
        }
    }

    // sending

    @Test
    void p1WithoutALegalBasisNothingIsSent() {
        var referral = draft();
        assertThat(errors(submit(referral, without("legalBasis")))).containsExactly("/legalBasis required");
        assertThat(errors(submit(referral, set("legalBasis", "\"ENFORCEMENT\""))))
                .containsExactly("/legalBasis wrong-type");
        isStillADraft(referral);
    }

    @Test
    void consentIsNoLegalBasisYet() {
        var referral = draft();
        assertThat(errors(submit(referral, set("legalBasis", "\"CONSENT\""))))
                .containsExactly("/legalBasis not-available-yet");
        isStillADraft(referral);
    }

    /** The service's own, unless there is a reason. */
    @Test
    void anotherLegalBasisNeedsAReason() {
        var referral = draft();
        assertThat(errors(submit(referral, without(set("legalBasis", "\"WMO\""), "legalBasisReason"))))
                .containsExactly("/legalBasisReason required");
        isStillADraft(referral);
        assertThat(submit(referral, without("legalBasisReason"))).hasStatusOk();
        assertThat(submit(draft(), set("legalBasis", "\"WMO\""))).hasStatusOk();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "null                                          | /agreement required",
                "{}                                            | /agreement/kind required",
                "{'kind':'AGREED'}                             | /agreement/how required, /agreement/on required, /agreement/by required",
                "{'kind':'AGREED','how':'SPOKEN','by':'CLIENT','on':'2026-03-03'} | /agreement/on in-the-future",
                "{'kind':'AGREED','how':'SPOKEN','by':'CLIENT','on':'2026-03-02','exception':'AGE'} | /agreement/exception contradiction",
                "{'kind':'EXCEPTION'}                          | /agreement/exception required, /agreement/motivation required",
                "{'kind':'EXCEPTION','exception':'SAFETY'}     | /agreement/motivation required",
                "{'kind':'EXCEPTION','exception':'BUSY','motivation':'x'} | /agreement/exception wrong-type",
                "{'kind':'EXCEPTION','exception':'SAFETY','motivation':' '} | /agreement/motivation required",
                "{'kind':'EXCEPTION','exception':'SAFETY','motivation':'x','how':'SPOKEN'} | /agreement/how contradiction",
            })
    void p2WithoutAgreementOrAMotivatedExceptionNothingIsSent(String agreement, String errors) {
        var referral = draft();
        assertThat(errors(submit(referral, set("agreement", agreement.replace('\'', '"')))))
                .containsExactlyInAnyOrder(errors.split(", "));
        isStillADraft(referral);
    }

    @Test
    void p2AnAllowedAndMotivatedExceptionIsSent() {
        var referral = draft();
        var exception = "{\"kind\":\"EXCEPTION\",\"exception\":\"SAFETY\",\"motivation\":\"Er is gevaar\"}";
        assertThat(submit(referral, set("agreement", exception))).hasStatusOk();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "services     | []       | /services size",
                "services     | [null]   | /services/0 required",
                "services     | [{}]     | /services/0/service required, /services/0/shown required",
                "services     | [{'service':'%s','shown':{'status':'HAS_CAPACITY','confirmedOn':'2026-02-20'}}] | /services/0/service unknown-service",
                "services     | [{'service':'%s','shown':{}}] | /services/0/shown/status required, /services/0/shown/confirmedOn required",
                "services     | [{'service':'%s','shown':{'status':'WAITLIST','confirmedOn':'2026-02-20','waitWeeks':{'from':4}}}] | /services/0/shown/waitWeeks/to required",
                "services     | [{'service':'%s','shown':{'status':'WAITLIST','confirmedOn':'2026-02-20','waitWeeks':{'from':4,'to':2}}}] | /services/0/shown/waitWeeks no-range",
                "services     | [{'service':'%s','shown':{'status':'WAITLIST','confirmedOn':'2026-02-20','waitWeeks':{'from':-1,'to':2}}}] | /services/0/shown/waitWeeks no-range",
                "sharedData   | null     | /sharedData required",
                "sharedData   | [null]   | /sharedData/0 required",
                "sharedData   | ['DIARY'] | /sharedData/0 wrong-type",
                "safeContact  | null     | /safeContact required",
                "safeContact  | 'yes'    | /safeContact wrong-type",
                "whatChanged  | 'Niets'  | /whatChanged contradiction",
                "surprise     | 1        | /surprise unknown-field",
            })
    void whatSendingNeedsIsThere(String field, String value, String errors) {
        var referral = draft();
        var filled = value.replace('\'', '"').replace("%s", UUID.randomUUID().toString());
        assertThat(errors(submit(referral, set(field, filled)))).containsExactlyInAnyOrder(errors.split(", "));
        isStillADraft(referral);
    }

    @Test
    void whatTheDraftMissesIsSaidWithAllElse() {
        var referral =
                id(body(create("{\"client\":\"%s\",\"team\":\"%s\"}".formatted(UUID.randomUUID(), NOORD), Map.of())));
        var body = without(set("legalBasis", "\"WMO\""), "legalBasisReason");
        assertThat(errors(submit(referral, body)))
                .containsExactlyInAnyOrder(
                        "/content/question required",
                        "/content/goals required",
                        "/content/theme required",
                        "/content/urgency required",
                        "/legalBasisReason required");
    }

    @Test
    void withoutARequestForHelpItGoesWithTheReason() {
        var referral = draft();
        assertThat(edit(referral, 1, "{\"goals\":null,\"noRequestForHelp\":true}"))
                .hasStatusOk();
        assertThat(errors(submit(referral, Bodies.submission(DEBTS))))
                .containsExactly("/content/legitimation required");
        assertThat(edit(referral, 2, "{\"legitimation\":\"Hij zoekt nog\"}")).hasStatusOk();
        var attempt = sent(referral, DEBTS).getFirst();
        for (var step : List.of("claim", "acceptance", "start")) {
            var body = switch (step) {
                case "claim" -> "{}";
                case "acceptance" -> Bodies.ACCEPTANCE;
                default -> Bodies.START;
            };
            assertThat(act(BRAM, attempt, step, body)).hasStatusOk();
        }
        assertThat(act(BRAM, attempt, "completion", """
                        {"outcome":"QUESTION_CHANGED","goals":[],"clientAgreesToFeedback":true,"feedback":"Goed"}""")).hasStatusOk();
    }

    /** DOMAIN P8: what client-service is told. */
    @Test
    void p8OnlyAServiceThatIsEntitledMayLearnTheBsn() {
        var entitled = Map.of(DEBTS, true, ADDICTION, false, BUDDY, false);
        entitled.forEach((service, expected) -> {
            var attempt = sent(draft(), service).getFirst();
            NEIGHBOURS.verify(com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor(
                            com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo(
                                    "/internal/v1/agreements/" + attempt))
                    .withRequestBody(com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath(
                            "$[?(@.receiverEntitledToBsn == " + expected + ")]")));
        });
    }

    /** DOMAIN P11: what client-service is told, which hides where the client is. */
    @Test
    void p11ThatThePlaceIsSecretGoesAlong() {
        var secret = service("\"secretPlace\":true");
        for (var service : List.of(secret, SHELTER)) {
            var attempt = sent(draft(), service).getFirst();
            NEIGHBOURS.verify(com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor(
                            com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo(
                                    "/internal/v1/agreements/" + attempt))
                    .withRequestBody(com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath(
                            "$[?(@.secretPlace == " + service.equals(secret) + ")]")));
        }
    }

    /** Of De Brug, made for one test. */
    private UUID service(String more) {
        var id = UUID.randomUUID();
        var answer = send(
                HttpMethod.PUT,
                HUGO,
                "/v1/services/" + id,
                """
                        {"organisation":"%s","name":"Opvang","description":"Hulp","themes":["DEBT_AND_INCOME"],
                         "targetGroup":"Iedereen","municipalities":["9901"],"languages":["nl"],"legalBasis":"WGS",
                         "entitledToBsn":false,%s,
                         "capacity":{"status":"HAS_CAPACITY","waitWeeks":{"from":0,"to":2}}}""".formatted(Person.BRUG, more),
                Map.of("If-None-Match", "*"));
        assertThat(answer).hasStatus(201);
        return id;
    }

    @Test
    void anOpenDuplicateNeedsAMotivation() {
        var client = UUID.randomUUID();
        var first = sent(draft(client, "ROUTINE"), DEBTS).getFirst();
        var second = draft(client, "SOON");
        var refused = submit(second, Bodies.submission(DEBTS));
        assertThat(refused).hasStatus(409);
        assertThat(body(refused).path("type").stringValue()).isEqualTo("urn:wijkschakel:problem:open-duplicate");
        assertThat(body(refused).path("services")).isEqualTo(json.readTree("[\"%s\"]".formatted(DEBTS)));
        isStillADraft(second);
        assertThat(submit(draft(client, "SOON"), Bodies.submission(BUDGET)))
                .as("another service")
                .hasStatusOk();
        assertThat(submit(second, set("duplicateMotivation", "\"Het gaat om een andere schuld\"")))
                .hasStatusOk();
        var third = draft(client, "SOON");
        assertThat(act(ANNA, first, "withdrawal", Bodies.WITHDRAWAL)).hasStatusOk();
        assertThat(submit(third, Bodies.submission(DEBTS)))
                .as("the motivated one is open")
                .hasStatus(409);
    }

    @Test
    void severalServicesOnlyInACrisis() {
        var usual = draft();
        assertThat(errors(submit(usual, Bodies.submission(DEBTS, SHELTER)))).containsExactly("/services one-service");
        assertThat(errors(submit(usual, Bodies.submission(DEBTS, DEBTS))))
                .as("said with the request")
                .containsExactly("/services twice");
        var crisis = draft(UUID.randomUUID(), "CRISIS");
        assertThat(sent(crisis, DEBTS, SHELTER, ADDICTION)).hasSize(3).doesNotHaveDuplicates();
        assertThat(body(get(ANNA, "/v1/referrals/" + crisis)).path("attempts")).hasSize(3);
    }

    @Test
    void inACrisisTheFirstAcceptanceWithdrawsTheOthers() {
        var referral = draft(UUID.randomUUID(), "CRISIS");
        var attempts = sent(referral, DEBTS, SHELTER, ADDICTION);
        assertThat(act(BRAM, attempts.get(0), "claim", "{}")).hasStatusOk();
        assertThat(act(DIRK, attempts.get(1), "claim", "{}")).hasStatusOk();
        assertThat(act(DIRK, attempts.get(1), "acceptance", Bodies.ACCEPTANCE)).hasStatusOk();
        for (var other : List.of(attempts.get(0), attempts.get(2))) {
            assertThat(storedAttempt(other).getString("status")).isEqualTo("WITHDRAWN");
            NEIGHBOURS.verify(com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor(
                            com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo("/internal/v1/grants/" + other))
                    .withRequestBody(com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath(
                            "$[?(@.access == 'NONE')]")));
        }
        var shown = body(get(BRAM, "/v1/attempts/" + attempts.get(0)));
        assertThat(shown.at("/state/reason").stringValue()).isEqualTo("HELP_FOUND");
        assertThat(shown.toString() + body(get(BRAM, "/v1/attempts/" + attempts.get(0) + "/history")))
                .as("not who took it")
                .doesNotContain(Person.ANKER.toString(), "Dirk");
        assertThat(body(get(ANNA, "/v1/referrals/" + referral)).path("status").stringValue())
                .isEqualTo("ACTIVE");

        // he has to give it back after all: the referrer is asked to act, though the newest attempt asks for nothing
        assertThat(act(DIRK, attempts.get(1), "return", Bodies.RETURN)).hasStatusOk();
        var back = body(get(ANNA, "/v1/referrals/" + referral));
        assertThat(back.path("status").stringValue()).isEqualTo("ACTION_REFERRER");
        assertThat(back.path("actions").valueStream().map(JsonNode::stringValue))
                .containsExactly("RESEND", "WITHDRAW", "ASSIGN");
    }

    @Test
    void inACrisisAnotherIsAskedWhileOthersStillLook() {
        var referral = draft(UUID.randomUUID(), "CRISIS");
        var attempts = sent(referral, DEBTS, SHELTER);
        assertThat(act(BRAM, attempts.get(0), "return", Bodies.RETURN)).hasStatusOk();
        assertThat(resubmit(referral, ADDICTION)).hasStatusOk();
        assertThat(body(get(ANNA, "/v1/referrals/" + referral)).path("attempts"))
                .hasSize(3);
    }

    /** Whoever is second meets what the first has done. */
    @Test
    void sendingElsewhereAndAcceptingAtTheSameMomentLeaveOneTaker() throws Exception {
        for (int round = 0; round < 5; round++) {
            var referral = draft(UUID.randomUUID(), "CRISIS");
            var attempts = sent(referral, DEBTS, SHELTER);
            assertThat(act(BRAM, attempts.get(0), "return", Bodies.RETURN)).hasStatusOk();
            assertThat(act(DIRK, attempts.get(1), "claim", "{}")).hasStatusOk();
            var barrier = new CyclicBarrier(2);
            List<Callable<Integer>> both = List.of(
                    () -> {
                        barrier.await();
                        return act(DIRK, attempts.get(1), "acceptance", Bodies.ACCEPTANCE)
                                .getResponse()
                                .getStatus();
                    },
                    () -> {
                        barrier.await();
                        return resubmit(referral, ADDICTION).getResponse().getStatus();
                    });
            try (var threads = Executors.newFixedThreadPool(2)) {
                for (var done : threads.invokeAll(both)) {
                    assertThat(done.get()).isIn(200, 409, 412);
                }
            }
            var open = database.getCollection("attempts")
                    .find(new Document("referral", referral).append("open", true))
                    .map(it -> it.getString("status"))
                    .into(new ArrayList<>());
            if (open.contains("ACCEPTED")) {
                assertThat(open).as("whichever came first").hasSize(1);
            }
        }
    }

    // sending again, withdrawing

    @Test
    void whatCameBackIsSentAgainWithWhatChanged() {
        var referral = draft();
        var attempt = sent(referral, DEBTS).getFirst();
        var open = resubmit(referral, DEBTS);
        assertThat(open).hasStatus(409);
        assertThat(body(open).path("actions").valueStream().map(JsonNode::stringValue))
                .containsExactly("WITHDRAW", "ASSIGN");
        assertThat(act(BRAM, attempt, "return", Bodies.RETURN)).hasStatusOk();
        assertThat(errors(submit(ANNA, referral, "resubmission", Bodies.submission(DEBTS), Map.of())))
                .containsExactly("/whatChanged required");
        assertThat(resubmit(referral, DEBTS)).hasStatusOk();
        assertThat(storedAttempt(attempt).getString("senderQueue"))
                .as("followed up")
                .isEqualTo("DONE");
        assertThat(sequences(attempt)).as("which the receiver need not hear").containsExactly("1", "2");
    }

    /** DOMAIN T16, T8, T10. */
    @Test
    void t16WhoWaitsIsSentElsewhereMeanwhileAndHelpThereEndsTheWaiting() {
        var referral = draft();
        var waiting = sent(referral, DEBTS).getFirst();
        assertThat(act(BRAM, waiting, "claim", "{}")).hasStatusOk();
        assertThat(act(BRAM, waiting, "waitlisting", Bodies.WAITLISTING)).hasStatusOk();
        assertThat(resubmit(referral, DEBTS))
                .as("there they wait already")
                .hasStatus(409)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("urn:wijkschakel:problem:open-duplicate");
        var again = resubmit(referral, SHELTER);
        assertThat(again).hasStatusOk();
        assertThat(body(again).path("status").stringValue()).isEqualTo("ACTIVE");
        assertThat(body(again).path("actions").valueStream().map(JsonNode::stringValue))
                .as("a second, and no third")
                .containsExactly("WITHDRAW", "ASSIGN");
        assertThat(storedAttempt(waiting).getString("senderQueue")).isEqualTo("WAITLIST");

        var second = id(body(again).at("/attempts/1"));
        var crossing = act(BRAM, waiting, "start", Bodies.START_FROM_WAITLIST);
        assertThat(crossing).hasStatus(409);
        assertThat(body(crossing)).isEqualTo(json.readTree("""
                {"type":"urn:wijkschakel:problem:another-open","status":409,"detail":"another attempt is open",
                 "title":"De cliënt is intussen ook bij een ander aangemeld. Overleg met de verwijzer."}"""));

        assertThat(act(DIRK, second, "claim", "{}")).hasStatusOk();
        assertThat(act(DIRK, second, "acceptance", Bodies.ACCEPTANCE)).hasStatusOk();
        assertThat(storedAttempt(waiting).getString("status")).isEqualTo("WAITLISTED");
        assertThat(act(DIRK, second, "start", Bodies.START)).hasStatusOk();
        assertThat(storedAttempt(waiting).getString("status")).isEqualTo("WITHDRAWN");
        NEIGHBOURS.verify(putRequestedFor(urlEqualTo("/internal/v1/grants/" + waiting))
                .withRequestBody(equalToJson("{\"access\":\"NONE\",\"sequence\":4,\"excludedWorkers\":[]}")));
        assertThat(body(get(ANNA, "/v1/referrals/" + referral)).path("status").stringValue())
                .isEqualTo("ACTIVE");
    }

    @Test
    void t16WhatEndedEarlyIsSentAgain() {
        var referral = draft();
        var attempt = sent(referral, DEBTS).getFirst();
        assertThat(act(BRAM, attempt, "claim", "{}")).hasStatusOk();
        assertThat(act(BRAM, attempt, "acceptance", Bodies.ACCEPTANCE)).hasStatusOk();
        assertThat(act(BRAM, attempt, "early-end", "{\"reason\":\"PROVIDER_CANNOT_CONTINUE\"}"))
                .hasStatusOk();
        var asked = body(get(ANNA, "/v1/referrals/" + referral));
        assertThat(asked.path("status").stringValue()).isEqualTo("ACTION_REFERRER");
        assertThat(resubmit(referral, DEBTS)).hasStatusOk();
        assertThat(storedAttempt(attempt).getString("senderQueue"))
                .as("followed up")
                .isEqualTo("DONE");
        assertThat(body(get(ANNA, "/v1/referrals/" + referral)).path("status").stringValue())
                .isEqualTo("ACTIVE");
    }

    @Test
    void aWholeReferralIsWithdrawnWithAllThatIsOpen() {
        var referral = draft(UUID.randomUUID(), "CRISIS");
        var attempts = sent(referral, DEBTS, SHELTER, ADDICTION);
        assertThat(act(BRAM, attempts.get(0), "return", Bodies.RETURN)).hasStatusOk();
        assertThat(act(DIRK, attempts.get(1), "claim", "{}")).hasStatusOk();
        var withdrawn = submit(ANNA, referral, "withdrawal", "{\"reason\":\"MOVED\",\"note\":\"Naar zee\"}", Map.of());
        assertThat(withdrawn).hasStatusOk();
        assertThat(body(withdrawn).path("status").stringValue()).isEqualTo("WITHDRAWN");
        assertThat(body(withdrawn).path("actions")).isEmpty();
        for (var attempt : attempts) {
            assertThat(storedAttempt(attempt).getString("status")).isEqualTo("WITHDRAWN");
            assertThat(storedAttempt(attempt).getString("senderQueue")).isEqualTo("DONE");
        }
        assertThat(submit(ANNA, referral, "withdrawal", Bodies.WITHDRAWAL, Map.of()))
                .hasStatus(409);
        assertThat(errors(submit(ANNA, draft(), "withdrawal", "{}", Map.of()))).containsExactly("/reason required");
    }

    @Test
    void afterTheStartAWholeReferralIsWithdrawnOnlyOnTheClientsWishOrJointly() {
        var attempt = started();
        var referral = storedAttempt(attempt).get("referral", UUID.class);
        assertThat(errors(submit(
                        ANNA,
                        java.util.Objects.requireNonNull(referral),
                        "withdrawal",
                        "{\"reason\":\"MOVED\"}",
                        Map.of())))
                .containsExactly("/reason started");
        assertThat(storedAttempt(attempt).getString("status")).isEqualTo("STARTED");
        assertThat(submit(
                        ANNA,
                        java.util.Objects.requireNonNull(referral),
                        "withdrawal",
                        "{\"reason\":\"JOINTLY\"}",
                        Map.of()))
                .hasStatusOk();
    }

    // the same request again

    @Test
    void aDraftThatIsSentInTwiceIsStoredOnce() {
        var body = Bodies.draft(UUID.randomUUID(), NOORD, "ROUTINE");
        var key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
        var first = create(body, key);
        var second = create(body, key);
        assertThat(second).hasStatus(201);
        assertThat(body(second)).isEqualTo(body(first));
        assertThat(create(body.replace("Weer slapen", "Goed slapen"), key)).hasStatus(409);
        assertThat(send(HttpMethod.POST, MILAN, "/v1/referrals", body, key)).hasStatus(201);
        assertThat(id(body(send(HttpMethod.POST, MILAN, "/v1/referrals", body, key))))
                .as("a colleague's key is another key")
                .isNotEqualTo(id(body(first)));
    }

    @Test
    void forAnotherOrganisationAKeyIsAnotherKey() {
        var both = new Person(
                UUID.randomUUID(),
                "Beide",
                List.of(Person.WIJKTEAM + ":wijkteam-worker", Person.BERGSTAD + ":wijkteam-worker"));
        var key = UUID.randomUUID().toString();
        var ids = new HashSet<UUID>();
        for (var organisation :
                Map.of(Person.WIJKTEAM, NOORD, Person.BERGSTAD, OOST).entrySet()) {
            var body = Bodies.draft(UUID.randomUUID(), organisation.getValue(), "ROUTINE");
            var answer = send(
                    HttpMethod.POST,
                    both,
                    "/v1/referrals",
                    body,
                    Map.of(
                            "Idempotency-Key",
                            key,
                            "Wijkschakel-Organisation",
                            organisation.getKey().toString()));
            assertThat(answer).hasStatus(201);
            ids.add(id(body(answer)));
        }
        assertThat(ids).hasSize(2);
    }

    @Test
    void afterADayAKeyIsFree() {
        var key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
        var first = create(Bodies.draft(UUID.randomUUID(), NOORD, "ROUTINE"), key);
        clock.pass(Duration.ofHours(25));
        var second = create(Bodies.draft(UUID.randomUUID(), NOORD, "ROUTINE"), key);
        assertThat(second).hasStatus(201);
        assertThat(id(body(second))).isNotEqualTo(id(body(first)));
        assertThat(get(ANNA, "/v1/referrals/" + id(body(first)))).hasStatusOk();
    }

    @Test
    void sendingTwiceSendsOnce() {
        var referral = draft();
        var headers = new HashMap<>(ifMatch(1));
        headers.put("Idempotency-Key", UUID.randomUUID().toString());
        var path = "/v1/referrals/" + referral + "/submission";
        var first = send(HttpMethod.POST, ANNA, path, Bodies.submission(DEBTS), headers);
        var second = send(HttpMethod.POST, ANNA, path, Bodies.submission(DEBTS), headers);
        assertThat(second).hasStatusOk();
        assertThat(body(second)).isEqualTo(body(first));
        assertThat(body(second).path("attempts")).hasSize(1);
        assertThat(send(HttpMethod.POST, ANNA, path, Bodies.submission(BUDGET), headers))
                .hasStatus(409);
    }

    @Test
    void sendingSeveralTimesAtOnceSendsOnce() throws Exception {
        var referral = draft();
        var headers = new HashMap<>(ifMatch(1));
        headers.put("Idempotency-Key", UUID.randomUUID().toString());
        var path = "/v1/referrals/" + referral + "/submission";
        var barrier = new CyclicBarrier(4);
        try (var threads = Executors.newFixedThreadPool(4)) {
            var all = new ArrayList<Future<MvcTestResult>>();
            for (int i = 0; i < 4; i++) {
                all.add(threads.submit(() -> {
                    barrier.await();
                    return send(HttpMethod.POST, ANNA, path, Bodies.submission(DEBTS), headers);
                }));
            }
            for (var each : all) {
                assertThat(each.get()).hasStatusOk();
            }
        }
        assertThat(database.getCollection("attempts").countDocuments(new Document("referral", referral)))
                .isEqualTo(1);
    }

    @Test
    void t2TwoReferralsOfOneClientAreNotBothSentToAServiceAtOnce() throws Exception {
        var client = UUID.randomUUID();
        var drafts = List.of(
                draft(client, "ROUTINE"), draft(client, "SOON"), draft(client, "ROUTINE"), draft(client, "SOON"));
        var barrier = new CyclicBarrier(drafts.size());
        try (var threads = Executors.newFixedThreadPool(drafts.size())) {
            var all = new ArrayList<Future<MvcTestResult>>();
            for (var draft : drafts) {
                all.add(threads.submit(() -> {
                    barrier.await();
                    return submit(draft, Bodies.submission(DEBTS));
                }));
            }
            var statuses = new ArrayList<Integer>();
            for (var each : all) {
                statuses.add(each.get().getResponse().getStatus());
            }
            assertThat(statuses).containsExactlyInAnyOrder(200, 409, 409, 409);
        }
        assertThat(database.getCollection("attempts").countDocuments(new Document("client", client)))
                .isEqualTo(1);
    }

    @Test
    void withdrawingTwiceWithdrawsOnce() {
        var referral = draft();
        var attempt = sent(referral, DEBTS).getFirst();
        var headers = new HashMap<>(ifMatch(2));
        headers.put("Idempotency-Key", UUID.randomUUID().toString());
        var path = "/v1/referrals/" + referral + "/withdrawal";
        assertThat(send(HttpMethod.POST, ANNA, path, Bodies.WITHDRAWAL, headers))
                .hasStatusOk();
        assertThat(send(HttpMethod.POST, ANNA, path, Bodies.WITHDRAWAL, headers))
                .hasStatusOk();
        assertThat(sequences(attempt)).containsExactly("1", "2");
    }

    // who may

    @Test
    void p5AnotherOrganisationsReferralIsNotThere() {
        var referral = draft();
        sent(referral, DEBTS);
        for (var other : List.of(EVA, BRAM, LOTTE)) {
            for (var id : List.of(referral, UUID.randomUUID())) {
                var path = "/v1/referrals/" + id;
                var answers = List.of(
                        get(other, path),
                        send(HttpMethod.PATCH, other, path, "{}", ifMatch(2)),
                        send(HttpMethod.DELETE, other, path, null, ifMatch(2)),
                        send(HttpMethod.POST, other, path + "/submission", Bodies.submission(DEBTS), ifMatch(2)),
                        send(HttpMethod.POST, other, path + "/resubmission", Bodies.resubmission(DEBTS), ifMatch(2)),
                        send(HttpMethod.POST, other, path + "/withdrawal", Bodies.WITHDRAWAL, ifMatch(2)));
                assertThat(answers).allSatisfy(it -> assertThat(it).hasStatus(404));
            }
        }
        for (var queue : ReferralController.Queue.values()) {
            assertThat(body(get(EVA, "/v1/referrals?limit=100&queue=" + queue)).path("items"))
                    .noneMatch(it -> id(it).equals(referral));
        }
        for (var id : List.of("x", "1", referral + "0")) {
            assertThat(get(ANNA, "/v1/referrals/" + id)).hasStatus(404);
        }
    }

    @Test
    void p25WithoutARoleInCareNothingIsReachedAtAll() {
        var referral = draft();
        for (var other : List.of(HUGO, INES, JORIS, KIM)) {
            var path = "/v1/referrals/" + referral;
            var answers = List.of(
                    get(other, path),
                    get(other, "/v1/referrals?queue=DRAFT"),
                    send(HttpMethod.POST, other, "/v1/referrals", "{}", Map.of()),
                    send(HttpMethod.PATCH, other, path, "{}", ifMatch(1)),
                    send(HttpMethod.DELETE, other, path, null, ifMatch(1)),
                    send(HttpMethod.POST, other, path + "/submission", Bodies.submission(DEBTS), ifMatch(1)),
                    send(HttpMethod.POST, other, path + "/resubmission", "{}", ifMatch(1)),
                    send(HttpMethod.POST, other, path + "/withdrawal", "{}", ifMatch(1)));
            assertThat(answers).allSatisfy(it -> assertThat(it).hasStatus(403));
        }
    }

    // lists

    @Test
    void draftsAreListedNewestChangeFirstAndPaged() {
        var who = new Person(UUID.randomUUID(), "Nieuw", List.of(Person.WIJKTEAM + ":wijkteam-worker"));
        var drafts = new ArrayList<UUID>();
        for (int i = 0; i < 5; i++) {
            clock.pass(Duration.ofMinutes(i < 3 ? 0 : 1));
            drafts.add(draft(who, NOORD, UUID.randomUUID(), "ROUTINE"));
        }
        clock.pass(Duration.ofMinutes(1));
        assertThat(send(HttpMethod.PATCH, who, "/v1/referrals/" + drafts.get(1), "{\"tried\":\"x\"}", ifMatch(1)))
                .hasStatusOk();
        var seen = new ArrayList<UUID>();
        var next = "";
        do {
            var page = body(get(who, "/v1/referrals?queue=DRAFT&mine=true&limit=2" + next));
            page.path("items").forEach(it -> {
                seen.add(id(it));
                assertThat(it.propertyNames())
                        .containsExactlyInAnyOrder(
                                "id", "number", "client", "createdAt", "changedAt", "draftExpiresAt");
            });
            next = page.has("next") ? "&cursor=" + page.path("next").stringValue() : "";
        } while (!next.isEmpty());
        assertThat(seen).containsExactly(drafts.get(1), drafts.get(4), drafts.get(3), drafts.get(0), drafts.get(2));
        assertThat(body(get(MILAN, "/v1/referrals?queue=DRAFT&limit=100"))
                        .path("items")
                        .valueStream()
                        .map(ServiceTest::id))
                .as("a colleague's too")
                .containsAll(drafts);
    }

    @ParameterizedTest
    @CsvSource({"SENT", "ACTION", "RUNNING", "DONE"})
    void eachQueueHoldsWhatStandsSo(String queue) {
        var attempt = switch (queue) {
            case "SENT" -> claimed();
            case "ACTION" -> {
                var it = claimed();
                assertThat(act(BRAM, it, "information-request", Bodies.QUESTION))
                        .hasStatusOk();
                yield it;
            }
            case "RUNNING" -> started();
            default -> {
                var it = started();
                assertThat(act(BRAM, it, "completion", Bodies.COMPLETION)).hasStatusOk();
                yield it;
            }
        };
        for (var each : ReferralController.Queue.values()) {
            var there = allOf(ANNA, each.name()).stream()
                    .anyMatch(it -> it.at("/attempt/id").stringValue("").equals(attempt.toString()));
            assertThat(there).as(each.name()).isEqualTo(each.name().equals(queue));
        }
        var row = allOf(ANNA, queue).stream()
                .filter(it -> it.at("/attempt/id").stringValue().equals(attempt.toString()))
                .findFirst()
                .orElseThrow();
        assertThat(row.path("client")).isEqualTo(row.at("/attempt/client"));
        assertThat(row.at("/attempt/side").stringValue()).isEqualTo("SENDER");
        assertThat(row.path("id").stringValue())
                .isEqualTo(String.valueOf(storedAttempt(attempt).get("referral")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "?queue=OLD", "?queue=DRAFT&mine=perhaps", "?queue=DRAFT&cursor=x", "?queue=SENT&limit=0"})
    void aListThatCannotBeIsRefused(String query) {
        assertThat(get(ANNA, "/v1/referrals" + query))
                .hasStatus(400)
                .hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
    }

    private List<JsonNode> allOf(Person who, String queue) {
        var rows = new ArrayList<JsonNode>();
        var next = "";
        do {
            var page = body(get(who, "/v1/referrals?limit=100&queue=" + queue + next));
            page.path("items").forEach(rows::add);
            next = page.has("next") ? "&cursor=" + page.path("next").stringValue() : "";
        } while (!next.isEmpty());
        return rows;
    }

    private MvcTestResult create(String body, Map<String, String> headers) {
        return send(HttpMethod.POST, ANNA, "/v1/referrals", body, headers);
    }

    private MvcTestResult edit(UUID referral, long version, String patch) {
        return send(HttpMethod.PATCH, ANNA, "/v1/referrals/" + referral, patch, ifMatch(version));
    }

    private MvcTestResult resubmit(UUID referral, UUID service) {
        return submit(ANNA, referral, "resubmission", Bodies.resubmission(service), Map.of());
    }

    private void isStillADraft(UUID referral) {
        assertThat(body(get(ANNA, "/v1/referrals/" + referral)).path("status").stringValue())
                .isEqualTo("DRAFT");
        assertThat(database.getCollection("attempts").countDocuments(new Document("referral", referral)))
                .isZero();
    }

    private List<String> sequences(UUID attempt) {
        return outbox(storedAttempt(attempt), "referral.events.v1").stream()
                .map(it -> it.path("sequence").stringValue())
                .toList();
    }

    private String without(String field) {
        return without(Bodies.submission(DEBTS), field);
    }

    private String without(String body, String field) {
        return set(body, field, null);
    }

    private String set(String field, String value) {
        return set(Bodies.submission(DEBTS), field, value);
    }

    private String set(String body, String field, @Nullable String value) {
        var tree = (ObjectNode) json.readTree(body);
        if (value == null) {
            tree.remove(field);
        } else {
            tree.set(field, json.readTree(value));
        }
        return json.writeValueAsString(tree);
    }
}
