package nl.wijkschakel.gateway.session;

import static com.mongodb.client.model.Filters.eq;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import nl.wijkschakel.gateway.TestClock;
import nl.wijkschakel.gateway.session.TokenState.Ended;
import nl.wijkschakel.gateway.session.TokenState.Unavailable;
import nl.wijkschakel.gateway.session.TokenState.Usable;
import nl.wijkschakel.gateway.session.Tokens.Issued;
import nl.wijkschakel.servers.MongoServer;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2Error;

/** The store alone, two of it on one database as two replicas have. */
class TokensTest {

    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    private static MongoClient client;
    private static MongoCollection<Document> collection;

    private final TestClock clock = new TestClock();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile UnaryOperator<String> keycloak = spent -> spent + "+";

    private final Tokens here = tokens();
    private final Tokens there = tokens();

    @BeforeAll
    static void connect() {
        var server = MongoServer.ofTests();
        client = MongoClients.create(server.uri());
        collection = client.getDatabase(server.emptyDatabase(TokensTest.class)).getCollection("tokens");
    }

    @AfterAll
    static void close() {
        client.close();
    }

    @Test
    void givesTheTokenWithoutAskingAnyone() {
        var id = here.add(new Issued("access", FIVE_MINUTES, "refresh"));
        assertThat(value(here.current(id))).isEqualTo("access");
        assertThat(value(there.current(id))).isEqualTo("access");
        assertThat(asked).hasValue(0);
    }

    @Test
    void refreshesHalfAMinuteBeforeTheEnd() {
        var id = here.add(new Issued("access", FIVE_MINUTES, "refresh"));
        clock.advance(Duration.ofSeconds(265));
        assertThat(value(here.current(id))).isEqualTo("access");
        clock.advance(Duration.ofSeconds(6));
        assertThat(value(here.current(id))).isEqualTo("access of refresh");
        assertThat(value(there.current(id))).isEqualTo("access of refresh");
        assertThat(asked).hasValue(1);
    }

    @Test
    void usesEachRefreshTokenOnce() {
        var id = here.add(new Issued("access", FIVE_MINUTES, "r"));
        clock.advance(FIVE_MINUTES);
        assertThat(value(here.current(id))).isEqualTo("access of r");
        clock.advance(FIVE_MINUTES);
        assertThat(value(there.current(id))).isEqualTo("access of r+");
        clock.advance(FIVE_MINUTES);
        assertThat(value(here.current(id))).isEqualTo("access of r++");
    }

    @Test
    void keepsTheRefreshTokenWhereKeycloakGivesNoNewOne() {
        keycloak = _ -> "";
        var id = here.add(new Issued("access", FIVE_MINUTES, "r"));
        clock.advance(FIVE_MINUTES);
        assertThat(value(here.current(id))).isEqualTo("access of r");
        clock.advance(FIVE_MINUTES);
        assertThat(value(here.current(id))).isEqualTo("access of r");
        assertThat(asked).hasValue(2);
    }

    @Test
    void letsOneAskAndTheOthersWait() throws Exception {
        var answer = new CountDownLatch(1);
        keycloak = spent -> {
            awaitQuietly(answer);
            return spent + "+";
        };
        var id = here.add(new Issued("access", FIVE_MINUTES, "r"));
        clock.advance(FIVE_MINUTES);
        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = new ArrayList<Future<TokenState>>();
            for (int i = 0; i < 10; i++) {
                var replica = i % 2 == 0 ? here : there;
                waiting.add(people.submit((Callable<TokenState>) () -> replica.current(id)));
            }
            try {
                await().until(() -> asked.get() == 1);
            } finally {
                answer.countDown();
            }
            for (var state : waiting) {
                assertThat(value(state.get())).isEqualTo("access of r");
            }
        }
        assertThat(asked).hasValue(1);
    }

    @Test
    void letsNobodyWaitWhileTheOldTokenStillLives() throws Exception {
        var answer = new CountDownLatch(1);
        keycloak = spent -> {
            awaitQuietly(answer);
            return spent + "+";
        };
        var id = here.add(new Issued("access", FIVE_MINUTES, "r"));
        clock.advance(Duration.ofSeconds(280));
        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = people.submit((Callable<TokenState>) () -> here.current(id));
            try {
                await().until(() -> asked.get() == 1);
                assertThat(value(there.current(id))).isEqualTo("access");
            } finally {
                answer.countDown();
            }
            assertThat(value(first.get())).isEqualTo("access of r");
        }
    }

    @Test
    void goesOnAfterWhoAskedHasDied() {
        var id = here.add(new Issued("access", FIVE_MINUTES, "r"));
        clock.advance(FIVE_MINUTES);
        collection.updateOne(
                eq("_id", id),
                new Document(
                        "$set", new Document("lease", Date.from(clock.instant().plusSeconds(20)))));
        clock.advance(Duration.ofSeconds(21));
        assertThat(value(there.current(id))).isEqualTo("access of r");
    }

    @Test
    void endsWithInvalidGrantAndWithNothingElse() {
        var id = here.add(new Issued("access", FIVE_MINUTES, "r"));
        clock.advance(FIVE_MINUTES);
        for (var error : new String[] {"invalid_token_response", "invalid_client", "server_error"}) {
            keycloak = refusal(error);
            assertThat(here.current(id)).isInstanceOf(Unavailable.class);
            clock.advance(Duration.ofSeconds(4));
        }
        keycloak = refusal("invalid_grant");
        assertThat(here.current(id)).isInstanceOf(Ended.class);
        assertThat(collection.countDocuments(eq("_id", id))).isZero();
        assertThat(there.current(id)).isInstanceOf(Ended.class);
    }

    @Test
    void usesTheOldTokenWhileItLivesWhenKeycloakIsDown() {
        keycloak = refusal("invalid_token_response");
        var id = here.add(new Issued("access", FIVE_MINUTES, "r"));
        clock.advance(Duration.ofSeconds(280));
        assertThat(value(here.current(id))).isEqualTo("access");
        assertThat(value(there.current(id))).isEqualTo("access");
        assertThat(asked).as("one request tries, the others leave it alone").hasValue(1);
        clock.advance(Duration.ofSeconds(19));
        assertThat(here.current(id)).isInstanceOf(Unavailable.class);
        assertThat(there.current(id)).isInstanceOf(Unavailable.class);

        keycloak = spent -> spent + "+";
        clock.advance(Duration.ofSeconds(4));
        assertThat(value(here.current(id))).isEqualTo("access of r");
    }

    @Test
    void forgetsNoNewerTokensWhenALateOneIsRefused() {
        var id = here.add(new Issued("access", FIVE_MINUTES, "r"));
        clock.advance(FIVE_MINUTES);
        keycloak = spent -> {
            // this call took longer than its lease, and the other replica was quicker
            keycloak = again -> again + "+";
            clock.advance(Duration.ofSeconds(21));
            assertThat(value(there.current(id))).isEqualTo("access of r");
            throw new OAuth2AuthorizationException(new OAuth2Error("invalid_grant"));
        };
        assertThat(value(here.current(id))).isEqualTo("access of r");
    }

    @Test
    void bringsNothingBackThatWasDeletedMeanwhile() {
        var id = here.add(new Issued("access", FIVE_MINUTES, "r"));
        clock.advance(FIVE_MINUTES);
        keycloak = spent -> {
            there.delete(id);
            return spent + "+";
        };
        assertThat(here.current(id)).isInstanceOf(Ended.class);
        assertThat(collection.countDocuments(eq("_id", id))).isZero();
    }

    @Test
    void endsWithTheTokenWhereThereIsNothingToRefreshItWith() {
        var id = here.add(new Issued("access", FIVE_MINUTES, null));
        clock.advance(Duration.ofSeconds(280));
        assertThat(value(here.current(id))).isEqualTo("access");
        clock.advance(Duration.ofSeconds(40));
        assertThat(here.current(id)).isInstanceOf(Ended.class);
    }

    @Test
    void isUnreadableInTheDatabase() {
        var id = here.add(new Issued("the-access-token", FIVE_MINUTES, "the-refresh-token"));
        var stored = requireNonNull(collection
                .withDocumentClass(RawBsonDocument.class)
                .find(eq("_id", id))
                .first());
        var bytes = new String(stored.getByteBuffer().array(), StandardCharsets.ISO_8859_1);
        assertThat(bytes).contains(id).doesNotContain("the-access-token", "the-refresh-token");
    }

    @Test
    void isRemovedByTheDatabaseWhenNoSessionCanUseItAnyMore() {
        here.add(new Issued("access", FIVE_MINUTES, "r"));
        assertThat(collection.listIndexes()).anySatisfy(index -> {
            assertThat(index.get("key", Document.class)).containsKey("expireAt");
            assertThat(index.get("expireAfterSeconds")).hasToString("0");
        });
    }

    private Tokens tokens() {
        return new Tokens(
                collection,
                spent -> {
                    asked.incrementAndGet();
                    var next = keycloak.apply(spent);
                    return new Issued("access of " + spent, FIVE_MINUTES, next.isEmpty() ? null : next);
                },
                Seal.of(Base64.getEncoder().encodeToString(new byte[32])),
                clock,
                Duration.ofHours(10));
    }

    private static UnaryOperator<String> refusal(String code) {
        return _ -> {
            throw new OAuth2AuthorizationException(new OAuth2Error(code));
        };
    }

    private static String value(TokenState state) {
        assertThat(state).isInstanceOf(Usable.class);
        return ((Usable) state).token().value();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(5, TimeUnit.SECONDS))
                    .as("somebody lets Keycloak answer")
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
