package nl.wijkschakel.referral.referral;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import nl.wijkschakel.kit.web.Errors;
import nl.wijkschakel.kit.web.Text;
import nl.wijkschakel.referral.attempt.ThirdParties;
import nl.wijkschakel.referral.directory.Theme;
import nl.wijkschakel.referral.directory.Urgency;
import org.jspecify.annotations.Nullable;

/**
 * What the referrer writes with the client. In a draft everything may still be missing; {@link #missing} says what
 * sending needs (DOMAIN T2).
 *
 * @param question the request for help in the client's own words
 * @param goals the client's own
 * @param noRequestForHelp the client has none yet; then {@code legitimation} says why the referral goes all the same
 * @param doubts what the client doubts or fears
 * @param ownReference the sending organisation's own (<em>ons kenmerk</em>)
 * @param services asked or being considered
 * @param thirdParties what names others than the client; the receiver sees it only where safety needs it (DOMAIN P20)
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Content(
        @Nullable @Text(max = LONG) String question,
        @Nullable @Size(max = MOST_GOALS) List<@Valid @NotNull Goal> goals,
        @Nullable Boolean noRequestForHelp,
        @Nullable @Text(max = LONG) String legitimation,
        @Nullable @Text(max = LONG) String situation,
        @Nullable @Text(max = LONG) String tried,
        @Nullable @Text(max = LONG) String doubts,
        @Nullable Theme theme,
        @Nullable Urgency urgency,
        @Nullable Boolean needsSafePlace,
        @Nullable Boolean needsAccessibility,
        @Nullable Origin origin,
        @Nullable @Text(max = SHORT) String ownReference,
        @Nullable @Size(max = MOST_SERVICES) List<@NotNull UUID> services,
        @Nullable @Valid ThirdParties thirdParties) {

    static final int LONG = 4000;
    static final int SHORT = 200;
    static final int MOST_GOALS = 20;
    static final int MOST_SERVICES = 10;

    static final Content EMPTY =
            new Content(null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);

    record Goal(@NotNull @Text(max = 1000) String text) {}

    /** Whose idea the referral was (<em>herkomst</em>, DOMAIN §2). */
    enum Origin {
        CLIENT,
        WIJKTEAM,
        GP,
        SCHOOL,
        POLICE,
        SIGNAL,
        OTHER
    }

    /** DOMAIN T2: what must be there before it is sent. */
    void missing(Errors errors) {
        boolean none = Boolean.TRUE.equals(noRequestForHelp);
        errors.required(question != null, "/content/question")
                .addIf(
                        !none && goalTexts().isEmpty(),
                        "/content/goals",
                        "required",
                        "Schrijf ten minste één doel op, of zeg dat er nog geen hulpvraag is.")
                .addIf(
                        none && legitimation == null,
                        "/content/legitimation",
                        "required",
                        "Leg uit waarom u verwijst zonder hulpvraag.")
                .required(theme != null, "/content/theme")
                .required(urgency != null, "/content/urgency");
    }

    /** What of it the receiver gets: nothing that safety does not need, so that nothing of it has to be hidden there. */
    @Nullable
    ThirdParties thirdPartiesForReceiver() {
        return thirdParties != null && thirdParties.neededForSafety() ? thirdParties : null;
    }

    List<UUID> servicesOrNone() {
        return Objects.requireNonNullElse(services, List.of());
    }

    List<String> goalTexts() {
        return Objects.requireNonNullElse(goals, List.<Goal>of()).stream()
                .map(Goal::text)
                .toList();
    }
}
