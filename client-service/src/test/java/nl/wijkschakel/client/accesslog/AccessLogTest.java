package nl.wijkschakel.client.accesslog;

import static nl.wijkschakel.client.People.ANNA;
import static nl.wijkschakel.client.People.ANNA_ID;
import static nl.wijkschakel.client.People.BERGSTAD;
import static nl.wijkschakel.client.People.BRAM;
import static nl.wijkschakel.client.People.DE_BRUG;
import static nl.wijkschakel.client.People.MILAN;
import static nl.wijkschakel.client.People.WIJKTEAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import nl.wijkschakel.client.Bodies;
import nl.wijkschakel.client.ServiceTest;
import nl.wijkschakel.client.Tokens;
import nl.wijkschakel.kit.access.AccessLog;
import nl.wijkschakel.kit.web.IdempotencyKey;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.kafka.core.KafkaTemplate;

/** From a look at somebody's data to its place in the log, over a real broker. */
class AccessLogTest extends ServiceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Autowired
    AccessChain chain;

    @Autowired
    KafkaTemplate<String, String> kafka;

    @Test
    void p14EachLookIsLoggedOnceWithItsPurpose() {
        var client = register(ANNA, Bodies.client("Logmans", anotherBsn()));
        get(MILAN, "/v1/clients/" + client);
        assertThat(patch(MILAN, client, 1, "{\"language\":\"en\"}")).hasStatusOk();
        post(ANNA, "/v1/client-searches", "{\"surname\":\"Logmans\"}");
        post(ANNA, "/v1/client-lookups", "{\"ids\":[\"%s\"]}".formatted(client));
        share(client, "\"NAME\"");
        get(BRAM, "/v1/clients/" + client);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(looks(client))
                        .containsExactlyInAnyOrder(
                                "CREATE CLIENT_REGISTRATION " + WIJKTEAM + " wijkteam-worker",
                                "READ CLIENT_FILE " + WIJKTEAM + " wijkteam-worker",
                                "CHANGE CLIENT_FILE " + WIJKTEAM + " wijkteam-worker",
                                "SEARCH CLIENT_SEARCH " + WIJKTEAM + " wijkteam-worker",
                                "LOOK_UP CLIENT_LIST " + WIJKTEAM + " wijkteam-worker",
                                "CREATE WMO " + WIJKTEAM + " wijkteam-worker",
                                "READ WMO " + DE_BRUG + " specialist"));
        for (var partition : chain.partitions()) {
            if (partition < 10) {
                assertThat(chain.firstBreak(partition)).isEmpty();
            }
        }
    }

    @Test
    void p14WhoIsNotShownAClientThatIsThereIsWrittenDown() {
        var client = register(ANNA, Bodies.client("Geweigerd", anotherBsn()));
        var stranger = UUID.randomUUID();
        var token = Tokens.of(stranger, BERGSTAD + ":wijkteam-worker");
        var policyOfficer = Tokens.of(stranger, "9901:policy-officer");
        assertThat(get(token, "/v1/clients/" + UUID.randomUUID())).hasStatus(404);
        assertThat(get(token, "/v1/clients/" + client)).hasStatus(404);
        assertThat(patch(token, client, 1, "{\"language\":\"en\"}")).hasStatus(404);
        assertThat(get(token, "/v1/clients/" + client + "/access-log")).hasStatus(404);
        assertThat(get(policyOfficer, "/v1/clients/" + client)).hasStatus(403);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(database.getCollection("access_log")
                                .find(new Document("person", stranger))
                                .into(new ArrayList<>()))
                        .allSatisfy(it ->
                                assertThat(it.getList("clients", UUID.class)).containsExactly(client))
                        .extracting(it -> it.getString("action") + " " + it.getString("result") + " "
                                + it.getString("purpose") + " " + it.getString("role"))
                        .containsExactlyInAnyOrder(
                                "READ REFUSED CLIENT_FILE wijkteam-worker",
                                "CHANGE REFUSED CLIENT_FILE wijkteam-worker",
                                "READ REFUSED CLIENT_FILE wijkteam-worker",
                                "READ REFUSED CLIENT_FILE policy-officer"));
    }

    @Test
    void p14ASearchThatFindsNobodyAndAListOfManyAreOneEntryEach() {
        var person = UUID.randomUUID();
        var token = Tokens.of(person, WIJKTEAM + ":coordinator");
        var one = register(token, Bodies.unknownClient("Samen"));
        var other = register(token, Bodies.unknownClient("Samen"));
        post(token, "/v1/client-searches", "{\"surname\":\"Bestaatniet\"}");
        post(token, "/v1/client-lookups", "{\"ids\":[\"%s\",\"%s\"]}".formatted(one, other));
        await().atMost(PATIENCE).untilAsserted(() -> {
            var entries = database.getCollection("access_log")
                    .find(new Document("person", person))
                    .into(new ArrayList<>());
            assertThat(entries).hasSize(4);
            assertThat(entries)
                    .extracting(it -> it.getList("clients", UUID.class))
                    .anySatisfy(it -> assertThat(it).containsExactlyInAnyOrder(one, other));
            assertThat(entries)
                    .filteredOn(it -> it.getString("action").equals("SEARCH"))
                    .singleElement()
                    .satisfies(
                            it -> assertThat(it.getList("clients", UUID.class)).isEmpty());
        });
    }

    @Test
    void p14PointingAtAKnownClientAndAReplayAreLooksToo() {
        var bsn = anotherBsn();
        var body = Bodies.client("Dubbel", bsn);
        var key = Map.of(IdempotencyKey.HEADER, "log-1");
        var made = send(HttpMethod.POST, ANNA, "/v1/clients", body, key);
        var client = UUID.fromString(body(made).path("id").stringValue());
        assertThat(send(HttpMethod.POST, ANNA, "/v1/clients", body, key)).hasStatus(201);
        assertThat(post(MILAN, "/v1/clients", body)).hasStatus(409);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(looks(client))
                        .extracting(it -> it.substring(0, it.indexOf(' ')))
                        .containsExactlyInAnyOrder("CREATE", "READ", "SEARCH"));
    }

    @Test
    void p16ShowsTheOwningOrganisationWhoLookedWithoutNamesOfStaff() {
        var client = register(ANNA, Bodies.client("Inzage", anotherBsn()));
        share(client, "\"NAME\"");
        for (int minute = 1; minute <= 3; minute++) {
            clock.set(NOW.plus(Duration.ofMinutes(minute)));
            get(BRAM, "/v1/clients/" + client);
        }
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(looks(client)).hasSize(5));
        var answer = get(MILAN, "/v1/clients/" + client + "/access-log?limit=2");
        assertThat(answer).hasStatusOk().bodyText().doesNotContain(ANNA_ID.toString(), "Iemand");
        var items = body(answer).path("items");
        assertThat(items.size()).isEqualTo(2);
        var newest = items.get(0);
        assertThat(newest.propertyNames()).containsExactlyInAnyOrder("at", "organisation", "role", "action", "purpose");
        assertThat(newest.path("at").stringValue()).startsWith("2026-03-02T09:03:0");
        assertThat(newest.path("organisation").stringValue()).isEqualTo(DE_BRUG.toString());
        assertThat(newest.path("role").stringValue()).isEqualTo("specialist");
        assertThat(newest.path("purpose").stringValue()).isEqualTo("WMO");
        var next = get(
                MILAN,
                "/v1/clients/" + client + "/access-log?limit=100&cursor="
                        + body(answer).path("next").stringValue());
        assertThat(body(next).path("items").size()).isGreaterThanOrEqualTo(3);
        assertThat(body(next).has("next")).isFalse();
        assertThat(get(BRAM, "/v1/clients/" + client + "/access-log")).hasStatus(404);
    }

    @Test
    void theSameEventTwiceIsOneEntryAndADeadLetterStopsNothing() {
        var client = UUID.randomUUID();
        var once = event(client, "\"READ\"");
        kafka.send(AccessLog.TOPIC, client.toString(), once).join();
        kafka.send(AccessLog.TOPIC, client.toString(), event(client, "null")).join();
        kafka.send(AccessLog.TOPIC, client.toString(), "no event").join();
        kafka.send(AccessLog.TOPIC, client.toString(), once).join();
        kafka.send(AccessLog.TOPIC, client.toString(), event(client, "\"CHANGE\""))
                .join();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(looks(client))
                        .extracting(it -> it.substring(0, it.indexOf(' ')))
                        .containsExactly("READ", "CHANGE"));
        assertThat(database.getCollection("dead_letters").countDocuments(new Document("key", client.toString())))
                .isEqualTo(2);
    }

    @Test
    void nothingStaysAtHomeOnceItIsSent() {
        var client = register(ANNA, Bodies.client("Weg", anotherBsn()));
        get(ANNA, "/v1/clients/" + client);
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(database.getCollection("access_entries").countDocuments())
                    .isZero();
            assertThat(stored("clients", client).getList("outbox", Document.class))
                    .isEmpty();
        });
    }

    private List<String> looks(UUID client) {
        return database.getCollection("access_log")
                .find(new Document("clients", client))
                .sort(new Document("number", 1))
                .map(it -> it.getString("action") + " " + it.getString("purpose") + " "
                        + it.get("organisation", UUID.class) + " " + it.getString("role"))
                .into(new ArrayList<>());
    }

    private static String event(UUID client, String action) {
        return """
                {"specversion":"1.0","id":"%s","source":"urn:nld:oin:00000000000000000000:systeem:wijkschakel-referral-service",
                 "type":"nl.wijkschakel.access.logged","time":"2026-03-02T09:00:00Z","subject":"%s","sequence":"0",
                 "datacontenttype":"application/json",
                 "data":{"person":"%s","action":%s,"clients":["%s"],"resource":{"kind":"attempt"},"purpose":"WMO","result":"GRANTED"}}
                """.formatted(UUID.randomUUID(), client, ANNA_ID, action, client);
    }
}
