package nl.wijkschakel.client.client;

import static nl.wijkschakel.client.People.ANNA;
import static nl.wijkschakel.client.People.BERGSTAD;
import static nl.wijkschakel.client.People.BRAM;
import static nl.wijkschakel.client.People.DIRK;
import static nl.wijkschakel.client.People.EVA;
import static nl.wijkschakel.client.People.FARID;
import static nl.wijkschakel.client.People.MILAN;
import static nl.wijkschakel.client.People.WIJKTEAM;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import nl.wijkschakel.client.Bodies;
import nl.wijkschakel.client.ServiceTest;
import nl.wijkschakel.client.Tokens;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.web.IdempotencyKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

class ClientControllerTest extends ServiceTest {

    @Test
    void registersAndShowsAClientToItsOrganisation() {
        var bsn = anotherBsn();
        var answer = post(ANNA, "/v1/clients", Bodies.client("Smit", bsn));
        assertThat(answer).hasStatus(201).hasHeader(HttpHeaders.ETAG, "\"1\"");
        var id = body(answer).path("id").stringValue();
        assertThat(answer).hasHeader(HttpHeaders.LOCATION, "/v1/clients/" + id);

        var read = get(MILAN, "/v1/clients/" + id);
        assertThat(read).hasStatusOk().hasHeader(HttpHeaders.ETAG, "\"1\"");
        assertThat(read).bodyJson().isLenientlyEqualTo("""
                        {"organisation":"%s","access":"OWN","municipality":"9901",
                         "name":{"given":"Sanne","prefix":"van der","surname":"Smit"},
                         "birthDate":{"value":"1988-04-01"},
                         "address":{"value":{"street":"Dorpsstraat","houseNumber":"12a","postcode":"1234AB","city":"Waterwijk"}},
                         "contact":{"phone":"0612345678","email":"sanne@example.nl","preference":"PHONE"},
                         "language":"nl","interpreterNeeded":false,"safeContact":{"safe":true},"secrecy":false}
                        """.formatted(WIJKTEAM));
        assertThat(body(read).path("number").stringValue()).matches("[0-9A-Z]{4}-[0-9A-Z]{5}");
    }

    @Test
    void p8ShowsTheBsnMasked() {
        var bsn = anotherBsn();
        var id = register(ANNA, Bodies.client("Smit", bsn));
        var read = get(ANNA, "/v1/clients/" + id);
        assertThat(read).bodyJson().extractingPath("$.bsn").isEqualTo(Map.of("masked", "*****" + bsn.substring(5)));
        assertThat(read).bodyText().doesNotContain(bsn);
    }

    @Test
    void p8RegistersWhoHasNoBsnAddressOrBirthDate() {
        var id = register(ANNA, Bodies.unknownClient("Niemand"));
        assertThat(get(ANNA, "/v1/clients/" + id)).bodyJson().isLenientlyEqualTo("""
                        {"bsn":{"unknownBecause":"NOT_SHOWN"},
                         "birthDate":{"unknownBecause":"ESTIMATED","estimatedAge":35},
                         "address":{"unknownBecause":"NO_FIXED_PLACE"},"language":"nl","interpreterNeeded":false}
                        """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"999999322", "123456789", "000000000", "12345678", "99999932a", ""})
    void p8RefusesABsnThatFailsTheElevenTest(String bsn) {
        var answer = post(ANNA, "/v1/clients", Bodies.client("Smit", bsn));
        assertThat(answer).hasStatus(400);
        assertErrors(answer, "/bsn/value eleven-test");
        if (!bsn.isEmpty()) {
            assertThat(answer).bodyText().doesNotContain(bsn);
        }
    }

    @Test
    void namesEverythingThatIsWrongAtOnce() {
        var answer = post(ANNA, "/v1/clients", """
                {"name":{"given":" ","surname":"%s"},
                 "bsn":{"value":"123456789"},
                 "birthDate":{"value":"2026-03-03"},
                 "address":{"value":{"street":"","houseNumber":"1","postcode":"0123AB"}},
                 "municipality":"99",
                 "contact":{"phone":"bel me","email":"x"},
                 "language":"n_",
                 "safeContact":{"safe":false}}
                """.formatted("x".repeat(5000)));
        assertThat(answer).hasStatus(400);
        assertErrors(
                answer,
                "/name/given required",
                "/name/surname too-long",
                "/bsn/value eleven-test",
                "/birthDate/value in-future",
                "/address/value/street required",
                "/address/value/city required",
                "/address/value/postcode pattern",
                "/municipality pattern",
                "/contact/phone pattern",
                "/contact/email pattern",
                "/language pattern",
                "/safeContact/agreedWay required");
    }

    @Test
    void namesEverythingThatIsMissing() {
        assertErrors(
                post(ANNA, "/v1/clients", "{}"),
                "/name required",
                "/bsn required",
                "/birthDate required",
                "/address required",
                "/municipality required",
                "/safeContact required");
    }

    @Test
    void wantsAValueOrAReasonAndNotBoth() {
        var answer = post(ANNA, "/v1/clients", """
                {"name":{"surname":"Smit"},"municipality":"9901","safeContact":{},
                 "bsn":{},
                 "birthDate":{"value":"1895-01-01","estimatedAge":3},
                 "address":{"value":{"street":"a","houseNumber":"1","postcode":"1234AB","city":"b"},"unknownBecause":"NOT_TOLD"}}
                """);
        assertErrors(
                answer,
                "/bsn required",
                "/birthDate/value too-long-ago",
                "/birthDate/estimatedAge not-expected",
                "/address one-of",
                "/safeContact/safe required");
    }

    @Test
    void refusesTheSameBsnInTheSameOrganisationAndPointsAtTheClient() {
        var bsn = anotherBsn();
        var id = register(ANNA, Bodies.client("Smit", bsn));
        var answer = post(MILAN, "/v1/clients", Bodies.client("Smit", bsn));
        assertThat(answer).hasStatus(409);
        assertThat(body(answer).path("type").stringValue()).isEqualTo("urn:wijkschakel:problem:client-exists");
        assertThat(body(answer).path("client").stringValue()).isEqualTo(id.toString());
        assertThat(body(answer).path("number").stringValue())
                .isEqualTo(stored("clients", id).getString("number"));

        register(EVA, Bodies.client("Smit", bsn)); // another organisation may know the same person
    }

    @Test
    void aChangeIntoAKnownBsnIsRefusedToo() {
        var bsn = anotherBsn();
        var known = register(ANNA, Bodies.client("Smit", bsn));
        var id = register(ANNA, Bodies.unknownClient("Smit"));
        var answer = patch(ANNA, id, 1, "{\"bsn\":{\"value\":\"%s\",\"unknownBecause\":null}}".formatted(bsn));
        assertThat(answer).hasStatus(409);
        assertThat(body(answer).path("client").stringValue()).isEqualTo(known.toString());
        assertThat(stored("clients", id).getLong("version")).isEqualTo(1);
    }

    @Test
    void changesWhatIsSentAndKeepsTheRest() {
        var id = register(ANNA, Bodies.client("Smit", anotherBsn()));
        clock.set(NOW.plus(Duration.ofHours(1)));
        var answer = patch(MILAN, id, 1, """
                {"name":{"prefix":null,"surname":"Jansen"},"contact":null,"secrecy":true}
                """);
        assertThat(answer).hasStatusOk().hasHeader(HttpHeaders.ETAG, "\"2\"");
        var read = get(ANNA, "/v1/clients/" + id);
        assertThat(read).hasHeader(HttpHeaders.ETAG, "\"2\"");
        assertThat(read)
                .bodyJson()
                .isLenientlyEqualTo(
                        "{\"name\":{\"given\":\"Sanne\",\"surname\":\"Jansen\"},\"secrecy\":true,\"language\":\"nl\"}");
        assertThat(body(read).has("contact")).isFalse();
        assertThat(body(read).path("name").has("prefix")).isFalse();
        assertThat(stored("clients", id).getLong("sequence")).isEqualTo(2);
    }

    @Test
    void aChangeIsCheckedLikeANewClient() {
        var id = register(ANNA, Bodies.client("Smit", anotherBsn()));
        assertErrors(
                patch(ANNA, id, 1, "{\"name\":{\"surname\":null},\"municipality\":\"x\",\"safeContact\":null}"),
                "/name/surname required",
                "/municipality pattern",
                "/safeContact required");
        assertErrors(patch(ANNA, id, 1, "{\"nickname\":\"x\"}"), "/nickname unknown-field");
        assertErrors(patch(ANNA, id, 1, "[]"), " wrong-type");
        assertThat(stored("clients", id).getLong("version")).isEqualTo(1);
    }

    @Test
    void aStaleChangeIs412AndOneWithoutVersion428() {
        var id = register(ANNA, Bodies.client("Smit", anotherBsn()));
        assertThat(patch(ANNA, id, 1, "{\"language\":\"en\"}")).hasStatusOk();
        assertThat(patch(MILAN, id, 1, "{\"language\":\"ar\"}")).hasStatus(412);
        assertThat(send(HttpMethod.PATCH, ANNA, "/v1/clients/" + id, "{}", Map.of()))
                .hasStatus(428);
        assertThat(get(ANNA, "/v1/clients/" + id))
                .bodyJson()
                .extractingPath("$.language")
                .isEqualTo("en");
    }

    @Test
    void p5AStrangerGets404OnEverything() {
        var id = register(ANNA, Bodies.client("Smit", anotherBsn()));
        var nobody = UUID.randomUUID();
        for (var stranger : new String[] {DIRK, EVA, BRAM}) {
            assertThat(get(stranger, "/v1/clients/" + id)).hasStatus(404);
            assertThat(patch(stranger, id, 1, "{\"language\":\"en\"}")).hasStatus(404);
            assertThat(get(stranger, "/v1/clients/" + id + "/access-log")).hasStatus(404);
            // the same words as for an id that never was
            assertThat(body(get(stranger, "/v1/clients/" + id)))
                    .isEqualTo(body(get(stranger, "/v1/clients/" + nobody)));
        }
        assertThat(get(ANNA, "/v1/clients/no-id")).hasStatus(404);
    }

    @Test
    void aRequestThatIsSentTwiceIsDoneOnce() {
        var body = Bodies.unknownClient("Tweemaal");
        var first = create(ANNA, body, "key-1");
        var id = UUID.fromString(body(first).path("id").stringValue());
        assertThat(patch(ANNA, id, 1, "{\"language\":\"en\"}")).hasStatusOk();

        var second = create(ANNA, body, "key-1");
        assertThat(second).hasStatus(201).hasHeader(HttpHeaders.ETAG, "\"2\"");
        assertThat(body(second).path("id").stringValue()).isEqualTo(id.toString());
        assertThat(body(second).path("language").stringValue()).isEqualTo("en");
    }

    @Test
    void aUsedKeyWithAnotherBodyIs409() {
        create(ANNA, Bodies.unknownClient("Eerst"), "key-2");
        var answer = create(ANNA, Bodies.unknownClient("Later"), "key-2");
        assertThat(answer).hasStatus(409);
        assertThat(body(answer).path("type").stringValue()).endsWith(":idempotency-key-used");
    }

    @Test
    void aKeyIsOnesOwnAndLastsADay() {
        var body = Bodies.unknownClient("Dag");
        var id = body(create(ANNA, body, "key-3")).path("id");
        assertThat(body(create(MILAN, body, "key-3")).path("id")).isNotEqualTo(id);
        clock.set(NOW.plus(Duration.ofHours(25)));
        var next = create(ANNA, body, "key-3");
        assertThat(next).hasStatus(201);
        assertThat(body(next).path("id")).isNotEqualTo(id);
        assertThat(body(create(ANNA, body, "key-3")).path("id"))
                .isEqualTo(body(next).path("id"));
    }

    @Test
    void whoWorksForTwoSaysForWhich() {
        var answer = post(FARID, "/v1/clients", Bodies.unknownClient("Twee"));
        assertThat(answer).hasStatus(400);
        assertThat(body(answer).path("type").stringValue()).endsWith(":organisation-required");
        assertThat(send(
                        HttpMethod.POST,
                        FARID,
                        "/v1/clients",
                        Bodies.unknownClient("Twee"),
                        Map.of(Caller.ORGANISATION_HEADER, BERGSTAD.toString())))
                .hasStatus(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"policy-officer", "it-admin", "functional-admin", "privacy-officer"})
    void p25RefusesByRoleBeforeAnythingIsLookedUp(String role) {
        var token = Tokens.of(new UUID(1, 99), "9901:" + role);
        var id = register(ANNA, Bodies.client("Smit", anotherBsn()));
        for (var client : new UUID[] {id, UUID.randomUUID()}) {
            assertThat(get(token, "/v1/clients/" + client)).hasStatus(403);
            assertThat(patch(token, client, 1, "{}")).hasStatus(403);
            assertThat(get(token, "/v1/clients/" + client + "/access-log")).hasStatus(403);
        }
        assertThat(post(token, "/v1/clients", "not even json")).hasStatus(403);
        assertThat(post(token, "/v1/client-searches", "{}")).hasStatus(403);
        assertThat(post(token, "/v1/client-lookups", "{}")).hasStatus(403);
        assertThat(send(HttpMethod.PUT, token, "/internal/v1/grants/" + id, "{}", Map.of()))
                .hasStatus(403);
        assertThat(send(HttpMethod.PUT, token, "/internal/v1/agreements/" + id, "{}", Map.of()))
                .hasStatus(403);
    }

    @Test
    void nobodyWithoutAToken() {
        assertThat(http.get().uri("/v1/clients/{id}", UUID.randomUUID())).hasStatus(401);
        assertThat(get("no-token-of-ours", "/v1/clients/" + UUID.randomUUID())).hasStatus(401);
    }

    private MvcTestResult create(String token, String body, String key) {
        return send(HttpMethod.POST, token, "/v1/clients", body, Map.of(IdempotencyKey.HEADER, key));
    }

    private void assertErrors(MvcTestResult answer, String... errors) {
        assertThat(answer).hasStatus(400).hasContentType("application/problem+json");
        assertThat(body(answer)
                        .path("errors")
                        .valueStream()
                        .map(it -> it.path("pointer").stringValue() + " "
                                + it.path("code").stringValue()))
                .containsExactlyInAnyOrder(errors);
    }
}
