package nl.wijkschakel.referral.shortage;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import nl.wijkschakel.referral.directory.Theme;
import nl.wijkschakel.referral.directory.Urgency;
import org.jspecify.annotations.Nullable;

/**
 * A question to which nothing in the directory was an answer.
 *
 * @param organisation whose worker looked
 * @param language in which help was looked for (BCP 47)
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Shortage(
        UUID id,
        UUID organisation,
        String municipality,
        Theme theme,
        AgeGroup ageGroup,
        @Nullable Urgency urgency,
        @Nullable String language,
        Words words,
        Instant reportedAt) {

    /**
     * What was written, and so is sealed.
     *
     * @param area where in the municipality, in own words
     * @param sought what was looked for
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Words(String sought, @Nullable String area) {}
}
