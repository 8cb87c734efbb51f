package nl.wijkschakel.kit.outbox;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.ascending;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.CountOptions;
import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import nl.wijkschakel.kit.mongo.Lease;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaTemplate;

/**
 * Sends what documents hold in their outboxes: a document's messages in order, many documents at once, then takes them
 * out with one write (DESIGN §2.3). A crash in between sends some twice; consumers tell by id and sequence. A change
 * stream wakes it, and it looks each second for what a crash left.
 */
public final class Relay implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Relay.class);
    private static final int BATCH = 500;
    private static final int MOST_COUNTED = 100_000;
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration LEASE = Duration.ofSeconds(6);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final byte[] CONTENT_TYPE = Message.CONTENT_TYPE.getBytes(StandardCharsets.US_ASCII);
    private static final Bson WAITING = exists(Message.FIELD + ".0");

    private final List<MongoCollection<Document>> sources;
    private final MongoDatabase database;
    private final KafkaTemplate<String, String> kafka;
    private final Lease lease;
    private final Clock clock;
    private final Semaphore wake = new Semaphore(0);

    private volatile boolean running;
    private volatile boolean holder;
    private Thread worker = Thread.ofPlatform().unstarted(() -> {});
    private Thread watcher = Thread.ofPlatform().unstarted(() -> {});

    public Relay(MongoDatabase database, List<OutboxSource> sources, KafkaTemplate<String, String> kafka, Clock clock) {
        this.database = database;
        this.sources = sources.stream()
                .map(source -> database.getCollection(source.collection()))
                .toList();
        this.kafka = kafka;
        this.lease = new Lease(database, "relay", LEASE);
        this.clock = clock;
    }

    @Override
    public void start() {
        running = true;
        worker = Thread.ofPlatform().name("relay").start(this::work);
        watcher = Thread.ofPlatform().name("relay-wake").daemon().start(this::watch);
    }

    /** Sends what is waiting before it goes: the last change of a service that stops is not left for its successor. */
    @Override
    public void stop() {
        running = false;
        wake.release();
        watcher.interrupt();
        try {
            if (!worker.join(PATIENCE)) {
                worker.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** After the web server on the way down, so that it still sends what the last requests stored. */
    @Override
    public int getPhase() {
        return 0;
    }

    /** How many documents wait, as far as {@value #MOST_COUNTED}. */
    public long waiting() {
        return sources.stream()
                .mapToLong(source -> source.countDocuments(WAITING, new CountOptions().limit(MOST_COUNTED)))
                .sum();
    }

    /** How long the message that waits longest has waited. */
    public Duration oldest() {
        var now = clock.instant();
        return sources.stream()
                .flatMap(source -> batch(source, 1).stream())
                .map(document -> messages(document).getFirst().at())
                .map(at -> Duration.between(at, now))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** Whether this replica is the one that sends. */
    public boolean isHolder() {
        return holder;
    }

    private void work() {
        boolean indexed = false;
        while (running) {
            try {
                if (!indexed) {
                    sources.forEach(Relay::index);
                    indexed = true;
                }
                holder = lease.hold();
                if (holder) {
                    sweep();
                }
                await();
            } catch (MongoException | KafkaException e) {
                // an outage of a part of ours: what waits is stored and goes out when the part is back
                log.warn("The relay waits: {}", e.getClass().getSimpleName());
                await();
            } catch (RuntimeException e) {
                // whatever else it is, such as a broker whose name nobody knows yet: nobody would start this thread
                // again
                log.error("The relay waits", e);
                await();
            }
        }
        try {
            if (holder) {
                sweep();
                lease.release();
            }
        } catch (MongoException | KafkaException e) {
            log.warn(
                    "The relay stops with messages left for its successor: {}",
                    e.getClass().getSimpleName());
        }
    }

    private void await() {
        try {
            if (wake.tryAcquire(PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
                wake.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }

    /** Only the holder listens; the others would be woken for nothing. */
    private void watch() {
        while (running) {
            try {
                if (holder) {
                    listen();
                } else {
                    Thread.sleep(PERIOD);
                }
            } catch (MongoException _) {
                // the sweep each second goes on without
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void listen() {
        var names = sources.stream()
                .map(it -> it.getNamespace().getCollectionName())
                .toList();
        var changes = List.of(
                Aggregates.match(and(in("ns.coll", names), in("operationType", "insert", "update", "replace"))),
                Aggregates.project(include("_id")));
        try (var stream = database.watch(changes).cursor()) {
            wake.release(); // what came while nobody listened
            while (running && holder) {
                if (stream.tryNext() != null) {
                    wake.release();
                }
            }
        }
    }

    void sweep() {
        for (var source : sources) {
            List<Document> waiting;
            do {
                waiting = batch(source, BATCH);
            } while (send(source, waiting) && waiting.size() == BATCH && lease.hold());
        }
    }

    private static List<Document> batch(MongoCollection<Document> source, int size) {
        return source.find(WAITING)
                .projection(include(Message.FIELD, OutboxSource.GONE))
                .sort(ascending(Message.FIELD + ".at"))
                .limit(size)
                .into(new ArrayList<>());
    }

    private record Sending(Document document, List<CompletableFuture<?>> results) {

        /** How many went out before the first that did not: a later one must not be taken out before it. */
        int sent() {
            int sent = 0;
            while (sent < results.size() && succeeded(results.get(sent))) {
                sent++;
            }
            return sent;
        }
    }

    /** Whether all of it went out. */
    private boolean send(MongoCollection<Document> source, List<Document> waiting) {
        var sending = waiting.stream().map(this::send).toList();
        kafka.flush();
        var done = new ArrayList<WriteModel<Document>>();
        boolean all = true;
        for (var each : sending) {
            int sent = each.sent();
            all &= sent == each.results().size();
            if (sent > 0) {
                done.add(taken(each.document(), sent));
            }
        }
        if (!done.isEmpty()) {
            source.bulkWrite(done, new BulkWriteOptions().ordered(false));
        }
        return all;
    }

    private Sending send(Document document) {
        var results = new ArrayList<CompletableFuture<?>>();
        for (var message : messages(document)) {
            results.add(kafka.send(record(message)));
        }
        return new Sending(document, results);
    }

    private static boolean succeeded(CompletableFuture<?> result) {
        try {
            result.join();
            return true;
        } catch (CompletionException e) {
            log.warn("Kafka refused a message: {}", String.valueOf(e.getCause()));
            return false;
        }
    }

    private static WriteModel<Document> taken(Document document, int count) {
        var id = document.get("_id");
        var messages = messages(document);
        if (document.getBoolean(OutboxSource.GONE, false) && count == messages.size()) {
            return new DeleteOneModel<>(and(eq("_id", id), eq(OutboxSource.GONE, true)));
        }
        var sent = messages.subList(0, count).stream().map(Message::id).toList();
        return new UpdateOneModel<>(eq("_id", id), Updates.pull(Message.FIELD, in("id", sent)));
    }

    /** The header that tells a CloudEvent in structured mode (CloudEvents' Kafka binding 1.0 §3.3). */
    private static ProducerRecord<String, String> record(Message message) {
        var record = new ProducerRecord<>(message.topic(), message.key(), message.body());
        record.headers().add("content-type", CONTENT_TYPE);
        return record;
    }

    private static List<Message> messages(Document document) {
        return document.getList(Message.FIELD, Document.class).stream()
                .map(Message::of)
                .toList();
    }

    /** Holds only documents that wait, so it stays small however many there are. */
    private static void index(MongoCollection<Document> source) {
        source.createIndex(
                ascending(Message.FIELD + ".at"),
                new IndexOptions().name(Message.FIELD).partialFilterExpression(WAITING));
    }
}
