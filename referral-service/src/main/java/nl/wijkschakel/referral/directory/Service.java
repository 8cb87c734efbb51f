package nl.wijkschakel.referral.directory;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
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
 * @param address where people come; a secret place has none here, so that nothing can show it (DOMAIN P11)
 * @param secretPlace where it is must not be known
 * @param stopsOn from this day on nobody is sent to it any more
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
        @Nullable Address address,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean secretPlace,
        @Nullable LocalDate stopsOn,
        Capacity capacity)
        implements Entry {

    public Service {
        themes = List.copyOf(themes);
        municipalities = List.copyOf(municipalities);
        languages = List.copyOf(languages);
        if (secretPlace && address != null) {
            throw new IllegalArgumentException("a secret place with an address");
        }
    }

    /** Whether somebody may be sent to it on that day. */
    public boolean takesReferrals(LocalDate day) {
        return stopsOn == null || day.isBefore(stopsOn);
    }

    /** The same service with other room; its version rises. */
    Service with(Capacity newCapacity) {
        return next(stopsOn, newCapacity);
    }

    /** The same service, which ends on another day, or on none; its version rises. */
    Service stopping(@Nullable LocalDate day) {
        return next(day, capacity);
    }

    private Service next(@Nullable LocalDate newStopsOn, Capacity newCapacity) {
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
                address,
                secretPlace,
                newStopsOn,
                newCapacity);
    }
}
