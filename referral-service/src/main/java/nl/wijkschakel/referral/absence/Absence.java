package nl.wijkschakel.referral.absence;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import nl.wijkschakel.referral.calendar.WorkingDays;

/**
 * Somebody is away from their work for an organisation, and a colleague takes their place (DOMAIN §2): what they are told
 * and what waits for them is meanwhile that colleague's too.
 *
 * @param from the first day
 * @param until the last one
 */
record Absence(UUID organisation, Who person, Who replacement, LocalDate from, LocalDate until) {

    record Who(UUID person, String name) {}

    Instant begin() {
        return from.atStartOfDay(WorkingDays.ZONE).toInstant();
    }

    /** Days end at 24:00. */
    Instant end() {
        return until.plusDays(1).atStartOfDay(WorkingDays.ZONE).toInstant();
    }
}
