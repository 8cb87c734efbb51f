package nl.wijkschakel.notification.webhook;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Spares a target that fails. Closed, everything is tried; open, nothing until the stored moment; then one delivery is
 * tried, which closes it or opens it for longer.
 *
 * @param failures in a row
 * @param openings in a row
 */
record Breaker(int failures, int openings, @Nullable Instant openUntil) {

    /** So many in a row open it. */
    static final int THRESHOLD = 5;

    private static final Duration FIRST = Duration.ofMinutes(1);
    static final Duration LONGEST = Duration.ofMinutes(15);
    private static final int MOST_DOUBLINGS = 10;

    boolean isOpen(Instant now) {
        return openUntil != null && openUntil.isAfter(now);
    }

    /** One failure more, and it opens again. */
    boolean isProbing(Instant now) {
        return failures >= THRESHOLD && !isOpen(now);
    }

    Instant nextOpenUntil(Instant now) {
        var pause = FIRST.multipliedBy(1L << Math.min(openings, MOST_DOUBLINGS));
        return now.plus(pause.compareTo(LONGEST) < 0 ? pause : LONGEST);
    }
}
