package nl.wijkschakel.gateway.login;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Date;
import nl.wijkschakel.gateway.GatewayTest;
import org.junit.jupiter.api.Test;

class BearerTest extends GatewayTest {

    @Test
    void aSystemsTokenGoesOnAsItIs() {
        var token = KEYCLOAK.accessToken(bram());
        assertThat(ask(token).statusCode()).isEqualTo(200);
        REFERRAL.verify(
                getRequestedFor(urlEqualTo("/v1/attempts")).withHeader("Authorization", equalTo("Bearer " + token)));
    }

    @Test
    void itLeavesNoSession() {
        assertThat(ask(KEYCLOAK.accessToken(bram())).headers().allValues("Set-Cookie"))
                .isEmpty();
    }

    @Test
    void isRefusedWhenItIsNotKeycloaksOrNotForThisOrTooOld() throws Exception {
        var bram = bram();
        refused(KEYCLOAK.forgedToken(bram));
        refused(KEYCLOAK.forgedToken(
                bram)); // asking for its key again so soon is refused by ourselves: still no outage
        refused(KEYCLOAK.accessToken(bram, claims -> claims.audience("another")));
        refused(KEYCLOAK.accessToken(bram, claims -> claims.issuer("https://elders.nl")));
        refused(KEYCLOAK.accessToken(
                bram, claims -> claims.expirationTime(Date.from(CLOCK.instant().minusSeconds(60)))));
        refused("nonsense");
        REFERRAL.verify(0, getRequestedFor(urlEqualTo("/v1/attempts")));
    }

    @Test
    void isRememberedNoLongerThanItLives() {
        var token = KEYCLOAK.accessToken(bram());
        assertThat(ask(token).statusCode()).isEqualTo(200);
        assertThat(ask(token).statusCode()).isEqualTo(200);
        CLOCK.advance(Duration.ofMinutes(6));
        refused(token);
    }

    @Test
    void countsWhileKeycloakIsDown() {
        ask(KEYCLOAK.accessToken(bram())); // the keys are known from now on
        KEYCLOAK.down();
        assertThat(ask(KEYCLOAK.accessToken(bram())).statusCode()).isEqualTo(200);
    }

    @Test
    void aCookieBesideItCountsForNothing() {
        var browser = browser().login(bram());
        var response = browser.send(
                "/api/referral/v1/attempts", request -> request.header("Authorization", "Bearer nonsense"));
        assertThat(response.statusCode()).isEqualTo(401);
    }

    private void refused(String token) {
        var response = ask(token);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate")).hasValue("Bearer error=\"invalid_token\"");
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    private HttpResponse<String> ask(String token) {
        return browser()
                .send("/api/referral/v1/attempts", request -> request.header("Authorization", "Bearer " + token));
    }
}
