package nl.wijkschakel.notification.stream;

import com.mongodb.MongoInterruptedException;
import java.time.Duration;
import nl.wijkschakel.notification.notification.Arrivals;
import nl.wijkschakel.notification.notification.Notifications;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Watches what any replica plans and tells this replica's browsers: one change stream, however many they are. After an
 * outage it begins anew and lets everybody ask again, so nothing needs to be replayed.
 */
@Component
final class NotificationWatch implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(NotificationWatch.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Notifications notifications;
    private final Streams streams;
    private volatile boolean running;
    private Thread watcher = Thread.ofPlatform().unstarted(() -> {});

    NotificationWatch(Notifications notifications, Streams streams) {
        this.notifications = notifications;
        this.streams = streams;
    }

    @Override
    public void start() {
        running = true;
        watcher = Thread.ofPlatform().name("notification-watch").daemon().start(this::watch);
    }

    @Override
    public void stop() {
        running = false;
        watcher.interrupt();
        try {
            watcher.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void watch() {
        while (running) {
            try (var arrivals = notifications.arrivals()) {
                streams.resync(); // what came while nobody watched
                pass(arrivals);
            } catch (MongoInterruptedException _) {
                return; // stopping
            } catch (RuntimeException e) {
                // whatever it is, browsers must not stay untold for good: begin anew, and they ask again
                log.warn(
                        "The watch of notifications begins anew: {}",
                        e.getClass().getSimpleName());
                pause();
            }
        }
    }

    private void pass(Arrivals arrivals) {
        while (running && arrivals.areComing()) {
            var arrived = arrivals.next();
            if (arrived != null) {
                streams.tell(arrived);
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }
}
