package nl.wijkschakel.referral.clock;

import com.mongodb.client.MongoDatabase;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import nl.wijkschakel.kit.mongo.Lease;
import nl.wijkschakel.referral.clock.Clockwork.Round;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Raises what came due, batch after batch until nothing is left, so a standstill is caught up with. The lease saves work
 * and no rule rests on it: each thing is raised by a conditional write of its own.
 */
@Component
public class ClockJob {

    private static final Logger log = LoggerFactory.getLogger(ClockJob.class);
    private static final Duration LEASE = Duration.ofMinutes(2);
    static final int BATCH = 200;

    private final List<Clockwork> clockworks;
    private final Lease lease;
    private final Counter failures;

    ClockJob(List<Clockwork> clockworks, MongoDatabase database, MeterRegistry metrics) {
        this.clockworks = clockworks;
        this.lease = new Lease(database, "clock", LEASE);
        this.failures = Counter.builder("wijkschakel.clocks.failures")
                .description("What the clock job could not raise; it tries again by itself")
                .register(metrics);
    }

    @Scheduled(fixedDelayString = "${clock.period:PT1M}", initialDelayString = "${clock.period:PT1M}")
    public void run() {
        for (var each : clockworks) {
            try {
                run(each);
            } catch (RuntimeException e) {
                // the others go on, and what is due stays due until the next round
                failures.increment();
                log.error(
                        "The clock of {} broke off: {}",
                        each.name(),
                        e.getClass().getSimpleName());
            }
        }
    }

    private void run(Clockwork each) {
        int found = 0;
        Round round;
        do {
            if (!lease.hold()) {
                return;
            }
            round = each.raise(BATCH);
            found += round.found();
            failures.increment(round.failed());
        } while (round.found() == BATCH);
        if (found > 0) {
            log.info("Of {}, {} came due", each.name(), found);
        }
    }
}
