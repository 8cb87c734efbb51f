package nl.wijkschakel.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.binaryEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest extends GatewayTest {

    @Test
    void areTakenFromTheEnvironment() {
        try (var gateway = Replica.of()) {
            var browser = new TestBrowser(KEYCLOAK, gateway.port()).login(bram());
            for (var path : List.of("/api/client/v1/a", "/api/referral/v1/b", "/api/notification/v1/c")) {
                assertThat(browser.get(path).statusCode()).isEqualTo(200);
            }
            CLIENT.verify(getRequestedFor(urlEqualTo("/v1/a")));
            REFERRAL.verify(getRequestedFor(urlEqualTo("/v1/b")));
            NOTIFICATION.verify(getRequestedFor(urlEqualTo("/v1/c")));
        }
    }

    @Test
    void letATraceGoOnToTheServices() {
        var trace = "0af7651916cd43dd8448eb211c80319c";
        try (var gateway = Replica.of()) {
            var token = KEYCLOAK.accessToken(bram());
            new TestBrowser(KEYCLOAK, gateway.port())
                    .send(
                            "/api/client/v1/a",
                            request -> request.header("Authorization", "Bearer " + token)
                                    .header("traceparent", "00-" + trace + "-b7ad6b7169203331-01"));
            CLIENT.verify(
                    getRequestedFor(urlEqualTo("/v1/a")).withHeader("traceparent", matching("00-" + trace + "-.*")));
        }
    }

    @Test
    void canAllowLargerBodiesSomewhere() {
        var body = new byte[1_500_000];
        try (var gateway = Replica.of("routes.larger-bodies[/api/client/v1/documents]=2000000")) {
            var browser = new TestBrowser(KEYCLOAK, gateway.port());
            var token = "Bearer " + KEYCLOAK.accessToken(bram());
            UnaryOperator<HttpRequest.Builder> upload =
                    request -> request.header("Authorization", token).POST(BodyPublishers.ofByteArray(body));
            assertThat(browser.send("/api/client/v1/documents/17", upload).statusCode())
                    .isEqualTo(200);
            assertThat(browser.send("/api/client/v1/clients", upload).statusCode())
                    .isEqualTo(413);
            CLIENT.verify(postRequestedFor(urlEqualTo("/v1/documents/17")).withRequestBody(binaryEqualTo(body)));

            UnaryOperator<HttpRequest.Builder> tooMuch = request ->
                    request.header("Authorization", token).POST(BodyPublishers.ofByteArray(new byte[2_000_001]));
            assertThat(browser.send("/api/client/v1/documents/17", tooMuch).statusCode())
                    .isEqualTo(413);
            UnaryOperator<HttpRequest.Builder> withoutLength = request -> request.header("Authorization", token)
                    .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));
            assertThat(browser.send("/api/client/v1/documents/17", withoutLength)
                            .statusCode())
                    .as("how much is still to come must be known")
                    .isEqualTo(411);
        }
    }

    @Test
    void canLeadThisProcessToKeycloakByAnotherRoadThanBrowsers() {
        var inside = KEYCLOAK.issuer() + "/protocol/openid-connect";
        var outside = "https://inloggen.waterwijk.example/realms/wijkschakel";
        KEYCLOAK.callYourself(outside);
        try (var gateway =
                Replica.of("ISSUER=" + outside, "JWKS_URI=" + inside + "/certs", "TOKEN_URI=" + inside + "/token")) {
            var browser = new TestBrowser(KEYCLOAK, gateway.port());
            assertThat(browser.get("/oauth2/authorization/keycloak")
                            .headers()
                            .firstValue("Location")
                            .orElseThrow())
                    .startsWith(outside + "/protocol/openid-connect/auth?");
            browser.login(bram());
        } finally {
            KEYCLOAK.callYourself(null);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SESSION_KEY", "GATEWAY_CLIENT_SECRET"})
    void thatAreSecretHaveNoDefaultAndAreNamedWhenTheyAreMissing(String name) {
        assertThatException()
                .isThrownBy(() -> Replica.of(name + "=").close())
                .havingRootCause()
                .withMessageContaining(name + " is missing");
    }

    @Test
    void sayWhetherAnIngressIsBelieved() {
        var told = redirectUri(port);
        assertThat(told).startsWith("http://127.0.0.1:" + port + "/");
        try (var gateway = Replica.of("server.forward-headers-strategy=native")) {
            assertThat(redirectUri(gateway.port())).isEqualTo("https://wijkschakel.example/login/oauth2/code/keycloak");
        }
    }

    private static String redirectUri(int port) {
        var answer = new TestBrowser(KEYCLOAK, port)
                .send(
                        "/oauth2/authorization/keycloak",
                        request -> request.header("X-Forwarded-Proto", "https")
                                .header("X-Forwarded-Host", "wijkschakel.example")
                                .header("X-Forwarded-Port", "443")
                                .header("X-Forwarded-For", "203.0.113.7"));
        var location = answer.headers().firstValue("Location").orElseThrow();
        return location.replaceAll(".*redirect_uri=([^&]+).*", "$1");
    }
}
