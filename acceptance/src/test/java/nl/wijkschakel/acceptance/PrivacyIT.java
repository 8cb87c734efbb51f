package nl.wijkschakel.acceptance;

import static nl.wijkschakel.acceptance.World.ADDICTION;
import static nl.wijkschakel.acceptance.World.BUDDY;
import static nl.wijkschakel.acceptance.World.DEBTS;
import static nl.wijkschakel.acceptance.World.RETURN;
import static nl.wijkschakel.acceptance.World.acceptance;
import static nl.wijkschakel.acceptance.World.act;
import static nl.wijkschakel.acceptance.World.bsn;
import static nl.wijkschakel.acceptance.World.client;
import static nl.wijkschakel.acceptance.World.draft;
import static nl.wijkschakel.acceptance.World.sent;
import static nl.wijkschakel.acceptance.World.submission;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import nl.wijkschakel.local.api.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** DOMAIN §4 on the running platform, through the gateway, with tokens of Keycloak's. */
class PrivacyIT {

    private final Person anna = Person.of("anna");
    private final Person bram = Person.of("bram");
    private final Person lotte = Person.of("lotte");
    private final Person eva = Person.of("eva");

    @Test
    void p1NothingIsSentWithoutALegalBasis() {
        var draft = draft(client("Grondslag"), "Ik zoek hulp");
        var without = submission(DEBTS).replace("\"legalBasis\":\"WMO\",", "");
        var answer = anna.post("/api/referral/v1/referrals/" + draft.id() + "/submission", without, draft.version())
                .require(400);
        assertThat(answer.text()).contains("/legalBasis");
        var consent = submission(DEBTS).replace("\"WMO\"", "\"CONSENT\"");
        anna.post("/api/referral/v1/referrals/" + draft.id() + "/submission", consent, draft.version())
                .require(400);
        assertThat(anna.get("/api/referral/v1/referrals/" + draft.id())
                        .json()
                        .path("status")
                        .asString())
                .isEqualTo("DRAFT");
    }

    @Test
    void p2NothingIsSentWithoutAgreementOrAMotivatedException() {
        var draft = draft(client("Instemming"), "Ik zoek hulp");
        var path = "/api/referral/v1/referrals/" + draft.id() + "/submission";
        var agreed = "{\"kind\":\"AGREED\",\"how\":\"SPOKEN\",\"on\":\"2026-11-20\",\"by\":\"CLIENT\"}";
        for (var wrong : List.of(
                "null",
                "{\"kind\":\"AGREED\"}",
                "{\"kind\":\"EXCEPTION\"}",
                "{\"kind\":\"EXCEPTION\",\"exception\":\"SAFETY\"}")) {
            anna.post(path, submission(DEBTS).replace(agreed, wrong), draft.version())
                    .require(400);
        }
        var exception = "{\"kind\":\"EXCEPTION\",\"exception\":\"SAFETY\",\"motivation\":\"Partner leest mee\"}";
        anna.post(path, submission(DEBTS).replace(agreed, exception), draft.version())
                .require(200);
    }

    @Test
    void p4BeforeTheClaimOnlyCoreData() {
        var client = client("Kerngegeven");
        var attempt = sent(client, DEBTS, "Mijn diepste geheim");
        var seen = bram.get("/api/referral/v1/attempts/" + attempt).require(200).text();
        var listed = bram.get("/api/referral/v1/attempts?queue=NEW&limit=100")
                .require(200)
                .text();
        assertThat(listed).contains(attempt);
        for (var text : List.of(seen, listed)) {
            assertThat(text)
                    .doesNotContain("Kerngegeven", "Sanne", "geheim", "Voorbeeldstraat", "0612345678", client)
                    .doesNotContain("Rust in mijn hoofd");
        }
        assertThat(seen).contains("27-64", "1234", "0101234567");
        bram.get("/api/client/v1/clients/" + client).require(404);

        var claimed = act(bram, attempt, "claim", "{}").require(200);
        assertThat(claimed.json().path("clientAccess").asString()).isEqualTo("IN_FORCE");
        assertThat(claimed.text()).contains("geheim");
        assertThat(bram.get("/api/client/v1/clients/" + client).require(200).text())
                .contains("Kerngegeven", "Voorbeeldstraat")
                .doesNotContain("\"value\":\"9998");
    }

    @Test
    void p5AStrangerFindsNothing() {
        var client = client("Vreemd");
        var draft = draft(client, "Ik zoek hulp");
        var attempt = anna.post(
                        "/api/referral/v1/referrals/" + draft.id() + "/submission", submission(DEBTS), draft.version())
                .json()
                .path("attempts")
                .path(0)
                .path("id")
                .asString();
        for (var stranger : List.of(eva, lotte)) {
            var unknown = stranger.get("/api/referral/v1/attempts/" + UUID.randomUUID())
                    .require(404);
            for (var path : List.of(
                    "/api/client/v1/clients/" + client,
                    "/api/client/v1/clients/" + client + "/access-log",
                    "/api/referral/v1/referrals/" + draft.id(),
                    "/api/referral/v1/attempts/" + attempt,
                    "/api/referral/v1/attempts/" + attempt + "/history")) {
                assertThat(stranger.get(path).require(404).json().path("title"))
                        .as(path)
                        .isEqualTo(unknown.json().path("title"));
            }
            for (var action : List.of("claim", "withdrawal", "acceptance", "return", "answer")) {
                var refused =
                        stranger.post("/api/referral/v1/attempts/" + attempt + "/" + action, body(action), "\"1\"");
                assertThat(refused.status()).as(action).isEqualTo(404);
            }
            assertThat(stranger.get("/api/referral/v1/attempts?queue=NEW&limit=100")
                            .require(200)
                            .text())
                    .doesNotContain(attempt);
            assertThat(stranger.get("/api/referral/v1/referrals?queue=SENT&limit=100")
                            .require(200)
                            .text())
                    .doesNotContain(draft.id().toString());
        }
    }

    private static String body(String action) {
        return switch (action) {
            case "acceptance" -> acceptance();
            case "return" -> RETURN;
            case "withdrawal" -> "{\"reason\":\"OTHER\"}";
            case "answer" -> "{\"answer\":\"ja\"}";
            default -> "{}"; // the rest take nothing
        };
    }

    @Test
    void p6AfterAReturnTheReceiverReadsItsDecisionAndNothingElse() {
        var client = client("Terug");
        var attempt = sent(client, DEBTS, "Mijn hele verhaal");
        act(bram, attempt, "claim", "{}").require(200);
        bram.get("/api/client/v1/clients/" + client).require(200);
        act(bram, attempt, "return", RETURN).require(200);

        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(
                        () -> bram.get("/api/client/v1/clients/" + client).require(404));
        var own = bram.get("/api/referral/v1/attempts/" + attempt).require(200).text();
        assertThat(own).contains("NO_CAPACITY").doesNotContain("verhaal", "Terug", client);
        assertThat(bram.get("/api/referral/v1/attempts/" + attempt + "/history")
                        .require(200)
                        .text())
                .doesNotContain("verhaal");
    }

    @Test
    void p6AfterAWithdrawalToo() {
        var client = client("Ingetrokken");
        var attempt = sent(client, DEBTS, "Mijn hele verhaal");
        act(bram, attempt, "claim", "{}").require(200);
        act(anna, attempt, "withdrawal", "{\"reason\":\"CLIENT_DECLINES\",\"note\":\"Zegt liever niets\"}")
                .require(200);
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(
                        () -> bram.get("/api/client/v1/clients/" + client).require(404));
        assertThat(bram.get("/api/referral/v1/attempts/" + attempt).require(200).text())
                .doesNotContain("verhaal", "liever niets", client);
    }

    @ParameterizedTest
    @ValueSource(strings = {"999999321", "999994086", "999995492", "000000152"})
    void p8AValidNumberIsTaken(String bsn) {
        var answer = register(bsn);
        assertThat(answer.status()).as(answer.text()).isIn(201, 409);
    }

    @ParameterizedTest
    @ValueSource(strings = {"999999322", "123456789", "000000000", "12345678", "99999932a"})
    void p8ANumberThatFailsTheElevenTestIsRefused(String bsn) {
        var answer = register(bsn).require(400);
        assertThat(answer.text()).contains("/bsn").doesNotContain(bsn);
    }

    @Test
    void p8OnlyAnEntitledServiceSeesTheNumberAndThenMasked() {
        var bsn = bsn();
        var client = client("Nummer", bsn);
        var attempt = sent(client, DEBTS, "Ik zoek hulp");
        act(bram, attempt, "claim", "{}").require(200);
        assertThat(bram.get("/api/client/v1/clients/" + client).require(200).text())
                .contains("*****" + bsn.substring(5))
                .doesNotContain(bsn);

        var another = client("Maatje");
        var informal = sent(another, BUDDY, "Ik ben alleen");
        var volunteer = Person.of("org03");
        act(volunteer, informal, "claim", "{}").require(200);
        assertThat(volunteer
                        .get("/api/client/v1/clients/" + another)
                        .require(200)
                        .text())
                .contains("Maatje")
                .doesNotContain("*****");
    }

    @Test
    void p9SecrecyHidesWhereSomebodyLives() {
        var created = anna.post("/api/client/v1/clients", """
                        {"name":{"given":"Sanne","surname":"Geheimhouding"},"bsn":{"value":"%s"},
                         "birthDate":{"value":"1988-04-01"},
                         "address":{"value":{"street":"Schuilstraat","houseNumber":"1","postcode":"1234AB","city":"Waterwijk"}},
                         "municipality":"9901","contact":{"phone":"0687654321","preference":"PHONE"},"language":"nl",
                         "interpreterNeeded":false,"safeContact":{"safe":true},"secrecy":true}""".formatted(bsn())).require(201);
        var id = created.id().toString();
        var attempt = sent(id, DEBTS, "Ik zoek hulp");
        assertThat(bram.get("/api/referral/v1/attempts/" + attempt).require(200).text())
                .doesNotContain("\"postcode4\"");
        for (var found : List.of(
                anna.post("/api/client/v1/client-searches", "{\"surname\":\"Geheimhouding\"}")
                        .require(200),
                anna.post("/api/client/v1/client-lookups", "{\"ids\":[\"%s\"]}".formatted(id))
                        .require(200))) {
            assertThat(found.text()).contains(id).doesNotContain("Schuilstraat", "0687654321", "1234AB");
        }
    }

    @Test
    void p10TheAgreedSafeWayIsShown() {
        var created = anna.post("/api/client/v1/clients", """
                        {"name":{"given":"Sanne","surname":"Onveilig"},"bsn":{"value":"%s"},
                         "birthDate":{"value":"1988-04-01"},"address":{"unknownBecause":"NOT_TOLD"},
                         "municipality":"9901","contact":{"phone":"0687654321","preference":"PHONE"},"language":"nl",
                         "interpreterNeeded":false,
                         "safeContact":{"safe":false,"agreedWay":"Alleen via school"},"secrecy":false}""".formatted(bsn())).require(201);
        var id = created.id().toString();
        var draft = draft(id, "Ik zoek hulp");
        var unsafe = submission(DEBTS).replace("\"safeContact\":true", "\"safeContact\":false");
        var attempt = anna.post("/api/referral/v1/referrals/" + draft.id() + "/submission", unsafe, draft.version())
                .require(200)
                .json()
                .path("attempts")
                .path(0)
                .path("id")
                .asString();
        act(bram, attempt, "claim", "{}").require(200);
        assertThat(bram.get("/api/client/v1/clients/" + id).require(200).text()).contains("Alleen via school");
        assertThat(TestPlatform.stack().mail().getReceivedMessages())
                .as("workers alone get mail")
                .allSatisfy(mail -> assertThat(mail.getAllRecipients()[0].toString())
                        .as("workers are at .example, clients at example.nl")
                        .endsWith(".example"));
    }

    @Test
    void p14EveryLookIsWrittenDown() {
        var client = client("Inzage");
        var attempt = sent(client, DEBTS, "Ik zoek hulp");
        act(bram, attempt, "claim", "{}").require(200);
        bram.get("/api/client/v1/clients/" + client).require(200);
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            var log = anna.get("/api/client/v1/clients/" + client + "/access-log?limit=100")
                    .require(200);
            var rows = log.json().path("items");
            assertThat(rows.findValuesAsString("organisation")).contains(World.WIJKTEAMS, World.BRIDGE);
            assertThat(rows.findValuesAsString("action")).contains("CREATE", "READ", "CHANGE");
            assertThat(log.text()).doesNotContain("Bram", "Anna");
        });
    }

    @Test
    void p17ANameFindsOwnClientsAndClaimedOnes() {
        var surname = "Zoeknaam";
        var client = client(surname);
        assertThat(search(anna, surname)).contains(client);
        var attempt = sent(client, ADDICTION, "Ik zoek hulp");
        assertThat(search(lotte, surname)).doesNotContain(client);
        act(lotte, attempt, "claim", "{}").require(200);
        assertThat(search(lotte, surname)).contains(client);
        assertThat(search(eva, surname)).doesNotContain(client);
        act(lotte, attempt, "return", RETURN).require(200);
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(search(lotte, surname)).doesNotContain(client));
    }

    @ParameterizedTest
    @ValueSource(strings = {"joris", "kim", "hugo"})
    void p25WhoHasNoCasesGetsNowhereNearThem(String name) {
        var person = Person.of(name);
        for (var path : List.of(
                "/api/client/v1/clients/" + UUID.randomUUID(),
                "/api/referral/v1/referrals?queue=DRAFT",
                "/api/referral/v1/referrals/" + UUID.randomUUID(),
                "/api/referral/v1/attempts?queue=NEW",
                "/api/referral/v1/attempts/" + UUID.randomUUID(),
                "/api/referral/v1/attempts/counts")) {
            assertThat(person.get(path).status()).as(path).isEqualTo(403);
        }
        person.post("/api/client/v1/client-searches", "{\"surname\":\"X\"}").require(403);
        person.post("/api/client/v1/clients", "{}").require(403);
    }

    /** A functional admin is told of what concerns the installation, and of no case. */
    @ParameterizedTest
    @ValueSource(strings = {"joris", "kim"})
    void p25WhoHasNoCasesIsToldOfNone(String name) {
        assertThat(Person.of(name).get("/api/notification/v1/notifications").status())
                .isEqualTo(403);
    }

    @Test
    void noInternalPathIsPublic() {
        for (var path : List.of(
                "/api/client/internal/v1/grants/" + UUID.randomUUID(),
                "/api/client/v1/../internal/v1/grants/" + UUID.randomUUID(),
                "/api/client/v1/%2e%2e/internal/v1/grants/" + UUID.randomUUID(),
                "/api/client/actuator/prometheus",
                "/api/referral/actuator/health")) {
            assertThat(anna.get(path).status()).as(path).isIn(400, 401, 403, 404);
        }
    }

    private Answer register(String bsn) {
        return anna.post("/api/client/v1/clients", """
                {"name":{"given":"Elf","surname":"Proef"},"bsn":{"value":"%s"},"birthDate":{"unknownBecause":"NOT_TOLD"},
                 "address":{"unknownBecause":"NOT_TOLD"},"municipality":"9901","language":"nl","interpreterNeeded":false,
                 "safeContact":{"safe":true},"secrecy":false}""".formatted(bsn));
    }

    private static String search(Person person, String surname) {
        return person.post("/api/client/v1/client-searches", "{\"surname\":\"%s\"}".formatted(surname))
                .require(200)
                .text();
    }
}
