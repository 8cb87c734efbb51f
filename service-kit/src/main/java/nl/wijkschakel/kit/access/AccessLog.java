package nl.wijkschakel.kit.access;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.InsertManyOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import nl.wijkschakel.kit.TimeOrderedIds;
import nl.wijkschakel.kit.event.Events;
import nl.wijkschakel.kit.outbox.Message;
import nl.wijkschakel.kit.outbox.OutboxSource;
import nl.wijkschakel.kit.web.Refusal;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Writes down each look at a client's data before the answer leaves (DOMAIN P14). A change's entry rides in the change's
 * own write ({@link #message}); a read's is stored here first, those in flight together in one write, and the relay
 * takes both to the log.
 */
public final class AccessLog implements SmartLifecycle {

    public static final String TOPIC = "access-log.v1";
    public static final String TYPE = "nl.wijkschakel.access.logged";
    static final String COLLECTION = "access_entries";

    private static final Logger log = LoggerFactory.getLogger(AccessLog.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int MOST_AT_ONCE = 500;

    private record Waiting(Document entry, CompletableFuture<Void> stored) {}

    private final MongoCollection<Document> entries;
    private final Events events;
    private final Clock clock;
    private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    private volatile boolean running;
    private Thread writer = Thread.ofPlatform().unstarted(() -> {});

    public AccessLog(MongoDatabase database, Events events, Clock clock) {
        this.entries = database.getCollection(COLLECTION);
        this.events = events;
        this.clock = clock;
    }

    /**
     * Returns once the entry is stored for good.
     *
     * @throws Refusal.Unavailable when it cannot be: then the data must not be shown
     */
    public void record(AccessEntry entry) {
        var document = new Document("_id", TimeOrderedIds.next())
                .append(OutboxSource.GONE, true)
                .append(Message.FIELD, List.of(message(entry).toDocument()));
        var waiting = new Waiting(document, new CompletableFuture<>());
        queue.add(waiting);
        try {
            waiting.stored().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw unavailable();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable();
        }
    }

    /** For the outbox of the document that a change writes anyway. */
    public Message message(AccessEntry entry) {
        UUID subject =
                entry.clients().isEmpty() ? entry.person() : entry.clients().getFirst();
        return events.message(TOPIC, TYPE, subject, 0, null, entry, clock.instant());
    }

    @Override
    public void start() {
        running = true;
        writer = Thread.ofPlatform().name("access-log").daemon().start(this::write);
    }

    @Override
    public void stop() {
        running = false;
        writer.interrupt();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** On the way down after the web server, whose last requests still wait for it, and before the relay. */
    @Override
    public int getPhase() {
        return 1;
    }

    private void write() {
        var together = new ArrayList<Waiting>();
        while (running) {
            try {
                together.add(queue.take());
            } catch (InterruptedException e) {
                return; // stopping: nobody waits any more
            }
            queue.drainTo(together, MOST_AT_ONCE);
            store(together);
            together.clear();
        }
    }

    private void store(List<Waiting> together) {
        try {
            entries.insertMany(together.stream().map(Waiting::entry).toList(), new InsertManyOptions().ordered(false));
            together.forEach(it -> it.stored().complete(null));
        } catch (MongoException e) {
            // each reader is told, and none is shown anything
            log.error(
                    "{} access entries cannot be stored: {}",
                    together.size(),
                    e.getClass().getSimpleName());
            together.forEach(it -> it.stored().completeExceptionally(e));
        }
    }

    private static Refusal.Unavailable unavailable() {
        return new Refusal.Unavailable(
                "access-log-unavailable",
                "Inzage kan nu niet worden vastgelegd. Daarom tonen wij even geen gegevens.",
                Duration.ofSeconds(30));
    }
}
