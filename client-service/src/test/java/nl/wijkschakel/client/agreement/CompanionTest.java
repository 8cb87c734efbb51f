package nl.wijkschakel.client.agreement;

import static nl.wijkschakel.client.People.ANNA;
import static nl.wijkschakel.client.People.BRAM;
import static nl.wijkschakel.client.People.DE_BRUG;
import static nl.wijkschakel.client.People.DIRK;
import static nl.wijkschakel.client.People.HET_ANKER;
import static nl.wijkschakel.client.People.REFERRAL_SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import nl.wijkschakel.client.Bodies;
import nl.wijkschakel.client.ServiceTest;
import nl.wijkschakel.kit.caller.Caller;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;

/** Members of a household come along (DOMAIN §2): each is a client with a file, an agreement and shared data of their own. */
class CompanionTest extends ServiceTest {

    private final UUID attempt = UUID.randomUUID();

    private UUID mother = attempt;
    private UUID child = attempt;
    private UUID baby = attempt;

    @BeforeEach
    void theyAreRegistered() {
        mother = register(ANNA, Bodies.client("Smit", anotherBsn()));
        child = register(ANNA, Bodies.client("Smit", anotherBsn()).replace("1988-04-01", "2016-05-01"));
        baby = register(ANNA, Bodies.client("Smit", anotherBsn()).replace("1988-04-01", "2025-05-01"));
    }

    @Test
    void p4BeforeTheClaimTheReceiverKnowsHowManyTheyAreAndTheirAgeGroups() {
        var answer = agree(attempt, all());
        assertThat(answer).hasStatusOk();
        assertThat(body(answer).path("ageGroup").stringValue()).isEqualTo("27-64");
        assertThat(body(answer).path("companions")).isEqualTo(json.readTree("[\"4-11\",\"0-3\"]"));
        assertThat(grant(attempt, "{\"access\":\"CORE\",\"sequence\":1}")).hasStatus(204);
        for (var person : List.of(mother, child, baby)) {
            assertThat(get(BRAM, "/v1/clients/" + person)).hasStatus(404);
        }
        assertThat(body(agree(UUID.randomUUID(), Bodies.agreement(mother, "\"NAME\"")))
                        .has("companions"))
                .as("nobody comes along")
                .isFalse();
    }

    /** One decision covers them all; what is shown of each is what was agreed for that one. */
    @Test
    void ofEachTheReceiverSeesWhatWasAgreedForThatOne() {
        shared();
        assertThat(seen(mother).has("contact")).isTrue();
        assertThat(seen(child).has("birthDate")).isTrue();
        assertThat(seen(child).has("contact")).isFalse();
        assertThat(seen(baby).has("name")).isTrue();
        assertThat(seen(baby).has("birthDate")).isFalse();
        assertThat(get(DIRK, "/v1/clients/" + child)).hasStatus(404);
        assertThat(grant(attempt, "{\"access\":\"NONE\",\"sequence\":3}")).hasStatus(204);
        for (var person : List.of(mother, child, baby)) {
            assertThat(get(BRAM, "/v1/clients/" + person)).hasStatus(404);
        }
    }

    @Test
    void p17TheyAreFoundByNameAsFarAsTheyAreShared() {
        var name = "Meekomer" + anotherBsn();
        child = register(ANNA, Bodies.client(name, anotherBsn()));
        var search = "{\"surname\":\"%s\"}".formatted(name);
        assertThat(agree(attempt, all())).hasStatusOk();
        assertThat(post(BRAM, "/v1/client-searches", search)).bodyText().doesNotContain(child.toString());
        assertThat(grant(attempt, "{\"access\":\"SHARED\",\"sequence\":2}")).hasStatus(204);
        assertThat(post(BRAM, "/v1/client-searches", search)).bodyText().contains(child.toString());
        assertThat(post(BRAM, "/v1/client-searches", search.replace("}", ",\"birthDate\":\"1988-04-01\"}")))
                .as("the birth date was shared")
                .bodyText()
                .contains(child.toString());
    }

    @Test
    void whoWasNotTakenIsNotSeenAnyMore() {
        shared();
        assertThat(grant(attempt, "{\"access\":\"SHARED\",\"sequence\":3,\"withoutCompanions\":[0]}"))
                .hasStatus(204);
        assertThat(get(BRAM, "/v1/clients/" + child)).hasStatus(404);
        assertThat(get(BRAM, "/v1/clients/" + mother)).hasStatusOk();
        assertThat(get(BRAM, "/v1/clients/" + baby)).hasStatusOk();
        assertThat(grant(attempt, "{\"access\":\"SHARED\",\"sequence\":2}"))
                .as("older: it changes nothing")
                .hasStatus(204);
        assertThat(get(BRAM, "/v1/clients/" + child)).hasStatus(404);
        assertThat(grant(attempt, "{\"access\":\"SHARED\",\"sequence\":4,\"withoutCompanions\":[null]}"))
                .hasStatus(400);
    }

    @Test
    void p2EachHasAnAgreementOfTheirOwn() {
        var body = all();
        assertThat(errors(agree(
                        attempt,
                        body.replace(
                                "\"companions\":[", "\"companions\":[{\"client\":\"%s\"},null,".formatted(attempt)))))
                .contains(
                        "/companions/0/agreement required",
                        "/companions/0/sharedData required",
                        "/companions/1 required");
        var late = body.substring(0, body.indexOf("companions"))
                + body.substring(body.indexOf("companions")).replace("2026-03-01", "2026-03-03");
        assertThat(errors(agree(attempt, late)))
                .contains("/companions/0/agreement/on in-future", "/companions/1/agreement/on in-future");
        assertThat(errors(agree(attempt, body.replace(baby.toString(), mother.toString()))))
                .containsExactly("/companions/1/client twice");
        isNotStored();
    }

    /** DOMAIN P3: a consent is one person's. */
    @Test
    void p3AConsentCoversNobodyWhoComesAlong() {
        assertThat(errors(agree(attempt, all().replace("\"WMO\"", "\"CONSENT\""))))
                .containsExactly("/companions consent-each");
        isNotStored();
    }

    @Test
    void p5OnlyTheOwnOrganisationsClientsComeAlong() {
        var theirs = register(BRAM, Bodies.client("Smit", anotherBsn()));
        assertThat(agree(attempt, all().replace(baby.toString(), theirs.toString())))
                .hasStatus(404);
        isNotStored();
    }

    /** They live together: where one must not be found, the others' address would tell. */
    @Test
    void p9WhereOneIsGuardedAllAre() {
        baby = register(ANNA, Bodies.client("Smit", anotherBsn()).replace("\"secrecy\":false", "\"secrecy\":true"));
        var answer = agree(attempt, all().replace("\"NAME\",\"CONTACT\"", "\"NAME\",\"CONTACT\",\"ADDRESS\""));
        assertThat(answer).hasStatusOk();
        assertThat(body(answer).has("postcode4")).isFalse();
        assertThat(grant(attempt, "{\"access\":\"SHARED\",\"sequence\":2}")).hasStatus(204);
        assertThat(get(BRAM, "/v1/clients/" + mother))
                .bodyText()
                .contains("Smit")
                .doesNotContain("Dorpsstraat", "0612345678");
    }

    @Test
    void p14TheAgreementIsLoggedForEach() {
        assertThat(agree(attempt, all())).hasStatusOk();
        var entry = json.readTree(stored("agreements", attempt)
                .getList("outbox", Document.class)
                .getLast()
                .getString("body"));
        assertThat(entry.at("/data/clients").valueStream().map(JsonNode::stringValue))
                .containsExactly(mother.toString(), child.toString(), baby.toString());
    }

    @Test
    void t14NoMorePassesOnOfAnyOfThem() {
        shared();
        assertThat(forward("\"NAME\"", "\"NAME\"")).hasStatusOk();
        assertThat(errors(forward("\"NAME\"", "\"NAME\",\"ADDRESS\"")))
                .containsExactly("/companions/0/sharedData not-shared");
        assertThat(grant(attempt, "{\"access\":\"SHARED\",\"sequence\":3,\"withoutCompanions\":[0]}"))
                .hasStatus(204);
        assertThat(forward("\"NAME\"", "\"NAME\""))
                .as("who was not taken is not sent on")
                .hasStatus(404);
    }

    // steps

    private String all() {
        return Bodies.agreement(mother, "\"NAME\",\"CONTACT\"")
                .replaceFirst(
                        "\\{",
                        "{\"companions\":[%s,%s],"
                                .formatted(companion(child, "\"NAME\",\"BIRTH_DATE\""), companion(baby, "\"NAME\"")));
    }

    private static String companion(UUID client, String sharedData) {
        return """
                {"client":"%s","agreement":{"kind":"AGREED","how":"SPOKEN","on":"2026-03-01","by":"REPRESENTATIVE"},
                 "sharedData":[%s]}""".formatted(client, sharedData);
    }

    private void shared() {
        assertThat(agree(attempt, all())).hasStatusOk();
        assertThat(grant(attempt, "{\"access\":\"SHARED\",\"sequence\":2}")).hasStatus(204);
    }

    private JsonNode seen(UUID client) {
        var answer = get(BRAM, "/v1/clients/" + client);
        assertThat(answer).hasStatusOk();
        return body(answer);
    }

    private MvcTestResult forward(String ofMother, String ofChild) {
        var body = Bodies.agreement(mother, ofMother)
                .replace(DE_BRUG.toString(), HET_ANKER.toString())
                .replaceFirst(
                        "\\{",
                        "{\"forwardedFrom\":\"%s\",\"companions\":[%s],".formatted(attempt, companion(child, ofChild)));
        return send(
                HttpMethod.PUT,
                REFERRAL_SERVICE,
                "/internal/v1/agreements/" + UUID.randomUUID(),
                body,
                Map.of("Wijkschakel-Caller", BRAM, Caller.ORGANISATION_HEADER, DE_BRUG.toString()));
    }

    private List<String> errors(MvcTestResult answer) {
        assertThat(answer).hasStatus(400);
        return body(answer)
                .path("errors")
                .valueStream()
                .map(it ->
                        it.path("pointer").stringValue() + " " + it.path("code").stringValue())
                .toList();
    }

    private void isNotStored() {
        assertThat(database.getCollection("grants").countDocuments(new Document("_id", attempt)))
                .isZero();
        assertThat(database.getCollection("agreements").countDocuments(new Document("_id", attempt)))
                .isZero();
    }
}
