package nl.wijkschakel.gateway.session;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import nl.wijkschakel.gateway.GatewayTest;
import nl.wijkschakel.gateway.Replica;
import nl.wijkschakel.gateway.TestBrowser;
import org.junit.jupiter.api.Test;

/** Two tabs that come back at once, with a Keycloak that takes each refresh token once and ends the session at a second try. */
class RefreshTest extends GatewayTest {

    @Test
    void twoTabsAtOnceAskKeycloakOnceAndBothGoOn() throws Exception {
        var browser = browser().login(bram());
        KEYCLOAK.slow(Duration.ofMillis(300));
        CLOCK.advance(Duration.ofMinutes(6));

        var answers = atOnce(browser, browser, browser, browser);

        assertThat(answers).allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(200));
        assertThat(KEYCLOAK.refreshes()).isEqualTo(1);
        CLIENT.verify(4, getRequestedFor(anyUrl()).withHeader("Authorization", matching("Bearer .+")));
        assertThat(CLIENT.getAllServeEvents().stream()
                        .map(event -> event.getRequest().getHeader("Authorization"))
                        .distinct())
                .hasSize(1);
    }

    @Test
    void soDoTabsThatReachTwoReplicas() throws Exception {
        try (var other = Replica.of()) {
            var here = browser().login(bram());
            for (int round = 0; round < 3; round++) {
                KEYCLOAK.up();
                KEYCLOAK.slow(Duration.ofMillis(200));
                CLOCK.advance(Duration.ofMinutes(6));
                var there = here.at(other.port());

                var answers = atOnce(here, there, here, there);

                assertThat(answers)
                        .allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(200));
                assertThat(KEYCLOAK.refreshes()).isEqualTo(1);
            }
        }
    }

    @Test
    void aLogoutAtOneReplicaCountsAtTheOther() {
        try (var other = Replica.of()) {
            var bram = bram();
            var here = browser().login(bram);
            var there = here.at(other.port());
            assertThat(there.get("/api/me").statusCode()).isEqualTo(200);

            there.form(
                    "/logout/connect/back-channel/keycloak",
                    "logout_token=" + KEYCLOAK.logoutToken(claims -> claims.claim("sid", bram.sid())));

            assertThat(here.get("/api/me").statusCode()).isEqualTo(401);
            assertThat(there.get("/api/me").statusCode()).isEqualTo(401);
        }
    }

    @Test
    void aSessionThatKeycloakEndedIsOver() {
        var browser = browser().login(bram());
        KEYCLOAK.endSessions();
        CLOCK.advance(Duration.ofMinutes(6));

        var answer = browser.get("/api/client/v1/clients");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body()).contains("urn:wijkschakel:problem:session-ended");
        assertThat(browser.cookie("__Host-session")).isNull();
        CLIENT.verify(0, getRequestedFor(anyUrl()));
    }

    @Test
    void workGoesOnWhileKeycloakIsDownAndTheTokenLives() {
        var browser = browser().login(bram());
        KEYCLOAK.down();
        CLOCK.advance(Duration.ofSeconds(285));
        assertThat(browser.get("/api/client/v1/clients").statusCode()).isEqualTo(200);
    }

    @Test
    void afterThatItIsLaterAndTheSessionStays() {
        var browser = browser().login(bram());
        KEYCLOAK.down();
        CLOCK.advance(Duration.ofMinutes(6));
        for (var path : List.of("/api/client/v1/clients", "/api/me", "/api/notification/v1/stream")) {
            var answer = browser.get(path);
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        }

        KEYCLOAK.up();
        CLOCK.advance(Duration.ofSeconds(5));
        assertThat(browser.get("/api/client/v1/clients").statusCode()).isEqualTo(200);
    }

    private static List<HttpResponse<String>> atOnce(TestBrowser... tabs) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked = new ArrayList<Future<HttpResponse<String>>>();
            Stream.of(tabs)
                    .map(tab -> (Callable<HttpResponse<String>>) () -> tab.get("/api/client/v1/clients"))
                    .forEach(tab -> asked.add(threads.submit(tab)));
            var answers = new ArrayList<HttpResponse<String>>();
            for (var answer : asked) {
                answers.add(answer.get());
            }
            return answers;
        }
    }
}
