package nl.wijkschakel.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.ConnectionString;
import com.mongodb.ServerAddress;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Objects;
import nl.wijkschakel.gateway.GatewayTest;
import nl.wijkschakel.gateway.Replica;
import nl.wijkschakel.gateway.TestBrowser;
import nl.wijkschakel.servers.MongoServer;
import org.junit.jupiter.api.Test;

class StoreOutageTest extends GatewayTest {

    @Test
    void theGatewayStartsWithoutItsDatabaseAndUsesItWhenItComes() throws Exception {
        KEYCLOAK.down();
        try (var database = new Tunnel(mongod());
                var gateway = Replica.of("MONGODB_URI=" + through(database))) {
            var browser = new TestBrowser(KEYCLOAK, gateway.port());

            assertThat(browser.get("/").statusCode()).isEqualTo(200);
            assertThat(browser.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
            assertThat(browser.get("/actuator/health/readiness").statusCode()).isEqualTo(503);

            database.mend();
            KEYCLOAK.up();

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(
                                    browser.get("/actuator/health/readiness").statusCode())
                            .isEqualTo(200));
            browser.login(bram());
        }
    }

    @Test
    void whileItIsDownBrowsersAreToldSoAndStayLoggedIn() throws Exception {
        try (var database = new Tunnel(mongod())) {
            database.mend();
            try (var gateway = Replica.of("MONGODB_URI=" + through(database))) {
                var browser = new TestBrowser(KEYCLOAK, gateway.port()).login(bram());
                database.cut();

                for (var path : new String[] {"/api/me", "/api/client/v1/clients", "/"}) {
                    unavailable(browser.get(path));
                }
                unavailable(new TestBrowser(KEYCLOAK, gateway.port()).get("/oauth2/authorization/keycloak"));
                assertThat(browser.cookie("__Host-session")).isNotNull();

                var token = KEYCLOAK.accessToken(bram());
                var system = new TestBrowser(KEYCLOAK, gateway.port())
                        .send("/api/client/v1/clients", it -> it.header("Authorization", "Bearer " + token));
                assertThat(system.statusCode()).as("systems need no session").isEqualTo(200);

                database.mend();
                await().atMost(Duration.ofSeconds(30))
                        .untilAsserted(() ->
                                assertThat(browser.get("/api/me").statusCode()).isEqualTo(200));
            }
        }
    }

    private static void unavailable(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).hasValue("5");
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(response.body())
                .contains("urn:wijkschakel:problem:unavailable")
                .doesNotContain("mongo", "Mongo", "Exception");
    }

    private static int mongod() {
        var host = Objects.requireNonNull(
                        new ConnectionString(MongoServer.ofTests().uri()).getHosts())
                .getFirst();
        return new ServerAddress(host).getPort();
    }

    private static String through(Tunnel tunnel) {
        return "mongodb://127.0.0.1:" + tunnel.port() + "/?directConnection=true";
    }
}
