package nl.wijkschakel.referral.directory;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who sends and receives referrals.
 *
 * @param municipalities codes of those it works for
 * @param address where its post arrives; letters show it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Organisation(
        UUID id,
        @JsonIgnore long version,
        String name,
        Kind kind,
        List<String> municipalities,
        String phone,
        @Nullable String email,
        @Nullable Address address,
        @Nullable Complaints complaints)
        implements Entry {

    public enum Kind {
        /** A wijkteam and the like. */
        FIRST_LINE,
        SECOND_LINE,
        /** Volunteers; a service like any other, but it never learns a BSN (DOMAIN P8). */
        INFORMAL
    }

    public Organisation {
        municipalities = List.copyOf(municipalities);
    }
}
