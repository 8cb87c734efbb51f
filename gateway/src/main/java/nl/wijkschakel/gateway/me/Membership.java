package nl.wijkschakel.gateway.me;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** For whom a person works and as what: an organisation or, for some roles, a municipality (DOMAIN §1). */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Membership(
        @Nullable String organisation, @Nullable String municipality, String role) {

    private static final Pattern MUNICIPALITY = Pattern.compile("\\d{4}");

    /** What is not of the form {@code whom:role} is not a membership. */
    static Optional<Membership> parse(String claim) {
        var colon = claim.indexOf(':');
        if (colon < 1 || colon == claim.length() - 1) {
            return Optional.empty();
        }
        var whom = claim.substring(0, colon);
        var role = claim.substring(colon + 1);
        return Optional.of(
                MUNICIPALITY.matcher(whom).matches()
                        ? new Membership(null, whom, role)
                        : new Membership(whom, null, role));
    }
}
