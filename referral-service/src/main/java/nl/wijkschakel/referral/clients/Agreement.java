package nl.wijkschakel.referral.clients;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the client agreed to share, and with whom; client-service keeps it under the attempt's id, and it gives nothing
 * away until a grant stands (DESIGN §2.6).
 *
 * @param agreement how, when and by whom; or the exception and why
 * @param sharedData parts of the client's record
 * @param forwardedFrom the attempt whose receiver sends it on (DOMAIN T14); null where the client's organisation sends
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Agreement(
        UUID client,
        UUID referral,
        UUID receiver,
        boolean receiverEntitledToBsn,
        String legalBasis,
        Object agreement,
        Object sharedData,
        boolean safeContact,
        boolean secretPlace,
        @Nullable UUID forwardedFrom) {

    /** What of the client a receiver may know before the claim (DOMAIN P4); client-service may say more than we use. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Core(
            String ageGroup,
            String language,
            boolean interpreterNeeded,
            @Nullable String postcode4) {

        /** An answer without these is none. */
        public Core {
            Objects.requireNonNull(ageGroup, "ageGroup");
            Objects.requireNonNull(language, "language");
        }
    }
}
