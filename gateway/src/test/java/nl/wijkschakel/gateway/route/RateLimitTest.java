package nl.wijkschakel.gateway.route;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import nl.wijkschakel.gateway.FakeKeycloak.Login;
import nl.wijkschakel.gateway.GatewayTest;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

@TestPropertySource(properties = "routes.requests-per-minute=6")
class RateLimitTest extends GatewayTest {

    @Test
    void slowsDownWhoAsksTooOften() {
        var bram = bram();
        allows(6, bram);

        var refused = ask("/api/client/v1/clients", bram);

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(refused.body()).contains("urn:wijkschakel:problem:too-many-requests");
        assertThat(refused.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isBetween(1L, 10L);
        CLIENT.verify(6, anyRequestedFor(anyUrl()));
    }

    @Test
    void letsHimGoOnAfterTheTimeItNamed() {
        var bram = bram();
        allows(6, bram);
        var wait = ask("/api/client/v1/clients", bram)
                .headers()
                .firstValueAsLong("Retry-After")
                .orElseThrow();
        CLOCK.advance(Duration.ofSeconds(wait));
        allows(1, bram);
        CLOCK.advance(Duration.ofMinutes(1));
        allows(6, bram);
    }

    @Test
    void countsPerServiceAndPerCaller() {
        var bram = bram();
        allows(6, bram);
        assertThat(ask("/api/referral/v1/attempts", bram).statusCode()).isEqualTo(200);
        allows(6, Login.of("Another", DE_BRUG + ":specialist"));
    }

    @Test
    void countsABrowserAndATokenOfOnePersonTogether() {
        var bram = bram();
        var browser = browser().login(bram);
        for (int call = 0; call < 3; call++) {
            assertThat(browser.get("/api/client/v1/clients").statusCode()).isEqualTo(200);
        }
        allows(3, bram);
        assertThat(browser.get("/api/client/v1/clients").statusCode()).isEqualTo(429);
    }

    @Test
    void countsStrangersByTheirAddress() {
        CLOCK.advance(Duration.ofMinutes(2));
        for (int call = 0; call < 6; call++) {
            assertThat(browser().get("/api/referral/v1/openapi.json").statusCode())
                    .isEqualTo(200);
        }
        assertThat(browser().get("/api/referral/v1/openapi.json").statusCode()).isEqualTo(429);
    }

    private void allows(int calls, Login caller) {
        for (int call = 0; call < calls; call++) {
            assertThat(ask("/api/client/v1/clients", caller).statusCode()).isEqualTo(200);
        }
    }

    private HttpResponse<String> ask(String path, Login caller) {
        var token = KEYCLOAK.accessToken(caller);
        return browser().send(path, request -> request.header("Authorization", "Bearer " + token));
    }
}
