package nl.wijkschakel.referral;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.noContent;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static java.util.Objects.requireNonNull;
import static nl.wijkschakel.referral.Person.ANKER;
import static nl.wijkschakel.referral.Person.ANNA;
import static nl.wijkschakel.referral.Person.BERGSTAD;
import static nl.wijkschakel.referral.Person.BRUG;
import static nl.wijkschakel.referral.Person.HUGO;
import static nl.wijkschakel.referral.Person.NOVA;
import static nl.wijkschakel.referral.Person.SAMEN;
import static nl.wijkschakel.referral.Person.WIJKTEAM;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.mongodb.client.MongoDatabase;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import nl.wijkschakel.servers.MongoServer;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.boot.webmvc.test.autoconfigure.MockMvcPrint;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The whole service on a real mongod; client-service and Keycloak are stubs. One for all test classes, so each makes what
 * it needs. There is no broker, so that what is stored to be sent can be looked at.
 */
@SpringBootTest
@AutoConfigureMockMvc(print = MockMvcPrint.NONE)
@Import(ServiceTest.Clocks.class)
public abstract class ServiceTest {

    /** A Monday morning. */
    public static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");

    public static final UUID NOORD = UUID.fromString("0199bbbb-0000-7000-8000-000000000001");
    public static final UUID OOST = UUID.fromString("0199bbbb-0000-7000-8000-000000000004");

    public static final UUID DEBTS = service(1);
    public static final UUID BUDGET = service(2);
    public static final UUID SHELTER = service(3);
    public static final UUID ADDICTION = service(4);
    public static final UUID BUDDY = service(5);

    /** client-service and Keycloak's token endpoint. */
    protected static final WireMockServer NEIGHBOURS =
            new WireMockServer(wireMockConfig().bindAddress("127.0.0.1").dynamicPort());

    private static final String DATABASE = MongoServer.ofTests().emptyDatabase(ServiceTest.class);
    private static boolean directoryIsFilled;

    static {
        NEIGHBOURS.start();
    }

    private static UUID service(int number) {
        return UUID.fromString("0199cccc-0000-7000-8000-0000000000%02d".formatted(number));
    }

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        registry.add("spring.mongodb.uri", () -> MongoServer.ofTests().uri());
        registry.add("spring.mongodb.database", () -> DATABASE);
        registry.add("spring.kafka.bootstrap-servers", () -> "127.0.0.1:1");
        registry.add("spring.kafka.producer.properties.max.block.ms", () -> "10");
        registry.add("spring.kafka.producer.properties.reconnect.backoff.ms", () -> "5000");
        registry.add("VAULT_MASTER_KEY", () -> Base64.getEncoder().encodeToString(new byte[96]));
        registry.add("SERVICE_CLIENT_SECRET", () -> "secret");
        registry.add("CLIENT_SERVICE", NEIGHBOURS::baseUrl);
        registry.add("clock.period", () -> "P1D"); // it runs where a test says so
        registry.add("TOKEN_URI", () -> NEIGHBOURS.baseUrl() + "/token");
    }

    @TestConfiguration
    static class Clocks {
        @Bean
        TestClock testClock() {
            return new TestClock();
        }

        @Bean
        Clock clock(TestClock clock) {
            return clock;
        }
    }

    @Autowired
    protected MockMvcTester http;

    @Autowired
    protected MongoDatabase database;

    @Autowired
    protected TestClock clock;

    @Autowired
    protected JsonMapper json;

    @Autowired
    private CircuitBreakerRegistry breakers;

    @BeforeEach
    void everythingWorks() {
        clock.set(NOW);
        NEIGHBOURS.resetAll();
        neighboursWork();
        breakers.circuitBreaker("clients").reset();
        fillDirectory();
    }

    protected static void neighboursWork() {
        NEIGHBOURS.stubFor(post(urlEqualTo("/token")).willReturn(okJson("""
                {"access_token":"our-own","token_type":"Bearer","expires_in":300}""")));
        NEIGHBOURS.stubFor(put(urlMatching("/internal/v1/agreements/.*")).willReturn(okJson("""
                {"ageGroup":"27-64","language":"so","interpreterNeeded":true,"postcode4":"1234","municipality":"9901",
                 "anythingLater":1}""")));
        NEIGHBOURS.stubFor(put(urlMatching("/internal/v1/grants/.*")).willReturn(noContent()));
        NEIGHBOURS.stubFor(WireMock.get(urlMatching("/v1/clients/.*")).willReturn(okJson("""
                {"number":"C-2026-1","municipality":"9901","name":{"surname":"Smit"},"safeContact":{"safe":true}}""")));
    }

    /** Everything of client-service answers so. */
    protected static void clientServiceAnswers(
            com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder answer) {
        NEIGHBOURS.stubFor(put(urlMatching("/internal/v1/.*")).willReturn(answer));
    }

    protected static void clientServiceIsDown() {
        clientServiceAnswers(aResponse().withStatus(500));
    }

    private void fillDirectory() {
        if (directoryIsFilled) {
            return;
        }
        organisation(WIJKTEAM, "Wijkteams Waterwijk", "FIRST_LINE");
        organisation(BERGSTAD, "Wijkteams Bergstad", "FIRST_LINE");
        organisation(SAMEN, "Maatjesproject Samen", "INFORMAL");
        organisation(BRUG, "Schuldhulp De Brug", "SECOND_LINE");
        organisation(ANKER, "Opvang Het Anker", "SECOND_LINE");
        organisation(NOVA, "Verslavingszorg Nova", "SECOND_LINE");
        team(NOORD, WIJKTEAM, "Noord");
        team(OOST, BERGSTAD, "Oost");
        service(DEBTS, BRUG, "Schuldhulp", "WGS", true);
        service(BUDGET, BRUG, "Budgetbeheer", "WGS", true);
        service(SHELTER, ANKER, "Opvang", "WMO", true);
        service(ADDICTION, NOVA, "Verslavingszorg", "WMO", false);
        service(BUDDY, SAMEN, "Maatje", "WMO", false);
        directoryIsFilled = true;
    }

    private void organisation(UUID id, String name, String kind) {
        entry("organisations", id, """
                {"name":"%s","kind":"%s","municipalities":["9901","9902"],"phone":"0201234567"}""".formatted(name, kind));
    }

    private void team(UUID id, UUID organisation, String name) {
        entry("teams", id, """
                {"organisation":"%s","name":"%s","municipality":"9901","phone":"0207654321"}""".formatted(organisation, name));
    }

    private void service(UUID id, UUID organisation, String name, String legalBasis, boolean bsn) {
        entry("services", id, """
                {"organisation":"%s","name":"%s","description":"Hulp","themes":["DEBT_AND_INCOME"],
                 "targetGroup":"Iedereen","municipalities":["9901","9902"],"languages":["nl"],"legalBasis":"%s",
                 "entitledToBsn":%s,
                 "capacity":{"status":"HAS_CAPACITY","waitWeeks":{"from":0,"to":2},"confirmedOn":"2026-02-20"}}""".formatted(organisation, name, legalBasis, bsn));
    }

    private void entry(String kind, UUID id, String body) {
        assertThat(send(HttpMethod.PUT, HUGO, "/v1/" + kind + "/" + id, body, Map.of(HttpHeaders.IF_NONE_MATCH, "*")))
                .hasStatus(201);
    }

    // requests

    protected MvcTestResult get(Person who, String path) {
        return send(HttpMethod.GET, who, path, null, Map.of());
    }

    protected MvcTestResult send(
            HttpMethod method, Person who, String path, @Nullable String body, Map<String, String> headers) {
        var request = http.method(method).uri(path).with(who.login());
        headers.forEach(request::header);
        if (body != null) {
            request.contentType(MediaType.APPLICATION_JSON).content(body);
        }
        return request.exchange();
    }

    protected JsonNode body(MvcTestResult answer) {
        return json.readTree(answer.getResponse().getContentAsByteArray());
    }

    /** {@code pointer code} of each error of a 400. */
    protected List<String> errors(MvcTestResult answer) {
        assertThat(answer).hasStatus(400).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
        return body(answer)
                .path("errors")
                .valueStream()
                .map(it ->
                        it.path("pointer").stringValue() + " " + it.path("code").stringValue())
                .toList();
    }

    protected static Map<String, String> ifMatch(long version) {
        return Map.of(HttpHeaders.IF_MATCH, "\"" + version + "\"");
    }

    protected static long version(MvcTestResult answer) {
        var etag = requireNonNull(answer.getResponse().getHeader(HttpHeaders.ETAG));
        return Long.parseLong(etag.substring(1, etag.length() - 1));
    }

    // steps

    /** A whole draft of Anna's, for a client of its own. */
    protected UUID draft() {
        return draft(UUID.randomUUID(), "ROUTINE");
    }

    protected UUID draft(UUID client, String urgency) {
        return draft(ANNA, NOORD, client, urgency);
    }

    protected UUID draft(Person who, UUID team, UUID client, String urgency) {
        var answer = send(HttpMethod.POST, who, "/v1/referrals", Bodies.draft(client, team, urgency), Map.of());
        assertThat(answer).hasStatus(201);
        return id(body(answer));
    }

    protected MvcTestResult submit(UUID referral, String body) {
        return submit(ANNA, referral, "submission", body, Map.of());
    }

    /** With the version that is there now. */
    protected MvcTestResult submit(Person who, UUID referral, String action, String body, Map<String, String> more) {
        var headers = new java.util.HashMap<>(ifMatch(version(get(who, "/v1/referrals/" + referral))));
        headers.putAll(more);
        return send(HttpMethod.POST, who, "/v1/referrals/" + referral + "/" + action, body, headers);
    }

    /** Sends the draft; the attempts in the order of the services. */
    protected List<UUID> sent(UUID referral, UUID... services) {
        var answer = submit(referral, Bodies.submission(services));
        assertThat(answer).hasStatusOk();
        var attempts = new ArrayList<UUID>();
        for (var service : services) {
            attempts.add(body(answer)
                    .path("attempts")
                    .valueStream()
                    .filter(it -> it.at("/service/id").stringValue().equals(service.toString()))
                    .map(ServiceTest::id)
                    .reduce((_, newest) -> newest)
                    .orElseThrow());
        }
        return attempts;
    }

    /** A new referral of Anna's, at De Brug. */
    protected UUID sent() {
        return sent(draft(), DEBTS).getFirst();
    }

    /** The same, claimed by Bram. */
    protected UUID claimed() {
        var attempt = sent();
        assertThat(act(Person.BRAM, attempt, "claim", "{}")).hasStatusOk();
        return attempt;
    }

    protected UUID accepted() {
        var attempt = claimed();
        assertThat(act(Person.BRAM, attempt, "acceptance", Bodies.ACCEPTANCE)).hasStatusOk();
        return attempt;
    }

    protected UUID waitlisted() {
        var attempt = claimed();
        assertThat(act(Person.BRAM, attempt, "waitlisting", Bodies.WAITLISTING)).hasStatusOk();
        return attempt;
    }

    protected UUID paused() {
        var attempt = started();
        assertThat(act(Person.BRAM, attempt, "pause", Bodies.PAUSE)).hasStatusOk();
        return attempt;
    }

    protected UUID started() {
        var attempt = accepted();
        assertThat(act(Person.BRAM, attempt, "start", Bodies.START)).hasStatusOk();
        return attempt;
    }

    /** With the version that is there now. */
    protected MvcTestResult act(Person who, UUID attempt, String action, String body) {
        return act(who, attempt, action, body, Map.of());
    }

    protected MvcTestResult act(Person who, UUID attempt, String action, String body, Map<String, String> more) {
        var headers = new java.util.HashMap<>(ifMatch(storedAttempt(attempt).getLong("version")));
        headers.putAll(more);
        return send(HttpMethod.POST, who, "/v1/attempts/" + attempt + "/" + action, body, headers);
    }

    protected static UUID id(JsonNode shown) {
        return UUID.fromString(shown.path("id").stringValue());
    }

    // what is stored

    protected Document storedAttempt(UUID id) {
        return stored("attempts", id);
    }

    protected Document stored(String collection, Object id) {
        return requireNonNull(
                database.getCollection(collection).find(new Document("_id", id)).first());
    }

    /** What the document's outbox holds for that topic. */
    protected List<JsonNode> outbox(Document stored, String topic) {
        return stored.getList("outbox", Document.class).stream()
                .filter(it -> it.getString("topic").equals(topic))
                .map(it -> json.readTree(it.getString("body")))
                .toList();
    }
}
