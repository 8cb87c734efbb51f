package nl.wijkschakel.referral.directory;

import com.mongodb.MongoException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Makes the indexes at start, as soon as there is a database: the service itself starts without one. */
@Component
final class DirectoryIndexes implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(DirectoryIndexes.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final List<Entries<?>> kinds;
    private volatile boolean running;
    private Thread worker = Thread.ofPlatform().unstarted(() -> {});

    DirectoryIndexes(List<Entries<?>> kinds) {
        this.kinds = kinds;
    }

    @Override
    public void start() {
        running = true;
        worker = Thread.ofPlatform().name("directory-indexes").daemon().start(this::work);
    }

    @Override
    public void stop() {
        running = false;
        worker.interrupt();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void work() {
        while (running) {
            try {
                kinds.forEach(Entries::index);
                return;
            } catch (MongoException e) {
                log.warn("The directory's indexes wait: {}", e.getClass().getSimpleName());
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                return; // stopping
            }
        }
    }
}
