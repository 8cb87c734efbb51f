package nl.wijkschakel.referral.directory;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/**
 * Whether a service has room.
 *
 * @param waitWeeks what somebody who comes now may expect to wait
 * @param confirmedOn the day on which the service last said so
 */
public record Capacity(Status status, Weeks waitWeeks, LocalDate confirmedOn) {

    /** The days of the directory are Dutch days. */
    private static final ZoneId ZONE = ZoneId.of("Europe/Amsterdam");

    /** After so many days nobody should rely on it (DOMAIN §2, code lists). */
    private static final long FRESH_DAYS = 30;

    public enum Status {
        HAS_CAPACITY,
        WAITLIST,
        NO_CAPACITY,
        /** Whether there is room is known only after a first talk. */
        ASSESSMENT_FIRST
    }

    /** A range; both ends count. */
    public record Weeks(int from, int to) {}

    public static LocalDate today(Clock clock) {
        return LocalDate.ofInstant(clock.instant(), ZONE);
    }

    public long ageInDays(LocalDate today) {
        return ChronoUnit.DAYS.between(confirmedOn, today);
    }

    public boolean isStale(LocalDate today) {
        return ageInDays(today) > FRESH_DAYS;
    }

    /** The last day on which it is not stale: time to ask the service again. */
    public LocalDate remindOn() {
        return confirmedOn.plusDays(FRESH_DAYS);
    }

    boolean saysTheSameAs(Status otherStatus, Weeks otherWeeks) {
        return status == otherStatus && waitWeeks.equals(otherWeeks);
    }
}
