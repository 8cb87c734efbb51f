package nl.wijkschakel.notification;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import nl.wijkschakel.servers.KafkaServer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sends to one topic, all to one partition so that what was sent before was handled before. */
public final class Sender implements AutoCloseable {

    private final String topic;

    private final KafkaProducer<String, String> producer = new KafkaProducer<>(
            Map.of(
                    ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                    KafkaServer.ofTests().bootstrapServers()),
            new StringSerializer(),
            new StringSerializer());

    /** To the topic of referrals. */
    public Sender() {
        this("referral.events.v1");
    }

    public Sender(String topic) {
        this.topic = topic;
    }

    public void send(String body) {
        send(0, body);
    }

    public void send(int partition, String body) {
        var _ = producer.send(new ProducerRecord<>(topic, partition, "key", body));
    }

    /** A record without a body. */
    @SuppressWarnings("NullAway") // Kafka takes null for both, its parameters do not say so
    public void sendNothing() {
        var _ = producer.send(new ProducerRecord<>(topic, 0, null, null));
    }

    public void flush() {
        producer.flush();
    }

    /** What lies on the dead-letter topic with one of these bodies. */
    public List<String> deadLetters(Collection<String> bodies) {
        try (var consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        KafkaServer.ofTests().bootstrapServers()),
                new StringDeserializer(),
                new StringDeserializer())) {
            var partitions = consumer.partitionsFor(topic + ".dead").stream()
                    .map(it -> new TopicPartition(it.topic(), it.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var found = new ArrayList<String>();
            while (partitions.stream().anyMatch(it -> consumer.position(it) < ends.getOrDefault(it, 0L))) {
                for (var each : consumer.poll(Duration.ofMillis(200))) {
                    if (each.value() != null && bodies.contains(each.value())) {
                        found.add(each.value());
                    }
                }
            }
            return found;
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
