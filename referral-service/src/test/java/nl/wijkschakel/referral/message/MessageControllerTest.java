package nl.wijkschakel.referral.message;

import static nl.wijkschakel.referral.Person.ANNA;
import static nl.wijkschakel.referral.Person.BRAM;
import static nl.wijkschakel.referral.Person.CARLA;
import static nl.wijkschakel.referral.Person.EVA;
import static nl.wijkschakel.referral.Person.JORIS;
import static nl.wijkschakel.referral.Person.KIM;
import static nl.wijkschakel.referral.Person.LOTTE;
import static nl.wijkschakel.referral.Person.MILAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import nl.wijkschakel.kit.seal.Vault;
import nl.wijkschakel.kit.web.IdempotencyKey;
import nl.wijkschakel.referral.Bodies;
import nl.wijkschakel.referral.Person;
import nl.wijkschakel.referral.Profile;
import nl.wijkschakel.referral.Raw;
import nl.wijkschakel.referral.ServiceTest;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;

class MessageControllerTest extends ServiceTest {

    @Autowired
    Vault vault;

    @Autowired
    MongoClient mongo;

    // both sides

    @Test
    void bothSidesReadWhatEitherWroteNewestFirst() {
        var attempt = claimed();
        posted(BRAM, attempt, "Wanneer kan ik bellen?");
        posted(ANNA, attempt, "Morgen na tienen");
        for (var reader : List.of(ANNA, MILAN, BRAM, CARLA)) {
            var items = list(reader, attempt).path("items");
            assertThat(texts(items)).containsExactly("Morgen na tienen", "Wanneer kan ik bellen?");
            assertThat(items.at("/0/side").stringValue()).isEqualTo("SENDER");
            assertThat(items.at("/0/by/name").stringValue()).isEqualTo("Anna");
            boolean ofSender = reader.equals(ANNA) || reader.equals(MILAN);
            assertThat(items.at("/0/mine").booleanValue()).isEqualTo(ofSender);
        }
    }

    @Test
    void whatTheOtherSideWroteIsUnreadUntilSomebodyOfTheOwnSideReadsIt() {
        var attempt = claimed();
        posted(ANNA, attempt, "een");
        var second = posted(ANNA, attempt, "twee");
        posted(ANNA, attempt, "drie");
        assertThat(unread(BRAM, attempt)).isEqualTo(3);
        assertThat(unread(ANNA, attempt)).as("the own ones").isZero();
        assertThat(read(ANNA, attempt, second))
                .as("reads nothing for the other")
                .hasStatus(204);
        assertThat(unread(BRAM, attempt)).isEqualTo(3);

        clock.pass(Duration.ofMinutes(5));
        assertThat(read(BRAM, attempt, second)).hasStatus(204);
        assertThat(unread(CARLA, attempt)).as("a side reads together").isEqualTo(1);
        var items = list(ANNA, attempt).path("items");
        assertThat(items.path(0).has("readAt")).isFalse();
        assertThat(items.at("/1/readAt").stringValue())
                .isEqualTo(clock.instant().toString());
    }

    @Test
    void whatTheReferrerWritesBeforeTheClaimIsReadAfterIt() {
        var attempt = sent();
        posted(ANNA, attempt, "Graag voor vrijdag");
        assertThat(act(BRAM, attempt, "claim", "{}")).hasStatusOk();
        assertThat(texts(list(BRAM, attempt).path("items"))).containsExactly("Graag voor vrijdag");
        assertThat(unread(BRAM, attempt)).isEqualTo(1);
    }

    // who may

    @Test
    void p4BeforeTheClaimTheReceiverNeitherReadsNorWrites() {
        var attempt = sent();
        posted(ANNA, attempt, "Graag voor vrijdag");
        isNotThere(BRAM, attempt);
        isNotThere(CARLA, attempt);
    }

    @Test
    void p5ForAStrangerThereAreNone() {
        var attempt = claimed();
        posted(ANNA, attempt, "Graag voor vrijdag");
        isNotThere(EVA, attempt);
        isNotThere(LOTTE, attempt);
        isNotThere(ANNA, UUID.randomUUID());
    }

    @Test
    void p6AfterAReturnTheReceiverReadsNoMessageAndGetsNone() {
        var attempt = claimed();
        posted(BRAM, attempt, "Wanneer kan ik bellen?");
        assertThat(act(BRAM, attempt, "return", Bodies.RETURN)).hasStatusOk();
        isNotThere(BRAM, attempt);
        assertThat(texts(list(ANNA, attempt).path("items"))).hasSize(1);
        assertThat(post(ANNA, attempt, message("Toch nog iets")))
                .hasStatus(409)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("urn:wijkschakel:problem:nobody-reads");
    }

    @Test
    void p6NinetyDaysAfterTheCompletionTheReceiverReadsNoMessage() {
        var attempt = started();
        posted(ANNA, attempt, "Dank");
        assertThat(act(BRAM, attempt, "completion", Bodies.COMPLETION)).hasStatusOk();
        clock.pass(Duration.ofDays(90).minusSeconds(1));
        assertThat(texts(list(BRAM, attempt).path("items"))).containsExactly("Dank");
        clock.pass(Duration.ofSeconds(1));
        isNotThere(BRAM, attempt);
        assertThat(post(ANNA, attempt, message("Nog iets"))).hasStatus(409);
    }

    @Test
    void t22WhoKnowsTheClientReadsNoMessageAgain() {
        var attempt = claimed();
        posted(ANNA, attempt, "Graag voor vrijdag");
        assertThat(act(BRAM, attempt, "put-back", "{\"reason\":\"KNOWS_CLIENT\"}"))
                .hasStatusOk();
        assertThat(act(CARLA, attempt, "claim", "{}")).hasStatusOk();
        isNotThere(BRAM, attempt);
        assertThat(texts(list(CARLA, attempt).path("items"))).hasSize(1);
    }

    @Test
    void p25WithoutARoleInCareNothingIsReached() {
        var attempt = claimed();
        for (var who : List.of(JORIS, KIM)) {
            assertThat(get(who, path(attempt))).hasStatus(403);
            assertThat(post(who, attempt, message("x"))).hasStatus(403);
            assertThat(read(who, attempt, UUID.randomUUID())).hasStatus(403);
        }
    }

    // third parties

    @Test
    void p20NamesOfOthersAreForTheOtherSideOnlyWhereSafetyNeedsThem() {
        var attempt = claimed();
        assertThat(post(ANNA, attempt, """
                {"text":"Bel niet thuis","thirdParties":{"text":"Kees woont daar ook","neededForSafety":false}}""")).hasStatus(201).bodyText().contains("Kees");
        assertThat(get(BRAM, path(attempt)))
                .bodyText()
                .contains("Bel niet thuis")
                .doesNotContain("Kees");
        assertThat(get(MILAN, path(attempt))).bodyText().contains("Kees");
        assertThat(post(ANNA, attempt, """
                {"text":"Pas op","thirdParties":{"text":"Joop is agressief","neededForSafety":true}}""")).hasStatus(201);
        assertThat(get(BRAM, path(attempt))).bodyText().contains("Joop").doesNotContain("Kees");
        assertThat(post(BRAM, attempt, """
                {"text":"Gezien","thirdParties":{"text":"Buurvrouw Toos","neededForSafety":false}}""")).hasStatus(201);
        assertThat(get(ANNA, path(attempt))).bodyText().contains("Gezien").doesNotContain("Toos");
    }

    @Test
    void p20OfTheReferralTheReceiverGetsNamesOfOthersOnlyForSafetyAndAfterTheClaim() {
        for (boolean needed : new boolean[] {false, true}) {
            var referral = draft();
            var named = """
                    {"thirdParties":{"text":"De ex-partner heet Wim","neededForSafety":%s}}""".formatted(needed);
            assertThat(send(HttpMethod.PATCH, ANNA, "/v1/referrals/" + referral, named, ifMatch(1)))
                    .hasStatusOk();
            var attempt = sent(referral, DEBTS).getFirst();
            assertThat(get(BRAM, "/v1/attempts/" + attempt)).bodyText().doesNotContain("Wim");
            assertThat(act(BRAM, attempt, "claim", "{}")).hasStatusOk();
            var shown = body(get(BRAM, "/v1/attempts/" + attempt));
            assertThat(shown.at("/content/question").isMissingNode()).isFalse();
            assertThat(shown.toString().contains("Wim")).isEqualTo(needed);
            assertThat(get(BRAM, "/v1/attempts/" + attempt + "/history"))
                    .bodyText()
                    .doesNotContain("Wim");
            assertThat(get(ANNA, "/v1/referrals/" + referral)).bodyText().contains("Wim");
        }
    }

    // what is stored and told

    @Test
    void anOpenFormDoesNotBecomeStale() {
        var attempt = claimed();
        var before = storedAttempt(attempt);
        posted(ANNA, attempt, "Nog iets");
        var after = storedAttempt(attempt);
        assertThat(after.getLong("version")).isEqualTo(before.getLong("version"));
        assertThat(after.getLong("sequence")).isEqualTo(before.getLong("sequence") + 1);
        var headers = ifMatch(before.getLong("version"));
        assertThat(send(HttpMethod.POST, BRAM, "/v1/attempts/" + attempt + "/acceptance", Bodies.ACCEPTANCE, headers))
                .hasStatusOk();
        assertThat(outbox(storedAttempt(attempt), "referral.events.v1").stream()
                        .map(it -> it.path("type").stringValue() + " "
                                + it.path("sequence").stringValue()))
                .containsExactly(
                        "nl.wijkschakel.attempt.sent 1",
                        "nl.wijkschakel.attempt.claimed 2",
                        "nl.wijkschakel.attempt.message-posted 3",
                        "nl.wijkschakel.attempt.accepted 4");
    }

    @Test
    void p14WritingAndReadingAreWrittenDown() {
        var attempt = claimed();
        var message = posted(ANNA, attempt, "Nog iets");
        var entry = outbox(storedAttempt(attempt), "access-log.v1").getLast().path("data");
        assertThat(entry.path("action").stringValue()).isEqualTo("CREATE");
        assertThat(entry.at("/resource/kind").stringValue()).isEqualTo("message");
        assertThat(entry.at("/resource/id").stringValue()).isEqualTo(message.toString());
        assertThat(entry.at("/clients/0").stringValue())
                .isEqualTo(String.valueOf(storedAttempt(attempt).get("client")));

        var look = lastLook(BRAM, path(attempt));
        assertThat(look.path("action").stringValue()).isEqualTo("READ");
        assertThat(look.at("/resource/kind").stringValue()).isEqualTo("messages");
        assertThat(look.at("/resource/id").stringValue()).isEqualTo(attempt.toString());
        assertThat(look.path("person").stringValue()).isEqualTo(BRAM.id().toString());
    }

    @Test
    void whatWasWrittenLiesSealedAndGoesWithTheKeyOfItsReferral() {
        var attempt = claimed();
        var word = "Zonnebloem" + UUID.randomUUID();
        assertThat(post(ANNA, attempt, """
                {"text":"%s","thirdParties":{"text":"Ook %s","neededForSafety":true}}""".formatted(word, word))).hasStatus(201);
        assertThat(Raw.collectionsHolding(word, mongo, database.getName())).isEmpty();
        vault.destroyKey(storedAttempt(attempt).get("referral", UUID.class));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(get(ANNA, path(attempt))).hasStatus(410));
        assertThat(post(ANNA, attempt, message("x"))).hasStatus(410);
    }

    @Test
    void theSameRequestAgainPostsNothingMore() {
        var attempt = claimed();
        var key = Map.of(IdempotencyKey.HEADER, "m-" + attempt);
        var first = id(body(post(ANNA, attempt, message("Eén keer"), key)));
        assertThat(id(body(post(ANNA, attempt, message("Eén keer"), key)))).isEqualTo(first);
        assertThat(post(ANNA, attempt, message("Iets anders"), key)).hasStatus(409);
        assertThat(post(MILAN, attempt, message("Iets anders"), key))
                .as("a colleague's key")
                .hasStatus(201);
        assertThat(stored(attempt)).isEqualTo(2);
        assertThat(storedAttempt(attempt).getLong("sequence")).isEqualTo(4);
        clock.pass(Duration.ofHours(25));
        assertThat(post(ANNA, attempt, message("Morgen weer"), key)).hasStatus(201);
        assertThat(stored(attempt)).isEqualTo(3);
    }

    @Test
    void manyAtOnceAreEachTakenOnceAndInOrder() throws Exception {
        var attempt = claimed();
        var tasks = new ArrayList<Callable<MvcTestResult>>();
        for (int i = 0; i < 12; i++) {
            var key = Map.of(IdempotencyKey.HEADER, "at-once-" + i / 2 + attempt);
            var text = message("bericht " + i / 2);
            tasks.add(() -> post(ANNA, attempt, text, key));
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : threads.invokeAll(tasks)) {
                assertThat(answer.get()).hasStatus(201);
            }
        }
        assertThat(stored(attempt)).isEqualTo(6);
        assertThat(storedAttempt(attempt).getLong("sequence")).isEqualTo(8);
        assertThat(outbox(storedAttempt(attempt), "referral.events.v1").stream()
                        .map(it -> it.path("sequence").stringValue()))
                .containsExactly("1", "2", "3", "4", "5", "6", "7", "8");
    }

    // wrong requests, lists

    @Test
    void whatIsWrongIsNamedAllAtOnce() {
        var attempt = claimed();
        assertThat(errors(post(ANNA, attempt, "{\"thirdParties\":{\"neededForSafety\":true}}")))
                .containsExactlyInAnyOrder("/text required", "/thirdParties/text required");
        assertThat(errors(post(ANNA, attempt, message("x".repeat(4001))))).containsExactly("/text too-long");
        assertThat(post(ANNA, attempt, message("😀".repeat(4000)))).hasStatus(201);
        assertThat(errors(send(HttpMethod.POST, ANNA, path(attempt) + "/read", "{}", Map.of())))
                .containsExactly("/upTo required");
    }

    @Test
    void aPageIsOneRangeOfItsIndexAndNoneIsMissed() {
        var attempt = claimed();
        var other = claimed();
        for (int i = 0; i < 10; i++) {
            posted(ANNA, attempt, "bericht " + i);
            posted(ANNA, other, "elders " + i);
        }
        var seen = new ArrayList<String>();
        var next = "";
        try (var profile = new Profile(database)) {
            do {
                var page = body(get(BRAM, path(attempt) + "?limit=3" + next));
                seen.addAll(texts(page.path("items")));
                next = page.has("next") ? "&cursor=" + page.path("next").stringValue() : "";
                for (var query : profile.all(Messages.COLLECTION)) {
                    assertThat(query.getBoolean("hasSortStage", false)).isFalse();
                    assertThat(query.getInteger("keysExamined"))
                            .as(query.getString("planSummary"))
                            .isLessThanOrEqualTo(4);
                }
            } while (!next.isEmpty());
            assertThat(profile.all(Messages.COLLECTION)).hasSize(4);
            var counted = profile.last(Messages.COLLECTION, "$and." + Messages.UNREAD_BY);
            assertThat(counted.getInteger("docsExamined")).isZero();
        }
        assertThat(seen)
                .hasSize(10)
                .startsWith("bericht 9")
                .endsWith("bericht 0")
                .doesNotHaveDuplicates();
    }

    // steps

    private void isNotThere(Person who, UUID attempt) {
        assertThat(get(who, path(attempt))).hasStatus(404);
        assertThat(post(who, attempt, message("x"))).hasStatus(404);
        assertThat(read(who, attempt, UUID.randomUUID())).hasStatus(404);
    }

    private JsonNode lastLook(Person who, String path) {
        var before = entries();
        assertThat(get(who, path)).hasStatusOk();
        var after = entries();
        assertThat(after).hasSize(before.size() + 1);
        return outbox(after.getLast(), "access-log.v1").getFirst().path("data");
    }

    private List<Document> entries() {
        return database.getCollection("access_entries")
                .find()
                .sort(new Document("_id", 1))
                .into(new ArrayList<>());
    }

    private long stored(UUID attempt) {
        return database.getCollection(Messages.COLLECTION).countDocuments(new Document("attempt", attempt));
    }

    private UUID posted(Person who, UUID attempt, String text) {
        var answer = post(who, attempt, message(text));
        assertThat(answer).hasStatus(201);
        return id(body(answer));
    }

    private MvcTestResult post(Person who, UUID attempt, String body) {
        return post(who, attempt, body, Map.of());
    }

    private MvcTestResult post(Person who, UUID attempt, String body, Map<String, String> headers) {
        return send(HttpMethod.POST, who, path(attempt), body, headers);
    }

    private MvcTestResult read(Person who, UUID attempt, UUID upTo) {
        return send(HttpMethod.POST, who, path(attempt) + "/read", "{\"upTo\":\"%s\"}".formatted(upTo), Map.of());
    }

    private JsonNode list(Person who, UUID attempt) {
        var answer = get(who, path(attempt));
        assertThat(answer).hasStatusOk();
        return body(answer);
    }

    private long unread(Person who, UUID attempt) {
        return list(who, attempt).path("unread").longValue();
    }

    private static List<String> texts(JsonNode items) {
        return items.valueStream().map(it -> it.path("text").stringValue()).toList();
    }

    private static String path(UUID attempt) {
        return "/v1/attempts/" + attempt + "/messages";
    }

    private static String message(String text) {
        return "{\"text\":\"%s\"}".formatted(text);
    }
}
