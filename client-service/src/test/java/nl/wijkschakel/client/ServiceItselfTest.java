package nl.wijkschakel.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.micrometer.metrics.test.autoconfigure.AutoConfigureMetrics;

@AutoConfigureMetrics
class ServiceItselfTest extends ServiceTest {

    @Test
    void describesItselfPublicly() {
        var description = http.get().uri("/v1/openapi.json").exchange();
        assertThat(description).hasStatusOk();
        var paths = body(description).path("paths");
        assertThat(paths.propertyNames())
                .contains(
                        "/v1/clients",
                        "/v1/clients/{id}",
                        "/v1/clients/{id}/access-log",
                        "/v1/clients/{client}/consents",
                        "/v1/clients/{client}/consents/{id}",
                        "/v1/client-searches",
                        "/v1/client-lookups")
                .noneMatch(path -> path.startsWith("/internal"));
        assertThat(paths.path("/v1/clients/{id}")
                        .path("get")
                        .path("operationId")
                        .stringValue())
                .isEqualTo("readClient");
    }

    @Test
    void countsForPrometheus() {
        assertThat(http.get().uri("/actuator/prometheus"))
                .hasStatusOk()
                .bodyText()
                .contains("wijkschakel_grants_closed", "wijkschakel_outbox_waiting", "wijkschakel_dead_letters");
    }

    @Test
    void isReadyWithItsDatabase() {
        assertThat(http.get().uri("/actuator/health/readiness")).hasStatusOk();
        assertThat(http.get().uri("/actuator/health/liveness")).hasStatusOk();
    }
}
