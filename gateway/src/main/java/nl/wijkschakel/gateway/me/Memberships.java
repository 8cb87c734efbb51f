package nl.wijkschakel.gateway.me;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A person's memberships, as the access token tells them. */
public record Memberships(List<Membership> all) {

    public static Memberships of(List<String> claims) {
        return new Memberships(
                claims.stream().map(Membership::parse).flatMap(Optional::stream).toList());
    }

    boolean include(String organisation) {
        return all.stream().anyMatch(membership -> organisation.equals(membership.organisation()));
    }

    /**
     * The organisation to work for: the chosen one while it is among the memberships; without a choice the only one there
     * is; else none, and the services ask for one.
     */
    public @Nullable String organisation(@Nullable String chosen) {
        if (chosen != null && include(chosen)) {
            return chosen;
        }
        var organisations = all.stream()
                .map(Membership::organisation)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        return organisations.size() == 1 ? organisations.getFirst() : null;
    }
}
