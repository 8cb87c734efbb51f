package nl.wijkschakel.kit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.jwt;

import com.mongodb.client.MongoDatabase;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import nl.wijkschakel.servers.MongoServer;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

/** What a caller of any service meets: who gets in, and what is said when something is wrong. */
@SpringBootTest
@AutoConfigureMockMvc
class KitTest {

    static final UUID HERE = UUID.fromString("0199aaaa-0000-7000-8000-000000000005");
    static final UUID THERE = UUID.fromString("0199aaaa-0000-7000-8000-000000000007");

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        var mongo = MongoServer.ofTests();
        var database = mongo.emptyDatabase(KitTest.class);
        registry.add("spring.mongodb.uri", mongo::uri);
        registry.add("spring.mongodb.database", () -> database);
        registry.add("spring.kafka.bootstrap-servers", () -> "127.0.0.1:1");
        registry.add("spring.kafka.producer.properties.max.block.ms", () -> "100");
        registry.add("tokens.issuer", () -> "http://127.0.0.1:1/realms/none");
        registry.add("tokens.jwks-uri", () -> "http://127.0.0.1:1/keys");
        registry.add("events.source", () -> "urn:nld:oin:00000000000000000000:systeem:wijkschakel-test");
        registry.add("api.version", () -> "1.2.3");
        registry.add("seal.master-key", () -> Base64.getEncoder().encodeToString(new byte[96]));
        registry.add("seal.hash-key", () -> Base64.getEncoder().encodeToString(new byte[32]));
        registry.add("management.otlp.metrics.export.enabled", () -> "false");
    }

    @Autowired
    MockMvcTester http;

    @Autowired
    MongoDatabase database;

    @Test
    void nobodyWithoutAToken() {
        assertThat(http.get().uri("/v1/things"))
                .hasStatus(HttpStatus.UNAUTHORIZED)
                .hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
    }

    /** Keys that cannot be had are no fault of the token's. */
    @Test
    void whileTheKeysAreAwayItIsAnOutage() {
        var token = "eyJhbGciOiJSUzI1NiIsImtpZCI6IngifQ.e30.c2ln";
        assertThat(http.get().uri("/v1/things").header("Authorization", "Bearer " + token))
                .hasStatus(HttpStatus.SERVICE_UNAVAILABLE)
                .headers()
                .containsHeader("Retry-After");
    }

    @Test
    void p25NotWithTheWrongRole() {
        for (var role : List.of("9901:policy-officer", "9901:it-admin", HERE + ":wijkteam-worker")) {
            assertThat(http.get().uri("/v1/things").with(member(role))).hasStatus(HttpStatus.FORBIDDEN);
        }
        assertThat(http.get().uri("/v1/things").with(member(HERE + ":specialist")))
                .hasStatusOk();
    }

    /** A role counts only for whom it was given: no municipality makes a specialist, no organisation an admin. */
    @ParameterizedTest
    @ValueSource(strings = {"9901:specialist", "nonsense", ":", "0199aaaa:specialist", "x:y:z"})
    void aMembershipThatIsNoneGivesNothing(String membership) {
        assertThat(http.get().uri("/v1/things").with(member(membership))).hasStatus(HttpStatus.FORBIDDEN);
    }

    @Test
    void whatSaysNotWhoMayIsClosed() {
        assertThat(http.get().uri("/v1/forgotten").with(member(HERE + ":specialist")))
                .hasStatus(HttpStatus.FORBIDDEN);
    }

    @Test
    void onlyTheServiceItselfWhereItSaysSo() {
        assertThat(http.get().uri("/v1/services-only").with(member(HERE + ":specialist")))
                .hasStatus(HttpStatus.FORBIDDEN);
        assertThat(http.get()
                        .uri("/v1/services-only")
                        .with(jwt().jwt(token -> token.subject(HERE.toString()).claim("service", "referral-service"))))
                .hasStatusOk();
    }

    @Test
    void whoWorksForSeveralSaysForWhom() {
        var both = member(HERE + ":specialist", THERE + ":specialist");
        assertThat(http.get().uri("/v1/things").with(both))
                .hasStatus(HttpStatus.BAD_REQUEST)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("urn:wijkschakel:problem:organisation-required");
        assertThat(http.get()
                        .uri("/v1/things")
                        .header("Wijkschakel-Organisation", THERE)
                        .with(both))
                .hasStatusOk();
        assertThat(http.get()
                        .uri("/v1/things")
                        .header("Wijkschakel-Organisation", UUID.randomUUID())
                        .with(both))
                .hasStatus(HttpStatus.FORBIDDEN);
        assertThat(http.get()
                        .uri("/v1/things")
                        .header("Wijkschakel-Organisation", "x")
                        .with(both))
                .hasStatus(HttpStatus.FORBIDDEN);
    }

    @Test
    void everyErrorIsNamedAtOnce() {
        var answer = post("{\"count\":1,\"name\":\"%s\",\"parts\":[{\"text\":\"ok\"},{\"text\":\"too long\"}]}"
                .formatted("x".repeat(21)));
        assertThat(answer).hasStatus(HttpStatus.BAD_REQUEST).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(answer)
                .bodyJson()
                .extractingPath("$.errors[*].pointer")
                .asArray()
                .containsExactlyInAnyOrder("/name", "/colour", "/parts/1/text");
    }

    @Test
    void rulesOverSeveralFieldsAreNamedWithTheRest() {
        assertThat(post("{\"count\":1}"))
                .bodyJson()
                .extractingPath("$.errors[*].pointer")
                .asArray()
                .containsExactlyInAnyOrder("/name", "/colour", "/parts");
        assertThat(post("{\"count\":1,\"name\":\"a\",\"colour\":\"RED\"}"))
                .bodyJson()
                .extractingPath("$.errors[0].detail")
                .isEqualTo("Noem de {delen}.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":5,\"colour\":\"RED\"}",
                "{\"name\":true,\"colour\":\"RED\"}",
                "{\"name\":\"a\",\"colour\":\"GREEN\"}",
                "{\"name\":\"a\",\"colour\":0}",
                "{\"name\":\"a\",\"colour\":\"RED\",\"count\":\"1\"}",
                "{\"name\":\"a\",\"colour\":\"RED\",\"count\":1.5}",
                "{\"name\":\"a\",\"colour\":\"RED\",\"count\":99999999999}",
                "{\"name\":\"a\",\"colour\":\"RED\",\"other\":1}",
                "{\"name\":\"a\",\"name\":\"b\",\"colour\":\"RED\"}",
                "{\"name\":\"a\",\"colour\":\"RED\"} {}",
                "{\"name\":\"a\\u0000b\",\"colour\":\"RED\"}",
                "{\"name\":\"\\ud83d\",\"colour\":\"RED\"}",
                "{\"name\":\"  \",\"colour\":\"RED\"}",
                "{\"name\":",
                "[]",
                "null",
                "\"text\"",
                ""
            })
    void whatIsWrongIsRefusedWithAReason(String body) {
        var answer = post(body);
        assertThat(answer).hasStatus(HttpStatus.BAD_REQUEST).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(answer).bodyJson().extractingPath("$.errors[0].code").isNotNull();
    }

    @Test
    void everyScriptAndEmojiIsWelcome() {
        assertThat(post("{\"name\":\"Łukasz أمل 😀\",\"colour\":\"RED\"}")).hasStatusOk();
    }

    @Test
    void aHugeBodyIsNotRead() {
        assertThat(post("{\"name\":\"" + "x".repeat(2_000_000) + "\"}"))
                .hasStatus(HttpStatus.CONTENT_TOO_LARGE)
                .hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
    }

    @Test
    void aChangeSaysWhichVersionItChanges() {
        assertThat(change(null)).hasStatus(HttpStatus.PRECONDITION_REQUIRED);
        assertThat(change("\"2\"")).hasStatus(HttpStatus.PRECONDITION_FAILED);
        assertThat(change("W/\"3\"")).hasStatus(HttpStatus.PRECONDITION_FAILED);
        assertThat(change("nonsense")).hasStatus(HttpStatus.PRECONDITION_FAILED);
        assertThat(change("\"3\"")).hasStatusOk();
    }

    @Test
    void aWordWhereAnIdBelongsNamesNothing() {
        assertThat(http.get().uri("/v1/things/nonsense").with(member(HERE + ":specialist")))
                .hasStatus(HttpStatus.NOT_FOUND)
                .hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(http.get().uri("/v1/nothing-here").with(member(HERE + ":specialist")))
                .hasStatus(HttpStatus.NOT_FOUND)
                .hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(http.delete().uri("/v1/things").with(member(HERE + ":specialist")))
                .hasStatus(HttpStatus.METHOD_NOT_ALLOWED)
                .hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=101", "limit=x", "limit=-1", "cursor=x", "cursor=AAAA"})
    void aPageThatIsNoneIsRefused(String query) {
        assertThat(http.get().uri("/v1/things?" + query).with(member(HERE + ":specialist")))
                .hasStatus(HttpStatus.BAD_REQUEST);
    }

    @Test
    void aKeyCoversWhatWasSent() {
        var one = fingerprint("{\"name\":\"a\",\"colour\":\"RED\"}");
        assertThat(fingerprint("{\"name\":\"a\",\"colour\":\"RED\"}"))
                .isEqualTo(one)
                .isNotBlank();
        assertThat(fingerprint("{\"name\":\"b\",\"colour\":\"RED\"}")).isNotEqualTo(one);
    }

    /** A failure of ours says nothing of what was in it. */
    @Test
    void aBugIsAProblemWithoutDetails() {
        var answer =
                http.get().uri("/v1/broken").with(member(HERE + ":specialist")).exchange();
        assertThat(answer).hasStatus(HttpStatus.INTERNAL_SERVER_ERROR);
        assertThat(answer).bodyText().doesNotContain("secret").doesNotContain("IllegalState");
    }

    @Test
    void p14WhatCannotBeLoggedIsNotShown() {
        var id = UUID.randomUUID();
        assertThat(read(id)).hasStatusOk();
        assertThat(entries()).anyMatch(entry -> entry.contains(id.toString()));

        var refuseAll = new Document("collMod", "access_entries")
                .append("validator", new Document("never", new Document("$exists", true)));
        database.runCommand(refuseAll);
        try {
            assertThat(read(UUID.randomUUID()))
                    .hasStatus(HttpStatus.SERVICE_UNAVAILABLE)
                    .hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
        } finally {
            database.runCommand(new Document("collMod", "access_entries").append("validator", new Document()));
        }
        assertThat(read(UUID.randomUUID())).hasStatusOk();
    }

    @Test
    void eachAnswerNamesItsRelease() {
        assertThat(http.get().uri("/v1/things").with(member(HERE + ":specialist")))
                .headers()
                .hasValue("API-Version", "1.2.3");
    }

    private List<String> entries() {
        return database.getCollection("access_entries")
                .find()
                .map(Document::toJson)
                .into(new java.util.ArrayList<>());
    }

    private MvcTestResult read(UUID id) {
        return http.get()
                .uri("/v1/things/{id}", id)
                .with(member(HERE + ":specialist"))
                .exchange();
    }

    private MvcTestResult change(@org.jspecify.annotations.Nullable String ifMatch) {
        var request =
                http.post().uri("/v1/things/{id}/change", UUID.randomUUID()).with(member(HERE + ":specialist"));
        return (ifMatch == null ? request : request.header("If-Match", ifMatch)).exchange();
    }

    private String fingerprint(String body) {
        var answer = http.post()
                .uri("/v1/things")
                .with(member(HERE + ":specialist"))
                .header("Idempotency-Key", "once")
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
        assertThat(answer).hasStatusOk();
        return com.jayway.jsonpath.JsonPath.read(
                new String(answer.getResponse().getContentAsByteArray(), java.nio.charset.StandardCharsets.UTF_8),
                "$.fingerprint");
    }

    private MvcTestResult post(String body) {
        return http.post()
                .uri("/v1/things")
                .with(member(HERE + ":specialist"))
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    private static RequestPostProcessor member(String... memberships) {
        return jwt().jwt(token -> token.subject("0199dddd-0000-7000-8000-000000000001")
                .claim("name", "Bram Voorbeeld")
                .claim("memberships", Arrays.asList(memberships)));
    }
}
