package nl.wijkschakel.local.demo;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One referral, from the first word to where it stands today.
 *
 * @param client its place among all
 * @param sender who writes it
 * @param considered the service that is thought of first
 * @param goals none where there is no request for help yet, and then {@code legitimation} says why it goes all the same
 */
record Course(
        int number,
        int client,
        Staff sender,
        DemoDirectory.Team team,
        String theme,
        String urgency,
        String origin,
        DemoDirectory.Service considered,
        String question,
        List<String> goals,
        @Nullable String legitimation,
        String situation,
        String tried,
        String doubts,
        boolean needsSafePlace,
        boolean needsAccessibility,
        Ending ending,
        List<Event> events) {

    /** Where it stands today. */
    enum Ending {
        DRAFT,
        SENT,
        IN_REVIEW,
        INFORMATION_REQUESTED,
        ACCEPTED,
        STARTED,
        COMPLETED,
        RETURNED,
        /** The attempt, not the referral: what now is up to the referrer. */
        WITHDRAWN,
        /** The referral as a whole. */
        WITHDRAWN_WHOLE
    }

    /** @param moment see {@link Moments} */
    record Event(int moment, Deed deed) {}

    int begins() {
        return events.getFirst().moment();
    }
}
