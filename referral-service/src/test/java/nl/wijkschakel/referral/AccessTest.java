package nl.wijkschakel.referral;

import static nl.wijkschakel.referral.Person.ANNA;
import static nl.wijkschakel.referral.Person.BRAM;
import static nl.wijkschakel.referral.Person.BRUG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;

/** DOMAIN P14: every look at a client's data is written down before it is answered, or is not answered. */
class AccessTest extends ServiceTest {

    private record Look(Person who, String path) {}

    @Test
    void p14WhatCannotBeWrittenDownIsNotShown() {
        var attempt = claimed();
        var looks = List.of(
                new Look(BRAM, "/v1/attempts/" + attempt),
                new Look(BRAM, "/v1/attempts/" + attempt + "/history"),
                new Look(BRAM, "/v1/attempts/" + attempt + "/export"),
                new Look(ANNA, "/v1/attempts/" + attempt + "/client-letter"),
                new Look(BRAM, "/v1/attempts?queue=IN_REVIEW"),
                new Look(ANNA, "/v1/attempts/" + attempt),
                new Look(ANNA, "/v1/referrals/" + referralOf(attempt)),
                new Look(ANNA, "/v1/referrals?queue=SENT"),
                new Look(ANNA, "/v1/referrals?queue=DRAFT"));
        refuseEntries();
        try {
            for (var look : looks) {
                assertThat(get(look.who(), look.path()))
                        .hasStatus(503)
                        .hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
                        .hasHeader("Retry-After", "30")
                        .bodyText()
                        .doesNotContain("Ik kom er niet meer uit", attempt.toString());
            }
        } finally {
            takeEntries();
        }
        for (var look : looks) {
            assertThat(get(look.who(), look.path())).hasStatusOk();
        }
    }

    /** Their entry rides in their own write. */
    @Test
    void p14ChangesGoOnMeanwhileAndAreWrittenDownWithThemselves() {
        var attempt = sent();
        refuseEntries();
        try {
            assertThat(act(BRAM, attempt, "claim", "{}")).hasStatusOk();
        } finally {
            takeEntries();
        }
        assertThat(outbox(storedAttempt(attempt), "access-log.v1")
                        .getLast()
                        .at("/data/organisation")
                        .stringValue())
                .isEqualTo(BRUG.toString());
    }

    /** A request that comes again shows what is there, and is a look. */
    @Test
    void p14ARepeatedRequestIsNotAnsweredEither() {
        var attempt = claimed();
        var key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
        var draft = Bodies.draft(UUID.randomUUID(), NOORD, "ROUTINE");
        assertThat(act(BRAM, attempt, "acceptance", Bodies.ACCEPTANCE, key)).hasStatusOk();
        assertThat(send(HttpMethod.POST, ANNA, "/v1/referrals", draft, key)).hasStatus(201);
        refuseEntries();
        try {
            assertThat(act(BRAM, attempt, "acceptance", Bodies.ACCEPTANCE, key)).hasStatus(503);
            assertThat(send(HttpMethod.POST, ANNA, "/v1/referrals", draft, key)).hasStatus(503);
        } finally {
            takeEntries();
        }
    }

    @Test
    void p14AnEntrySaysWhoForWhomWhatOfWhichClientAndWhatFor() {
        var attempt = claimed();
        var client = String.valueOf(storedAttempt(attempt).get("client"));
        var before = entries().size();
        assertThat(get(BRAM, "/v1/attempts/" + attempt)).hasStatusOk();
        var added = entries().subList(before, entries().size());
        assertThat(added).hasSize(1);
        assertThat(added.getFirst().path("type").stringValue()).isEqualTo("nl.wijkschakel.access.logged");
        assertThat(added.getFirst().path("data"))
                .isEqualTo(json.readTree("""
                {"person":"%s","organisation":"%s","role":"specialist","action":"READ","clients":["%s"],
                 "resource":{"kind":"attempt","id":"%s"},"purpose":"WGS","result":"GRANTED"}""".formatted(BRAM.id(), BRUG, client, attempt)));
    }

    /** The answer does not wait for it, so that it tells nothing of what is there. */
    @Test
    void p14WhoIsNotShownWhatIsThereIsWrittenDown() {
        var attempt = claimed();
        var client = String.valueOf(storedAttempt(attempt).get("client"));
        var stranger = Person.somebodyOf(Person.ANKER);
        for (var id : List.of(UUID.randomUUID(), attempt)) {
            assertThat(get(stranger, "/v1/attempts/" + id)).hasStatus(404);
            assertThat(get(stranger, "/v1/attempts/" + id + "/history")).hasStatus(404);
            assertThat(get(stranger, "/v1/attempts/" + id + "/messages")).hasStatus(404);
        }
        assertThat(get(stranger, "/v1/referrals/" + referralOf(attempt))).hasStatus(404);
        await().untilAsserted(() -> assertThat(entries())
                .filteredOn(it ->
                        it.at("/data/person").stringValue().equals(stranger.id().toString()))
                .allSatisfy(it -> {
                    assertThat(it.at("/data/result").stringValue()).isEqualTo("REFUSED");
                    assertThat(it.at("/data/clients").toString()).isEqualTo("[\"" + client + "\"]");
                })
                .extracting(it -> it.at("/data/resource/kind").stringValue())
                .containsExactlyInAnyOrder("attempt", "attempt", "attempt", "referral"));
    }

    @Test
    void p14AListIsOneEntryThatNamesAllItsClients() {
        var clients = new ArrayList<String>();
        for (int i = 0; i < 3; i++) {
            clients.add(String.valueOf(storedAttempt(sent()).get("client")));
        }
        var before = entries().size();
        var shown = body(get(BRAM, "/v1/attempts?queue=NEW&limit=100")).path("items");
        var added = entries().subList(before, entries().size());
        assertThat(added).hasSize(1);
        var named = added.getFirst()
                .at("/data/clients")
                .valueStream()
                .map(JsonNode::stringValue)
                .toList();
        assertThat(named).containsAll(clients).hasSameSizeAs(shown);
        assertThat(added.getFirst().at("/data/action").stringValue()).isEqualTo("LIST");
    }

    private List<JsonNode> entries() {
        return database
                .getCollection("access_entries")
                .find()
                .sort(new Document("_id", 1))
                .into(new ArrayList<>())
                .stream()
                .flatMap(it -> outbox(it, "access-log.v1").stream())
                .toList();
    }

    private void refuseEntries() {
        assertThat(get(ANNA, "/v1/referrals?queue=DRAFT")).hasStatusOk(); // so that there is a collection
        database.runCommand(new Document("collMod", "access_entries")
                .append("validator", new Document("never", new Document("$exists", true))));
    }

    private void takeEntries() {
        database.runCommand(new Document("collMod", "access_entries").append("validator", new Document()));
    }

    private String referralOf(UUID attempt) {
        return String.valueOf(storedAttempt(attempt).get("referral"));
    }
}
