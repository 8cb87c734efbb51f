package nl.wijkschakel.referral.referral;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import nl.wijkschakel.referral.attempt.AttemptView;
import nl.wijkschakel.referral.attempt.Sender;
import nl.wijkschakel.referral.referral.Referral.ReferralAction;
import nl.wijkschakel.referral.referral.Referral.ReferralStatus;
import org.jspecify.annotations.Nullable;

/**
 * A referral as its own organisation sees it.
 *
 * @param attempts oldest first
 * @param draftExpiresAt when an unchanged draft goes (DOMAIN P23)
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ReferralView(
        UUID id,
        String number,
        ReferralStatus status,
        UUID client,
        String municipality,
        Sender sender,
        Content content,
        List<AttemptView> attempts,
        List<ReferralAction> actions,
        Instant createdAt,
        Instant changedAt,
        @Nullable Instant draftExpiresAt) {}
