package nl.wijkschakel.referral.directory;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Help that an organisation offers (<em>aanbod</em>).
 *
 * @param targetGroup for whom it is meant, in plain words
 * @param minimumAge years; the youngest it is for
 * @param maximumAge years; the oldest it is for
 * @param municipalities codes of those whose people it helps
 * @param languages in which it helps (BCP 47)
 * @param legalBasis what a referral to it rests on, unless the sender gives a reason for another
 * @param entitledToBsn whether a law lets it know the BSN; ask {@link Directory#mayKnowBsn}
 * @param crisisPhone whom to call first in a crisis
 * @param notFor for whom it is not meant, in plain words
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Service(
        UUID id,
        @JsonIgnore long version,
        UUID organisation,
        String name,
        String description,
        List<Theme> themes,
        String targetGroup,
        @Nullable Integer minimumAge,
        @Nullable Integer maximumAge,
        List<String> municipalities,
        List<String> languages,
        LegalBasis legalBasis,
        boolean entitledToBsn,
        @Nullable String crisisPhone,
        @Nullable String notFor,
        Capacity capacity)
        implements Entry {

    public Service {
        themes = List.copyOf(themes);
        municipalities = List.copyOf(municipalities);
        languages = List.copyOf(languages);
    }

    /** The same service with other room; its version rises. */
    Service with(Capacity newCapacity) {
        return new Service(
                id,
                version + 1,
                organisation,
                name,
                description,
                themes,
                targetGroup,
                minimumAge,
                maximumAge,
                municipalities,
                languages,
                legalBasis,
                entitledToBsn,
                crisisPhone,
                notFor,
                newCapacity);
    }
}
