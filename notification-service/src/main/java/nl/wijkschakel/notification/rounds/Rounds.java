package nl.wijkschakel.notification.rounds;

import com.mongodb.MongoException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Does a round of work again and again while the service runs. On the way down it ends the round that it is in. */
public final class Rounds implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Rounds.class);
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final String name;
    private final Duration pause;
    private final BooleanSupplier round;
    private final Semaphore wake = new Semaphore(0);
    private volatile boolean running;
    private Thread worker = Thread.ofPlatform().unstarted(() -> {});

    /** @param round true when there is more to do at once */
    public Rounds(String name, Duration pause, BooleanSupplier round) {
        this.name = name;
        this.pause = pause;
        this.round = round;
    }

    @Override
    public void start() {
        running = true;
        worker = Thread.ofPlatform().name(name).daemon().start(this::work);
    }

    @Override
    public void stop() {
        running = false;
        wake.release();
        try {
            worker.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void work() {
        while (running) {
            if (!hasMore()) {
                rest();
            }
        }
    }

    private boolean hasMore() {
        try {
            return round.getAsBoolean();
        } catch (MongoException e) {
            log.warn("{} waits: {}", name, e.getClass().getSimpleName());
        } catch (RuntimeException e) {
            // nobody would start this thread again, so whatever it is, the next round tries
            log.error("{} waits", name, e);
        }
        return false;
    }

    private void rest() {
        try {
            wake.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }
}
