package nl.wijkschakel.gateway.session;

import static com.mongodb.client.model.Filters.eq;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Updates;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import nl.wijkschakel.gateway.FakeKeycloak.Login;
import nl.wijkschakel.gateway.GatewayTest;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.types.Binary;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class SessionTest extends GatewayTest {

    @Autowired
    MongoDatabase database;

    @Test
    void endsWhenNobodyComesByForHalfAnHour() {
        var browser = browser().login(bram());
        CLOCK.advance(Duration.ofMinutes(28));
        assertThat(browser.get("/api/me").statusCode()).isEqualTo(200);
        CLOCK.advance(Duration.ofMinutes(28));
        assertThat(browser.get("/api/me").statusCode()).isEqualTo(200);
        CLOCK.advance(Duration.ofMinutes(31));
        var response = browser.get("/api/me");
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    @Test
    void endsAfterADayOfWorkInAnyCase() {
        var browser = browser().login(bram());
        for (int quarter = 0; quarter < 39; quarter++) {
            CLOCK.advance(Duration.ofMinutes(15));
            assertThat(browser.get("/api/me").statusCode()).isEqualTo(200);
        }
        CLOCK.advance(Duration.ofMinutes(16));
        assertThat(browser.get("/api/me").statusCode()).isEqualTo(401);
    }

    @Test
    void isNotKeptAliveByALiveStreamBesideAnEmptyChair() {
        var browser = browser().login(bram());
        for (int i = 0; i < 6; i++) {
            CLOCK.advance(Duration.ofMinutes(5));
            browser.get("/api/notification/v1/stream");
        }
        CLOCK.advance(Duration.ofMinutes(1));
        assertThat(browser.get("/api/me").statusCode()).isEqualTo(401);
    }

    @Test
    void isRemovedByTheDatabaseWhenItHasExpired() {
        browser().login(bram());
        assertThat(database.getCollection("sessions").listIndexes()).anySatisfy(index -> {
            assertThat(index.get("key", Document.class)).containsKey("expireAt");
            assertThat(index.get("expireAfterSeconds")).hasToString("0");
        });
        var bram = bram();
        browser().login(bram);
        var sessions = database.getCollection("sessions");
        sessions.updateOne(eq("subject", bram.subject()), Updates.set("expireAt", Instant.EPOCH));
        // a server that was started for tests looks each second, any other each minute
        await().atMost(Duration.ofSeconds(70)).until(() -> sessions.countDocuments(eq("subject", bram.subject())) == 0);
    }

    @Test
    void isUnreadableAndOfNoUseToWhoReadsTheDatabase() {
        var bram = bram();
        var browser = browser().login(bram);
        var stored = requireNonNull(database.getCollection("sessions", RawBsonDocument.class)
                .find(eq("subject", bram.subject()))
                .first());
        var bytes = new String(stored.getByteBuffer().array(), StandardCharsets.ISO_8859_1);
        assertThat(bytes).doesNotContain("Bram", "specialist", requireNonNull(browser.cookie("__Host-session")), "eyJ");

        var thief = browser();
        thief.cookie("__Host-session", stored.getString("_id").getValue());
        assertThat(thief.get("/api/me").statusCode()).isEqualTo(401);
    }

    @Test
    void holdsNoTokens() {
        var bram = bram();
        browser().login(bram);
        var session = requireNonNull(database.getCollection("sessions")
                .find(eq("subject", bram.subject()))
                .first());
        assertThat(database.getCollection("tokens").countDocuments(eq("_id", session.getString("tokens"))))
                .isEqualTo(1);
        assertThat(session.get("attributes", Document.class).keySet())
                .containsExactlyInAnyOrder("SPRING_SECURITY_CONTEXT", "tokens");
    }

    @Test
    void takesItsTokensAlong() {
        var bram = bram();
        var browser = browser().login(bram);
        var session = requireNonNull(database.getCollection("sessions")
                .find(eq("subject", bram.subject()))
                .first());
        browser.form(
                "/logout/connect/back-channel/keycloak",
                "logout_token=" + KEYCLOAK.logoutToken(claims -> claims.claim("sid", bram.sid())));
        assertThat(database.getCollection("tokens").countDocuments(eq("_id", session.getString("tokens"))))
                .isZero();
        assertThat(database.getCollection("sessions").countDocuments(eq("subject", bram.subject())))
                .isZero();
    }

    @Test
    void leavesNothingBehindWhenSomebodyLogsInAgain() {
        var bram = bram();
        var browser = browser().login(bram);
        var before = requireNonNull(database.getCollection("sessions")
                .find(eq("subject", bram.subject()))
                .first());
        browser.login(bram);
        assertThat(database.getCollection("sessions").countDocuments(eq("subject", bram.subject())))
                .isEqualTo(1);
        assertThat(database.getCollection("tokens").countDocuments(eq("_id", before.getString("tokens"))))
                .isZero();
    }

    @Test
    void staysEndedWhenASlowRequestComesToItsEndAfterwards() throws Exception {
        var bram = bram();
        var browser = browser().login(bram);
        CLOCK.advance(Duration.ofMinutes(2)); // so that the slow request has something to write
        CLIENT.stubFor(
                WireMock.any(WireMock.anyUrl()).willReturn(WireMock.okJson("{}").withFixedDelay(700)));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var slow = threads.submit((Callable<Integer>)
                    () -> browser.get("/api/client/v1/clients").statusCode());
            await().until(() ->
                    !CLIENT.findAll(WireMock.anyRequestedFor(WireMock.anyUrl())).isEmpty() || slow.isDone());
            browser()
                    .form(
                            "/logout/connect/back-channel/keycloak",
                            "logout_token=" + KEYCLOAK.logoutToken(claims -> claims.claim("sid", bram.sid())));
            assertThat(slow.get()).isEqualTo(200);
        }
        assertThat(browser.get("/api/me").statusCode()).isEqualTo(401);
        assertThat(database.getCollection("sessions").countDocuments(eq("subject", bram.subject())))
                .isZero();
    }

    @Test
    void keepsAChoiceThatWasMadeDuringASlowRequest() throws Exception {
        var browser = browser().login(farid());
        CLOCK.advance(Duration.ofMinutes(2));
        CLIENT.stubFor(
                WireMock.any(WireMock.anyUrl()).willReturn(WireMock.okJson("{}").withFixedDelay(700)));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var slow = threads.submit((Callable<Integer>)
                    () -> browser.get("/api/client/v1/clients").statusCode());
            await().until(() ->
                    !CLIENT.findAll(WireMock.anyRequestedFor(WireMock.anyUrl())).isEmpty());
            browser.send("PUT", "/api/me/organisation", "{\"organisation\":\"%s\"}".formatted(NOVA));
            slow.get();
        }
        assertThat(browser.get("/api/me").body()).contains("\"organisation\":\"" + NOVA + "\"}");
    }

    @Test
    void isNoSessionAnyMoreUnderAnotherKey() {
        var bram = bram();
        var browser = browser().login(bram);
        var sessions = database.getCollection("sessions");
        var stored = requireNonNull(sessions.find(eq("subject", bram.subject())).first());
        var attributes = new HashMap<String, Object>();
        stored.get("attributes", Document.class).forEach((name, _) -> attributes.put(name, new Binary(new byte[40])));
        sessions.updateOne(eq("subject", bram.subject()), Updates.set("attributes", new Document(attributes)));

        assertThat(browser.get("/api/me").statusCode()).isEqualTo(401);
        assertThat(browser.login(bram).get("/api/me").statusCode()).isEqualTo(200);
    }

    @Test
    void isThatOfTheBrowserAndOfNoOther() {
        var bram = browser().login(bram());
        var carla = browser().login(Login.of("Carla", DE_BRUG + ":coordinator"));
        assertThat(bram.get("/api/me").body()).contains("Bram");
        assertThat(carla.get("/api/me").body()).contains("Carla");
        var guess = browser();
        guess.cookie("__Host-session", "x".repeat(43));
        assertThat(guess.get("/api/me").statusCode()).isEqualTo(401);
    }

    @Test
    void writesNothingWhileItIsFresh() {
        var bram = bram();
        var browser = browser().login(bram);
        var sessions = database.getCollection("sessions");
        var before = sessions.find(eq("subject", bram.subject())).first();
        browser.get("/api/client/v1/clients");
        assertThat(sessions.find(eq("subject", bram.subject())).first()).isEqualTo(before);
        CLOCK.advance(Duration.ofMinutes(2));
        browser.get("/api/client/v1/clients");
        assertThat(sessions.find(eq("subject", bram.subject())).first()).isNotEqualTo(before);
    }
}
