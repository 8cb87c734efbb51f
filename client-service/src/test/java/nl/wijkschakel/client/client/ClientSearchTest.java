package nl.wijkschakel.client.client;

import static nl.wijkschakel.client.People.ANNA;
import static nl.wijkschakel.client.People.BRAM;
import static nl.wijkschakel.client.People.BRAM_ID;
import static nl.wijkschakel.client.People.DE_BRUG;
import static nl.wijkschakel.client.People.DIRK;
import static nl.wijkschakel.client.People.MILAN;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.Sorts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import nl.wijkschakel.client.Bodies;
import nl.wijkschakel.client.ServiceTest;
import nl.wijkschakel.kit.caller.Caller;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

class ClientSearchTest extends ServiceTest {

    private static final int PAGE = 11;

    @Autowired
    Clients clients;

    @Test
    void findsTheOwnClientsByNameNumberAndBsn() {
        var bsn = anotherBsn();
        var id = register(ANNA, Bodies.client("Zoekmans", bsn));
        var number = stored("clients", id).getString("number");
        assertThat(found(MILAN, "{\"surname\":\"zoekmans\"}")).containsExactly(id);
        assertThat(found(MILAN, "{\"surname\":\"de Zoekmáns\"}")).containsExactly(id);
        assertThat(found(MILAN, "{\"surname\":\"Zoeker\",\"birthDate\":\"1988-04-01\"}"))
                .containsExactly(id);
        assertThat(found(MILAN, "{\"surname\":\"Zoekmans\",\"birthDate\":\"1988-04-02\"}"))
                .isEmpty();
        assertThat(found(MILAN, "{\"number\":\"%s\"}".formatted(number))).containsExactly(id);
        assertThat(found(
                        MILAN,
                        "{\"number\":\"%s\"}"
                                .formatted(number.toLowerCase(Locale.ROOT).replace("-", ""))))
                .containsExactly(id);
        assertThat(found(MILAN, "{\"bsn\":\"%s\"}".formatted(bsn))).containsExactly(id);
    }

    @Test
    void showsEnoughToTellPeopleApart() {
        var id = register(ANNA, Bodies.client("Lijstmans", anotherBsn()));
        assertThat(search(MILAN, "{\"surname\":\"Lijstmans\"}")).bodyJson().isLenientlyEqualTo("""
                        {"items":[{"id":"%s","name":{"given":"Sanne","prefix":"van der","surname":"Lijstmans"},
                          "birthDate":"1988-04-01","municipality":"9901","safeContact":{"safe":true},"secrecy":false}]}
                        """.formatted(id));
    }

    @Test
    void aChangedNameIsFoundByTheNewOneOnly() {
        var id = register(ANNA, Bodies.client("Ouwnaam", anotherBsn()));
        assertThat(patch(ANNA, id, 1, "{\"name\":{\"surname\":\"Nieuwnaam\"}}")).hasStatusOk();
        assertThat(found(ANNA, "{\"surname\":\"Ouwnaam\"}")).isEmpty();
        assertThat(found(ANNA, "{\"surname\":\"Nieuwnaam\"}")).containsExactly(id);
    }

    @Test
    void p17FindsOwnAndClaimedClientsByNameAndNoOthers() {
        var id = register(ANNA, Bodies.client("Deelbaar", anotherBsn()));
        var search = "{\"surname\":\"Deelbaar\"}";
        assertThat(found(BRAM, search)).isEmpty();
        var attempt = UUID.randomUUID();
        assertThat(agree(attempt, Bodies.agreement(id, "\"NAME\""))).hasStatusOk();
        assertThat(found(BRAM, search)).isEmpty();
        assertThat(grant(attempt, "{\"access\":\"CORE\",\"sequence\":1}")).hasStatus(204);
        assertThat(found(BRAM, search)).isEmpty();
        assertThat(grant(attempt, "{\"access\":\"SHARED\",\"sequence\":2}")).hasStatus(204);
        assertThat(found(BRAM, search)).containsExactly(id);
        assertThat(found(DIRK, search)).isEmpty();
        assertThat(body(search(BRAM, search))
                        .path("items")
                        .get(0)
                        .path("access")
                        .stringValue())
                .isEqualTo("SHARED");
        assertThat(grant(attempt, "{\"access\":\"NONE\",\"sequence\":3}")).hasStatus(204);
        assertThat(found(BRAM, search)).isEmpty();
    }

    @Test
    void p17ASearchTellsNothingThatIsNotShared() {
        var bsn = anotherBsn();
        var id = register(ANNA, Bodies.client("Half", bsn));
        share(id, "\"NAME\"");
        assertThat(found(BRAM, "{\"surname\":\"Half\"}")).containsExactly(id);
        assertThat(found(BRAM, "{\"surname\":\"Half\",\"birthDate\":\"1988-04-01\"}"))
                .isEmpty();
        assertThat(found(BRAM, "{\"bsn\":\"%s\"}".formatted(bsn))).isEmpty();
        assertThat(body(search(BRAM, "{\"surname\":\"Half\"}"))
                        .path("items")
                        .get(0)
                        .has("birthDate"))
                .isFalse();
        share(id, "\"NAME\",\"BIRTH_DATE\",\"BSN\"");
        assertThat(found(BRAM, "{\"surname\":\"Half\",\"birthDate\":\"1988-04-01\"}"))
                .containsExactly(id);
        assertThat(found(BRAM, "{\"bsn\":\"%s\"}".formatted(bsn))).containsExactly(id);
    }

    @Test
    void p9NoListHoldsAnAddressOrAPhone() {
        var id = register(ANNA, Bodies.client("Geheim", anotherBsn()).replace("\"secrecy\":false", "\"secrecy\":true"));
        share(id, "\"NAME\",\"ADDRESS\",\"CONTACT\"");
        for (var token : List.of(ANNA, BRAM)) {
            for (var answer : List.of(search(token, "{\"surname\":\"Geheim\"}"), lookUp(token, id))) {
                assertThat(answer)
                        .hasStatusOk()
                        .bodyText()
                        .contains("Geheim", "\"secrecy\":true")
                        .doesNotContain("Dorpsstraat", "1234AB", "0612345678", "sanne@example.nl");
            }
        }
    }

    @Test
    void looksUpTheVisibleOnesOnly() {
        var own = register(ANNA, Bodies.client("Een", anotherBsn()));
        var shared = register(ANNA, Bodies.client("Twee", anotherBsn()));
        share(shared, "\"NAME\"");
        var nobody = UUID.randomUUID();
        assertThat(lookedUp(ANNA, own, shared, nobody)).containsExactlyInAnyOrder(own, shared);
        assertThat(lookedUp(BRAM, own, shared, nobody)).containsExactly(shared);
        assertThat(lookedUp(DIRK, own, shared, nobody)).isEmpty();
        assertThat(lookedUp(ANNA)).isEmpty();
        assertThat(lookedUp(ANNA, own, own)).containsExactly(own);
    }

    @Test
    void aLookUpNamesAHundredAtMost() {
        var ids = new UUID[101];
        Arrays.setAll(ids, _ -> UUID.randomUUID());
        assertThat(lookUp(ANNA, ids)).hasStatus(400);
        assertThat(post(ANNA, "/v1/client-lookups", "{\"ids\":[null]}")).hasStatus(400);
        assertThat(post(ANNA, "/v1/client-lookups", "{}")).hasStatus(400);
    }

    @Test
    void aSearchIsByOneThing() {
        for (var search : List.of(
                "{}",
                "{\"surname\":\"a\",\"number\":\"b\"}",
                "{\"birthDate\":\"1988-04-01\"}",
                "{\"bsn\":\"999999322\"}",
                "{\"surname\":\" \"}",
                "{\"number\":\"K7QX-3M9T0\"}",
                "{\"name\":\"x\"}")) {
            assertThat(search(ANNA, search)).hasStatus(400);
        }
    }

    @Test
    void pagesNewestFirst() {
        var ids = new ArrayList<UUID>();
        for (int i = 0; i < 5; i++) {
            ids.addFirst(register(ANNA, Bodies.unknownClient("Bladzij")));
        }
        var seen = new ArrayList<UUID>();
        var path = "/v1/client-searches?limit=2";
        for (int page = 0; page < 3; page++) {
            var answer = post(ANNA, path, "{\"surname\":\"Bladzij\"}");
            seen.addAll(ids(answer));
            var next = body(answer).path("next").stringValue("");
            assertThat(next.isEmpty()).isEqualTo(page == 2);
            path = "/v1/client-searches?limit=2&cursor=" + next;
        }
        assertThat(seen).isEqualTo(ids);
    }

    @Test
    void aSearchReadsNoMoreThanItsPage() {
        for (int i = 0; i < 30; i++) {
            var id = register(ANNA, Bodies.unknownClient("Velen"));
            if (i % 3 == 0) {
                share(id, "\"NAME\"");
            }
            register(BRAM, Bodies.unknownClient("Velen"));
        }
        var caller = new Caller(BRAM_ID, "Bram", List.of(), DE_BRUG, null, "");
        var shared = stream("grants").map(it -> it.get("client", UUID.class)).toList();
        var search = new ClientSearch(null, "Velen", null, null);
        var own = explained(clients.searched(caller, search, List.of(), null));
        assertThat(own.getInteger("totalKeysExamined")).isLessThanOrEqualTo(PAGE + 1);
        // with shared ones each has its own place in the index, beside the page's keys
        var all = explained(clients.searched(caller, search, shared, null));
        assertThat(all.getInteger("totalKeysExamined")).isLessThanOrEqualTo(PAGE + 1 + 2 * shared.size());
    }

    private Document explained(Bson filter) {
        var plan = database.getCollection("clients")
                .find(filter)
                .sort(Sorts.descending("_id"))
                .limit(PAGE)
                .explain();
        assertThat(plan.get("queryPlanner", Document.class)
                        .get("winningPlan", Document.class)
                        .toJson())
                .contains("IXSCAN")
                .doesNotContain("COLLSCAN", "\"stage\": \"SORT\"");
        var stats = plan.get("executionStats", Document.class);
        assertThat(stats.getInteger("nReturned")).isEqualTo(PAGE);
        assertThat(stats.getInteger("totalDocsExamined")).isLessThanOrEqualTo(PAGE + 1);
        return stats;
    }

    private Stream<Document> stream(String collection) {
        return database
                .getCollection(collection)
                .find(new Document("client", new Document("$exists", true)))
                .into(new ArrayList<>())
                .stream();
    }

    private MvcTestResult search(String token, String body) {
        return post(token, "/v1/client-searches", body);
    }

    private List<UUID> found(String token, String body) {
        var answer = search(token, body);
        assertThat(answer).hasStatusOk();
        return ids(answer);
    }

    private MvcTestResult lookUp(String token, UUID... ids) {
        return post(token, "/v1/client-lookups", json.writeValueAsString(Map.of("ids", ids)));
    }

    private List<UUID> lookedUp(String token, UUID... ids) {
        var answer = lookUp(token, ids);
        assertThat(answer).hasStatusOk();
        return ids(answer);
    }

    private List<UUID> ids(MvcTestResult answer) {
        return body(answer)
                .path("items")
                .valueStream()
                .map(it -> UUID.fromString(it.path("id").stringValue()))
                .toList();
    }
}
