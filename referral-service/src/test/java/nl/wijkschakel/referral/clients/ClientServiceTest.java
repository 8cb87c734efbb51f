package nl.wijkschakel.referral.clients;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlMatching;
import static nl.wijkschakel.referral.Person.ANNA;
import static nl.wijkschakel.referral.Person.BRAM;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import nl.wijkschakel.referral.Bodies;
import nl.wijkschakel.referral.ServiceTest;
import org.bson.Document;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What becomes of sending and of transitions while client-service or Keycloak does not do what it should. */
class ClientServiceTest extends ServiceTest {

    private static final String GRANTS = "/internal/v1/grants/.*";
    private static final String AGREEMENTS = "/internal/v1/agreements/.*";

    @Autowired
    CircuitBreakerRegistry breakers;

    static Stream<Named<ResponseDefinitionBuilder>> failures() {
        return Stream.of(
                Named.of("500", aResponse().withStatus(500)),
                Named.of("503", aResponse().withStatus(503)),
                Named.of("401", aResponse().withStatus(401)),
                Named.of("429", aResponse().withStatus(429)),
                Named.of("slow", aResponse().withStatus(200).withFixedDelay(5_000)),
                Named.of("reset", aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)),
                Named.of("no answer", aResponse().withFault(Fault.EMPTY_RESPONSE)),
                Named.of("noise", aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE)),
                Named.of("a refusal in no JSON", aResponse().withStatus(400).withBody("<html>")));
    }

    static Stream<Named<ResponseDefinitionBuilder>> nonsense() {
        return Stream.of(
                Named.of("broken off", aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK)),
                Named.of("garbage", okJson("<html>")),
                Named.of(
                        "no JSON",
                        aResponse().withHeader("Content-Type", "text/html").withBody("<p>")),
                Named.of("no body", aResponse().withHeader("Content-Type", "application/json")),
                Named.of("null", okJson("null")),
                Named.of("another form", okJson("[1,2]")),
                Named.of("nothing in it", okJson("{}")),
                Named.of("a field of another kind", okJson("{\"ageGroup\":{},\"language\":\"nl\"}")));
    }

    @ParameterizedTest
    @MethodSource({"failures", "nonsense"})
    void sendingWaitsForClientServiceAndTheDraftIsKept(ResponseDefinitionBuilder outage) {
        var referral = draft();
        clientServiceAnswers(outage);
        var refused = submit(referral, Bodies.submission(DEBTS));
        assertThat(refused).hasStatus(503).hasHeader("Retry-After", "30");
        assertThat(body(refused).path("type").stringValue()).isEqualTo("urn:wijkschakel:problem:clients-unavailable");
        var kept = body(get(ANNA, "/v1/referrals/" + referral));
        assertThat(kept.path("status").stringValue()).isEqualTo("DRAFT");
        assertThat(kept.path("attempts")).isEmpty();
        assertThat(database.getCollection("attempts").countDocuments(new Document("referral", referral)))
                .isZero();

        NEIGHBOURS.resetAll();
        neighboursWork();
        breakers.circuitBreaker("clients").reset();
        assertThat(sent(referral, DEBTS)).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aClaimStandsWhileTheGrantCannotBePut(ResponseDefinitionBuilder failure) {
        var attempt = sent();
        NEIGHBOURS.stubFor(put(urlMatching(GRANTS)).willReturn(failure));
        var claimed = act(BRAM, attempt, "claim", "{}");
        assertThat(claimed).hasStatusOk();
        assertThat(body(claimed).path("status").stringValue()).isEqualTo("IN_REVIEW");
        assertThat(body(claimed).path("clientAccess").stringValue()).isEqualTo("PENDING");
    }

    @Test
    void aGrantThatHasNoAgreementIsPending() {
        var attempt = sent();
        NEIGHBOURS.stubFor(put(urlMatching(GRANTS)).willReturn(aResponse().withStatus(404)));
        assertThat(body(act(BRAM, attempt, "claim", "{}")).path("clientAccess").stringValue())
                .isEqualTo("PENDING");
        NEIGHBOURS.verify(2, putRequestedFor(urlEqualTo("/internal/v1/grants/" + attempt))); // one for the sending
    }

    @Test
    void whatFailsOnceIsTriedAgain() {
        var attempt = sent();
        NEIGHBOURS.stubFor(put(urlMatching(GRANTS))
                .inScenario("once")
                .whenScenarioStateIs("Started")
                .willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER))
                .willSetStateTo("better"));
        assertThat(body(act(BRAM, attempt, "claim", "{}")).path("clientAccess").stringValue())
                .isEqualTo("IN_FORCE");
    }

    @Test
    void aClientThatIsNotOnesOwnIsNoOutage() {
        var referral = draft();
        clientServiceAnswers(aResponse().withStatus(404));
        assertThat(errors(submit(referral, Bodies.submission(DEBTS)))).containsExactly("/client unknown-client");
    }

    @Test
    void whatClientServiceFindsWrongIsToldAsItSaysIt() {
        var referral = draft();
        clientServiceAnswers(aResponse()
                .withStatus(400)
                .withHeader("Content-Type", "application/problem+json")
                .withBody("""
                        {"type":"urn:wijkschakel:problem:invalid","title":"Niet alles is goed ingevuld.","status":400,
                         "errors":[{"pointer":"/agreement/by","code":"age","detail":"De cliënt is nog geen 12."}],"x":1}"""));
        assertThat(errors(submit(referral, Bodies.submission(DEBTS)))).containsExactly("/agreement/by age");
    }

    @ParameterizedTest
    @ValueSource(strings = {"down", "slow", "garbage", "refused"})
    void withoutATokenOfOurOwnItIsAnOutage(String how) throws Exception {
        forgetToken();
        NEIGHBOURS.stubFor(post(urlEqualTo("/token"))
                .willReturn(
                        switch (how) {
                            case "down" -> aResponse().withStatus(503);
                            case "slow" -> okJson("{}").withFixedDelay(20_000);
                            case "garbage" -> okJson("<html>");
                            default ->
                                aResponse()
                                        .withStatus(401)
                                        .withHeader("Content-Type", "application/json")
                                        .withBody("{\"error\":\"invalid_client\"}");
                        }));
        var referral = draft();
        long start = System.nanoTime();
        assertThat(submit(referral, Bodies.submission(DEBTS))).hasStatus(503).hasHeader("Retry-After", "30");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(12));
        NEIGHBOURS.verify(0, putRequestedFor(anyUrl()));
    }

    /** client-service does not know it any more, since Keycloak was set up anew, say. */
    @Test
    void aTokenOfOurOwnThatIsRefusedIsFetchedAnew() {
        var referral = draft();
        NEIGHBOURS.stubFor(put(urlMatching(AGREEMENTS))
                .withHeader("Authorization", equalTo("Bearer our-own"))
                .willReturn(aResponse().withStatus(401)));
        NEIGHBOURS.stubFor(post(urlEqualTo("/token")).willReturn(okJson("""
                {"access_token":"a-new-one","token_type":"Bearer","expires_in":1}""")));
        assertThat(sent(referral, DEBTS)).hasSize(1);
        NEIGHBOURS.verify(postRequestedFor(urlEqualTo("/token")));
    }

    @Test
    void manyOutagesOpenTheBreakerAndNobodyWaits() {
        var referral = draft();
        clientServiceIsDown();
        for (int i = 0; i < 6; i++) {
            assertThat(submit(referral, Bodies.submission(DEBTS))).hasStatus(503);
        }
        assertThat(breakers.circuitBreaker("clients").getState()).isEqualTo(CircuitBreaker.State.OPEN);
        NEIGHBOURS.resetRequests();
        assertThat(submit(referral, Bodies.submission(DEBTS))).hasStatus(503).hasHeader("Retry-After", "30");
        NEIGHBOURS.verify(0, putRequestedFor(anyUrl()));
    }

    @Test
    void refusalsDoNotOpenTheBreaker() {
        var referral = draft();
        clientServiceAnswers(aResponse().withStatus(404));
        for (int i = 0; i < 12; i++) {
            assertThat(submit(referral, Bodies.submission(DEBTS))).hasStatus(400);
        }
        assertThat(breakers.circuitBreaker("clients").getState()).isEqualTo(CircuitBreaker.State.CLOSED);
    }

    @Test
    void whileClientServiceIsDownTheRestGoesOn() {
        var attempt = claimed();
        clientServiceIsDown();
        assertThat(get(BRAM, "/v1/attempts/" + attempt)).hasStatusOk();
        assertThat(get(ANNA, "/v1/referrals?queue=SENT")).hasStatusOk();
        var draft = draft();
        assertThat(send(
                        org.springframework.http.HttpMethod.PATCH,
                        ANNA,
                        "/v1/referrals/" + draft,
                        "{\"tried\":\"Gesprekken\"}",
                        ifMatch(1)))
                .hasStatusOk();
        assertThat(act(BRAM, attempt, "information-request", Bodies.QUESTION)).hasStatusOk();
        assertThat(act(ANNA, attempt, "answer", Bodies.ANSWER)).hasStatusOk();
        var returned = act(BRAM, attempt, "return", Bodies.RETURN);
        assertThat(returned).hasStatusOk();
        assertThat(body(returned).path("clientAccess").stringValue()).isEqualTo("PENDING");
        assertThat(body(get(BRAM, "/v1/attempts/" + attempt)).has("content"))
                .as("what lies here is closed at once")
                .isFalse();
    }

    /** In a crisis one of several services cannot be asked: then none is. */
    @Test
    void allOfACrisisIsSentOrNothing() {
        var referral = draft(UUID.randomUUID(), "CRISIS");
        NEIGHBOURS.stubFor(put(urlMatching(AGREEMENTS))
                .withRequestBody(com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath(
                        "$.receiver", equalTo(nl.wijkschakel.referral.Person.NOVA.toString())))
                .willReturn(aResponse().withStatus(500)));
        assertThat(submit(referral, Bodies.submission(DEBTS, ADDICTION))).hasStatus(503);
        assertThat(database.getCollection("attempts").countDocuments(new Document("referral", referral)))
                .isZero();
        assertThat(body(get(ANNA, "/v1/referrals/" + referral)).path("status").stringValue())
                .isEqualTo("DRAFT");
    }

    /** By itself it is kept for its five minutes. */
    private void forgetToken() {
        var attempt = sent();
        NEIGHBOURS.stubFor(put(urlMatching(GRANTS)).willReturn(aResponse().withStatus(401)));
        assertThat(act(BRAM, attempt, "claim", "{}", Map.of())).hasStatusOk();
        NEIGHBOURS.resetAll();
        neighboursWork();
        breakers.circuitBreaker("clients").reset();
        NEIGHBOURS.stubFor(post(urlEqualTo("/token")).willReturn(aResponse().withStatus(503)));
    }
}
