package nl.wijkschakel.client.consent;

import static nl.wijkschakel.client.People.ANNA;
import static nl.wijkschakel.client.People.ANNA_ID;
import static nl.wijkschakel.client.People.BRAM;
import static nl.wijkschakel.client.People.CARLA;
import static nl.wijkschakel.client.People.DE_BRUG;
import static nl.wijkschakel.client.People.DIRK;
import static nl.wijkschakel.client.People.EVA;
import static nl.wijkschakel.client.People.HET_ANKER;
import static nl.wijkschakel.client.People.MILAN;
import static nl.wijkschakel.client.People.REFERRAL_SERVICE;
import static nl.wijkschakel.client.People.WIJKTEAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.model.Sorts;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import nl.wijkschakel.client.Bodies;
import nl.wijkschakel.client.ServiceTest;
import nl.wijkschakel.client.Tokens;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.web.Cursor;
import nl.wijkschakel.kit.web.IdempotencyKey;
import nl.wijkschakel.servers.KafkaServer;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;

/** DOMAIN P3, as far as client-service goes. */
class ConsentControllerTest extends ServiceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final UUID DEBTS = UUID.fromString("0199cccc-0000-7000-8000-000000000001");
    private static final UUID BUDGET = UUID.fromString("0199cccc-0000-7000-8000-000000000002");
    private static final String NAME = "\"NAME\"";
    private static final String ALL = "\"NAME\",\"BIRTH_DATE\",\"BSN\",\"ADDRESS\",\"CONTACT\"";

    private UUID client = BUDGET;

    @BeforeEach
    void isRegistered() {
        client = register(ANNA, Bodies.client("Smit", anotherBsn()));
    }

    @Test
    void p3SendingOnConsentNeedsOneInForceThatCoversIt() {
        assertThat(errors(agree(UUID.randomUUID(), onConsent(NAME)))).containsExactly("/legalBasis no-consent");
        consent(HET_ANKER, null, ALL);
        assertThat(errors(agree(UUID.randomUUID(), onConsent(NAME))))
                .as("another receiver's")
                .containsExactly("/legalBasis no-consent");
        consent(DE_BRUG, BUDGET, ALL);
        assertThat(errors(agree(UUID.randomUUID(), onConsent(NAME))))
                .as("another service's")
                .containsExactly("/legalBasis no-consent");
        var narrow = consent(DE_BRUG, DEBTS, NAME);
        assertThat(errors(agree(UUID.randomUUID(), onConsent(ALL))))
                .as("less was consented to")
                .containsExactly("/sharedData not-in-consent");
        assertThat(agree(UUID.randomUUID(), onConsent(NAME))).hasStatusOk();
        consent(DE_BRUG, null, ALL);
        assertThat(agree(UUID.randomUUID(), onConsent(ALL))).hasStatusOk();
        assertThat(withdraw(ANNA, narrow)).hasStatusOk();
        assertThat(agree(UUID.randomUUID(), onConsent(NAME)))
                .as("the other one covers it too")
                .hasStatusOk();
    }

    @Test
    void p3AWithdrawnConsentIsNoLegalBasis() {
        var consent = consent(DE_BRUG, null, ALL);
        assertThat(withdraw(ANNA, consent)).hasStatusOk();
        var attempt = UUID.randomUUID();
        assertThat(errors(agree(attempt, onConsent(NAME)))).containsExactly("/legalBasis no-consent");
        assertThat(database.getCollection("grants").countDocuments(new Document("_id", attempt)))
                .isZero();
    }

    @Test
    void p3WithdrawingCutsTheReceiverOffAtOnce() {
        var consent = consent(DE_BRUG, null, ALL);
        var attempt = claimed(ALL);
        assertThat(get(BRAM, "/v1/clients/" + client)).hasStatusOk();
        assertThat(standing(attempt)).isEqualTo("IN_FORCE CONSENT");

        assertThat(withdraw(ANNA, consent))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.status")
                .isEqualTo("WITHDRAWN");
        assertNothingIsSeen();
        assertThat(standing(attempt)).isEqualTo("WITHDRAWN CONSENT");
        assertThat(grant(attempt, "{\"access\":\"SHARED\",\"sequence\":9}")).hasStatus(204);
        assertNothingIsSeen();
    }

    @Test
    void p3AlsoWhileKafkaIsDown() throws IOException {
        var consent = consent(DE_BRUG, null, ALL);
        claimed(ALL);
        assertThat(get(BRAM, "/v1/clients/" + client)).hasStatusOk();
        var kafka = KafkaServer.ofTests();
        kafka.stop();
        try {
            assertThat(withdraw(ANNA, consent)).hasStatusOk();
            assertNothingIsSeen();
        } finally {
            kafka.start();
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(stored("consents", consent).getList("outbox", Document.class))
                        .isEmpty());
    }

    @Test
    void p3WhatElseTheReceiverSeesStays() {
        var consent = consent(DE_BRUG, null, ALL);
        claimed(ALL);
        share(client, "\"BIRTH_DATE\""); // by another referral, on another legal basis
        assertThat(withdraw(ANNA, consent)).hasStatusOk();
        var seen = body(get(BRAM, "/v1/clients/" + client));
        assertThat(seen.has("birthDate")).isTrue();
        assertThat(seen.has("name")).isFalse();
    }

    @Test
    void p3ItStaysAsARecordAndTellsWhichAttemptsEnd() {
        var consent = consent(DE_BRUG, DEBTS, ALL);
        var attempt = claimed(NAME);
        clock.set(NOW.plus(Duration.ofHours(1)));
        var first = body(withdraw(MILAN, consent));
        assertThat(first.at("/recorded/at").stringValue()).startsWith("2026-03-02T09:00");
        assertThat(first.at("/withdrawn/at").stringValue()).startsWith("2026-03-02T10:00");
        assertThat(body(withdraw(ANNA, consent))).as("withdrawn once").isEqualTo(first);
        assertThat(get(ANNA, path() + "/" + consent)).bodyJson().isLenientlyEqualTo("""
                        {"id":"%s","client":"%s","status":"WITHDRAWN","textVersion":"2026-1","givenAt":"2026-03-01T10:00:00Z",
                         "giver":{"by":"CLIENT"},"scope":{"receiver":"%s","service":"%s"},"attempts":["%s"],
                         "recorded":{"person":"%s","organisation":"%s"}}
                        """.formatted(
                        consent, client, DE_BRUG, DEBTS, attempt, ANNA_ID, WIJKTEAM));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(database.getCollection("access_log")
                                .find(new Document("clients", client).append("purpose", "CONSENT_RECORD"))
                                .into(new ArrayList<>()))
                        .extracting(it -> it.getString("action"))
                        .containsExactlyInAnyOrder("CREATE", "CHANGE", "READ", "READ"));
    }

    @Test
    void p3TheReceiverReadsOnWhatItWasToldOnABasisOfItsOwn() {
        var consent = consent(DE_BRUG, null, ALL);
        var attempt = claimed("\"NAME\",\"ADDRESS\",\"CONTACT\"");
        assertThat(ownBasis(attempt, BRAM, DE_BRUG, "WMO")).hasStatus(409);
        assertThat(withdraw(ANNA, consent)).hasStatusOk();
        var shown = """
                {"name":{"surname":"Smit"},"address":{"value":{"street":"Dorpsstraat"}},"contact":{"phone":"0612345678"}}""";
        assertThat(ownBasis(attempt, BRAM, DE_BRUG, "WMO")).hasStatus(204);
        assertThat(get(BRAM, "/v1/clients/" + client)).bodyJson().isLenientlyEqualTo(shown);
        assertThat(standing(attempt)).isEqualTo("OWN_BASIS WMO");

        // nothing new is shared
        assertThat(patch(ANNA, client, 1, """
                {"name":{"surname":"Hertrouwd"},"contact":{"phone":"0687654321"},
                 "address":{"value":{"street":"Nieuwstraat"}}}""")).hasStatusOk();
        assertThat(get(BRAM, "/v1/clients/" + client)).bodyJson().isLenientlyEqualTo(shown);
        assertThat(get(BRAM, "/v1/clients/" + client))
                .bodyText()
                .doesNotContain("Hertrouwd", "0687654321", "Nieuwstraat");
        assertThat(lookup())
                .bodyJson()
                .extractingPath("$.items[0].name.surname")
                .isEqualTo("Smit");
        assertThat(search("Hertrouwd"))
                .bodyJson()
                .extractingPath("$.items")
                .asArray()
                .isEmpty();

        // but for what keeps somebody safe
        assertThat(patch(ANNA, client, 2, "{\"secrecy\":true}")).hasStatusOk();
        assertThat(get(BRAM, "/v1/clients/" + client))
                .bodyText()
                .contains("Smit")
                .doesNotContain("Dorpsstraat", "0612345678");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(database.getCollection("access_log")
                                .find(new Document("clients", client).append("organisation", DE_BRUG))
                                .into(new ArrayList<>()))
                        .extracting(it -> it.getString("action") + " " + it.getString("purpose"))
                        .contains("CREATE WMO", "READ WMO")
                        .doesNotContain("READ CONSENT"));
    }

    @Test
    void p3OnlyItsReceiverRecordsABasisAndNotConsent() {
        var consent = consent(DE_BRUG, null, ALL);
        var attempt = claimed(ALL);
        assertThat(withdraw(ANNA, consent)).hasStatusOk();
        assertThat(ownBasis(attempt, DIRK, HET_ANKER, "WMO")).hasStatus(404);
        assertThat(ownBasis(attempt, ANNA, WIJKTEAM, "WMO")).hasStatus(404);
        assertThat(ownBasis(UUID.randomUUID(), BRAM, DE_BRUG, "WMO")).hasStatus(404);
        assertThat(errors(ownBasis(attempt, BRAM, DE_BRUG, "CONSENT"))).containsExactly("/legalBasis withdrawn");
        assertThat(errors(readOn(attempt, BRAM, DE_BRUG, "{}")))
                .containsExactly("/legalBasis required", "/reason required");
        assertNothingIsSeen();
        for (int i = 0; i < 2; i++) {
            assertThat(ownBasis(attempt, BRAM, DE_BRUG, "WMO")).hasStatus(204);
        }
        assertThat(stored("agreements", attempt).getList("ownBases", Document.class))
                .hasSize(1)
                .allSatisfy(it -> assertThat(it.toJson()).doesNotContain("Daarom"));
    }

    @Test
    void p3WhatWasNotYetToldIsNeverRead() {
        var consent = consent(DE_BRUG, null, ALL);
        var attempt = UUID.randomUUID();
        assertThat(agree(attempt, onConsent(ALL))).hasStatusOk();
        assertThat(grant(attempt, "{\"access\":\"CORE\",\"sequence\":1}")).hasStatus(204);
        assertThat(withdraw(ANNA, consent)).hasStatusOk();
        assertThat(grant(attempt, "{\"access\":\"SHARED\",\"sequence\":2}")).hasStatus(204);
        assertThat(ownBasis(attempt, BRAM, DE_BRUG, "WMO")).hasStatus(404);
        assertNothingIsSeen();
    }

    @Test
    void p3AWithdrawalAndASendingAtOnceEndAsIfOneCameFirst() throws Exception {
        for (int i = 0; i < 8; i++) {
            var consent = consent(DE_BRUG, null, ALL);
            var attempt = UUID.randomUUID();
            List<Callable<MvcTestResult>> both =
                    List.of(() -> agree(attempt, onConsent(NAME)), () -> withdraw(ANNA, consent));
            try (var threads = Executors.newFixedThreadPool(2)) {
                for (var done : threads.invokeAll(both)) {
                    assertThat(done.get().getResponse().getStatus()).isIn(200, 400);
                }
            }
            var stands = database.getCollection("grants")
                    .find(new Document("_id", attempt))
                    .first();
            assertThat(stands == null || stands.get("consentWithdrawnAt") != null)
                    .as("refused, or closed")
                    .isTrue();
        }
    }

    @Test
    void whoSeesTheClientSeesWhatConcernsThem() {
        var forBrug = consent(DE_BRUG, null, ALL);
        var forAnker = consent(HET_ANKER, null, NAME);
        assertThat(get(BRAM, path())).as("not before the claim").hasStatus(404);
        claimed(NAME);
        assertThat(ids(get(ANNA, path()))).containsExactly(forAnker, forBrug);
        assertThat(ids(get(CARLA, path()))).containsExactly(forBrug);
        assertThat(get(BRAM, path() + "/" + forBrug)).hasStatusOk();
        assertThat(get(BRAM, path() + "/" + forAnker)).hasStatus(404);
        assertThat(withdraw(BRAM, forAnker)).hasStatus(404);
        for (var stranger : List.of(EVA, DIRK)) {
            assertThat(get(stranger, path())).hasStatus(404);
            assertThat(get(stranger, path() + "/" + forBrug)).hasStatus(404);
            assertThat(withdraw(stranger, forBrug)).hasStatus(404);
            assertThat(post(stranger, path(), body(DE_BRUG, null, NAME))).hasStatus(404);
        }
        assertThat(get(Tokens.of(UUID.randomUUID(), "9901:policy-officer"), path()))
                .hasStatus(403);
        // who helps hears it, writes it down, and sees nothing any more
        assertThat(withdraw(BRAM, forBrug)).hasStatusOk();
        assertThat(get(BRAM, path())).hasStatus(404);
    }

    @Test
    void t14TheReceiverWritesDownTheConsentForTheNextOne() {
        share(client, NAME);
        var answer = post(BRAM, path(), body(HET_ANKER, null, NAME));
        assertThat(answer).hasStatus(201);
        var consent = UUID.fromString(body(answer).path("id").stringValue());
        assertThat(ids(get(BRAM, path()))).containsExactly(consent);
        assertThat(ids(get(ANNA, path()))).containsExactly(consent);
    }

    @Test
    void theSameRequestTwiceIsOneConsent() {
        var key = Map.of(IdempotencyKey.HEADER, "consent-" + client);
        var first = send(HttpMethod.POST, ANNA, path(), body(DE_BRUG, null, NAME), key);
        var second = send(HttpMethod.POST, ANNA, path(), body(DE_BRUG, null, NAME), key);
        assertThat(second).hasStatus(201);
        assertThat(second.getResponse().getHeader(HttpHeaders.LOCATION))
                .isEqualTo(first.getResponse().getHeader(HttpHeaders.LOCATION));
        assertThat(send(HttpMethod.POST, ANNA, path(), body(DE_BRUG, null, ALL), key))
                .hasStatus(409);
        assertThat(ids(get(ANNA, path()))).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "'\"textVersion\":\"2026-1\",', '', /textVersion required",
        "2026-1, 2026 1, /textVersion pattern",
        "2026-03-01T10:00:00Z, 2026-03-02T09:00:01Z, /givenAt in-future",
        "'\"by\":\"CLIENT\"', '\"by\":\"REPRESENTATIVE\"', /giver/representative required",
        "'\"by\":\"CLIENT\"', '\"by\":\"CLIENT\",\"representative\":\"Vader\"', /giver/representative not-expected",
        "'\"data\":[\"NAME\"]', '\"data\":[]', /scope/data required",
        "'\"data\":[\"NAME\"]', '\"data\":[null]', /scope/data/0 wrong-type",
        "'\"data\":[\"NAME\"]', '\"data\":[\"ALL\"]', /scope/data/0 wrong-type",
    })
    void whatIsWrongIsNamed(String part, String other, String error) {
        var body = body(DE_BRUG, null, NAME);
        assertThat(body).contains(part);
        assertThat(errors(post(ANNA, path(), body.replace(part, other)))).containsExactly(error);
        assertThat(ids(get(ANNA, path()))).isEmpty();
    }

    @Test
    void whoGaveItIsSealed() {
        var body = body(DE_BRUG, null, NAME)
                .replace("\"by\":\"CLIENT\"", "\"by\":\"REPRESENTATIVE\",\"representative\":\"Karel\"");
        var consent = UUID.fromString(body(post(ANNA, path(), body)).path("id").stringValue());
        assertThat(stored("consents", consent).toJson()).doesNotContain("Karel", "REPRESENTATIVE");
        assertThat(get(ANNA, path() + "/" + consent))
                .bodyJson()
                .extractingPath("$.giver.representative")
                .isEqualTo("Karel");
    }

    @Test
    void aListReadsNoMoreThanItsPage() {
        for (int i = 0; i < 12; i++) {
            consent(i % 2 == 0 ? DE_BRUG : HET_ANKER, null, NAME);
        }
        claimed(NAME, "WMO");
        var first = get(BRAM, path() + "?limit=3");
        var next = body(first).path("next").stringValue();
        assertThat(ids(get(BRAM, path() + "?limit=3&cursor=" + next)))
                .hasSize(3)
                .doesNotContainAnyElementsOf(ids(first));
        var cursor = new Cursor(0, ids(first).getLast());
        for (var filter : List.of(Consents.of(client, DE_BRUG, null), Consents.of(client, DE_BRUG, cursor))) {
            var plan = database.getCollection(Consents.COLLECTION)
                    .find(filter)
                    .sort(Sorts.descending("_id"))
                    .limit(3)
                    .explain();
            assertThat(plan.get("queryPlanner", Document.class)
                            .get("winningPlan", Document.class)
                            .toJson())
                    .contains("IXSCAN")
                    .doesNotContain("COLLSCAN", "\"stage\": \"SORT\"");
            assertThat(plan.get("executionStats", Document.class).getInteger("totalKeysExamined"))
                    .isLessThanOrEqualTo(4);
        }
    }

    private String path() {
        return "/v1/clients/" + client + "/consents";
    }

    private static String body(UUID receiver, @Nullable UUID service, String data) {
        return """
                {"textVersion":"2026-1","givenAt":"2026-03-01T10:00:00Z","giver":{"by":"CLIENT"},
                 "scope":{"receiver":"%s",%s"data":[%s]}}""".formatted(receiver, service == null ? "" : "\"service\":\"" + service + "\",", data);
    }

    private UUID consent(UUID receiver, @Nullable UUID service, String data) {
        var answer = post(ANNA, path(), body(receiver, service, data));
        assertThat(answer).hasStatus(201);
        return UUID.fromString(body(answer).path("id").stringValue());
    }

    private MvcTestResult withdraw(String token, UUID consent) {
        return send(HttpMethod.DELETE, token, path() + "/" + consent, null, Map.of());
    }

    /** As referral-service stores it for De Brug's debt service. */
    private String onConsent(String data) {
        return agreement(data, "CONSENT");
    }

    private String agreement(String data, String legalBasis) {
        return Bodies.agreement(client, data)
                .replace(
                        "\"legalBasis\":\"WMO\"",
                        "\"legalBasis\":\"%s\",\"service\":\"%s\"".formatted(legalBasis, DEBTS));
    }

    private UUID claimed(String data) {
        return claimed(data, "CONSENT");
    }

    private UUID claimed(String data, String legalBasis) {
        var attempt = UUID.randomUUID();
        assertThat(agree(attempt, agreement(data, legalBasis))).hasStatusOk();
        assertThat(grant(attempt, "{\"access\":\"SHARED\",\"sequence\":2}")).hasStatus(204);
        return attempt;
    }

    private MvcTestResult ownBasis(UUID attempt, String token, UUID organisation, String legalBasis) {
        return readOn(attempt, token, organisation, """
                {"legalBasis":"%s","reason":"Daarom"}""".formatted(legalBasis));
    }

    private MvcTestResult readOn(UUID attempt, String token, UUID organisation, String body) {
        return send(
                HttpMethod.PUT,
                REFERRAL_SERVICE,
                "/internal/v1/agreements/" + attempt + "/own-basis",
                body,
                Map.of("Wijkschakel-Caller", token, Caller.ORGANISATION_HEADER, organisation.toString()));
    }

    private String standing(UUID attempt) {
        var answer = post(
                REFERRAL_SERVICE,
                "/internal/v1/grant-standings",
                "{\"attempts\":[\"%s\",\"%s\"]}".formatted(attempt, UUID.randomUUID()));
        assertThat(answer).hasStatusOk();
        var items = body(answer).path("items");
        assertThat(items.size()).isEqualTo(1);
        return items.at("/0/standing").stringValue() + " "
                + items.at("/0/basis").stringValue();
    }

    private void assertNothingIsSeen() {
        assertThat(get(BRAM, "/v1/clients/" + client)).hasStatus(404);
        assertThat(get(CARLA, "/v1/clients/" + client)).hasStatus(404);
        assertThat(lookup()).bodyJson().extractingPath("$.items").asArray().isEmpty();
        assertThat(body(search("Smit")).toString()).doesNotContain(client.toString());
    }

    private MvcTestResult lookup() {
        return post(BRAM, "/v1/client-lookups", "{\"ids\":[\"%s\"]}".formatted(client));
    }

    private MvcTestResult search(String surname) {
        return post(BRAM, "/v1/client-searches", "{\"surname\":\"%s\"}".formatted(surname));
    }

    private List<UUID> ids(MvcTestResult page) {
        assertThat(page).hasStatusOk();
        return body(page)
                .path("items")
                .valueStream()
                .map(it -> UUID.fromString(it.path("id").stringValue()))
                .toList();
    }

    private List<String> errors(MvcTestResult answer) {
        assertThat(answer).hasStatus(400);
        return body(answer)
                .path("errors")
                .valueStream()
                .map(ConsentControllerTest::error)
                .toList();
    }

    private static String error(JsonNode it) {
        return it.path("pointer").stringValue() + " " + it.path("code").stringValue();
    }
}
