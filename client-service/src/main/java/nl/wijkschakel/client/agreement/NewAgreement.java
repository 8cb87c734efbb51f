package nl.wijkschakel.client.agreement;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
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
 * @param companions members of the household who come along, each with an agreement of their own
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
        @Nullable List<@Nullable Companion> companions,
        @Nullable UUID forwardedFrom,
        @Nullable UUID service) {

    private static final int MOST_COMPANIONS = 20;

    /** A client with a record of their own. */
    record Companion(UUID client, Agreement agreement, List<@Nullable SharedPart> sharedData) {

        private void check(String pointer, Errors errors, LocalDate today) {
            errors.required(client != null, pointer + "/client")
                    .required(agreement != null, pointer + "/agreement")
                    .required(sharedData != null && !sharedData.contains(null), pointer + "/sharedData");
            if (agreement != null) {
                agreement.check(pointer + "/agreement", errors, today);
            }
        }
    }

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
            agreement.check("/agreement", errors, today);
        }
        checkCompanions(errors, today);
        errors.refuse();
    }

    private void checkCompanions(Errors errors, LocalDate today) {
        if (companions == null) {
            return;
        }
        var people = new HashSet<UUID>();
        people.add(client);
        for (int i = 0; i < companions.size(); i++) {
            var companion = companions.get(i);
            var pointer = "/companions/" + i;
            if (companion == null) {
                errors.required(false, pointer);
            } else {
                companion.check(pointer, errors, today);
                errors.addIf(
                        companion.client() != null && !people.add(companion.client()),
                        pointer + "/client",
                        "twice",
                        "Noem iedereen één keer.");
            }
        }
        errors.addIf(
                legalBasis == LegalBasis.CONSENT && !companions.isEmpty(),
                "/companions",
                "consent-each",
                "Toestemming geldt voor één persoon. Verwijs ieder apart, of kies een andere wettelijke reden.");
        errors.addIf(
                companions.size() > MOST_COMPANIONS,
                "/companions",
                "too-many",
                "Noem hoogstens " + MOST_COMPANIONS + " personen.");
    }

    /** In the order in which the attempt names them; after {@link #check}. */
    List<Companion> comingAlong() {
        return companions == null
                ? List.of()
                : companions.stream().map(Objects::requireNonNull).toList();
    }

    /** All it is about. */
    List<UUID> clients() {
        return Stream.concat(Stream.of(client), comingAlong().stream().map(Companion::client))
                .toList();
    }

    /**
     * @param guarded whether address, phone and place stay hidden
     * @param consent the one it hangs on
     */
    Grant grant(UUID attempt, boolean guarded, @Nullable UUID consent) {
        return grant(attempt, client, sharedData, guarded, consent);
    }

    /** Those of who comes along. */
    List<Grant> companionGrants(UUID attempt, boolean guarded) {
        return comingAlong().stream()
                .map(it -> grant(attempt, it.client(), it.sharedData(), guarded, null))
                .toList();
    }

    private Grant grant(
            UUID attempt, UUID person, List<@Nullable SharedPart> parts, boolean guarded, @Nullable UUID consent) {
        return new Grant(
                attempt,
                person,
                receiver,
                legalBasis,
                Set.copyOf(parts),
                Boolean.TRUE.equals(receiverEntitledToBsn),
                guarded,
                consent,
                null);
    }

    boolean isGuarded() {
        return !safeContact || Boolean.TRUE.equals(secretPlace);
    }
}
