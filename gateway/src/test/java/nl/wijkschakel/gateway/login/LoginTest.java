package nl.wijkschakel.gateway.login;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import nl.wijkschakel.gateway.GatewayTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginTest extends GatewayTest {

    @Test
    void leadsToKeycloakWithACodeChallenge() {
        var browser = browser();
        var response = browser.get("/oauth2/authorization/keycloak");

        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(location(response))
                .startsWith(KEYCLOAK.issuer() + "/protocol/openid-connect/auth?")
                .contains("client_id=gateway", "response_type=code", "code_challenge_method=S256", "nonce=");
        var cookie = setCookie(response, "__Host-session");
        assertThat(cookie)
                .contains("Path=/", "Secure", "HttpOnly", "SameSite=Lax")
                .doesNotContain("Domain");
    }

    @Test
    void givesTheBrowserASessionAndNoToken() {
        var browser = browser().login(bram());

        assertThat(browser.get("/api/me").body()).contains("\"name\":\"Bram\"");
        assertThat(requireNonNull(browser.cookie("__Host-session"))).hasSize(43).doesNotContain("."); // no JWT
    }

    @Test
    void changesTheSessionsIdSoThatNobodyCanPrepareOne() {
        var browser = browser();
        var left = browser.leaveForLogin("/oauth2/authorization/keycloak");
        var prepared = requireNonNull(browser.cookie("__Host-session"));

        browser.returnFromLogin(left, bram());

        assertThat(browser.cookie("__Host-session")).isNotEqualTo(prepared);
        var thief = browser();
        thief.cookie("__Host-session", prepared);
        assertThat(thief.get("/api/me").statusCode()).isEqualTo(401);
    }

    @Test
    void doesNotTakeTheAnswerToAnotherBrowsersLogin() {
        var victim = browser();
        victim.leaveForLogin("/oauth2/authorization/keycloak");
        var attacker = browser();
        var left = attacker.leaveForLogin("/oauth2/authorization/keycloak");

        var response = victim.returnFromLogin(left, bram());

        assertThat(location(response)).isEqualTo("/?login=failed");
        assertThat(victim.get("/api/me").statusCode()).isEqualTo(401);
    }

    @Test
    void returnsToThePageThatAskedForIt() {
        var browser = browser();
        var left = browser.leaveForLogin("/oauth2/authorization/keycloak?return=/verwijzing/17?stap=2");

        assertThat(location(browser.returnFromLogin(left, bram()))).isEqualTo("/verwijzing/17?stap=2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://elders.nl/", "//elders.nl/", "/%5Celders.nl/", "/%0D%0AX:1", "javascript:alert(1)"})
    void neverReturnsToAnotherSite(String page) {
        var browser = browser();
        var left = browser.leaveForLogin("/oauth2/authorization/keycloak?return=" + page);

        assertThat(location(browser.returnFromLogin(left, bram()))).isEqualTo("/");
    }

    @Test
    void saysSoWhenKeycloakDoesNotAnswer() {
        CLOCK.advance(Duration.ofSeconds(6)); // the last good answer does not count any more
        KEYCLOAK.down();

        var response =
                browser().send("/oauth2/authorization/keycloak", request -> request.header("Accept", "text/html"));

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).hasValue("30");
        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
        assertThat(response.body()).contains("Inloggen kan nu niet");
    }

    @Test
    void endsOnTheStartPageWhenKeycloakFailsHalfway() {
        var browser = browser();
        var left = browser.leaveForLogin("/oauth2/authorization/keycloak");
        KEYCLOAK.down();

        var response = browser.returnFromLogin(left, bram());

        assertThat(location(response)).isEqualTo("/?login=failed");
        assertThat(browser.get("/?login=failed").body()).contains("Het inloggen is niet gelukt");
    }

    @Test
    void isAskedForByAStatusAndNeverByARedirect() {
        for (var path : new String[] {"/api/me", "/api/client/v1/clients", "/api/nothing"}) {
            var response = browser().send(path, request -> request.header("Accept", "text/html,*/*"));
            assertThat(response.statusCode()).as(path).isEqualTo(401);
            assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(response.body()).contains("urn:wijkschakel:problem:unauthenticated");
        }
    }

    @Test
    void makesNoSessionForAStranger() {
        var response = browser().get("/");
        assertThat(response.headers().allValues("Set-Cookie"))
                .noneSatisfy(cookie -> assertThat(cookie).contains("__Host-session"));
    }

    static String location(HttpResponse<String> response) {
        return response.headers()
                .firstValue("Location")
                .orElseThrow(() -> new AssertionError(response.statusCode() + " " + response.body()));
    }

    static String setCookie(HttpResponse<String> response, String name) {
        return response.headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith(name + "="))
                .findFirst()
                .orElseThrow();
    }
}
