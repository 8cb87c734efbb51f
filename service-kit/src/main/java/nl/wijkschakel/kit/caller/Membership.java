package nl.wijkschakel.kit.caller;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** For whom a person works and as what; in tokens {@code <organisation's UUID>:<role>} or {@code <municipality's code>:<role>}. */
public sealed interface Membership {

    Role role();

    record OfOrganisation(UUID organisation, Role role) implements Membership {}

    /** @param municipality the four digits Statistics Netherlands gives it */
    record OfMunicipality(String municipality, Role role) implements Membership {}

    Pattern MUNICIPALITY = Pattern.compile("[0-9]{4}");

    /** What does not read as a membership gives no right, so it is left out. */
    static Optional<Membership> of(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return Optional.empty();
        }
        var owner = text.substring(0, colon);
        return Role.of(text.substring(colon + 1)).flatMap(role -> of(owner, role));
    }

    private static Optional<Membership> of(String owner, Role role) {
        if (!role.isOfOrganisation()) {
            return MUNICIPALITY.matcher(owner).matches()
                    ? Optional.of(new OfMunicipality(owner, role))
                    : Optional.empty();
        }
        try {
            return Optional.of(new OfOrganisation(UUID.fromString(owner), role));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
