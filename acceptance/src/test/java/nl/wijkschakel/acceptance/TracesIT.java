package nl.wijkschakel.acceptance;

import static nl.wijkschakel.acceptance.World.DEBTS;
import static nl.wijkschakel.acceptance.World.acceptance;
import static nl.wijkschakel.acceptance.World.act;
import static nl.wijkschakel.acceptance.World.bsn;
import static nl.wijkschakel.acceptance.World.client;
import static nl.wijkschakel.acceptance.World.sent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClients;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import nl.wijkschakel.local.Service;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** After a whole scenario, what is about a person is nowhere but sealed (DOMAIN P7, P13). */
class TracesIT {

    private static final String SURNAME = "Sporenzoeker";
    private static final String QUESTION = "Niemand mag dit lezen";

    @Test
    void p7AndP13NoBsnNameOrQuestionLeavesATrace() throws IOException {
        var anna = Person.of("anna");
        var bram = Person.of("bram");
        var bsn = bsn();
        var client = client(SURNAME, bsn);
        var attempt = sent(client, DEBTS, QUESTION);
        act(bram, attempt, "claim", "{}").require(200);
        bram.get("/api/client/v1/clients/" + client).require(200);
        anna.post("/api/client/v1/client-searches", "{\"bsn\":\"%s\"}".formatted(bsn))
                .require(200);
        anna.post("/api/client/v1/client-searches", "{\"surname\":\"%s\"}".formatted(SURNAME))
                .require(200);
        anna.post("/api/client/v1/clients", "{\"bsn\":{\"value\":\"%s\"}}".formatted(bsn))
                .require(400);
        anna.get("/api/client/v1/clients/" + bsn).require(404);
        act(bram, attempt, "acceptance", acceptance()).require(200);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> topics().values().stream()
                        .anyMatch(it -> it.contains("attempt.accepted") && it.contains(attempt)));

        for (var secret : List.of(bsn, SURNAME, QUESTION)) {
            assertThat(places(secret)).as("where %s lies", secret).isEmpty();
        }
    }

    /** The search itself finds what does lie there. */
    @Test
    void aPlantedNumberIsFoundInEachPlace() throws IOException {
        var planted = "999990019";
        try (var mongo = MongoClients.create(TestPlatform.stack().mongodbUri())) {
            mongo.getDatabase("clients")
                    .getCollection("planted")
                    .insertOne(new Document("deep", new Document("bsn", planted)));
            assertThat(places(planted)).anyMatch(place -> place.startsWith("database"));
            mongo.getDatabase("clients").getCollection("planted").drop();
        }
        var log = TestPlatform.stack().logs().resolve("planted.log");
        Files.writeString(log, "GET /v1/clients?bsn=" + planted);
        assertThat(places(planted)).anyMatch(place -> place.startsWith("log"));
        Files.delete(log);
        assertThat(metrics())
                .as("metrics are read")
                .allSatisfy((_, text) -> assertThat(text).contains("http_server"));
        assertThat(topics().keySet()).as("topics are read").contains("referral.events.v1", "access-log.v1");
        assertThat(places(planted)).isEmpty();
    }

    private static List<String> places(String secret) throws IOException {
        var found = new ArrayList<String>();
        logs().forEach((name, text) -> addIf(found, text.contains(secret), "log " + name));
        topics().forEach((name, text) -> addIf(found, text.contains(secret), "topic " + name));
        metrics().forEach((name, text) -> addIf(found, text.contains(secret), "metrics of " + name));
        database().forEach((name, text) -> addIf(found, text.contains(secret), "database " + name));
        return found;
    }

    private static void addIf(List<String> found, boolean yes, String place) {
        if (yes) {
            found.add(place);
        }
    }

    private static Map<String, String> logs() throws IOException {
        var logs = new TreeMap<String, String>();
        try (var files = Files.newDirectoryStream(TestPlatform.stack().logs(), "*.log")) {
            for (Path file : files) {
                logs.put(
                        String.valueOf(file.getFileName()),
                        new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return logs;
    }

    private static Map<String, String> topics() {
        var settings = new Properties();
        settings.put("bootstrap.servers", TestPlatform.stack().bootstrapServers());
        settings.put("key.deserializer", StringDeserializer.class.getName());
        settings.put("value.deserializer", StringDeserializer.class.getName());
        var topics = new TreeMap<String, String>();
        try (var consumer = new KafkaConsumer<String, String>(settings)) {
            var partitions = consumer.listTopics().entrySet().stream()
                    .filter(topic -> !topic.getKey().startsWith("__"))
                    .flatMap(topic -> topic.getValue().stream())
                    .map(it -> new org.apache.kafka.common.TopicPartition(it.topic(), it.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            partitions.forEach(it -> topics.putIfAbsent(it.topic(), ""));
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (var record : consumer.poll(Duration.ofSeconds(1))) {
                    topics.merge(record.topic(), record.key() + record.value() + "\n", String::concat);
                }
            }
        }
        return topics;
    }

    private static Map<String, String> metrics() {
        var metrics = new TreeMap<String, String>();
        for (var service : Service.values()) {
            for (var part : TestPlatform.stack().services(service)) {
                metrics.put(part.name(), TestPlatform.metrics(part));
            }
        }
        return metrics;
    }

    private static Map<String, String> database() {
        var found = new TreeMap<String, String>();
        try (var mongo = MongoClients.create(TestPlatform.stack().mongodbUri())) {
            for (var database : mongo.listDatabaseNames()) {
                if (!database.equals("local") && !database.equals("admin") && !database.equals("config")) {
                    for (var name : mongo.getDatabase(database).listCollectionNames()) {
                        var text = new StringBuilder();
                        mongo.getDatabase(database).getCollection(name).find().forEach(it -> text.append(it.toJson()));
                        found.put(database + "." + name, text.toString());
                    }
                }
            }
        }
        return found;
    }
}
