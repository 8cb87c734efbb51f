package nl.wijkschakel.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import nl.wijkschakel.gateway.FakeKeycloak.Login;
import nl.wijkschakel.servers.MongoServer;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** The gateway on a real port, with a real mongod; Keycloak and the services are stood in for. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestPropertySource(
        properties = {
            "server.address=127.0.0.1",
            "routes.notification=${stub.notification}",
            "routes.answer=1s",
            "routes.requests-per-minute=100000"
        })
@ContextConfiguration(classes = {GatewayApplication.class, GatewayTest.Time.class})
public abstract class GatewayTest {

    protected static final String DE_BRUG = "0199aaaa-0000-7000-8000-000000000005";
    protected static final String NOVA = "0199aaaa-0000-7000-8000-000000000007";
    protected static final String SESSION_KEY = Base64.getEncoder().encodeToString(new byte[32]);

    protected static final TestClock CLOCK = new TestClock();
    protected static final FakeKeycloak KEYCLOAK = new FakeKeycloak(CLOCK);
    protected static final WireMockServer CLIENT = started();
    protected static final WireMockServer REFERRAL = started();
    protected static final WireMockServer NOTIFICATION = started();

    /** Dropped once for the whole run: the suppliers of properties run at each read. */
    protected static final String DATABASE = MongoServer.ofTests().emptyDatabase(GatewayTest.class);

    private static WireMockServer started() {
        var server = new WireMockServer(options().dynamicPort());
        server.start();
        return server;
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Time {

        @Bean
        @Primary
        Clock testClock() {
            return CLOCK;
        }
    }

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        registry.add("spring.mongodb.uri", MongoServer.ofTests()::uri);
        registry.add("spring.mongodb.database", () -> DATABASE);
        registry.add("keycloak.issuer", KEYCLOAK::issuer);
        registry.add("keycloak.client-secret", () -> "secret");
        registry.add("session.key", () -> SESSION_KEY);
        registry.add("routes.client", CLIENT::baseUrl);
        registry.add("routes.referral", REFERRAL::baseUrl);
        registry.add("stub.notification", NOTIFICATION::baseUrl);
    }

    @LocalServerPort
    protected int port;

    @BeforeEach
    void everythingAnswers() {
        KEYCLOAK.up();
        KEYCLOAK.accessTokens = Duration.ofMinutes(5);
        for (var service : new WireMockServer[] {CLIENT, REFERRAL, NOTIFICATION}) {
            service.resetAll();
            service.stubFor(any(anyUrl()).willReturn(okJson("{}")));
        }
    }

    protected TestBrowser browser() {
        return new TestBrowser(KEYCLOAK, port);
    }

    protected static Login bram() {
        return Login.of("Bram", DE_BRUG + ":specialist");
    }

    /** Works for two organisations. */
    protected static Login farid() {
        return Login.of("Farid", DE_BRUG + ":specialist", NOVA + ":specialist");
    }
}
