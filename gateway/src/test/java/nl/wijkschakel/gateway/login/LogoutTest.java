package nl.wijkschakel.gateway.login;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import nl.wijkschakel.gateway.FakeKeycloak.Login;
import nl.wijkschakel.gateway.GatewayTest;
import org.junit.jupiter.api.Test;

class LogoutTest extends GatewayTest {

    @Test
    void endsTheSessionAndSaysWhereToEndKeycloaks() {
        var browser = browser().login(bram());
        var session = requireNonNull(browser.cookie("__Host-session"));

        var response = browser.send(
                "/logout",
                request -> request.header("Accept", "application/json")
                        .header("X-XSRF-TOKEN", requireNonNull(browser.cookie("XSRF-TOKEN")))
                        .POST(BodyPublishers.noBody()));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(response.body())
                .contains("\"location\":\"" + KEYCLOAK.issuer() + "/protocol/openid-connect/logout?id_token_hint=")
                .contains("post_logout_redirect_uri=http://127.0.0.1:" + port + "/");
        assertThat(browser.cookie("__Host-session")).isNull();
        browser.cookie("__Host-session", session);
        assertThat(browser.get("/api/me").statusCode()).isEqualTo(401);
    }

    @Test
    void takesAFormToAPageThatGoesOnByItself() {
        var browser = browser().login(bram());
        var page = browser.get("/").body();

        var response =
                browser.form("/logout", "_csrf=" + page.replaceAll("(?s).*name=\"_csrf\" value=\"([^\"]+)\".*", "$1"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Refresh").orElseThrow())
                .startsWith("0;url=" + KEYCLOAK.issuer() + "/protocol/openid-connect/logout?");
        assertThat(response.body()).contains("U wordt uitgelogd", "&amp;post_logout_redirect_uri=");
        assertThat(browser.get("/api/me").statusCode()).isEqualTo(401);
    }

    @Test
    void cannotBeForcedByAnotherSite() {
        var browser = browser().login(bram());
        assertThat(browser.form("/logout", "").statusCode()).isEqualTo(403);
        assertThat(browser.get("/api/me").statusCode()).isEqualTo(200);
    }

    @Test
    void ofOneKeycloakSessionEndsThatOne() {
        var bram = bram();
        var here = browser().login(bram);
        var elsewhere = browser().login(new Login(bram.subject(), "Bram", bram.memberships(), "another", null));

        assertThat(backChannel(KEYCLOAK.logoutToken(
                                claims -> claims.subject(bram.subject()).claim("sid", bram.sid())))
                        .statusCode())
                .isEqualTo(200);

        assertThat(here.get("/api/me").statusCode()).isEqualTo(401);
        assertThat(elsewhere.get("/api/me").statusCode()).isEqualTo(200);
    }

    @Test
    void ofAPersonEndsAllOfThatPerson() {
        var bram = bram();
        var here = browser().login(bram);
        var elsewhere = browser().login(new Login(bram.subject(), "Bram", bram.memberships(), "another", null));
        var other = browser().login(bram());

        backChannel(KEYCLOAK.logoutToken(claims -> claims.subject(bram.subject())));

        assertThat(here.get("/api/me").statusCode()).isEqualTo(401);
        assertThat(elsewhere.get("/api/me").statusCode()).isEqualTo(401);
        assertThat(other.get("/api/me").statusCode()).isEqualTo(200);
    }

    @Test
    void takesNoTokenThatIsNotForThis() throws Exception {
        var bram = bram();
        var browser = browser().login(bram);

        var forged = KEYCLOAK.forgedToken(bram);
        var forAnother =
                KEYCLOAK.logoutToken(claims -> claims.claim("sid", bram.sid()).audience("another"));
        var noLogout =
                KEYCLOAK.logoutToken(claims -> claims.claim("sid", bram.sid()).claim("events", Map.of()));
        var old = KEYCLOAK.logoutToken(
                claims -> claims.claim("sid", bram.sid()).expirationTime(Date.from(Instant.EPOCH)));
        for (var token : new String[] {forged, forAnother, noLogout, old, "nonsense"}) {
            assertThat(backChannel(token).statusCode()).isEqualTo(400);
        }

        assertThat(browser.get("/api/me").statusCode()).isEqualTo(200);
    }

    @Test
    void isRepeatedByKeycloakWhenItCannotBeCheckedNow() {
        var bram = bram();
        var token = KEYCLOAK.logoutToken(claims -> claims.claim("sid", bram.sid()));
        KEYCLOAK.down();
        assertThat(backChannel(token).statusCode()).isEqualTo(503);
    }

    private HttpResponse<String> backChannel(String token) {
        return browser().form("/logout/connect/back-channel/keycloak", "logout_token=" + token);
    }
}
