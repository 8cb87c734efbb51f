package nl.wijkschakel.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

@TestPropertySource(properties = "management.prometheus.metrics.export.enabled=true") // tests turn it off
class HealthTest extends GatewayTest {

    @Test
    void neverDependsOnTheNeighbours() {
        KEYCLOAK.down();
        CLIENT.stubFor(any(anyUrl()).willReturn(serverError()));
        for (var probe : new String[] {"/actuator/health/readiness", "/actuator/health/liveness"}) {
            assertThat(browser().get(probe).body()).isEqualTo("{\"status\":\"UP\"}");
        }
    }

    @Test
    void tellsPrometheusOfCallsAndBreakers() {
        browser().get("/api/client/v1/openapi.json");
        var metrics = browser().get("/actuator/prometheus");
        assertThat(metrics.statusCode()).isEqualTo(200);
        assertThat(metrics.body())
                .contains("http_server_requests_seconds_count", "resilience4j_circuitbreaker_state{name=\"client\"")
                .doesNotContain("spring_security");
    }

    @Test
    void tellsNothingElse() {
        for (var path : new String[] {
            "/actuator/env", "/actuator/heapdump", "/actuator/gateway", "/actuator/loggers", "/actuator/configprops"
        }) {
            assertThat(browser().get(path).statusCode()).as(path).isEqualTo(404);
        }
    }
}
