package nl.wijkschakel.client.client;

import static nl.wijkschakel.client.People.ANNA;
import static nl.wijkschakel.client.People.MILAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.model.Filters;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import nl.wijkschakel.client.Bodies;
import nl.wijkschakel.client.ServiceTest;
import nl.wijkschakel.kit.seal.Vault;
import org.bson.BsonBinarySubType;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.types.Binary;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class SealingTest extends ServiceTest {

    @Autowired
    Vault vault;

    @Autowired
    MongoClient mongo;

    @Test
    void nothingOfAPersonIsReadableInTheDatabase() {
        var bsn = anotherBsn();
        var id = register(ANNA, Bodies.client("Onleesbaar", bsn));
        assertThat(patch(ANNA, id, 1, "{\"name\":{\"given\":\"Verborgen\"}}")).hasStatusOk();
        assertThat(
                        agree(
                                UUID.randomUUID(),
                                Bodies.agreement(id, "\"NAME\"")
                                        .replace(
                                                "{\"kind\":\"AGREED\",\"how\":\"SPOKEN\",\"on\":\"2026-03-01\",\"by\":\"CLIENT\"}",
                                                "{\"kind\":\"EXCEPTION\",\"exception\":\"SAFETY\",\"motivation\":\"Geheimzinnige reden\"}")))
                .hasStatusOk();
        for (var word : List.of(
                "Onleesbaar",
                "onleesbaar",
                "Verborgen",
                bsn,
                "Dorpsstraat",
                "1234AB",
                "0612345678",
                "sanne@example.nl",
                "1988-04-01",
                "Geheimzinnige")) {
            assertThat(holding(word)).as(word).isEmpty();
        }
    }

    @Test
    void theLookForReadableWordsFindsWhatIsThere() {
        var planted = database.getCollection("planted");
        planted.insertOne(new Document("deep", List.of(new Document("in", "een Onleesbaarheid"))));
        assertThat(holding("Onleesbaarheid")).containsExactly("planted");
        planted.drop();
    }

    @Test
    void theSealIsOneEncryptedValue() {
        var id = register(ANNA, Bodies.unknownClient("Zegel"));
        var stored = stored("clients", id);
        assertThat(stored.get("sealed", Binary.class).getType()).isEqualTo(BsonBinarySubType.ENCRYPTED.getValue());
        assertThat(stored.keySet())
                .containsExactlyInAnyOrder(
                        "_id",
                        "number",
                        "organisation",
                        "municipality",
                        "version",
                        "sequence",
                        "createdAt",
                        "changedAt",
                        "hashes",
                        "sealed",
                        "outbox");
    }

    @Test
    void aDestroyedKeySpoilsNoList() {
        var gone = register(ANNA, Bodies.client("Vernietigd", anotherBsn()));
        var kept = register(ANNA, Bodies.client("Vernietigd", anotherBsn()));
        vault.destroyKey(gone);
        await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> {
            var items = body(post(MILAN, "/v1/client-searches", "{\"surname\":\"Vernietigd\"}"))
                    .path("items");
            assertThat(items.valueStream().map(it -> it.path("id").stringValue()))
                    .containsExactly(kept.toString(), gone.toString());
            assertThat(items.get(0).path("name").path("surname").stringValue(""))
                    .isEqualTo("Vernietigd");
            assertThat(items.get(1).path("destroyed").booleanValue(false)).isTrue();
            assertThat(items.get(1).has("name")).isFalse();
        });
        var read = get(MILAN, "/v1/clients/" + gone);
        assertThat(read).hasStatusOk().bodyText().contains("\"destroyed\":true").doesNotContain("Vernietigd");
        var change = patch(MILAN, gone, 1, "{\"language\":\"en\"}");
        assertThat(change).hasStatus(409);
        assertThat(body(change).path("type").stringValue()).endsWith(":destroyed");
    }

    @Test
    void aRefusedRegistrationLeavesNoKey() {
        var keys = mongo.getDatabase(database.getName() + "-vault").getCollection("keys");
        var body = Bodies.client("Sleutel", anotherBsn());
        register(ANNA, body);
        long before = keys.countDocuments();
        assertThat(post(ANNA, "/v1/clients", body)).hasStatus(409);
        assertThat(keys.countDocuments()).isEqualTo(before);
    }

    /** The collections, the vault's too, in whose bytes the word stands. */
    private List<String> holding(String word) {
        var found = new ArrayList<String>();
        for (var each : List.of(database, mongo.getDatabase(database.getName() + "-vault"))) {
            for (var name : each.listCollectionNames()) {
                for (var document :
                        each.getCollection(name, RawBsonDocument.class).find(Filters.empty())) {
                    var bytes = document.getByteBuffer().array();
                    if (new String(bytes, StandardCharsets.UTF_8).contains(word)) {
                        found.add(name);
                    }
                }
            }
        }
        return found;
    }
}
