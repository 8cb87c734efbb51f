package nl.wijkschakel.notification.webhook;

import java.time.Instant;
import java.util.UUID;

/**
 * An organisation's own system wants to hear what happens to the attempts that the organisation sent or received.
 *
 * @param version rises by a person's change
 * @param since what happened before that is not told
 */
record Subscription(
        UUID id, UUID organisation, long version, Target target, Filters filters, Instant since, Breaker breaker) {

    /** What is subscribed to; the only one there is. */
    static final String CHANNEL = "referrals";

    Subscription changed(Target nextTarget, Filters nextFilters) {
        return new Subscription(id, organisation, version + 1, nextTarget, nextFilters, since, breaker);
    }
}
