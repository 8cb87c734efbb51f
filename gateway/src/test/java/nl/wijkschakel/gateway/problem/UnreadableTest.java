package nl.wijkschakel.gateway.problem;

import static org.assertj.core.api.Assertions.assertThat;

import nl.wijkschakel.gateway.GatewayTest;
import nl.wijkschakel.gateway.RawHttp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Tomcat refuses before any filter of ours. */
class UnreadableTest extends GatewayTest {

    @ParameterizedTest
    @ValueSource(strings = {"/a|b", "/a\\b", "/%zz", "/%00", "/a%2Fb", "/a b", "/{a}", "/\"", "/é"})
    void addressesAreToldOfAsAnyOtherMistake(String path) throws Exception {
        var answer = RawHttp.get(port, path);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text())
                .contains("Content-Type: application/problem+json", "\"type\":\"urn:wijkschakel:problem:invalid\"")
                .contains("X-Content-Type-Options: nosniff", "Strict-Transport-Security:")
                .doesNotContain("Tomcat", "Exception", "<html");
        assertThat(RawHttp.get(port, path, "Accept: text/html").text()).contains("Dit verzoek klopt niet.");
    }

    @Test
    void headersTooLongAreNoFaultOfOurs() throws Exception {
        assertThat(RawHttp.get(port, "/", "X-Long: " + "x".repeat(10_000)).text())
                .contains("application/problem+json");
    }
}
