package nl.wijkschakel.gateway.login;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import nl.wijkschakel.gateway.GatewayTest;
import org.junit.jupiter.api.Test;

class CsrfTest extends GatewayTest {

    @Test
    void givesTheAppATokenThatItCanRead() {
        var cookie = LoginTest.setCookie(browser().get("/api/me"), "XSRF-TOKEN");
        assertThat(cookie).contains("Secure", "SameSite=Lax", "Path=/").doesNotContain("HttpOnly");
    }

    @Test
    void letsAChangeThroughThatCarriesIt() {
        var browser = browser().login(bram());
        assertThat(browser.send("POST", "/api/client/v1/clients", "{}").statusCode())
                .isEqualTo(200);
        CLIENT.verify(1, postRequestedFor(anyUrl()));
    }

    @Test
    void refusesAChangeWithoutIt() {
        var browser = browser().login(bram());
        browser.forget("XSRF-TOKEN");
        var response = browser.send("POST", "/api/client/v1/clients", "{}");
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(response.body()).contains("urn:wijkschakel:problem:forbidden", "X-XSRF-TOKEN");
        CLIENT.verify(0, postRequestedFor(anyUrl()));
    }

    @Test
    void refusesAChangeWithAnothers() {
        var browser = browser().login(bram());
        var response = browser.send(
                "/api/client/v1/clients",
                request -> request.header("X-XSRF-TOKEN", "made-up").POST(BodyPublishers.ofString("{}")));
        assertThat(response.statusCode()).isEqualTo(403);
    }

    @Test
    void tellsWhoIsNoLongerLoggedInToLogInAndNotOfTokens() {
        var browser = browser().login(bram());
        browser.forget("__Host-session");
        assertThat(browser.send("POST", "/api/client/v1/clients", "{}").statusCode())
                .isEqualTo(401);
    }

    @Test
    void isNotAskedOfSystems() {
        var token = KEYCLOAK.accessToken(bram());
        var response = browser()
                .send(
                        "/api/client/v1/clients",
                        request -> request.header("Authorization", "Bearer " + token)
                                .POST(BodyPublishers.ofString("{}")));
        assertThat(response.statusCode()).isEqualTo(200);
    }
}
