package nl.wijkschakel.client.agreement;

import static nl.wijkschakel.client.People.ANNA;
import static nl.wijkschakel.client.People.BRAM;
import static nl.wijkschakel.client.People.BRAM_ID;
import static nl.wijkschakel.client.People.CARLA;
import static nl.wijkschakel.client.People.DE_BRUG;
import static nl.wijkschakel.client.People.DIRK;
import static nl.wijkschakel.client.People.HET_ANKER;
import static nl.wijkschakel.client.People.REFERRAL_SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import nl.wijkschakel.client.Bodies;
import nl.wijkschakel.client.People;
import nl.wijkschakel.client.ServiceTest;
import nl.wijkschakel.kit.caller.Caller;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** DOMAIN T14: De Brug sends on to Het Anker what the wijkteam shared with it; exactly that, and not more. */
class ForwardingTest extends ServiceTest {

    private final UUID next = UUID.randomUUID();

    private UUID client = next;
    private UUID first = next;

    @BeforeEach
    void isShared() {
        client = register(ANNA, Bodies.client("Smit", anotherBsn()));
        first = share(client, "\"NAME\",\"CONTACT\"");
    }

    @Test
    void t14TheReceiverAgreesWithTheClientForTheNextOne() {
        assertThat(forward(BRAM, DE_BRUG, "\"NAME\""))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.ageGroup")
                .isEqualTo("27-64");
        assertThat(get(DIRK, "/v1/clients/" + client)).as("not yet sent").hasStatus(404);
        assertThat(grant(first, "{\"access\":\"NONE\",\"sequence\":3}")).hasStatus(204);
        assertThat(grant(next, "{\"access\":\"SHARED\",\"sequence\":2}")).hasStatus(204);
        var shown = body(get(DIRK, "/v1/clients/" + client));
        assertThat(shown.has("name")).isTrue();
        assertThat(shown.has("contact")).as("was not passed on").isFalse();
        assertThat(get(BRAM, "/v1/clients/" + client)).hasStatus(404);
    }

    @Test
    void t14NoMorePassesOnThanWasShared() {
        for (var parts : new String[] {"\"NAME\",\"BIRTH_DATE\"", "\"BSN\"", "\"ADDRESS\""}) {
            var answer = forward(BRAM, DE_BRUG, parts);
            assertThat(answer).hasStatus(400);
            assertThat(body(answer).at("/errors/0/pointer").stringValue()).isEqualTo("/sharedData");
            assertThat(body(answer).at("/errors/0/code").stringValue()).isEqualTo("not-shared");
        }
        isNotStored();
    }

    @ParameterizedTest
    @ValueSource(strings = {"CORE", "NONE"})
    void t14WhoDoesNotSeeTheClientSendsNothingOn(String access) {
        assertThat(grant(first, "{\"access\":\"%s\",\"sequence\":3}".formatted(access)))
                .hasStatus(204);
        assertThat(forward(BRAM, DE_BRUG, "\"NAME\"")).hasStatus(404);
        isNotStored();
    }

    @Test
    void t14NorDoesWhoIsShutOut() {
        assertThat(grant(first, """
                {"access":"SHARED","sequence":3,"excludedWorkers":["%s"]}""".formatted(BRAM_ID))).hasStatus(204);
        assertThat(forward(BRAM, DE_BRUG, "\"NAME\"")).hasStatus(404);
        assertThat(forward(CARLA, DE_BRUG, "\"NAME\"")).hasStatusOk();
    }

    @Test
    void t14NorDoesAnyoneElse() {
        assertThat(forward(DIRK, HET_ANKER, "\"NAME\"")).hasStatus(404);
        assertThat(forward(ANNA, People.WIJKTEAM, "\"NAME\""))
                .as("the sender sends again, and does not forward")
                .hasStatus(404);
        isNotStored();
    }

    @Test
    void t14AnotherClientOrAnotherReferralIsNotSentOn() {
        var other = register(ANNA, Bodies.client("Jansen", anotherBsn()));
        share(other, "\"NAME\"");
        assertThat(store(BRAM, DE_BRUG, body("\"NAME\"").replace(client.toString(), other.toString())))
                .hasStatus(404);
        assertThat(store(
                        BRAM,
                        DE_BRUG,
                        body("\"NAME\"")
                                .replace(
                                        "0199e000-0000-7000-8000-000000000001",
                                        "0199e000-0000-7000-8000-000000000002")))
                .hasStatus(404);
        isNotStored();
    }

    /** A forward names the attempt it goes on from; without it a receiver has no client to send. */
    @Test
    void p5WithoutTheAttemptTheReceiverSendsNothing() {
        var plain = Bodies.agreement(client, "\"NAME\"").replace(DE_BRUG.toString(), HET_ANKER.toString());
        assertThat(store(BRAM, DE_BRUG, plain)).hasStatus(404);
        isNotStored();
    }

    /** DOMAIN P9: what the sender said of safety goes along, whatever the forwarder says. */
    @Test
    void p9WhatWasGuardedStaysGuarded() {
        var guarded = UUID.randomUUID();
        assertThat(agree(
                        guarded,
                        Bodies.agreement(client, "\"NAME\",\"CONTACT\",\"ADDRESS\"")
                                .replace("\"safeContact\":true", "\"safeContact\":false")))
                .hasStatusOk();
        assertThat(grant(guarded, "{\"access\":\"SHARED\",\"sequence\":2}")).hasStatus(204);
        var answer = store(BRAM, DE_BRUG, body("\"NAME\",\"CONTACT\"").replace(first.toString(), guarded.toString()));
        assertThat(answer).hasStatusOk();
        assertThat(body(answer).has("postcode4")).isFalse();
        assertThat(stored("grants", next).getBoolean("guarded")).isTrue();
    }

    @Test
    void p14TheAgreementForTheNextReceiverIsLogged() {
        assertThat(forward(BRAM, DE_BRUG, "\"NAME\"")).hasStatusOk();
        var entries = outbox(stored("agreements", next));
        assertThat(entries).contains(client.toString()).contains(BRAM_ID.toString());
    }

    private static String outbox(Document stored) {
        return stored.getList("outbox", Document.class).stream()
                .map(it -> it.getString("body"))
                .reduce("", String::concat);
    }

    private MvcTestResult forward(String who, UUID organisation, String sharedData) {
        return store(who, organisation, body(sharedData));
    }

    private String body(String sharedData) {
        return Bodies.agreement(client, sharedData)
                .replace(DE_BRUG.toString(), HET_ANKER.toString())
                .replaceFirst("\\{", "{\"forwardedFrom\":\"%s\",".formatted(first));
    }

    private MvcTestResult store(String who, UUID organisation, String body) {
        return send(
                HttpMethod.PUT,
                REFERRAL_SERVICE,
                "/internal/v1/agreements/" + next,
                body,
                Map.of("Wijkschakel-Caller", who, Caller.ORGANISATION_HEADER, organisation.toString()));
    }

    private void isNotStored() {
        assertThat(database.getCollection("agreements").countDocuments(new Document("_id", next)))
                .isZero();
        assertThat(database.getCollection("grants").countDocuments(new Document("_id", next)))
                .isZero();
    }
}
