package nl.wijkschakel.kit.demo;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Lets the demo's loader play half a year of referrals through the rules themselves; it runs on from where it is set. */
public final class MovableClock extends Clock {

    private final Clock truth = Clock.tickMillis(ZoneOffset.UTC);
    private final AtomicReference<Duration> shift = new AtomicReference<>(Duration.ZERO);

    public void set(Instant now) {
        shift.set(Duration.between(truth.instant(), now.truncatedTo(ChronoUnit.MILLIS)));
    }

    public void reset() {
        shift.set(Duration.ZERO);
    }

    @Override
    public Instant instant() {
        return truth.instant().plus(shift.get());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this; // an instant has no zone, and nothing asks this clock for more
    }
}
