package nl.wijkschakel.referral.referral;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlMatching;
import static nl.wijkschakel.referral.Person.ANKER;
import static nl.wijkschakel.referral.Person.ANNA;
import static nl.wijkschakel.referral.Person.BRAM;
import static nl.wijkschakel.referral.Person.BRUG;
import static nl.wijkschakel.referral.Person.CARLA;
import static nl.wijkschakel.referral.Person.DIRK;
import static nl.wijkschakel.referral.Person.EVA;
import static nl.wijkschakel.referral.Person.HUGO;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import nl.wijkschakel.referral.Bodies;
import nl.wijkschakel.referral.Person;
import nl.wijkschakel.referral.ServiceTest;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** DOMAIN T14: De Brug sends what it cannot help with on to Het Anker. */
class ForwardingControllerTest extends ServiceTest {

    private final UUID client = UUID.randomUUID();

    @Test
    void t14TheReceiverSendsItOnAndTheSenderSeesTheNewOne() {
        var old = forwardable();
        var answer = forward(BRAM, old);
        assertThat(answer).hasStatusOk().hasHeader("ETag", "\"3\"");
        assertThat(body(answer).path("status").stringValue()).isEqualTo("FORWARDED");
        assertThat(body(answer).path("clientAccess").stringValue()).isEqualTo("IN_FORCE");

        var referral = body(get(ANNA, "/v1/referrals/" + referralOf(old)));
        assertThat(referral.path("status").stringValue()).isEqualTo("ACTIVE");
        assertThat(referral.path("attempts")).hasSize(2);
        var ended = referral.path("attempts").get(0);
        var next = referral.path("attempts").get(1);
        assertThat(ended.at("/state/service").stringValue()).isEqualTo(SHELTER.toString());
        assertThat(ended.at("/state/reason").stringValue()).isEqualTo("Er is eerst een veilige plek nodig");
        assertThat(ended.at("/state/attempt").stringValue()).isEqualTo(id(next).toString());
        assertThat(ended.path("actions")).isEmpty();
        assertThat(next.path("status").stringValue()).isEqualTo("SENT");
        assertThat(next.path("forwardedFrom").stringValue()).isEqualTo(old.toString());
        assertThat(next.at("/sender/worker").stringValue())
                .as("the sender stays the referrer")
                .isEqualTo(ANNA.id().toString());
        assertThat(next.at("/receiver/organisation").stringValue()).isEqualTo(ANKER.toString());
        assertThat(next.path("legalBasis").stringValue()).isEqualTo("WMO");
        assertThat(actions(next)).containsExactly("WITHDRAW");
        assertThat(get(ANNA, "/v1/referrals/" + referralOf(old))).hasHeader("ETag", "\"3\"");
    }

    @Test
    void t14TheAgreementForTheNewReceiverIsStoredFirst() {
        var old = forwardable();
        assertThat(forward(BRAM, old)).hasStatusOk();
        var next = nextOf(old);
        NEIGHBOURS.verify(putRequestedFor(urlEqualTo("/internal/v1/agreements/" + next))
                .withHeader("Wijkschakel-Caller", equalTo(BRAM.token()))
                .withHeader("Wijkschakel-Organisation", equalTo(BRUG.toString()))
                .withRequestBody(equalToJson("""
                        {"client":"%s","referral":"%s","receiver":"%s","receiverEntitledToBsn":true,"legalBasis":"WMO",
                         "agreement":{"kind":"AGREED","how":"BY_PHONE","on":"2026-03-02","by":"CLIENT"},
                         "sharedData":["NAME"],"safeContact":true,"secretPlace":false,"forwardedFrom":"%s"}""".formatted(client, referralOf(old), ANKER, old))));
        NEIGHBOURS.verify(putRequestedFor(urlEqualTo("/internal/v1/grants/" + old))
                .withRequestBody(equalToJson("{\"access\":\"NONE\",\"sequence\":3,\"excludedWorkers\":[]}")));
        NEIGHBOURS.verify(putRequestedFor(urlEqualTo("/internal/v1/grants/" + next))
                .withRequestBody(equalToJson("{\"access\":\"CORE\",\"sequence\":1,\"excludedWorkers\":[]}")));
    }

    /** DOMAIN P6. */
    @Test
    void p6WhoForwardedReadsItsOwnDecisionAndNothingElse() {
        var old = forwardable();
        assertThat(forward(BRAM, old)).hasStatusOk();
        for (var reader : List.of(BRAM, CARLA)) {
            var shown = body(get(reader, "/v1/attempts/" + old));
            assertThat(shown.path("access").stringValue()).isEqualTo("OWN_DECISION");
            assertThat(shown.propertyNames())
                    .doesNotContain("core", "theme", "urgency", "legalBasis", "client", "content", "questions");
            assertThat(shown.at("/state/service").stringValue()).isEqualTo(SHELTER.toString());
            var history = body(get(reader, "/v1/attempts/" + old + "/history")).path("items");
            assertThat(history).hasSize(1);
            assertThat(history.get(0).path("transition").stringValue()).isEqualTo("T14");
            assertThat(get(reader, "/v1/attempts/" + nextOf(old)))
                    .as("who forwards is no side of what comes after")
                    .hasStatus(404);
        }
    }

    /** DOMAIN P4. */
    @Test
    void p4TheNextReceiverSeesCoreDataUntilItsClaimAndThenFromWhomAndWhy() {
        var old = forwardable();
        assertThat(forward(BRAM, old)).hasStatusOk();
        var next = nextOf(old);
        var shown = body(get(DIRK, "/v1/attempts/" + next));
        assertThat(shown.path("access").stringValue()).isEqualTo("CORE");
        assertThat(shown.propertyNames()).doesNotContain("client", "content", "forwardedFrom");
        assertThat(shown.at("/core/needsAccessibility").booleanValue())
                .as("as the sender said it")
                .isTrue();
        var before = body(get(DIRK, "/v1/attempts/" + next + "/history")).path("items");
        assertThat(before.get(0).propertyNames()).containsExactlyInAnyOrder("action", "transition", "at", "to");

        assertThat(act(DIRK, next, "claim", "{}")).hasStatusOk();
        var claimed = body(get(DIRK, "/v1/attempts/" + next));
        assertThat(claimed.path("forwardedFrom").stringValue()).isEqualTo(old.toString());
        assertThat(claimed.at("/content/question").stringValue())
                .isEqualTo("Ik kom er niet meer uit met mijn schulden");
        assertThat(claimed.at("/content/sharedData")).isEqualTo(json.readTree("[\"NAME\"]"));
        var first = body(get(DIRK, "/v1/attempts/" + next + "/history")).at("/items/0");
        assertThat(first.path("organisation").stringValue()).isEqualTo(BRUG.toString());
        assertThat(first.at("/said/reason").stringValue()).isEqualTo("Er is eerst een veilige plek nodig");
        assertThat(actions(claimed))
                .as("the sender allowed it to be forwarded, by whomever")
                .contains("FORWARD");
    }

    /** Else it is returned with advice. */
    @Test
    void t14OnlyWhereTheSenderAllowedIt() {
        var kept = claimed();
        assertThat(actions(body(get(BRAM, "/v1/attempts/" + kept)))).doesNotContain("FORWARD");
        var refused = forward(BRAM, kept);
        assertThat(refused).hasStatus(409);
        assertThat(actions(body(refused))).containsExactly("ASK", "ACCEPT", "WAITLIST", "RETURN", "PUT_BACK", "ASSIGN");
        NEIGHBOURS.verify(
                0,
                putRequestedFor(urlMatching("/internal/v1/agreements/.*"))
                        .withRequestBody(com.github.tomakehurst.wiremock.client.WireMock.containing("forwardedFrom")));

        var old = forwardable();
        assertThat(actions(body(get(BRAM, "/v1/attempts/" + old)))).contains("FORWARD");
        for (var attempt : List.of(old, kept)) {
            assertThat(actions(row(BRAM, "IN_REVIEW", attempt)))
                    .as("a list says the same")
                    .isEqualTo(actions(body(get(BRAM, "/v1/attempts/" + attempt))));
        }
        assertThat(forward(ANNA, old)).as("the referrer sends again").hasStatus(409);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{}                  | /service required, /shown required, /reason required, /legalBasis required, /agreement required, /sharedData required",
                "{'reason':' '}      | /reason required",
                "{'service':'%s'}    | /service unknown-service",
                "{'legalBasis':null} | /legalBasis required",
                "{'legalBasis':'CONSENT'} | /legalBasis not-available-yet",
                "{'legalBasis':'WGS'} | /legalBasisReason required",
                "{'agreement':null}  | /agreement required",
                "{'agreement':{'kind':'EXCEPTION','exception':'SAFETY'}} | /agreement/motivation required",
                "{'agreement':{'kind':'AGREED','how':'SPOKEN','on':'2026-03-03','by':'CLIENT'},'sharedData':['NAME','BSN']} | /agreement/on in-the-future, /sharedData not-shared",
                "{'more':1}          | /more unknown-field",
            })
    void t14WhatForwardingNeedsIsThere(String change, String errors) {
        var old = forwardable();
        var before = storedAttempt(old);
        var patch = (ObjectNode) json.readTree(
                change.replace('\'', '"').replace("%s", UUID.randomUUID().toString()));
        var body = patch.isEmpty() ? patch : (ObjectNode) json.readTree(forwarding(SHELTER));
        patch.propertyStream().forEach(it -> body.set(it.getKey(), it.getValue()));
        assertThat(errors(act(BRAM, old, "forwarding", json.writeValueAsString(body))))
                .containsExactlyInAnyOrder(errors.split(", "));
        assertThat(storedAttempt(old)).isEqualTo(before);
    }

    @Test
    void t14NotToTheServiceWhereItIsNorToOneThatStopped() {
        var old = forwardable();
        assertThat(errors(act(BRAM, old, "forwarding", forwarding(DEBTS)))).containsExactly("/service same-service");
        var stopped = stoppedService();
        assertThat(errors(act(BRAM, old, "forwarding", forwarding(stopped)))).containsExactly("/service stopped");
    }

    @Test
    void t14TheSameRequestAgainForwardsOnce() {
        var old = forwardable();
        var key = Map.of("Idempotency-Key", "forward-" + old);
        var headers = new HashMap<>(ifMatch(2));
        headers.putAll(key);
        var path = "/v1/attempts/" + old + "/forwarding";
        var once = send(HttpMethod.POST, BRAM, path, forwarding(SHELTER), headers);
        var twice = send(HttpMethod.POST, BRAM, path, forwarding(SHELTER), headers);
        assertThat(twice).hasStatusOk().hasHeader("ETag", "\"3\"");
        assertThat(body(twice)).isEqualTo(body(once));
        assertThat(database.getCollection("attempts").countDocuments(new Document("referral", referralOf(old))))
                .isEqualTo(2);
        assertThat(send(HttpMethod.POST, BRAM, path, forwarding(BUDDY), headers))
                .as("another request")
                .hasStatus(409);
        assertThat(send(HttpMethod.POST, BRAM, path, forwarding(SHELTER), ifMatch(2)))
                .hasStatus(412);
        assertThat(send(HttpMethod.POST, BRAM, path, forwarding(SHELTER), Map.of()))
                .hasStatus(428);
    }

    /** Both halves or neither; and the grant that is still on its way to client-service is no fault of the caller's. */
    @ParameterizedTest
    @CsvSource({"500", "404"})
    void t14WithoutClientServiceNothingIsForwarded(int status) {
        var old = forwardable();
        var before = storedAttempt(old);
        NEIGHBOURS.stubFor(put(urlMatching("/internal/v1/agreements/.*"))
                .willReturn(aResponse().withStatus(status)));
        assertThat(forward(BRAM, old)).hasStatus(503).hasHeader("Retry-After", "30");
        assertThat(storedAttempt(old)).isEqualTo(before);
        assertThat(database.getCollection("attempts").countDocuments(new Document("referral", referralOf(old))))
                .isEqualTo(1);
        neighboursWork();
        assertThat(forward(BRAM, old)).hasStatusOk();
    }

    /** What they are not told with a refusal cannot be guessed by forwarding either. */
    @Test
    void t14WhoForwardsIsNotToldWhereElseTheClientIs() {
        var there = sent(draft(client, "ROUTINE"), SHELTER).getFirst();
        var old = forwardable();
        assertThat(forward(BRAM, old)).hasStatusOk();
        var next = nextOf(old);
        assertThat(storedAttempt(next).getBoolean("open")).isTrue();
        assertThat(storedAttempt(there).getBoolean("open")).isTrue();
        assertThat(submit(draft(client, "ROUTINE"), Bodies.submission(SHELTER)))
                .as("the sender is told")
                .hasStatus(409);
    }

    @Test
    void p5ForAStrangerThereIsNothingToForward() {
        var old = forwardable();
        assertThat(forward(EVA, old)).hasStatus(404);
        assertThat(forward(DIRK, old)).hasStatus(404);
        assertThat(forward(HUGO, old)).hasStatus(403);
    }

    @Test
    void p14BothAttemptsTellOfItAndWhoDidIt() {
        var old = forwardable();
        assertThat(forward(BRAM, old)).hasStatusOk();
        var next = nextOf(old);
        var types = Stream.of(old, next)
                .map(it -> outbox(storedAttempt(it), "referral.events.v1").getLast())
                .toList();
        assertThat(types.stream().map(it -> it.path("type").stringValue()))
                .containsExactly("nl.wijkschakel.attempt.forwarded", "nl.wijkschakel.attempt.sent");
        assertThat(types)
                .allSatisfy(it ->
                        assertThat(it.at("/data/by/organisation").stringValue()).isEqualTo(BRUG.toString()));
        for (var attempt : List.of(old, next)) {
            var entry = outbox(storedAttempt(attempt), "access-log.v1").getLast();
            assertThat(entry.at("/data/clients/0").stringValue()).isEqualTo(client.toString());
            assertThat(entry.at("/data/person").stringValue())
                    .isEqualTo(BRAM.id().toString());
        }
    }

    /** Anna's, claimed by Bram, and allowed to be forwarded. */
    private UUID forwardable() {
        var referral = draft(client, "ROUTINE");
        var answer = submit(
                referral, Bodies.submission(DEBTS).replace("\"mayBeForwarded\":false", "\"mayBeForwarded\":true"));
        assertThat(answer).hasStatusOk();
        var attempt = id(body(answer).at("/attempts/0"));
        assertThat(act(BRAM, attempt, "claim", "{}")).hasStatusOk();
        return attempt;
    }

    private MvcTestResult forward(Person who, UUID attempt) {
        return act(who, attempt, "forwarding", forwarding(SHELTER));
    }

    private static String forwarding(UUID service) {
        return """
                {"service":"%s","shown":{"status":"HAS_CAPACITY","waitWeeks":{"from":0,"to":2},"confirmedOn":"2026-02-20"},
                 "reason":"Er is eerst een veilige plek nodig","legalBasis":"WMO",
                 "agreement":{"kind":"AGREED","how":"BY_PHONE","on":"2026-03-02","by":"CLIENT"},
                 "sharedData":["NAME"]}""".formatted(service);
    }

    private UUID stoppedService() {
        var id = UUID.randomUUID();
        assertThat(send(HttpMethod.PUT, HUGO, "/v1/services/" + id, """
                        {"organisation":"%s","name":"Opvang","description":"Hulp","themes":["DEBT_AND_INCOME"],
                         "targetGroup":"Iedereen","municipalities":["9901"],"languages":["nl"],"legalBasis":"WMO",
                         "entitledToBsn":false,"capacity":{"status":"HAS_CAPACITY","waitWeeks":{"from":0,"to":2}}}""".formatted(ANKER), Map.of("If-None-Match", "*")))
                .hasStatus(201);
        assertThat(send(
                        HttpMethod.POST,
                        HUGO,
                        "/v1/services/" + id + "/stop",
                        "{\"on\":\"2026-03-02\",\"confirmed\":true}",
                        ifMatch(1)))
                .hasStatusOk();
        return id;
    }

    private UUID referralOf(UUID attempt) {
        return Objects.requireNonNull(storedAttempt(attempt).get("referral", UUID.class));
    }

    private UUID nextOf(UUID attempt) {
        var next = database.getCollection("attempts")
                .find(new Document("forwardedFrom", attempt))
                .first();
        return Objects.requireNonNull(Objects.requireNonNull(next).get("_id", UUID.class));
    }

    private static List<String> actions(JsonNode shown) {
        return shown.path("actions").valueStream().map(JsonNode::stringValue).toList();
    }

    private JsonNode row(Person who, String queue, UUID attempt) {
        var next = "";
        do {
            var page = body(get(who, "/v1/attempts?limit=100&queue=" + queue + next));
            for (var row : page.path("items")) {
                if (id(row).equals(attempt)) {
                    return row;
                }
            }
            next = page.has("next") ? "&cursor=" + page.path("next").stringValue() : "";
        } while (!next.isEmpty());
        throw new AssertionError("not in the list");
    }
}
