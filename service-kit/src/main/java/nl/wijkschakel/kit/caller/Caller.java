package nl.wijkschakel.kit.caller;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import nl.wijkschakel.kit.caller.Membership.OfMunicipality;
import nl.wijkschakel.kit.caller.Membership.OfOrganisation;
import nl.wijkschakel.kit.web.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Who calls, for whom, and as what. A controller takes it as a parameter.
 *
 * @param person the token's subject
 * @param name as colleagues know the person; for a service its own name
 * @param chosen the organisation the caller works for now
 * @param service the name of the service that calls for itself
 * @param token the token itself, to ask a neighbour on the caller's behalf
 */
public record Caller(
        UUID person,
        String name,
        List<Membership> memberships,
        @Nullable UUID chosen,
        @Nullable String service,
        String token) {

    /** Names for whom the caller works, where a person works for several organisations. */
    public static final String ORGANISATION_HEADER = "Wijkschakel-Organisation";

    /** The organisation the caller works for now; refused where it is not clear which. */
    public UUID organisation() {
        if (chosen == null) {
            throw new Refusal.Invalid(
                    "organisation-required",
                    "Kies voor welke organisatie u werkt (header " + ORGANISATION_HEADER + ").");
        }
        return chosen;
    }

    /** The roles at the chosen organisation, and those at any municipality. */
    public Set<Role> roles() {
        var roles = EnumSet.noneOf(Role.class);
        for (var membership : memberships) {
            switch (membership) {
                case OfMunicipality it -> roles.add(it.role());
                case OfOrganisation it when it.organisation().equals(chosen) -> roles.add(it.role());
                case OfOrganisation _ -> {} // a role elsewhere counts for nothing here
            }
        }
        return roles;
    }

    public boolean has(Role role) {
        return roles().contains(role);
    }

    public boolean hasIn(String municipality, Role role) {
        return memberships.contains(new OfMunicipality(municipality, role));
    }

    /** The most telling role at the organisation, for the access log. */
    public Optional<Role> role() {
        return roles().stream().findFirst();
    }

    boolean belongsTo(UUID organisation) {
        return memberships.stream()
                .anyMatch(it ->
                        it instanceof OfOrganisation of && of.organisation().equals(organisation));
    }
}
