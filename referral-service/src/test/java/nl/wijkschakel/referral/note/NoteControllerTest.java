package nl.wijkschakel.referral.note;

import static nl.wijkschakel.referral.Person.ANNA;
import static nl.wijkschakel.referral.Person.BRAM;
import static nl.wijkschakel.referral.Person.CARLA;
import static nl.wijkschakel.referral.Person.EVA;
import static nl.wijkschakel.referral.Person.FARID;
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

class NoteControllerTest extends ServiceTest {

    @Autowired
    Vault vault;

    @Autowired
    MongoClient mongo;

    @Test
    void eachSideReadsItsOwnAndNeverTheOthers() {
        var attempt = claimed();
        written(ANNA, attempt, "Belde met de huisarts");
        written(MILAN, attempt, "Neem ik waar in maart");
        written(BRAM, attempt, "Eerst een gesprek thuis");
        for (var reader : List.of(ANNA, MILAN)) {
            assertThat(texts(reader, attempt)).containsExactly("Neem ik waar in maart", "Belde met de huisarts");
        }
        for (var reader : List.of(BRAM, CARLA)) {
            assertThat(texts(reader, attempt)).containsExactly("Eerst een gesprek thuis");
        }
        assertThat(body(get(MILAN, path(attempt))).at("/items/1/by/name").stringValue())
                .isEqualTo("Anna");
    }

    @Test
    void theOtherSideHearsNothingOfItAndNoFormBecomesStale() {
        var attempt = claimed();
        var before = storedAttempt(attempt);
        written(ANNA, attempt, "Belde met de huisarts");
        assertThat(storedAttempt(attempt)).isEqualTo(before);
    }

    @Test
    void whoWroteItOrACoordinatorDeletesIt() {
        var attempt = claimed();
        var first = written(BRAM, attempt, "een");
        var second = written(BRAM, attempt, "twee");
        var other = send(
                HttpMethod.DELETE,
                FARID,
                path(attempt) + "/" + first,
                null,
                Map.of("Wijkschakel-Organisation", Person.BRUG.toString()));
        assertThat(other)
                .hasStatus(403)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("urn:wijkschakel:problem:not-your-note");
        assertThat(delete(ANNA, attempt, first))
                .as("the other side's is not there")
                .hasStatus(404);
        assertThat(delete(BRAM, claimed(), first)).as("of another attempt").hasStatus(404);
        assertThat(delete(BRAM, attempt, first)).hasStatus(204);
        assertThat(delete(CARLA, attempt, second)).hasStatus(204);
        assertThat(delete(BRAM, attempt, first)).hasStatus(404);
        assertThat(texts(BRAM, attempt)).isEmpty();
        var left = stored(Notes.COLLECTION, first);
        assertThat(left.keySet()).containsExactlyInAnyOrder("_id", "gone", "outbox");
        var entry = outbox(left, "access-log.v1").getLast().path("data");
        assertThat(entry.path("action").stringValue()).isEqualTo("DELETE");
        assertThat(entry.at("/resource/id").stringValue()).isEqualTo(first.toString());
    }

    // who may

    @Test
    void p4BeforeTheClaimTheReceiverHasNone() {
        var attempt = sent();
        written(ANNA, attempt, "Belde met de huisarts");
        isNotThere(BRAM, attempt);
    }

    @Test
    void p5ForAStrangerThereAreNone() {
        var attempt = claimed();
        written(ANNA, attempt, "Belde met de huisarts");
        isNotThere(EVA, attempt);
        isNotThere(LOTTE, attempt);
        isNotThere(ANNA, UUID.randomUUID());
    }

    @Test
    void p6WithTheAccessTheReceiverLosesItsNotes() {
        var attempt = claimed();
        var note = written(BRAM, attempt, "Eerst een gesprek thuis");
        assertThat(act(BRAM, attempt, "return", Bodies.RETURN)).hasStatusOk();
        isNotThere(BRAM, attempt);
        assertThat(delete(BRAM, attempt, note)).hasStatus(404);
        assertThat(texts(ANNA, attempt)).isEmpty();
        written(ANNA, attempt, "Wat nu?");
    }

    @Test
    void t22WhoKnowsTheClientReadsNoNoteAgain() {
        var attempt = claimed();
        written(BRAM, attempt, "Ik ken haar");
        assertThat(act(BRAM, attempt, "put-back", "{\"reason\":\"KNOWS_CLIENT\"}"))
                .hasStatusOk();
        assertThat(act(CARLA, attempt, "claim", "{}")).hasStatusOk();
        isNotThere(BRAM, attempt);
        assertThat(texts(CARLA, attempt)).hasSize(1);
    }

    @Test
    void p25WithoutARoleInCareNothingIsReached() {
        var attempt = claimed();
        var note = written(ANNA, attempt, "x");
        for (var who : List.of(JORIS, KIM)) {
            assertThat(get(who, path(attempt))).hasStatus(403);
            assertThat(write(who, attempt, "x", Map.of())).hasStatus(403);
            assertThat(delete(who, attempt, note)).hasStatus(403);
        }
    }

    // what is stored

    @Test
    void p14WritingAndReadingAreWrittenDown() {
        var attempt = claimed();
        var note = written(ANNA, attempt, "Belde met de huisarts");
        var entry = outbox(stored(Notes.COLLECTION, note), "access-log.v1")
                .getLast()
                .path("data");
        assertThat(entry.path("action").stringValue()).isEqualTo("CREATE");
        assertThat(entry.at("/resource/kind").stringValue()).isEqualTo("note");
        assertThat(entry.at("/clients/0").stringValue())
                .isEqualTo(String.valueOf(storedAttempt(attempt).get("client")));
        var before = looks();
        assertThat(get(ANNA, path(attempt))).hasStatusOk();
        var after = looks();
        assertThat(after).hasSize(before.size() + 1);
        var look = outbox(after.getLast(), "access-log.v1").getFirst().path("data");
        assertThat(look.path("action").stringValue()).isEqualTo("READ");
        assertThat(look.at("/resource/kind").stringValue()).isEqualTo("notes");
    }

    @Test
    void whatWasWrittenLiesSealedAndGoesWithTheKeyOfItsReferral() {
        var attempt = claimed();
        var word = "Klaproos" + UUID.randomUUID();
        written(ANNA, attempt, word);
        assertThat(Raw.collectionsHolding(word, mongo, database.getName())).isEmpty();
        vault.destroyKey(storedAttempt(attempt).get("referral", UUID.class));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(get(ANNA, path(attempt))).hasStatus(410));
    }

    @Test
    void theSameRequestAgainWritesNothingMore() {
        var attempt = claimed();
        var key = Map.of(IdempotencyKey.HEADER, "n-" + attempt);
        var first = id(body(write(ANNA, attempt, "Eén keer", key)));
        assertThat(id(body(write(ANNA, attempt, "Eén keer", key)))).isEqualTo(first);
        assertThat(write(ANNA, attempt, "Iets anders", key)).hasStatus(409);
        assertThat(texts(ANNA, attempt)).containsExactly("Eén keer");
        clock.pass(Duration.ofHours(25));
        assertThat(write(ANNA, attempt, "Morgen weer", key)).hasStatus(201);
    }

    @Test
    void whatIsWrongIsNamed() {
        var attempt = claimed();
        assertThat(errors(send(HttpMethod.POST, ANNA, path(attempt), "{}", Map.of())))
                .containsExactly("/text required");
        assertThat(errors(write(ANNA, attempt, "x".repeat(4001), Map.of()))).containsExactly("/text too-long");
    }

    @Test
    void aPageIsOneRangeOfItsIndexAndNoneIsMissed() {
        var attempt = claimed();
        for (int i = 0; i < 10; i++) {
            written(ANNA, attempt, "van ons " + i);
            written(BRAM, attempt, "van hen " + i);
        }
        var seen = new ArrayList<String>();
        var next = "";
        try (var profile = new Profile(database)) {
            do {
                var page = body(get(ANNA, path(attempt) + "?limit=3" + next));
                page.path("items")
                        .valueStream()
                        .map(it -> it.path("text").stringValue())
                        .forEach(seen::add);
                next = page.has("next") ? "&cursor=" + page.path("next").stringValue() : "";
                for (var query : profile.all(Notes.COLLECTION)) {
                    assertThat(query.getBoolean("hasSortStage", false)).isFalse();
                    assertThat(query.getInteger("keysExamined"))
                            .as(query.getString("planSummary"))
                            .isLessThanOrEqualTo(4);
                }
            } while (!next.isEmpty());
            assertThat(profile.all(Notes.COLLECTION)).hasSize(4);
        }
        assertThat(seen)
                .hasSize(10)
                .startsWith("van ons 9")
                .endsWith("van ons 0")
                .doesNotHaveDuplicates();
    }

    // steps

    private void isNotThere(Person who, UUID attempt) {
        assertThat(get(who, path(attempt))).hasStatus(404);
        assertThat(write(who, attempt, "x", Map.of())).hasStatus(404);
        assertThat(delete(who, attempt, UUID.randomUUID())).hasStatus(404);
    }

    private UUID written(Person who, UUID attempt, String text) {
        var answer = write(who, attempt, text, Map.of());
        assertThat(answer).hasStatus(201);
        return id(body(answer));
    }

    private MvcTestResult write(Person who, UUID attempt, String text, Map<String, String> headers) {
        return send(HttpMethod.POST, who, path(attempt), "{\"text\":\"%s\"}".formatted(text), headers);
    }

    private MvcTestResult delete(Person who, UUID attempt, UUID note) {
        return send(HttpMethod.DELETE, who, path(attempt) + "/" + note, null, Map.of());
    }

    private List<String> texts(Person who, UUID attempt) {
        var answer = get(who, path(attempt));
        assertThat(answer).hasStatusOk();
        return body(answer)
                .path("items")
                .valueStream()
                .map(it -> it.path("text").stringValue())
                .toList();
    }

    private List<Document> looks() {
        return database.getCollection("access_entries")
                .find()
                .sort(new Document("_id", 1))
                .into(new ArrayList<>());
    }

    private static String path(UUID attempt) {
        return "/v1/attempts/" + attempt + "/notes";
    }
}
