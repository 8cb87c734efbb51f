package nl.wijkschakel.kit.mongo;

import com.mongodb.MongoException;
import com.mongodb.client.MongoDatabase;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Makes the indexes at the start, and goes on trying while the database is away: a service starts without it. */
public final class IndexMaker implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(IndexMaker.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final MongoDatabase database;
    private final List<Indexed> collections;
    private volatile boolean running;
    private Thread maker = Thread.ofPlatform().unstarted(() -> {});

    public IndexMaker(MongoDatabase database, List<Indexed> collections) {
        this.database = database;
        this.collections = collections;
    }

    /** Waits for a database that is there, so that the first request finds its index. */
    @Override
    public void start() {
        running = true;
        if (!made()) {
            maker = Thread.ofPlatform().name("indexes").daemon().start(this::untilMade);
        }
    }

    @Override
    public void stop() {
        running = false;
        maker.interrupt();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** First of all. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }

    private void untilMade() {
        try {
            do {
                Thread.sleep(PAUSE);
            } while (running && !made());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // stopping
        }
    }

    private boolean made() {
        try {
            for (var each : collections) {
                database.getCollection(each.collection()).createIndexes(each.indexes());
            }
            return true;
        } catch (MongoException e) {
            log.warn("Indexes are made later: {}", e.getClass().getSimpleName());
            return false;
        }
    }
}
