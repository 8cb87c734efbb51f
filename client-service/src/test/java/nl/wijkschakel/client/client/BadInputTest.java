package nl.wijkschakel.client.client;

import static nl.wijkschakel.client.People.ANNA;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import nl.wijkschakel.client.Bodies;
import nl.wijkschakel.client.ServiceTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

class BadInputTest extends ServiceTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"surname\":\"%s\"|\"surname\":5|/name/surname",
                "\"surname\":\"%s\"|\"surname\":true|/name/surname",
                "\"surname\":\"%s\"|\"surname\":{}|/name/surname",
                "\"surname\":\"%s\"|\"surname\":[\"a\"]|/name/surname",
                "\"municipality\":\"9901\"|\"municipality\":9901|/municipality",
                "\"unknownBecause\":\"NOT_SHOWN\"|\"unknownBecause\":\"WHATEVER\"|/bsn/unknownBecause",
                "\"unknownBecause\":\"NOT_SHOWN\"|\"unknownBecause\":0|/bsn/unknownBecause",
                "\"estimatedAge\":35|\"estimatedAge\":\"35\"|/birthDate/estimatedAge",
                "\"estimatedAge\":35|\"estimatedAge\":3.5|/birthDate/estimatedAge",
                "\"safe\":true|\"safe\":\"true\"|/safeContact/safe",
                "\"safe\":true|\"safe\":1|/safeContact/safe",
                "\"safe\":true|\"safe\":true,\"extra\":1|/safeContact/extra",
                "{\"unknownBecause\":\"NO_FIXED_PLACE\"}|\"Dorpsstraat 1\"|/address"
            })
    void aWrongTypeNamesItsPlace(String right, String wrong, String pointer) {
        var body = Bodies.unknownClient("%s").replace(right, wrong).formatted("Smit");
        var answer = post(ANNA, "/v1/clients", body);
        assertProblem(answer, 400);
        assertThat(body(answer).path("errors").get(0).path("pointer").stringValue())
                .isEqualTo(pointer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nul",
                "null",
                "[]",
                "\"x\"",
                "5",
                "{",
                "{\"name\":",
                "{}{}",
                "{\"name\":{},\"name\":{}}",
                "{'a':1}",
                "\u0000",
                "{\"birthDate\":{\"value\":\"1988-02-30\"}}",
                "{\"birthDate\":{\"value\":\"gisteren\"}}"
            })
    void brokenJsonIsAProblem(String body) {
        assertProblem(post(ANNA, "/v1/clients", body), 400);
        assertProblem(post(ANNA, "/v1/client-searches", body), 400);
        assertProblem(post(ANNA, "/v1/client-lookups", body), 400);
    }

    @Test
    void deepNestingIsAProblem() {
        assertProblem(post(ANNA, "/v1/clients", "[".repeat(100_000)), 400);
        assertProblem(post(ANNA, "/v1/clients", "{\"a\":".repeat(100_000)), 400);
    }

    @Test
    void aNullByteIsRefusedAndAnEmojiIsWelcome() {
        var refused = post(ANNA, "/v1/clients", Bodies.unknownClient("Sm\\u0000it"));
        assertProblem(refused, 400);
        assertThat(body(refused).path("errors").get(0).path("code").stringValue())
                .isEqualTo("unreadable-sign");
        assertProblem(post(ANNA, "/v1/clients", Bodies.unknownClient("Smi\\ud83d")), 400);
        assertProblem(post(ANNA, "/v1/client-searches", "{\"surname\":\"a\\u0000\"}"), 400);

        var id = register(ANNA, Bodies.unknownClient("Smit 😀"));
        assertThat(get(ANNA, "/v1/clients/" + id))
                .bodyJson()
                .extractingPath("$.name.surname")
                .isEqualTo("Smit 😀");
    }

    @Test
    void aNameOfFiveThousandSignsIsRefused() {
        var answer = post(ANNA, "/v1/clients", Bodies.unknownClient("x".repeat(5000)));
        assertProblem(answer, 400);
        assertThat(answer).bodyText().doesNotContain("xxx");
    }

    @Test
    void tenMegabytesAre413() {
        var large = Bodies.unknownClient("x".repeat(10 * 1024 * 1024));
        assertProblem(post(ANNA, "/v1/clients", large), 413);
    }

    @Test
    void anotherMediaTypeOrMethodIsRefused() {
        assertProblem(
                send(
                        HttpMethod.DELETE,
                        ANNA,
                        "/v1/clients/" + UUID.randomUUID(),
                        null,
                        Map.of(HttpHeaders.IF_MATCH, "\"1\"")),
                405);
        var answer = http.post()
                .uri("/v1/clients")
                .header(HttpHeaders.AUTHORIZATION, "Bearer " + ANNA)
                .header(HttpHeaders.CONTENT_TYPE, "text/plain")
                .content("x")
                .exchange();
        assertProblem(answer, 415);
        assertProblem(get(ANNA, "/v1/nothing"), 404);
        assertProblem(get(ANNA, "/v1/clients/"), 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=101", "limit=x", "cursor=x", "cursor=AAAA"})
    void aPageThatIsNotThereIsAProblem(String query) {
        assertProblem(post(ANNA, "/v1/client-searches?" + query, "{\"surname\":\"x\"}"), 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "een sleutel", "é"})
    void anIdempotencyKeyIsReadable(String key) {
        assertProblem(
                send(
                        HttpMethod.POST,
                        ANNA,
                        "/v1/clients",
                        Bodies.unknownClient("Smit"),
                        Map.of("Idempotency-Key", key)),
                400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "*", "W/\"1\"", "\"x\"", "\"99999999999999999999\""})
    void whatIsNoVersionOfOursIsStale(String version) {
        var id = register(ANNA, Bodies.unknownClient("Smit"));
        assertProblem(
                send(HttpMethod.PATCH, ANNA, "/v1/clients/" + id, "{}", Map.of(HttpHeaders.IF_MATCH, version)), 412);
    }

    @Test
    void nothingIsHalfStored() {
        long before = database.getCollection("clients").countDocuments();
        post(ANNA, "/v1/clients", Bodies.client("Half", "123456789"));
        post(ANNA, "/v1/clients", Bodies.unknownClient("Half").replace("9901", "x"));
        assertThat(database.getCollection("clients").countDocuments()).isEqualTo(before);
    }

    private void assertProblem(MvcTestResult answer, int status) {
        assertThat(answer).hasStatus(status).hasContentType("application/problem+json");
        var problem = body(answer);
        assertThat(problem.path("type").stringValue()).startsWith("urn:wijkschakel:problem:");
        assertThat(problem.path("status").intValue()).isEqualTo(status);
        assertThat(problem.path("title").stringValue()).isNotBlank();
    }
}
