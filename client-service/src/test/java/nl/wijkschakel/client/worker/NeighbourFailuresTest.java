package nl.wijkschakel.client.worker;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlMatching;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static nl.wijkschakel.client.People.ANNA;
import static nl.wijkschakel.client.People.HUGO;
import static nl.wijkschakel.client.People.WIJKTEAM;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** What becomes of accounts while Keycloak or referral-service does not do what it should. */
class NeighbourFailuresTest extends WorkerTest {

    private static final String USERS = "/admin/.*";
    private static final String OPEN_WORK = "/internal/v1/workers/.*";

    static Stream<Named<ResponseDefinitionBuilder>> failures() {
        return Stream.of(
                Named.of("500", aResponse().withStatus(500)),
                Named.of("503", aResponse().withStatus(503)),
                Named.of("401", aResponse().withStatus(401)),
                Named.of("403", aResponse().withStatus(403)),
                Named.of("429", aResponse().withStatus(429)),
                Named.of("slow", aResponse().withStatus(200).withFixedDelay(20_000)),
                Named.of("reset", aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)),
                Named.of("no answer", aResponse().withFault(Fault.EMPTY_RESPONSE)),
                Named.of("noise", aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE)),
                Named.of("broken off", aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK)),
                Named.of("a refusal in no JSON", aResponse().withStatus(400).withBody("<html>")),
                Named.of("garbage", okJson("<html>")),
                Named.of("another form", okJson("[1,2]")),
                Named.of(
                        "no JSON",
                        aResponse().withHeader("Content-Type", "text/html").withBody("<p>")));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void withoutKeycloakNothingIsMadeAndThatIsSaid(ResponseDefinitionBuilder failure) {
        NEIGHBOURS.stubFor(any(urlMatching(USERS)).willReturn(failure));
        assertUnavailable(
                post(HUGO, "/v1/workers", form(anotherEmail(), at(WIJKTEAM, "specialist"), "")),
                "accounts-unavailable");
        breakers.circuitBreaker("accounts").reset();
        assertUnavailable(get(ANNA, "/v1/workers?organisation=" + WIJKTEAM), "accounts-unavailable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}"})
    void anAnswerWithoutAnAccountIsNone(String answer) {
        NEIGHBOURS.stubFor(any(urlMatching(USERS)).willReturn(okJson(answer)));
        assertThat(get(HUGO, "/v1/workers/" + UUID.randomUUID())).hasStatus(404);
    }

    /** It may have been made before the connection broke: making it again is for the admin to decide. */
    @Test
    void aReadIsTriedTwiceAndAnAccountIsMadeOnce() {
        var id = created(HUGO);
        NEIGHBOURS.resetRequests();
        NEIGHBOURS.stubFor(any(urlMatching(USERS)).willReturn(aResponse().withStatus(503)));
        assertThat(get(HUGO, "/v1/workers/" + id)).hasStatus(503);
        NEIGHBOURS.verify(2, anyRequestedFor(urlMatching(USERS)));
        NEIGHBOURS.resetRequests();
        assertThat(post(HUGO, "/v1/workers", form(anotherEmail(), at(WIJKTEAM, "specialist"), "")))
                .hasStatus(503);
        NEIGHBOURS.verify(1, postRequestedFor(urlMatching(USERS)));
    }

    /** A mail server that is slow is Keycloak's to wait for, and ours for some seconds. */
    @Test
    void anInvitationMayTakeSomeSeconds() {
        NEIGHBOURS.stubFor(any(urlPathMatching(".*/execute-actions-email"))
                .willReturn(aResponse().withStatus(204).withFixedDelay(3_000)));
        assertThat(post(HUGO, "/v1/workers", form(anotherEmail(), at(WIJKTEAM, "specialist"), "")))
                .hasStatus(201)
                .bodyJson()
                .extractingPath("$.invitation")
                .isEqualTo("SENT");
    }

    @ParameterizedTest
    @MethodSource("failures")
    void nobodyIsClosedWhileTheOpenWorkIsUnknown(ResponseDefinitionBuilder failure) {
        var id = created(HUGO);
        openWork(failure);
        assertUnavailable(change(HUGO, id, 1, "{\"active\":false}"), "open-work-unknown");
        assertThat(KEYCLOAK.user(id).path("enabled").asBoolean()).isTrue();
        assertThat(get(HUGO, "/v1/workers/" + id)).hasHeader("ETag", "\"1\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "{\"open\":null}", "{\"open\":\"veel\"}", "{\"closed\":0}"})
    void anAnswerWithoutANumberIsNotNone(String answer) {
        var id = created(HUGO);
        openWork(okJson(answer));
        assertUnavailable(change(HUGO, id, 1, "{\"active\":false}"), "open-work-unknown");
        openWork(aResponse().withStatus(404));
        assertUnavailable(change(HUGO, id, 1, "{\"active\":false}"), "open-work-unknown");
    }

    @ParameterizedTest
    @MethodSource("failures")
    void withoutTheDirectoryNobodyGetsARole(ResponseDefinitionBuilder failure) {
        int people = KEYCLOAK.size();
        NEIGHBOURS.stubFor(any(urlMatching("/v1/.*")).willReturn(failure));
        assertUnavailable(
                post(HUGO, "/v1/workers", form(anotherEmail(), at(WIJKTEAM, "specialist"), "")),
                "directory-unavailable");
        assertThat(KEYCLOAK.size()).isEqualTo(people);
        assertThat(get(ANNA, "/v1/workers?organisation=" + WIJKTEAM))
                .as("colleagues need no directory")
                .hasStatusOk();
    }

    @Test
    void whatNeighboursRefuseDoesNotOpenTheBreaker() {
        for (int i = 0; i < 12; i++) {
            assertThat(get(HUGO, "/v1/workers/" + UUID.randomUUID())).hasStatus(404);
        }
        assertThat(breakers.circuitBreaker("accounts").getState()).isEqualTo(CircuitBreaker.State.CLOSED);
    }

    @Test
    void manyOutagesOpenTheBreakerAndNobodyWaits() {
        NEIGHBOURS.stubFor(any(urlMatching(USERS)).willReturn(aResponse().withStatus(500)));
        for (int i = 0; i < 3; i++) {
            assertThat(get(HUGO, "/v1/workers/" + UUID.randomUUID())).hasStatus(503);
        }
        assertThat(breakers.circuitBreaker("accounts").getState()).isEqualTo(CircuitBreaker.State.OPEN);
        NEIGHBOURS.resetRequests();
        assertUnavailable(get(HUGO, "/v1/workers/" + UUID.randomUUID()), "accounts-unavailable");
        NEIGHBOURS.verify(0, anyRequestedFor(urlMatching(USERS)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"down", "garbage", "refused"})
    void withoutATokenOfOurOwnItIsAnOutage(String how) {
        forgetTokens();
        NEIGHBOURS.stubFor(any(urlEqualTo("/token"))
                .willReturn(
                        switch (how) {
                            case "down" -> aResponse().withStatus(503);
                            case "garbage" -> okJson("<html>");
                            default ->
                                aResponse()
                                        .withStatus(401)
                                        .withHeader("Content-Type", "application/json")
                                        .withBody("{\"error\":\"invalid_client\"}");
                        }));
        assertUnavailable(get(HUGO, "/v1/workers/" + UUID.randomUUID()), "accounts-unavailable");
        NEIGHBOURS.verify(0, anyRequestedFor(urlMatching(USERS)));
    }

    /** The token that manages people's accounts goes to Keycloak and to nobody else. */
    @Test
    void eachNeighbourGetsItsOwnToken() {
        forgetTokens();
        NEIGHBOURS.stubFor(
                any(urlEqualTo("/token")).withBasicAuth("accounts", "secret").willReturn(token("of-accounts")));
        NEIGHBOURS.stubFor(any(urlEqualTo("/token"))
                .withBasicAuth("client-service", "secret")
                .willReturn(token("of-client-service")));
        NEIGHBOURS.stubFor(any(urlMatching(USERS))
                .withHeader("Authorization", equalTo("Bearer of-accounts"))
                .willReturn(aResponse().proxiedFrom(KEYCLOAK.address())));
        NEIGHBOURS.stubFor(any(urlMatching(OPEN_WORK)).willReturn(aResponse().withStatus(500)));
        NEIGHBOURS.stubFor(any(urlMatching(OPEN_WORK))
                .withHeader("Authorization", equalTo("Bearer of-client-service"))
                .willReturn(okJson("{\"open\":0}")));
        NEIGHBOURS.stubFor(
                any(urlMatching("/v1/organisations/.*")).willReturn(aResponse().withStatus(500)));
        NEIGHBOURS.stubFor(any(urlMatching("/v1/organisations/.*"))
                .withHeader("Authorization", equalTo("Bearer " + HUGO))
                .willReturn(okJson("{\"id\":\"%s\",\"municipalities\":[\"9901\"]}".formatted(WIJKTEAM))));
        var id = created(HUGO);
        assertThat(change(HUGO, id, 1, "{\"active\":false}")).hasStatusOk();
    }

    private static ResponseDefinitionBuilder token(String value) {
        return okJson("{\"access_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":1}".formatted(value));
    }

    @Test
    void p7NothingOfAPersonIsInTheLog() {
        var email = anotherEmail();
        var lines = new ListAppender<ILoggingEvent>();
        lines.start();
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        var level = root.getLevel();
        root.setLevel(Level.INFO);
        root.addAppender(lines);
        try {
            for (var failure : List.of(
                    aResponse().withStatus(500).withBody(email),
                    aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER),
                    aResponse().withStatus(400).withBody(email),
                    aResponse().withStatus(409).withBody(email))) {
                NEIGHBOURS.stubFor(any(urlMatching(USERS)).willReturn(failure));
                post(HUGO, "/v1/workers", form(email, at(WIJKTEAM, "specialist"), ""));
                breakers.circuitBreaker("accounts").reset();
            }
        } finally {
            root.detachAppender(lines);
            root.setLevel(level);
        }
        var log = lines.list.stream()
                .map(it -> it.getFormattedMessage() + " " + ThrowableProxyUtil.asString(it.getThrowableProxy()))
                .collect(Collectors.joining("\n"));
        assertThat(log).contains("Keycloak's accounts cannot be reached").doesNotContain(email, "van Dijk");
    }

    private void assertUnavailable(MvcTestResult answer, String type) {
        assertThat(answer).hasStatus(503).hasHeader("Retry-After", "30");
        assertThat(problem(answer)).isEqualTo(type);
    }

    /** By itself one is kept for its five minutes; a neighbour that refuses it lets it go. */
    private void forgetTokens() {
        var id = created(HUGO);
        openWork(aResponse().withStatus(401));
        assertThat(change(HUGO, id, 1, "{\"active\":false}")).hasStatus(503);
        NEIGHBOURS.stubFor(any(urlMatching(USERS)).willReturn(aResponse().withStatus(401)));
        assertThat(send(HttpMethod.GET, HUGO, "/v1/workers/" + id, null, Map.of()))
                .hasStatus(503);
        neighboursWork();
        NEIGHBOURS.resetRequests();
    }
}
