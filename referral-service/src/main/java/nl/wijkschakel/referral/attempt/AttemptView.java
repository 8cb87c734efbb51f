package nl.wijkschakel.referral.attempt;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import nl.wijkschakel.referral.directory.LegalBasis;
import nl.wijkschakel.referral.directory.Theme;
import nl.wijkschakel.referral.directory.Urgency;
import org.jspecify.annotations.Nullable;

/**
 * An attempt as its reader may see it.
 *
 * @param access CORE before the claim (DOMAIN P4), SHARED after it, OWN_DECISION when it ended without help (P6)
 * @param legalBasis with the content; it is no core data
 * @param core with theme and urgency gone when the reader has its own decision left and nothing else
 * @param client whose record client-service shows, once it may be seen
 * @param content what was told and asked, once it may be seen
 * @param forwardedFrom with the content: the attempt whose receiver sent it on (DOMAIN T14)
 * @param actions what the reader may do now; screens never compute them
 * @param clientAccess only after a change: whether client-service shows the record accordingly already
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AttemptView(
        UUID id,
        String number,
        UUID referral,
        Status status,
        Action.Side side,
        Access access,
        From sender,
        To receiver,
        Named service,
        @Nullable Theme theme,
        @Nullable Urgency urgency,
        @Nullable LegalBasis legalBasis,
        String municipality,
        @Nullable Core core,
        @Nullable Instant deadline,
        @Nullable Worker handlingWorker,
        @Nullable UUID client,
        @Nullable Request content,
        @Nullable List<Question> questions,
        @Nullable AttemptState state,
        @Nullable UUID forwardedFrom,
        List<Action> actions,
        ClientAccess.@Nullable Standing clientAccess,
        Instant createdAt,
        Instant changedAt) {

    public enum Access {
        CORE,
        SHARED,
        OWN_DECISION
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record From(
            UUID organisation,
            String organisationName,
            UUID team,
            String teamName,
            String phone,
            @Nullable UUID worker) {}

    public record To(UUID organisation, String organisationName) {}

    public record Named(UUID id, String name) {}
}
