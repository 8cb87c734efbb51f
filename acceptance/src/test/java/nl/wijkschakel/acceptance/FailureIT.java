package nl.wijkschakel.acceptance;

import static nl.wijkschakel.acceptance.TestPlatform.part;
import static nl.wijkschakel.acceptance.World.RETURN;
import static nl.wijkschakel.acceptance.World.acceptance;
import static nl.wijkschakel.acceptance.World.act;
import static nl.wijkschakel.acceptance.World.client;
import static nl.wijkschakel.acceptance.World.sent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClients;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import nl.wijkschakel.local.Part;
import nl.wijkschakel.local.Service;
import nl.wijkschakel.local.api.Answer;
import nl.wijkschakel.local.api.LiveStream;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** DESIGN §6: whatever fails, nothing is lost, nothing is done twice, and people are told. */
class FailureIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Person anna = Person.of("anna");
    private final Person bram = Person.of("bram");

    /** What a test ended is up again for the next one. */
    @AfterEach
    void mend() {
        for (var part : TestPlatform.stack().parts()) {
            if (!part.isUp()) {
                part.start();
            }
        }
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        bram.get("/api/referral/v1/attempts?queue=NEW&limit=1").require(200));
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        anna.get("/api/notification/v1/notifications/count").require(200));
        await().atMost(PATIENCE)
                .untilAsserted(() -> anna.post("/api/client/v1/client-searches", "{\"surname\":\"Niemand\"}")
                        .require(200));
    }

    @Test
    void twoWhoDecideAtOnceOneWins() throws Exception {
        var attempt = sent("Tegelijk");
        act(bram, attempt, "claim", "{}").require(200);
        var etag = bram.get("/api/referral/v1/attempts/" + attempt).version();
        var path = "/api/referral/v1/attempts/" + attempt;
        Callable<Answer> accept = () -> bram.post(path + "/acceptance", acceptance(), etag);
        Callable<Answer> giveBack = () -> Person.of("carla").post(path + "/return", RETURN, etag);
        try (var both = Executors.newFixedThreadPool(2)) {
            var answers = both.invokeAll(List.of(accept, giveBack)).stream()
                    .map(FailureIT::result)
                    .toList();
            assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(200, 412);
        }
        assertThat(bram.get(path + "/history").json().path("items")).hasSize(3);
    }

    @Test
    void theSameRequestSentTwiceIsDoneOnce() {
        var attempt = sent("Dubbel");
        var path = "/api/referral/v1/attempts/" + attempt;
        var etag = bram.get(path).version();
        var key = UUID.randomUUID().toString();
        var first = bram.postOnce(path + "/claim", "{}", etag, key).require(200);
        var again = bram.postOnce(path + "/claim", "{}", etag, key).require(200);
        assertThat(again.version()).isEqualTo(first.version());
        assertThat(bram.get(path + "/history").json().path("items")).hasSize(2);
    }

    /** Kafka is away so that the event surely waits in the document; then the service dies before it could send it. */
    @Test
    void aServiceThatDiesBetweenWriteAndSendLosesAndDoublesNothing() {
        var attempt = sent("Gedood");
        awaitNotification(bram, attempt, "attempt.sent");
        TestPlatform.stack().kafka().stop();
        act(bram, attempt, "claim", "{}").require(200);
        act(bram, attempt, "information-request", "{\"question\":\"Hoe hoog?\",\"why\":\"Voor het plan\"}")
                .require(200);
        for (var replica : TestPlatform.stack().services(Service.REFERRAL)) {
            replica.kill();
        }
        TestPlatform.stack().kafka().start();
        for (var replica : TestPlatform.stack().services(Service.REFERRAL)) {
            replica.start();
        }
        awaitNotification(anna, attempt, "attempt.information-requested");
        assertThat(count(anna, attempt, "attempt.claimed")).isEqualTo(1);
        assertThat(count(anna, attempt, "attempt.information-requested")).isEqualTo(1);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(waiting()).isZero());
    }

    @Test
    void whileKafkaIsDownPeopleGoOnAndEverythingArrivesAfterwards() {
        var client = client("Kafka");
        var attempt = sent(client, World.DEBTS, "Ik zoek hulp");
        TestPlatform.stack().kafka().kill();
        act(bram, attempt, "claim", "{}").require(200);
        bram.get("/api/client/v1/clients/" + client).require(200);
        act(bram, attempt, "return", RETURN).require(200);
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(
                        () -> bram.get("/api/client/v1/clients/" + client).require(404));
        anna.get("/api/referral/v1/referrals?queue=ACTION").require(200);

        TestPlatform.stack().kafka().start();
        awaitNotification(anna, attempt, "attempt.returned");
        assertThat(count(anna, attempt, "attempt.claimed")).isEqualTo(1);
        assertThat(count(anna, attempt, "attempt.returned")).isEqualTo(1);
    }

    @Test
    void afterTenSecondsWithoutMongoDbNothingIsLostAndNothingIsDead() {
        var attempt = sent("Mongo");
        awaitNotification(bram, attempt, "attempt.sent");
        var etag = bram.get("/api/referral/v1/attempts/" + attempt).version();
        TestPlatform.stack().mongod().kill();
        var refused = bram.post("/api/referral/v1/attempts/" + attempt + "/claim", "{}", etag);
        assertThat(refused.status()).as(refused.text()).isEqualTo(503);
        pause(Duration.ofSeconds(10));
        TestPlatform.stack().mongod().start();

        await().atMost(PATIENCE)
                .untilAsserted(() -> bram.post("/api/referral/v1/attempts/" + attempt + "/claim", "{}", etag)
                        .require(200));
        awaitNotification(anna, attempt, "attempt.claimed");
        assertThat(count(anna, attempt, "attempt.claimed")).isEqualTo(1);
        for (var service : List.of("client", "notification")) {
            var dead =
                    Person.of("kim").get("/api/" + service + "/v1/dead-letters").require(200);
            assertThat(dead.json().path("items"))
                    .as("dead letters of %s", service)
                    .isEmpty();
        }
    }

    @Test
    void whileClientServiceIsDownDraftsGoOnAndSendingWaits() {
        var client = client("Storing");
        part(Service.CLIENT, 0).kill();
        var draft = World.draft(client, "Ik zoek hulp");
        var path = "/api/referral/v1/referrals/" + draft.id();
        var refused = anna.post(path + "/submission", World.submission(World.DEBTS), draft.version());
        assertThat(refused.status()).as(refused.text()).isEqualTo(503);
        assertThat(anna.get(path).require(200).json().path("status").asString()).isEqualTo("DRAFT");

        part(Service.CLIENT, 0).start();
        await().atMost(PATIENCE)
                .untilAsserted(() -> anna.post(path + "/submission", World.submission(World.DEBTS), draft.version())
                        .require(200));
    }

    @Test
    void p14WhatCannotBeLoggedIsNotShown() {
        var client = client("Logboek");
        try (var mongo = MongoClients.create(TestPlatform.stack().mongodbUri())) {
            for (var database : List.of("clients", "referrals")) {
                refuseEntries(mongo.getDatabase(database), new Document("never", new Document("$exists", true)));
            }
            try {
                assertThat(anna.get("/api/client/v1/clients/" + client)
                                .require(503)
                                .text())
                        .doesNotContain("Logboek", "Sanne");
                anna.get("/api/referral/v1/referrals?queue=SENT").require(503);
            } finally {
                for (var database : List.of("clients", "referrals")) {
                    refuseEntries(mongo.getDatabase(database), new Document());
                }
            }
        }
        anna.get("/api/client/v1/clients/" + client).require(200);
    }

    private static void refuseEntries(com.mongodb.client.MongoDatabase database, Document validator) {
        database.runCommand(new Document("collMod", "access_entries").append("validator", validator));
    }

    @Test
    void whenTheRelaysHolderDiesEachNotificationArrivesOnceOnBothReplicas() throws Exception {
        var attempt = sent("Relais");
        awaitNotification(bram, attempt, "attempt.sent");
        var survivors = TestPlatform.stack().services(Service.REFERRAL);
        var holder = await().atMost(PATIENCE)
                .until(() -> survivors.stream().filter(FailureIT::holdsRelay).toList(), it -> it.size() == 1)
                .getFirst();
        var other = survivors.stream().filter(it -> it != holder).findFirst().orElseThrow();
        int survivor = survivors.indexOf(other);
        try (var one = Person.direct("anna", survivor, 0).listen();
                var two = Person.direct("anna", survivor, 1).listen()) {
            holder.kill();
            act(Person.direct("bram", survivor, 0), attempt, "claim", "{}").require(200);
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(heard(one, attempt, "attempt.claimed")).isEqualTo(1);
                assertThat(heard(two, attempt, "attempt.claimed")).isEqualTo(1);
            });
            holder.start();
            act(bram, attempt, "acceptance", acceptance()).require(200);
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(heard(one, attempt, "attempt.accepted")).isEqualTo(1);
                assertThat(heard(two, attempt, "attempt.accepted")).isEqualTo(1);
            });
            assertThat(heard(one, attempt, "attempt.claimed")).isEqualTo(1);
            assertThat(heard(two, attempt, "attempt.claimed")).isEqualTo(1);
            assertThat(count(anna, attempt, "attempt.claimed")).isEqualTo(1);
        }
    }

    private static long heard(LiveStream stream, String attempt, String type) {
        return stream.heard().stream()
                .filter(it ->
                        it.attempt().toString().equals(attempt) && it.type().endsWith(type))
                .count();
    }

    private static boolean holdsRelay(Part replica) {
        return metrics(replica).contains("wijkschakel_relay_holder 1.0");
    }

    private static long waiting() {
        return TestPlatform.stack().services(Service.REFERRAL).stream()
                .map(FailureIT::metrics)
                .flatMap(String::lines)
                .filter(line -> line.startsWith("wijkschakel_outbox_waiting "))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static String metrics(Part replica) {
        return TestPlatform.metrics(replica);
    }

    private static void awaitNotification(Person person, String attempt, String type) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(count(person, attempt, type))
                        .as("%s of %s for %s", type, attempt, person.name())
                        .isPositive());
    }

    private static long count(Person person, String attempt, String type) {
        var items = person.get("/api/notification/v1/notifications?limit=100")
                .require(200)
                .json()
                .path("items");
        return items.valueStream()
                .filter(it -> it.path("attempt").asString().equals(attempt))
                .filter(it -> it.path("type").asString().endsWith(type))
                .count();
    }

    private static Answer result(java.util.concurrent.Future<Answer> future) {
        return future.resultNow();
    }

    /** An outage has a length; nothing is waited for here. */
    private static void pause(Duration duration) {
        await().pollDelay(duration).atMost(duration.plusSeconds(5)).until(() -> true);
    }
}
