package nl.wijkschakel.referral.attempt;

import java.util.UUID;
import nl.wijkschakel.referral.directory.Urgency;
import org.jspecify.annotations.Nullable;

/**
 * A decision not yet stored: the attempt as it will be, and what its history and the event say.
 *
 * @param from null for a new attempt
 * @param reason a code, for figures
 * @param by the person who did it; where the platform withdraws what became needless, who caused it
 */
public record Change(
        Attempt next,
        Action action,
        @Nullable Status from,
        Actor by,
        @Nullable String reason,
        @Nullable Object said) {

    UUID id() {
        return next.id();
    }

    /**
     * Refused while another attempt is open, a crisis apart (DOMAIN §2): help that comes from the waitlist must not cross
     * what the referrer asked for meanwhile.
     */
    boolean requiresNoOther() {
        return from == Status.WAITLISTED
                && (action == Action.ACCEPT || action == Action.START)
                && next.urgency() != Urgency.CRISIS;
    }

    /** Whether the referral's other open attempts end with it: help began here, or in a crisis somebody took it. */
    boolean leavesNoOther() {
        return action == Action.START || (action == Action.ACCEPT && next.urgency() == Urgency.CRISIS);
    }
}
