package nl.wijkschakel.referral.attempt;

import static nl.wijkschakel.referral.attempt.AttemptFixture.TERMS;
import static nl.wijkschakel.referral.attempt.AttemptFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import nl.wijkschakel.kit.TimeOrderedIds;
import nl.wijkschakel.kit.access.AccessLog;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.event.Events;
import nl.wijkschakel.kit.mongo.Lease;
import nl.wijkschakel.kit.mongo.Transactions;
import nl.wijkschakel.kit.outbox.Message;
import nl.wijkschakel.kit.outbox.OutboxSource;
import nl.wijkschakel.kit.outbox.Relay;
import nl.wijkschakel.kit.seal.Vault;
import nl.wijkschakel.kit.web.Version;
import nl.wijkschakel.referral.Person;
import nl.wijkschakel.referral.Profile;
import nl.wijkschakel.referral.ServiceTest;
import nl.wijkschakel.referral.TestClock;
import nl.wijkschakel.referral.directory.Urgency;
import nl.wijkschakel.servers.KafkaServer;
import nl.wijkschakel.servers.MongoServer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import tools.jackson.databind.JsonNode;

/** What attempts have to tell, on its way to a real broker; in a database of its own, with relays of its own. */
class RelayTest extends ServiceTest {

    private static final int PARTITIONS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final KafkaServer KAFKA = KafkaServer.ofTests();

    static {
        KAFKA.createTopics(PARTITIONS, AttemptEvents.TOPIC, AccessLog.TOPIC);
    }

    private final Caller sender = Person.somebodyOf(UUID.randomUUID()).caller();
    private final Caller receiver = Person.somebodyOf(UUID.randomUUID()).caller();
    private final List<Relay> relays = new ArrayList<>();
    private final List<DefaultKafkaProducerFactory<String, String>> producers = new ArrayList<>();
    private final List<ConsumerRecord<String, String>> arrived = new ArrayList<>();
    private final KafkaConsumer<String, String> consumer = consumer();

    private final Vault vault;
    private final KafkaProperties properties;
    private final MongoDatabase own;
    private final Transactions transactions;
    private final Attempts attempts;

    @Autowired
    RelayTest(MongoClient mongo, Vault vault, Events events, KafkaProperties properties, TestClock clock) {
        this.vault = vault;
        this.properties = properties;
        this.own = mongo.getDatabase(MongoServer.ofTests().emptyDatabase(RelayTest.class));
        this.transactions = new Transactions(mongo);
        this.attempts = new Attempts(own, transactions, vault, events, new AccessLog(own, events, clock), clock);
    }

    @AfterEach
    void nobodyGoesOn() {
        relays.forEach(Relay::stop);
        producers.forEach(DefaultKafkaProducerFactory::destroy);
        consumer.close();
    }

    @Test
    void eventsArriveOnceAndInOrder() {
        relay();
        var ids = IntStream.range(0, 8).mapToObj(_ -> stored()).toList();
        for (var step :
                List.of(Action.CLAIM, Action.ASK, Action.ANSWER, Action.ACCEPT, Action.START, Action.COMPLETE)) {
            ids.forEach(id -> step(id, step));
        }
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(poll()).hasSize(8 * 7 * 2));
        nothingIsLeft();
        for (var id : ids) {
            assertThat(events(id))
                    .extracting(it -> it.path("sequence").stringValue())
                    .containsExactly("1", "2", "3", "4", "5", "6", "7");
        }
        assertThat(arrived.stream()
                        .map(it -> json.readTree(it.value()).path("id").stringValue()))
                .doesNotHaveDuplicates();
        assertThat(poll()).as("nor does any come later").hasSize(8 * 7 * 2);
    }

    /** CloudEvents' Kafka binding, structured mode; keys keep what is of one attempt or one client in order. */
    @Test
    void eachMessageSaysWhatItIs() {
        relay();
        var id = stored();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(poll()).hasSize(2));
        assertThat(arrived)
                .allSatisfy(it -> assertThat(new String(
                                it.headers().lastHeader("content-type").value(), StandardCharsets.UTF_8))
                        .isEqualTo("application/cloudevents+json"));
        var client = attempts.get(id, receiver).client();
        assertThat(arrived)
                .extracting(ConsumerRecord::topic, ConsumerRecord::key)
                .containsExactlyInAnyOrder(
                        tuple(AttemptEvents.TOPIC, id.toString()), tuple(AccessLog.TOPIC, client.toString()));
    }

    @Test
    void whileKafkaIsAwayChangesGoOnAndArriveAfterwardsInOrder() throws IOException {
        var relay = relay();
        var ids = IntStream.range(0, 3).mapToObj(_ -> stored()).toList();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(poll()).hasSize(6));
        KAFKA.stop();
        try {
            for (var step : List.of(Action.CLAIM, Action.ASK, Action.ANSWER, Action.RETURN)) {
                clock.pass(Duration.ofSeconds(1));
                ids.forEach(id -> step(id, step));
            }
            assertThat(relay.waiting()).isEqualTo(3);
            clock.pass(Duration.ofSeconds(9));
            assertThat(relay.oldest()).isEqualTo(Duration.ofSeconds(12));
            assertThat(ids)
                    .allSatisfy(
                            it -> assertThat(attempts.get(it, sender).status()).isEqualTo(Status.RETURNED));
        } finally {
            KAFKA.start();
        }
        ids.forEach(id -> take(id, Action.WITHDRAW, sender));
        await().atMost(PATIENCE).untilAsserted(() -> {
            poll();
            assertThat(ids).allSatisfy(id -> assertThat(distinct(events(id))).hasSize(6));
        });
        nothingIsLeft();
        for (var id : ids) {
            assertThat(distinct(events(id)))
                    .as("what was perhaps sent twice is told by its id")
                    .containsExactly("1", "2", "3", "4", "5", "6");
        }
        assertThat(relay.waiting()).isZero();
        assertThat(relay.oldest()).isZero();
    }

    @Test
    void whatWasStoredBeforeTheStartIsSent() {
        var id = stored();
        step(id, Action.CLAIM);
        relay();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(poll()).hasSize(4));
        assertThat(events(id))
                .extracting(it -> it.path("sequence").stringValue())
                .containsExactly("1", "2");
    }

    @Test
    void whatIsStoredBeforeTheEndIsSent() {
        var relay = relay();
        await().atMost(PATIENCE).until(relay::isHolder);
        var id = stored();
        relay.stop();
        nothingIsLeft();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(poll()).hasSize(2));
        assertThat(events(id)).hasSize(1);
    }

    @Test
    void ofTwoRelaysOneSendsAndTheOtherTakesOver() {
        var first = relay();
        await().atMost(PATIENCE).until(first::isHolder);
        var second = relay();
        var id = stored();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(poll()).hasSize(2));
        assertThat(second.isHolder()).isFalse();
        first.stop();
        step(id, Action.CLAIM);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(poll()).hasSize(4));
        assertThat(second.isHolder()).isTrue();
        assertThat(distinct(events(id))).containsExactly("1", "2");
    }

    /** One that died gives nothing up: its lease has to run out. */
    @Test
    void afterTheHoldersDeathAnotherTakesOver() {
        var dead = new Lease(own, "relay", Duration.ofSeconds(4));
        assertThat(dead.hold()).isTrue();
        var heir = relay();
        stored();
        await().during(Duration.ofSeconds(1)).until(() -> poll().isEmpty() && !heir.isHolder());
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(poll()).hasSize(2));
        assertThat(heir.isHolder()).isTrue();
        assertThat(dead.hold()).isFalse();
    }

    @Test
    void whatIsGoneIsRemovedOnceItIsTold() {
        var id = TimeOrderedIds.next();
        var last = Message.to(AccessLog.TOPIC, id.toString(), "{\"last\":1}", clock.instant());
        own.getCollection("referrals")
                .insertOne(new Document("_id", id)
                        .append(OutboxSource.GONE, true)
                        .append(Message.FIELD, List.of(last.toDocument())));
        var stays = stored();
        relay();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(poll()).hasSize(3));
        nothingIsLeft();
        assertThat(own.getCollection("referrals").countDocuments(Filters.eq("_id", id)))
                .isZero();
        assertThat(own.getCollection("attempts").countDocuments(Filters.eq("_id", stays)))
                .isEqualTo(1);
    }

    /** However many there are, only those that wait are looked at. */
    @Test
    void onlyWhatWaitsIsRead() {
        var told = new ArrayList<Document>();
        for (int i = 0; i < 2000; i++) {
            told.add(new Document("_id", TimeOrderedIds.next()).append(Message.FIELD, List.of()));
        }
        own.getCollection("attempts").insertMany(told);
        var relay = relay();
        await().atMost(PATIENCE).until(relay::isHolder);
        try (var profile = new Profile(own)) {
            stored();
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(poll()).hasSize(2));
            var looks = profile.all("attempts").stream()
                    .filter(it -> it.get("command", Document.class).containsKey("sort"))
                    .toList();
            assertThat(looks).isNotEmpty().allSatisfy(it -> {
                assertThat(it.getString("planSummary")).isEqualTo("IXSCAN { outbox.at: 1 }");
                assertThat(it.getBoolean("hasSortStage", false)).isFalse();
                assertThat(it.getInteger("keysExamined")).isLessThanOrEqualTo(2);
            });
            assertThat(relay.waiting()).isZero();
        }
    }

    private Relay relay() {
        var settings = new HashMap<>(properties.buildProducerProperties());
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, KAFKA.bootstrapServers());
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000);
        settings.put(ProducerConfig.RECONNECT_BACKOFF_MS_CONFIG, 50);
        settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        var producer = new DefaultKafkaProducerFactory<String, String>(settings);
        producers.add(producer);
        var sources = List.of(
                new OutboxSource("attempts"), new OutboxSource("referrals"), new OutboxSource("access_entries"));
        var relay = new Relay(own, sources, new KafkaTemplate<>(producer), clock);
        relays.add(relay);
        relay.start();
        return relay;
    }

    private static KafkaConsumer<String, String> consumer() {
        var consumer = new KafkaConsumer<String, String>(Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                KAFKA.bootstrapServers(),
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                StringDeserializer.class,
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                StringDeserializer.class));
        var partitions = IntStream.range(0, PARTITIONS)
                .boxed()
                .flatMap(it -> java.util.stream.Stream.of(
                        new TopicPartition(AttemptEvents.TOPIC, it), new TopicPartition(AccessLog.TOPIC, it)))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position); // only now is the end looked up
        return consumer;
    }

    private List<ConsumerRecord<String, String>> poll() {
        consumer.poll(Duration.ofMillis(100)).forEach(arrived::add);
        return arrived;
    }

    private List<JsonNode> events(UUID attempt) {
        return arrived.stream()
                .filter(it -> it.topic().equals(AttemptEvents.TOPIC) && it.key().equals(attempt.toString()))
                .map(it -> json.readTree(it.value()))
                .toList();
    }

    /** The sequences, each where it came first. */
    private static List<String> distinct(List<JsonNode> events) {
        return events.stream()
                .map(it -> it.path("sequence").stringValue())
                .distinct()
                .toList();
    }

    private void nothingIsLeft() {
        await().atMost(PATIENCE).untilAsserted(() -> {
            for (var collection : List.of("attempts", "referrals", "access_entries")) {
                assertThat(own.getCollection(collection).countDocuments(Filters.exists("outbox.0")))
                        .as(collection)
                        .isZero();
            }
        });
    }

    private UUID stored() {
        var id = TimeOrderedIds.next();
        var referral = TimeOrderedIds.next();
        vault.createKey(referral);
        var born = AttemptFixture.born(
                id,
                referral,
                Urgency.ROUTINE,
                sender.organisation(),
                receiver.organisation(),
                request(List.of("Rust")));
        transactions.inOne(session -> {
            attempts.add(session, Attempt.send(born, Actor.of(sender), clock.instant(), TERMS), sender);
            return true;
        });
        return id;
    }

    private void step(UUID id, Action action) {
        take(id, action, receiver);
    }

    private void take(UUID id, Action action, Caller by) {
        attempts.change(
                id,
                new Version(attempts.get(id, by).version()),
                null,
                by,
                it -> AttemptFixture.act(action, it, Actor.of(by), clock.instant()));
    }
}
