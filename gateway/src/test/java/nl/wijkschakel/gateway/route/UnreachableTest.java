package nl.wijkschakel.gateway.route;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.http.Fault;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import nl.wijkschakel.gateway.GatewayTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

@TestPropertySource(
        properties = {
            "routes.answer=500ms",
            "routes.breaker.calls=4",
            "routes.breaker.open=1s",
            "routes.notification=http://127.0.0.1:1" // where nobody listens
        })
class UnreachableTest extends GatewayTest {

    @Autowired
    CircuitBreakerRegistry breakers;

    @BeforeEach
    void closed() {
        breakers.getAllCircuitBreakers().forEach(breaker -> breaker.reset());
    }

    @Test
    void isToldAsUnavailable() {
        var response = ask("/api/notification/v1/notifications");
        unavailable(response);
        assertThat(response.body()).contains("notification");
    }

    @Test
    void isToldOfTheStreamToo() {
        unavailable(ask("/api/notification/v1/stream"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"CONNECTION_RESET_BY_PEER", "EMPTY_RESPONSE", "RANDOM_DATA_THEN_CLOSE"})
    void isWhoBreaksOff(Fault fault) {
        CLIENT.stubFor(any(anyUrl()).willReturn(aResponse().withFault(fault)));
        unavailable(ask("/api/client/v1/clients"));
    }

    @Test
    void isNotWhoIsSlow() {
        CLIENT.stubFor(any(anyUrl()).willReturn(okJson("{}").withFixedDelay(900)));
        var response = ask("/api/client/v1/clients");
        assertThat(response.statusCode()).isEqualTo(504);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(response.body()).contains("urn:wijkschakel:problem:no-answer-in-time");
    }

    @Test
    void isLeftAloneForAWhileAndThenTriedAgain() {
        CLIENT.stubFor(any(anyUrl()).willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
        for (int call = 0; call < 10; call++) {
            unavailable(ask("/api/client/v1/clients"));
        }
        CLIENT.verify(4, anyRequestedFor(anyUrl()));
        assertThat(ask("/api/referral/v1/attempts").statusCode()).isEqualTo(200); // each service has its own

        CLIENT.stubFor(any(anyUrl()).willReturn(okJson("{}")));
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() ->
                        assertThat(ask("/api/client/v1/clients").statusCode()).isEqualTo(200));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 409, 412, 429, 500, 503})
    void isNotWhoAnswersWhateverTheAnswer(int status) {
        CLIENT.stubFor(any(anyUrl())
                .willReturn(aResponse()
                        .withStatus(status)
                        .withHeader("Content-Type", "application/problem+json")
                        .withHeader("Retry-After", "7")
                        .withBody("{\"type\":\"urn:its-own\"}")));
        for (int call = 0; call < 8; call++) {
            var response = ask("/api/client/v1/clients");
            assertThat(response.statusCode()).isEqualTo(status);
            assertThat(response.body()).contains("urn:its-own");
            assertThat(response.headers().firstValue("Retry-After")).hasValue("7");
        }
        CLIENT.verify(8, anyRequestedFor(anyUrl()));
    }

    @Test
    void isNotBlamedForCallersWhoBreakOff() throws IOException {
        var token = KEYCLOAK.accessToken(bram());
        for (int call = 0; call < 8; call++) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.getOutputStream().write("""
                        POST /api/client/v1/clients HTTP/1.1\r
                        Host: localhost\r
                        Authorization: Bearer %s\r
                        Content-Length: 1000\r
                        \r
                        {"half":""".formatted(token).getBytes(StandardCharsets.US_ASCII));
            }
        }
        assertThat(ask("/api/client/v1/clients").statusCode()).isEqualTo(200);
        CLIENT.verify(1, anyRequestedFor(anyUrl()));
    }

    private static void unavailable(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).hasValue("5");
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(response.body()).contains("urn:wijkschakel:problem:unavailable");
    }

    private HttpResponse<String> ask(String path) {
        var token = KEYCLOAK.accessToken(bram());
        return browser().send(path, request -> request.header("Authorization", "Bearer " + token));
    }
}
