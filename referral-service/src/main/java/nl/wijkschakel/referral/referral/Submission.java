package nl.wijkschakel.referral.referral;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import nl.wijkschakel.kit.web.Consistent;
import nl.wijkschakel.kit.web.Errors;
import nl.wijkschakel.kit.web.Text;
import nl.wijkschakel.referral.attempt.Request;
import nl.wijkschakel.referral.attempt.Request.Agreement.By;
import nl.wijkschakel.referral.attempt.Request.Agreement.Ground;
import nl.wijkschakel.referral.attempt.Request.Agreement.How;
import nl.wijkschakel.referral.attempt.Request.Agreement.Kind;
import nl.wijkschakel.referral.attempt.Request.SharedData;
import nl.wijkschakel.referral.directory.Capacity.Status;
import nl.wijkschakel.referral.directory.LegalBasis;
import org.jspecify.annotations.Nullable;

/**
 * What sending needs beside the draft (DOMAIN T2, T16).
 *
 * @param legalBasis never left out (DOMAIN P1); another than the service's own needs a reason
 * @param sharedData parts of the client's record that go along
 * @param safeContact whether the client may be called or written to
 * @param duplicateMotivation why the same service is asked while it still has this client's referral
 * @param whatChanged only when it is sent again
 */
@Consistent
record Submission(
        @NotNull @Size(min = 1, max = Content.MOST_SERVICES) List<@Valid @NotNull Asked> services,
        @NotNull LegalBasis legalBasis,
        @Nullable @Text(max = Content.LONG) String legalBasisReason,
        @NotNull @Valid AgreementBody agreement,
        @NotNull List<@NotNull SharedData> sharedData,
        @NotNull Boolean safeContact,
        boolean mayBeForwarded,
        @Nullable @Text(max = Content.LONG) String duplicateMotivation,
        @Nullable @Text(max = Content.LONG) String whatChanged)
        implements Consistent.Checked {

    @Override
    public void check(Errors errors) {
        checkLegalBasis(legalBasis, errors);
        errors.addIf(services != null && isAnyTwice(services), "/services", "twice", "Noem elk aanbod één keer.");
    }

    static void checkLegalBasis(LegalBasis legalBasis, Errors errors) {
        errors.addIf(
                legalBasis == LegalBasis.CONSENT,
                "/legalBasis",
                "not-available-yet",
                "Toestemming als wettelijke reden kan nog niet. Kies een andere wettelijke reden.");
    }

    private static boolean isAnyTwice(List<Asked> services) {
        var named = services.stream()
                .filter(Objects::nonNull) // said already that it is missing
                .map(Asked::service)
                .filter(Objects::nonNull)
                .toList();
        return named.stream().distinct().count() != named.size();
    }

    /** @param shown what the sender was shown of its room, so that it is known what they decided on */
    record Asked(@NotNull UUID service, @NotNull @Valid ShownBody shown) {}

    record ShownBody(
            @NotNull Status status,
            @Nullable @Valid WeeksBody waitWeeks,
            @NotNull LocalDate confirmedOn) {

        Request.Shown shown() {
            return new Request.Shown(
                    status.name(),
                    waitWeeks == null ? null : waitWeeks.from(),
                    waitWeeks == null ? null : waitWeeks.to(),
                    confirmedOn);
        }
    }

    @Consistent
    record WeeksBody(@NotNull Integer from, @NotNull Integer to) implements Consistent.Checked {

        @Override
        public void check(Errors errors) {
            errors.addIf(
                    from != null && to != null && (from < 0 || from > to),
                    "",
                    "no-range",
                    "Noem eerst het kleinste aantal weken.");
        }
    }

    /** DOMAIN P2: recorded agreement, or an allowed exception with its reason. */
    @Consistent
    record AgreementBody(
            @NotNull Kind kind,
            @Nullable How how,
            @Nullable LocalDate on,
            @Nullable By by,
            @Nullable Ground exception,
            @Nullable @Text(max = Content.LONG) String motivation)
            implements Consistent.Checked {

        @Override
        public void check(Errors errors) {
            if (kind == Kind.AGREED) {
                errors.required(how != null, "/how")
                        .required(on != null, "/on")
                        .required(by != null, "/by")
                        .addIf(
                                exception != null,
                                "/exception",
                                "contradiction",
                                "De cliënt stemt in, dus er is geen uitzondering.");
            }
            if (kind == Kind.EXCEPTION) {
                errors.required(exception != null, "/exception")
                        .addIf(
                                motivation == null,
                                "/motivation",
                                "required",
                                "Leg uit waarom u zonder instemming verwijst.")
                        .addIf(
                                how != null || on != null || by != null,
                                "/how",
                                "contradiction",
                                "Bij een uitzondering is er geen instemming.");
            }
        }

        /** An agreement is there before it is used. */
        void checkDay(LocalDate today, Errors errors) {
            errors.addIf(
                    on != null && on.isAfter(today),
                    "/agreement/on",
                    "in-the-future",
                    "De cliënt heeft al ingestemd. Kies vandaag of eerder.");
        }

        Request.Agreement agreement() {
            return new Request.Agreement(kind, how, on, by, exception, motivation);
        }
    }
}
