package nl.wijkschakel.client;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.mongodb.client.MongoDatabase;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.demo.MovableClock;
import nl.wijkschakel.servers.KafkaServer;
import nl.wijkschakel.servers.MongoServer;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole service on a real mongod and a real broker; one for all test classes, so each makes what it needs. */
@SpringBootTest
@AutoConfigureMockMvc
@Import(ServiceTest.Doubles.class)
public abstract class ServiceTest {

    public static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");

    /** What lies beside this service; a test says what it answers. */
    protected static final WireMockServer NEIGHBOURS =
            new WireMockServer(wireMockConfig().bindAddress("127.0.0.1").dynamicPort());

    protected static final String BRP = "/haalcentraal/api/brp/personen";

    private static final int PARTITIONS = 3;
    private static final String DATABASE = MongoServer.ofTests().emptyDatabase(ServiceTest.class);
    private static final AtomicInteger NEXT_BSN = new AtomicInteger(100_000_00);

    static {
        NEIGHBOURS.start();
        KafkaServer.ofTests()
                .createTopics(
                        PARTITIONS,
                        "client.events.v1",
                        "referral.events.v1",
                        "access-log.v1",
                        "referral.events.v1.dead",
                        "access-log.v1.dead");
    }

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        registry.add("spring.mongodb.uri", () -> MongoServer.ofTests().uri());
        registry.add("spring.mongodb.database", () -> DATABASE);
        registry.add(
                "spring.kafka.bootstrap-servers", () -> KafkaServer.ofTests().bootstrapServers());
        registry.add("VAULT_MASTER_KEY", () -> Base64.getEncoder().encodeToString(new byte[96]));
        registry.add("BRP_URL", () -> NEIGHBOURS.baseUrl() + BRP);
        registry.add("HASH_KEYS", () -> Base64.getEncoder().encodeToString(new byte[32]));
        registry.add("CLIENT_SERVICE_CLIENT_SECRET", () -> "secret");
        registry.add("ACCOUNTS_CLIENT_SECRET", () -> "secret");
        registry.add("TOKEN_URI", () -> NEIGHBOURS.baseUrl() + "/token");
        registry.add("ACCOUNTS_URI", () -> NEIGHBOURS.baseUrl() + "/admin/realms/wijkschakel");
        registry.add("REFERRAL_SERVICE", NEIGHBOURS::baseUrl);
    }

    @TestConfiguration
    static class Doubles {
        @Bean
        JwtDecoder tokens() {
            return new Tokens();
        }

        @Bean
        MovableClock clock() {
            return new MovableClock();
        }
    }

    @Autowired
    protected MockMvcTester http;

    @Autowired
    protected MongoDatabase database;

    @Autowired
    protected MovableClock clock;

    @Autowired
    protected JsonMapper json;

    @Autowired
    protected CircuitBreakerRegistry breakers;

    @BeforeEach
    void itIsNowAndNobodyAnswers() {
        clock.set(NOW);
        NEIGHBOURS.resetAll();
        breakers.getAllCircuitBreakers().forEach(CircuitBreaker::reset);
    }

    protected MvcTestResult get(String token, String path) {
        return send(HttpMethod.GET, token, path, null, Map.of());
    }

    protected MvcTestResult post(String token, String path, String body) {
        return send(HttpMethod.POST, token, path, body, Map.of());
    }

    protected MvcTestResult patch(String token, UUID client, long version, String body) {
        return send(
                HttpMethod.PATCH,
                token,
                "/v1/clients/" + client,
                body,
                Map.of(HttpHeaders.IF_MATCH, "\"" + version + "\""));
    }

    protected MvcTestResult send(
            HttpMethod method, String token, String path, @Nullable String body, Map<String, String> headers) {
        var request = http.method(method).uri(path).header(HttpHeaders.AUTHORIZATION, "Bearer " + token);
        headers.forEach(request::header);
        if (body != null) {
            request.contentType(MediaType.APPLICATION_JSON).content(body);
        }
        return request.exchange();
    }

    protected JsonNode body(MvcTestResult answer) {
        return json.readTree(answer.getResponse().getContentAsByteArray());
    }

    /** Registers a client and tells its id. */
    protected UUID register(String token, String body) {
        var answer = post(token, "/v1/clients", body);
        assertThat(answer).hasStatus(201);
        var location = requireNonNull(answer.getResponse().getHeader(HttpHeaders.LOCATION));
        return UUID.fromString(location.substring("/v1/clients/".length()));
    }

    /** An agreement of the wijkteam's client with De Brug, as referral-service stores it on Anna's behalf. */
    protected MvcTestResult agree(UUID attempt, String body) {
        return agree(attempt, body, People.ANNA);
    }

    protected MvcTestResult agree(UUID attempt, String body, String caller) {
        return send(
                HttpMethod.PUT,
                People.REFERRAL_SERVICE,
                "/internal/v1/agreements/" + attempt,
                body,
                Map.of("Wijkschakel-Caller", caller, Caller.ORGANISATION_HEADER, People.WIJKTEAM.toString()));
    }

    protected MvcTestResult grant(UUID attempt, String body) {
        return send(HttpMethod.PUT, People.REFERRAL_SERVICE, "/internal/v1/grants/" + attempt, body, Map.of());
    }

    /** Shares a client of the wijkteam's with De Brug, as after a claim; tells the attempt. */
    protected UUID share(UUID client, String sharedData) {
        var attempt = UUID.randomUUID();
        assertThat(agree(attempt, Bodies.agreement(client, sharedData))).hasStatusOk();
        assertThat(grant(attempt, "{\"access\":\"SHARED\",\"sequence\":2}")).hasStatus(204);
        return attempt;
    }

    protected Document stored(String collection, Object id) {
        return requireNonNull(
                database.getCollection(collection).find(new Document("_id", id)).first());
    }

    /** A BSN that passes and that no other test uses. */
    protected static String anotherBsn() {
        while (true) {
            var first = String.valueOf(NEXT_BSN.incrementAndGet());
            int sum = 0;
            for (int i = 0; i < 8; i++) {
                sum += (9 - i) * (first.charAt(i) - '0');
            }
            if (sum % 11 < 10) {
                return first + sum % 11;
            }
        }
    }
}
