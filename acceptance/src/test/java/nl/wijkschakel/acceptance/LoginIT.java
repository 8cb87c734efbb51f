package nl.wijkschakel.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A browser's way in: Keycloak's own page, a session, the choice of an organisation, and out again. */
class LoginIT {

    @Test
    void aWorkerLogsInAndOut() {
        var browser = new Browser(TestPlatform.address());
        assertThat(browser.get("/api/me").statusCode()).isEqualTo(401);

        browser.login("anna");
        var me = browser.get("/api/me");
        assertThat(me.statusCode()).as(me.body()).isEqualTo(200);
        assertThat(me.body()).contains(World.WIJKTEAMS).doesNotContain("eyJ");
        assertThat(browser.get("/api/referral/v1/referrals?queue=SENT").statusCode())
                .isEqualTo(200);

        assertThat(browser.logout()).isIn(200, 204, 302);
        assertThat(browser.get("/api/me").statusCode()).isEqualTo(401);
    }

    @Test
    void whoWorksForTwoChoosesOne() {
        var browser = new Browser(TestPlatform.address());
        browser.login("farid");
        assertThat(browser.get("/api/referral/v1/attempts?queue=NEW").statusCode())
                .isEqualTo(400);
        var chosen = browser.send("PUT", "/api/me/organisation", "{\"organisation\":\"%s\"}".formatted(World.NOVA));
        assertThat(chosen.statusCode()).as(chosen.body()).isBetween(200, 204);
        assertThat(browser.get("/api/referral/v1/attempts?queue=NEW").statusCode())
                .isEqualTo(200);
        var strange =
                browser.send("PUT", "/api/me/organisation", "{\"organisation\":\"%s\"}".formatted(World.WIJKTEAMS));
        assertThat(strange.statusCode()).isEqualTo(400);
    }

    @Test
    void aForgedRequestIsRefused() {
        var browser = new Browser(TestPlatform.address());
        browser.login("anna");
        assertThat(browser.forged("POST", "/api/client/v1/client-searches", "{\"surname\":\"X\"}")
                        .statusCode())
                .isEqualTo(403);
    }
}
