package nl.wijkschakel.referral.message;

import java.time.Instant;
import java.util.UUID;
import nl.wijkschakel.referral.attempt.Action.Side;
import nl.wijkschakel.referral.attempt.ThirdParties;
import nl.wijkschakel.referral.attempt.Worker;
import org.jspecify.annotations.Nullable;

/**
 * What one side of an attempt wrote to the other. It stays as it was written.
 *
 * @param side whose it is
 * @param readAt when the other side had read it; null until then
 */
record Message(
        UUID id,
        UUID attempt,
        Side side,
        Worker by,
        UUID organisation,
        Said said,
        Instant at,
        @Nullable Instant readAt) {

    /** What is sealed of it. */
    record Said(String text, @Nullable ThirdParties thirdParties) {}

    /** For the other side without the names of others, but where safety needs them (DOMAIN P20). */
    Message shownTo(Side reader) {
        var named = said.thirdParties();
        if (reader == side || named == null || named.neededForSafety()) {
            return this;
        }
        return new Message(id, attempt, side, by, organisation, new Said(said.text(), null), at, readAt);
    }
}
