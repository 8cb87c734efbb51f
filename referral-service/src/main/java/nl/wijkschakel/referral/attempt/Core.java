package nl.wijkschakel.referral.attempt;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What a receiver may know before the claim (DOMAIN P4): nothing that says who it is.
 *
 * @param postcode4 absent where a secrecy or safety flag is set or there is no fixed address
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Core(
        String ageGroup,
        String language,
        boolean interpreterNeeded,
        boolean needsSafePlace,
        boolean needsAccessibility,
        @Nullable String postcode4) {}
