package nl.wijkschakel.client.grant;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All that a reader may see of one client, by whatever attempts.
 *
 * @param guarded address, phone and place stay hidden
 * @param purpose the legal bases, for the access log
 */
public record Share(Set<SharedPart> parts, boolean guarded, String purpose) {

    public Share {
        parts = Set.copyOf(parts);
    }

    static Share of(Collection<Grant> grants) {
        var parts = EnumSet.noneOf(SharedPart.class);
        grants.forEach(grant -> parts.addAll(grant.shown()));
        return new Share(
                parts,
                grants.stream().anyMatch(Grant::guarded),
                grants.stream()
                        .map(grant -> grant.legalBasis().name())
                        .distinct()
                        .sorted()
                        .collect(Collectors.joining(",")));
    }

    public boolean shows(SharedPart part) {
        return parts.contains(part);
    }
}
