package nl.wijkschakel.kit.event;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Sorts.ascending;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Updates;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import nl.wijkschakel.kit.TimeOrderedIds;
import nl.wijkschakel.kit.web.Refusal;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaTemplate;

/** What a consumer could never handle: on the dead-letter topic, and in a list from which it can be sent again. */
public final class DeadLetters {

    private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);
    static final String COLLECTION = "dead_letters";
    private static final String SUFFIX = ".dead";

    /**
     * Without its body, which can hold anything.
     *
     * @param resentAt when it was last sent again
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record DeadLetter(
            UUID id,
            String topic,
            int partition,
            long offset,
            String reason,
            Instant at,
            @Nullable Instant resentAt) {}

    private final MongoCollection<Document> letters;
    private final KafkaTemplate<String, String> kafka;
    private final Clock clock;

    DeadLetters(MongoDatabase database, KafkaTemplate<String, String> kafka, Clock clock) {
        this.letters = database.getCollection(COLLECTION);
        this.kafka = kafka;
        this.clock = clock;
    }

    /** The same record twice is one letter. First in the list: while that is away, nothing is sent with each new try. */
    void add(ConsumerRecord<String, String> record, String reason) {
        log.error("Dead letter: {}-{}@{}: {}", record.topic(), record.partition(), record.offset(), reason);
        var place =
                and(eq("topic", record.topic()), eq("partition", record.partition()), eq("offset", record.offset()));
        letters.updateOne(
                place,
                Updates.combine(
                        Updates.setOnInsert("_id", TimeOrderedIds.next()),
                        Updates.setOnInsert("key", record.key()),
                        Updates.setOnInsert("body", record.value()),
                        Updates.setOnInsert("reason", reason),
                        Updates.setOnInsert("at", clock.instant())),
                new com.mongodb.client.model.UpdateOptions().upsert(true));
        var dead = new ProducerRecord<>(record.topic() + SUFFIX, record.key(), record.value());
        dead.headers().add("reason", reason.getBytes(StandardCharsets.UTF_8));
        kafka.send(dead).join();
    }

    List<DeadLetter> list(@Nullable UUID after, int limit) {
        var filter = after == null ? new Document() : gt("_id", after);
        return letters.find(filter)
                .sort(ascending("_id"))
                .limit(limit)
                .map(DeadLetters::letter)
                .into(new ArrayList<>());
    }

    long count() {
        return letters.countDocuments(eq("resentAt", null));
    }

    /** Sends it once more to the topic it came from. */
    void resend(UUID id) {
        var letter = letters.find(eq("_id", id)).first();
        if (letter == null) {
            throw new Refusal.Unknown();
        }
        kafka.send(letter.getString("topic"), letter.getString("key"), letter.getString("body"))
                .join();
        letters.updateOne(eq("_id", id), Updates.set("resentAt", clock.instant()));
    }

    private static DeadLetter letter(Document stored) {
        var resent = stored.getDate("resentAt");
        return new DeadLetter(
                Objects.requireNonNull(stored.get("_id", UUID.class)),
                stored.getString("topic"),
                stored.getInteger("partition"),
                stored.getLong("offset"),
                stored.getString("reason"),
                stored.getDate("at").toInstant(),
                resent == null ? null : resent.toInstant());
    }
}
