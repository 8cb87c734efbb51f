package nl.wijkschakel.client.brp;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static nl.wijkschakel.client.People.ANNA;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.util.stream.Stream;
import nl.wijkschakel.client.Bodies;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What becomes of a look-up while the BRP does not do what it should. */
@ExtendWith(OutputCaptureExtension.class)
class BrpFaultsTest extends BrpTest {

    private final String bsn = anotherBsn();

    /** So that what is said of an outage is looked at too. */
    @BeforeEach
    void logAsInProduction() {
        LoggingSystem.get(BrpFaultsTest.class.getClassLoader()).setLogLevel(Brp.class.getName(), LogLevel.INFO);
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(Named.of("500", problem(500)), "brp-unavailable", "30"),
                Arguments.of(Named.of("503", problem(503)), "brp-unavailable", "30"),
                Arguments.of(Named.of("slow", okJson(answer("")).withFixedDelay(5_000)), "brp-unavailable", "30"),
                Arguments.of(
                        Named.of("reset", aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)),
                        "brp-unavailable",
                        "30"),
                Arguments.of(
                        Named.of("no answer", aResponse().withFault(Fault.EMPTY_RESPONSE)), "brp-unavailable", "30"),
                Arguments.of(
                        Named.of("noise", aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE)),
                        "brp-unavailable",
                        "30"),
                Arguments.of(
                        Named.of("broken off", aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK)),
                        "brp-unavailable",
                        "30"),
                Arguments.of(Named.of("429", problem(429)), "brp-busy", "30"),
                Arguments.of(
                        Named.of("429 with a word on when", problem(429).withHeader("Retry-After", "7")),
                        "brp-busy",
                        "7"),
                Arguments.of(Named.of("401", problem(401)), "brp-not-allowed", "3600"),
                Arguments.of(Named.of("403", problem(403)), "brp-not-allowed", "3600"),
                Arguments.of(Named.of("400", problem(400)), "brp-question-refused", "3600"),
                Arguments.of(Named.of("406", problem(406)), "brp-question-refused", "3600"),
                Arguments.of(Named.of("415", problem(415)), "brp-question-refused", "3600"),
                Arguments.of(Named.of("404", problem(404)), "brp-question-refused", "3600"),
                Arguments.of(Named.of("garbage", okJson("<html>")), "brp-answer-unreadable", "3600"),
                Arguments.of(Named.of("no body", okJson("")), "brp-answer-unreadable", "3600"),
                Arguments.of(Named.of("null", okJson("null")), "brp-answer-unreadable", "3600"),
                Arguments.of(
                        Named.of(
                                "an unknown type",
                                okJson(answer("").replace("RaadpleegMetBurgerservicenummer", "ZoekMetPostcode"))),
                        "brp-answer-unreadable",
                        "3600"),
                Arguments.of(
                        Named.of("nobody's list", okJson("{\"type\":\"RaadpleegMetBurgerservicenummer\"}")),
                        "brp-answer-unreadable",
                        "3600"),
                Arguments.of(Named.of("no person", okJson(answer("\"x\""))), "brp-answer-unreadable", "3600"),
                Arguments.of(
                        Named.of("somebody else", okJson(answer(sanne("999994086", "")))),
                        "brp-answer-unreadable",
                        "3600"));
    }

    private static ResponseDefinitionBuilder problem(int status) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/problem+json")
                .withBody("""
                        {"type":"https://datatracker.ietf.org/doc/html/rfc7231","title":"Geheimpje","status":%d,
                         "code":"paramsValidation","invalidParams":[{"name":"burgerservicenummer[0]","code":"pattern",
                         "reason":"Waarde voldoet niet aan patroon Geheimpje."}]}""".formatted(status));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void isAProblemOfItsOwnAndTellsNoneOfIt(
            ResponseDefinitionBuilder fault, String type, String retryAfter, CapturedOutput log) {
        brpAnswers(fault);
        long start = System.nanoTime();
        var answer = post(ANNA, LOOKUPS, asking(bsn));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
        assertThat(answer).hasStatus(503).hasHeader("Retry-After", retryAfter);
        assertThat(body(answer).path("type").stringValue()).isEqualTo("urn:wijkschakel:problem:" + type);
        assertThat(body(answer).path("title").stringValue()).contains("BRP");
        assertThat(answer).bodyText().doesNotContain(bsn, "Geheimpje", "Dorpsstraat");
        assertThat(log.getAll()).contains("The BRP").doesNotContain(bsn, "Geheimpje", "Dorpsstraat", "999994086");
    }

    static Stream<String> unknownForms() {
        return Stream.of(
                "{\"type\":\"Kwartaal\"}",
                "{\"type\":\"Datum\",\"datum\":\"gisteren\"}",
                "{\"type\":\"Datum\"}",
                "{\"type\":\"JaarDatum\",\"jaar\":\"1988\"}",
                "{\"type\":\"JaarMaandDatum\",\"jaar\":1988}",
                "{\"type\":\"JaarMaandDatum\",\"jaar\":1988,\"maand\":13}",
                "\"1988-04-01\"",
                "{}",
                "null");
    }

    @ParameterizedTest
    @MethodSource("unknownForms")
    void aDateOfAFormThatWeDoNotKnowIsNotGuessedAt(String date) {
        brpHas(sanne(bsn, "")
                .replace("{\"type\":\"Datum\",\"datum\":\"1988-04-01\",\"langFormaat\":\"1 april 1988\"}", date));
        var answer = post(ANNA, LOOKUPS, asking(bsn));
        assertThat(answer).hasStatus(503);
        assertThat(body(answer).path("type").stringValue()).endsWith(":brp-answer-unreadable");
    }

    @Test
    void aPlaceOfAKindThatWeDoNotKnowIsNotGuessedAt() {
        brpHas(sanne(bsn, "").replace("\"Adres\"", "\"Woonboot\""));
        assertThat(post(ANNA, LOOKUPS, asking(bsn))).hasStatus(503);
    }

    @Test
    void whatFailsOnceIsAskedAgain() {
        NEIGHBOURS.stubFor(WireMock.post(urlEqualTo(BRP)).willReturn(okJson(answer(sanne(bsn, "")))));
        NEIGHBOURS.stubFor(WireMock.post(urlEqualTo(BRP))
                .inScenario("once")
                .whenScenarioStateIs("Started")
                .willReturn(aResponse().withStatus(503))
                .willSetStateTo("better"));
        assertThat(post(ANNA, LOOKUPS, asking(bsn))).hasStatusOk();
        assertThat(questions()).isEqualTo(2);
    }

    @Test
    void aRefusalIsNotAskedAgainAndOpensNoBreaker() {
        brpAnswers(problem(403));
        for (int i = 0; i < 12; i++) {
            assertThat(post(ANNA, LOOKUPS, asking(bsn))).hasStatus(503);
        }
        assertThat(questions()).isEqualTo(12);
        assertThat(breakers.circuitBreaker("brp").getState()).isEqualTo(CircuitBreaker.State.CLOSED);
    }

    @Test
    void manyOutagesOpenTheBreakerAndNobodyWaitsWhileTheRestGoesOn() {
        brpAnswers(aResponse().withStatus(500));
        for (int i = 0; i < 6; i++) {
            assertThat(post(ANNA, LOOKUPS, asking(bsn))).hasStatus(503);
        }
        assertThat(breakers.circuitBreaker("brp").getState()).isEqualTo(CircuitBreaker.State.OPEN);
        NEIGHBOURS.resetRequests();
        assertThat(post(ANNA, LOOKUPS, asking(bsn))).hasStatus(503).hasHeader("Retry-After", "30");
        assertThat(questions()).isZero();
        register(ANNA, Bodies.client("Smit", bsn));
    }
}
