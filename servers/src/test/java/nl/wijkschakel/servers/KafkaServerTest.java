package nl.wijkschakel.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaServerTest {

    @TempDir
    Path folder;

    @Test
    void aRecordSurvivesARestartAndAKill() throws Exception {
        try (var server = start()) {
            server.createTopics(1, "notes");
            send(server, "before the restart");
            server.stop();
            assertThat(server.pid()).isEmpty();
            server.start();
            send(server, "before the kill");
            server.kill();
            server.start();
            assertThat(read(server)).containsExactly("before the restart", "before the kill");
        }
    }

    @Test
    void aTopicThatExistsStaysAsItIsAndTheOthersAreCreated() throws Exception {
        var server = KafkaServer.ofTests();
        server.createTopics(1, "notes");
        send(server, "kept");
        server.createTopics(3, "notes", "letters");
        assertThat(read(server)).containsExactly("kept");
        try (var producer = producer(server)) {
            assertThat(producer.partitionsFor("notes")).hasSize(1);
            assertThat(producer.partitionsFor("letters")).hasSize(3);
        }
    }

    @Test
    @Tag("child-process") // the port of a container is held by the engine
    void aTakenPortIsNamedWithItsHolder() {
        var server = KafkaServer.ofTests();
        int port = Integer.parseInt(server.bootstrapServers().replace("127.0.0.1:", ""));
        assertThatIllegalStateException()
                .isThrownBy(() -> KafkaServer.start(folder.resolve("second"), port, Ports.free()))
                .withMessageContaining("Port " + port)
                .withMessageContaining("process " + server.pid().orElseThrow());
    }

    private KafkaServer start() throws IOException {
        var ports = Ports.free(2);
        return KafkaServer.start(folder.resolve("data"), ports.getFirst(), ports.getLast());
    }

    private static void send(KafkaServer server, String note) throws Exception {
        try (var producer = producer(server)) {
            producer.send(new ProducerRecord<>("notes", note)).get();
        }
    }

    private static KafkaProducer<String, String> producer(KafkaServer server) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", server.bootstrapServers(), "acks", "all"),
                new StringSerializer(),
                new StringSerializer());
    }

    private static List<String> read(KafkaServer server) {
        var partition = new TopicPartition("notes", 0);
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", server.bootstrapServers()),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            var notes = new ArrayList<String>();
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofSeconds(1)).forEach(record -> notes.add(record.value()));
            }
            return notes;
        }
    }
}
