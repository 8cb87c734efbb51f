package nl.wijkschakel.client.grant;

import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * All that a reader may see of one client, by whatever attempts.
 *
 * @param ended attempts of which the consent was withdrawn, and that are read on a basis of the reader's own: by them
 *     nothing is seen but what had been shared by then (DOMAIN P3)
 * @param guarded address, phone and place stay hidden
 * @param purpose the legal bases, for the access log
 */
public record Share(Set<SharedPart> parts, Set<UUID> ended, boolean guarded, String purpose) {

    public Share {
        parts = Set.copyOf(parts);
        ended = Set.copyOf(ended);
    }

    static Share of(Collection<Grant> grants) {
        var parts = EnumSet.noneOf(SharedPart.class);
        var ended = new HashSet<UUID>();
        for (var grant : grants) {
            if (grant.ownBasis() == null) {
                parts.addAll(grant.shown());
            } else {
                ended.add(grant.attempt());
            }
        }
        return new Share(
                parts,
                ended,
                grants.stream().anyMatch(Grant::guarded),
                grants.stream()
                        .map(grant -> grant.purpose().name())
                        .distinct()
                        .sorted()
                        .collect(Collectors.joining(",")));
    }
}
