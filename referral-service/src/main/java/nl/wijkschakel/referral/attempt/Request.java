package nl.wijkschakel.referral.attempt;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What this receiver was told and asked, as it was when it was sent: the record of what was shared with whom. What is
 * shared of the person (name, address) lies in client-service.
 *
 * @param goals in the client's words; empty with {@code legitimation} when there is no request for help yet
 * @param whatChanged why it is sent again (DOMAIN T16)
 * @param thirdParties what names others, only where safety needs it; never for the client's copy (DOMAIN P20)
 * @param legalBasisReason why another legal basis than the service's own holds
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Request(
        String question,
        List<String> goals,
        @Nullable String legitimation,
        @Nullable String situation,
        @Nullable String tried,
        @Nullable String doubts,
        @Nullable String ownReference,
        @Nullable String whatChanged,
        Agreement agreement,
        List<SharedData> sharedData,
        boolean safeContact,
        Shown shown,
        @Nullable String legalBasisReason,
        @Nullable String duplicateMotivation,
        @Nullable ThirdParties thirdParties) {

    /** What another receiver is told and asked: the same question, with an agreement of its own (DOMAIN T14). */
    public Request forwarded(
            Agreement anotherAgreement,
            List<SharedData> alsoShared,
            Shown anotherShown,
            @Nullable String anotherLegalBasisReason) {
        return new Request(
                question,
                goals,
                legitimation,
                situation,
                tried,
                doubts,
                ownReference,
                null,
                anotherAgreement,
                alsoShared,
                safeContact,
                anotherShown,
                anotherLegalBasisReason,
                null,
                thirdParties);
    }

    /** Parts of a client's record that go along, beside the question itself. */
    public enum SharedData {
        NAME,
        BIRTH_DATE,
        BSN,
        ADDRESS,
        CONTACT
    }

    /**
     * The client's agreement with this referral, or why it goes without (DOMAIN P2).
     *
     * @param kind AGREED with how, on and by; EXCEPTION with exception and motivation
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Agreement(
            Kind kind,
            @Nullable How how,
            @Nullable LocalDate on,
            @Nullable By by,
            @Nullable Ground exception,
            @Nullable String motivation) {

        public enum Kind {
            AGREED,
            EXCEPTION
        }

        public enum How {
            SPOKEN,
            WRITTEN,
            BY_PHONE,
            DIGITAL
        }

        public enum By {
            CLIENT,
            REPRESENTATIVE,
            CLIENT_AND_REPRESENTATIVE
        }

        /** Where the law lets a referral go without agreement. */
        public enum Ground {
            SAFETY,
            INCAPACITY,
            AGE
        }
    }

    /** The capacity that the sender was shown before sending (DOMAIN §3). */
    public record Shown(
            String status,
            @Nullable Integer waitFrom,
            @Nullable Integer waitTo,
            LocalDate confirmedOn) {}
}
