package nl.wijkschakel.client.agreement;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import nl.wijkschakel.client.grant.Grant;
import nl.wijkschakel.client.grant.LegalBasis;
import nl.wijkschakel.client.grant.SharedPart;
import nl.wijkschakel.kit.web.Errors;
import org.jspecify.annotations.Nullable;

/**
 * What referral-service stores before it sends an attempt. It holds after {@link #check}.
 *
 * @param receiverEntitledToBsn whether a law lets the receiving service use BSNs (DOMAIN P8)
 * @param secretPlace the receiving service's place is secret (DOMAIN P11)
 * @param forwardedFrom the attempt whose receiver sends it on (DOMAIN T14); null where the client's own organisation sends
 * @param service which of the receiver's services; null where only a consent for all of them counts (DOMAIN P3)
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record NewAgreement(
        UUID client,
        UUID referral,
        UUID receiver,
        @Nullable Boolean receiverEntitledToBsn,
        LegalBasis legalBasis,
        Agreement agreement,
        List<@Nullable SharedPart> sharedData,
        Boolean safeContact,
        @Nullable Boolean secretPlace,
        @Nullable UUID forwardedFrom,
        @Nullable UUID service) {

    void check(LocalDate today) {
        var errors = new Errors()
                .required(client != null, "/client")
                .required(referral != null, "/referral")
                .required(receiver != null, "/receiver")
                .required(legalBasis != null, "/legalBasis")
                .required(agreement != null, "/agreement")
                .required(sharedData != null && !sharedData.contains(null), "/sharedData")
                .required(safeContact != null, "/safeContact");
        if (agreement != null) {
            agreement.check(errors, today);
        }
        errors.refuse();
    }

    /**
     * @param guarded whether address, phone and place stay hidden
     * @param consent the one it hangs on
     */
    Grant grant(UUID attempt, boolean guarded, @Nullable UUID consent) {
        return new Grant(
                attempt,
                client,
                receiver,
                legalBasis,
                Set.copyOf(sharedData),
                Boolean.TRUE.equals(receiverEntitledToBsn),
                guarded,
                consent,
                null);
    }

    boolean isGuarded() {
        return !safeContact || Boolean.TRUE.equals(secretPlace);
    }
}
