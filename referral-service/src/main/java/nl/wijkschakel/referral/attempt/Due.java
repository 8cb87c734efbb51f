package nl.wijkschakel.referral.attempt;

import java.time.Instant;
import java.util.Comparator;
import nl.wijkschakel.referral.attempt.Action.Side;
import nl.wijkschakel.referral.calendar.WorkingDays;

/**
 * An alarm that is set: it rings unless somebody changes what it hangs on.
 *
 * @param at when it rings
 * @param term the end of the term that it tells of; later than {@code at} for a reminder
 * @param turn who has to act
 */
record Due(Alarm alarm, Instant at, Instant term, Side turn) implements Comparable<Due> {

    private static final Comparator<Due> SOONEST_FIRST =
            Comparator.comparing(Due::at).thenComparing(Due::alarm);

    /** At the end of the term. */
    static Due atEnd(Alarm alarm, Instant term, Side turn) {
        return new Due(alarm, term, term, turn);
    }

    /** In the morning of the term's last day. */
    static Due onLastDay(Alarm alarm, Instant term, Side turn) {
        return new Due(alarm, WorkingDays.morningOfLastDay(term), term, turn);
    }

    boolean isReminder() {
        return at.isBefore(term);
    }

    boolean isDue(Instant now) {
        return !at.isAfter(now);
    }

    /** A reminder is of no use once its term is over, as after a standstill: then only that is told. */
    boolean isWorthTelling(Instant now) {
        return !isReminder() || term.isAfter(now);
    }

    @Override
    public int compareTo(Due other) {
        return SOONEST_FIRST.compare(this, other);
    }
}
