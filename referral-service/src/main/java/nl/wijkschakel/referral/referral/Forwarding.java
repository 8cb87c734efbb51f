package nl.wijkschakel.referral.referral;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.UUID;
import nl.wijkschakel.kit.web.Consistent;
import nl.wijkschakel.kit.web.Errors;
import nl.wijkschakel.kit.web.Text;
import nl.wijkschakel.referral.attempt.Request.SharedData;
import nl.wijkschakel.referral.directory.LegalBasis;
import nl.wijkschakel.referral.referral.Submission.AgreementBody;
import nl.wijkschakel.referral.referral.Submission.ShownBody;
import org.jspecify.annotations.Nullable;

/**
 * What sending on to another service needs (DOMAIN T14); the question and what was said with it go along as they are.
 *
 * @param shown what the forwarder and the client were shown of its room
 * @param legalBasis another than the service's own needs a reason
 * @param agreement the client's with the new receiver
 * @param sharedData no more than was shared with the forwarder
 */
@Consistent
record Forwarding(
        @NotNull UUID service,
        @NotNull @Valid ShownBody shown,
        @NotNull @Text(max = Content.LONG) String reason,
        @NotNull LegalBasis legalBasis,
        @Nullable @Text(max = Content.LONG) String legalBasisReason,
        @NotNull @Valid AgreementBody agreement,
        @NotNull List<@NotNull SharedData> sharedData)
        implements Consistent.Checked {

    @Override
    public void check(Errors errors) {
        Submission.checkLegalBasis(legalBasis, errors);
    }
}
