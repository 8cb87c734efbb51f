package nl.wijkschakel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecurityHeadersTest extends GatewayTest {

    @ParameterizedTest
    @CsvSource({
        "/, 200",
        "/assets/start.css, 200",
        "/nothing, 404",
        "/error, 404",
        "/api/me, 401",
        "/api/client/v1/openapi.json, 200",
        "/api/client/v1/a%2Fb, 400",
        "/oauth2/authorization/keycloak, 302",
        "/login/oauth2/code/keycloak, 302",
        "/actuator/health, 200",
    })
    void standOnEveryAnswer(String path, int status) {
        var answer = browser().get(path);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().allValues("Content-Security-Policy"))
                .containsExactly(
                        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                                + "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
        assertThat(answer.headers().allValues("Strict-Transport-Security"))
                .containsExactly("max-age=31536000; includeSubDomains");
        assertThat(answer.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(answer.headers().allValues("X-Frame-Options")).containsExactly("DENY");
        assertThat(answer.headers().allValues("Referrer-Policy")).containsExactly("no-referrer");
        assertThat(answer.headers().allValues("Permissions-Policy"))
                .singleElement()
                .asString()
                .contains("camera=()");
        if (path.startsWith("/api/")) {
            assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
        }
    }
}
