package nl.wijkschakel.client.grant;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How things stand with an attempt, as far as its receiver's sight goes.
 *
 * @param sequence of the attempt; what is older changes nothing
 * @param until from then on nothing is seen; without it there is no such moment
 * @param excludedWorkers who work for the receiver and still may not look (DOMAIN T22)
 * @param withoutCompanions which of those who came along were not taken, by their place: of them nothing is seen
 */
public record GrantState(
        UUID attempt,
        Access access,
        long sequence,
        @Nullable Instant until,
        Set<UUID> excludedWorkers,
        Set<Integer> withoutCompanions) {

    public GrantState {
        excludedWorkers = Set.copyOf(excludedWorkers);
        withoutCompanions = Set.copyOf(withoutCompanions);
    }
}
