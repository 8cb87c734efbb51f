package nl.wijkschakel.referral.referral;

import static nl.wijkschakel.referral.attempt.AttemptFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import nl.wijkschakel.kit.web.Errors;
import nl.wijkschakel.kit.web.FieldError;
import nl.wijkschakel.kit.web.Refusal;
import nl.wijkschakel.referral.attempt.Attempt;
import nl.wijkschakel.referral.attempt.AttemptFixture;
import nl.wijkschakel.referral.attempt.Sender;
import nl.wijkschakel.referral.attempt.Status;
import nl.wijkschakel.referral.directory.Theme;
import nl.wijkschakel.referral.directory.Urgency;
import nl.wijkschakel.referral.referral.Content.Goal;
import nl.wijkschakel.referral.referral.Referral.ReferralAction;
import nl.wijkschakel.referral.referral.Referral.ReferralStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** DOMAIN §2: what a referral is follows from its attempts, oldest first. */
class ReferralTest {

    private static final Sender SENDER = new Sender(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());

    private static final Referral DRAFT =
            Referral.draft(UUID.randomUUID(), "K7QX-3M9TF", UUID.randomUUID(), "9901", SENDER, Content.EMPTY, NOW);

    private static final Referral SENT = DRAFT.send(NOW);

    /**
     * Attempts by status; with * it was followed up, closed, or became needless; with ! it is a crisis. What can be done is
     * R(esend), W(ithdraw).
     */
    @ParameterizedTest
    @CsvSource({
        "SENT,                           ACTIVE,          W",
        "IN_REVIEW,                      ACTIVE,          W",
        "INFORMATION_REQUESTED,          ACTION_REFERRER, W",
        "ACCEPTED,                       ACTIVE,          W",
        "WAITLISTED,                     ACTIVE,          RW",
        "STARTED,                        ACTIVE,          W",
        "PAUSED,                         ACTIVE,          W",
        "COMPLETED,                      COMPLETED,       ''",
        "ENDED_EARLY,                    ACTION_REFERRER, RW",
        "ENDED_EARLY*,                   ENDED,           R",
        "RETURNED,                       ACTION_REFERRER, RW",
        "WITHDRAWN,                      ACTION_REFERRER, RW",
        "WITHDRAWN*,                     ENDED,           R",
        // one after the other
        "RETURNED* SENT,                 ACTIVE,          W",
        "RETURNED* COMPLETED,            COMPLETED,       ''",
        "RETURNED* RETURNED,             ACTION_REFERRER, RW",
        "RETURNED* WITHDRAWN*,           ENDED,           R",
        "COMPLETED RETURNED,             ACTION_REFERRER, RW",
        "FORWARDED* SENT,                ACTIVE,          W",
        "FORWARDED* RETURNED,            ACTION_REFERRER, RW",
        "FORWARDED* COMPLETED,           COMPLETED,       ''",
        "ENDED_EARLY* STARTED,           ACTIVE,          W",
        // a second while the first is on a waitlist
        "WAITLISTED SENT,                ACTIVE,          W",
        "WAITLISTED INFORMATION_REQUESTED, ACTION_REFERRER, W",
        "WAITLISTED ACCEPTED,            ACTIVE,          W",
        "WAITLISTED RETURNED,            ACTION_REFERRER, RW",
        "WAITLISTED RETURNED*,           ACTIVE,          RW",
        "WAITLISTED WAITLISTED,          ACTIVE,          RW",
        "WITHDRAWN* STARTED,             ACTIVE,          W",
        // several at once in a crisis
        "SENT! SENT!,                    ACTIVE,          W",
        "INFORMATION_REQUESTED! SENT!,   ACTION_REFERRER, W",
        "SENT! RETURNED!,                ACTION_REFERRER, RW",
        "RETURNED! SENT!,                ACTIVE,          RW",
        "RETURNED! IN_REVIEW!,           ACTIVE,          RW",
        "ACCEPTED! WITHDRAWN!*,          ACTIVE,          W",
        "RETURNED! ACCEPTED!,            ACTIVE,          W",
        "WITHDRAWN!* COMPLETED!,         COMPLETED,       ''",
        // whoever had taken it gives it back, and the others were withdrawn for it: nobody must disappear
        "RETURNED! WITHDRAWN!*,          ACTION_REFERRER, RW",
        "WITHDRAWN!* RETURNED!,          ACTION_REFERRER, RW",
    })
    void whatItIsFollowsFromItsAttempts(String attempts, ReferralStatus status, String actions) {
        var all =
                List.of(attempts.split(" ")).stream().map(ReferralTest::attempt).toList();
        assertThat(SENT.status(all)).isEqualTo(status);
        assertThat(SENT.actions(all).stream().filter(it -> it != ReferralAction.ASSIGN))
                .isEqualTo(actions.chars()
                        .mapToObj(it -> Map.of('R', ReferralAction.RESEND, 'W', ReferralAction.WITHDRAW)
                                .get((char) it))
                        .toList());
        assertThat(SENT.actions(all)).as("wherever it stands").contains(ReferralAction.ASSIGN);
    }

    @ParameterizedTest
    @EnumSource(Status.class)
    void everyStatusOfAnAttemptMakesOneOfTheReferral(Status status) {
        assertThat(SENT.status(List.of(AttemptFixture.in(status)))).isNotNull();
    }

    @Test
    void aDraftHasNoAttempts() {
        assertThat(DRAFT.status(List.of())).isEqualTo(ReferralStatus.DRAFT);
        assertThat(DRAFT.actions(List.of()))
                .containsExactly(
                        ReferralAction.EDIT, ReferralAction.SEND, ReferralAction.DELETE, ReferralAction.ASSIGN);
    }

    @ParameterizedTest
    @EnumSource(Status.class)
    void withdrawnAsAWholeGoesBeforeAllElse(Status status) {
        var attempts = List.of(AttemptFixture.in(status));
        if (SENT.actions(attempts).contains(ReferralAction.WITHDRAW)) {
            var withdrawn = SENT.withdraw(attempts, NOW);
            assertThat(withdrawn.status(attempts)).isEqualTo(ReferralStatus.WITHDRAWN);
            assertThat(withdrawn.actions(attempts)).isEmpty();
            assertThat(withdrawn.version()).isEqualTo(SENT.version() + 1);
        } else {
            var refusal = catchThrowableOfType(Refusal.Conflict.class, () -> SENT.withdraw(attempts, NOW));
            assertThat(refusal.type()).isEqualTo("transition-not-allowed");
            assertThat(refusal.more()).containsEntry("actions", SENT.actions(attempts));
        }
    }

    @Test
    void onlyADraftIsEditedAndSent() {
        assertThat(DRAFT.edit(Content.EMPTY, NOW).version()).isEqualTo(2);
        assertThat(catchThrowableOfType(Refusal.Conflict.class, () -> SENT.edit(Content.EMPTY, NOW))
                        .type())
                .isEqualTo("not-a-draft");
        assertThat(catchThrowableOfType(Refusal.Conflict.class, () -> SENT.send(NOW))
                        .type())
                .isEqualTo("not-a-draft");
    }

    @Test
    void sendingAgainKeepsWhenItWasFirstSent() {
        var later = NOW.plus(Duration.ofDays(3));
        var again = SENT.resend(List.of(AttemptFixture.in(Status.RETURNED)), later);
        assertThat(again.sentAt()).isEqualTo(NOW);
        assertThat(again.changedAt()).isEqualTo(later);
        var open = List.of(AttemptFixture.in(Status.SENT));
        assertThat(catchThrowableOfType(Refusal.Conflict.class, () -> SENT.resend(open, NOW))
                        .more())
                .containsEntry("actions", List.of(ReferralAction.WITHDRAW, ReferralAction.ASSIGN));
        assertThat(catchThrowableOfType(Refusal.Conflict.class, () -> DRAFT.resend(List.of(), NOW)))
                .isNotNull();
        assertThat(catchThrowableOfType(Refusal.Conflict.class, () -> DRAFT.withdraw(List.of(), NOW)))
                .isNotNull();
    }

    @Test
    void anotherWorkerHasItAndAllElseStays() {
        var another = new Sender(SENDER.organisation(), SENDER.team(), UUID.randomUUID());
        var later = NOW.plus(Duration.ofDays(3));
        var assigned = SENT.assign(another, List.of(AttemptFixture.in(Status.SENT)), later);
        assertThat(assigned.sender()).isEqualTo(another);
        assertThat(assigned.version()).isEqualTo(SENT.version() + 1);
        assertThat(assigned.changedAt()).isEqualTo(later);
        assertThat(assigned.assign(SENDER, List.of(AttemptFixture.in(Status.SENT)), NOW))
                .usingRecursiveComparison()
                .ignoringFields("version")
                .isEqualTo(SENT);
        var withdrawn = SENT.withdraw(List.of(AttemptFixture.in(Status.SENT)), NOW);
        assertThat(catchThrowableOfType(
                                Refusal.Conflict.class,
                                () -> withdrawn.assign(another, List.of(AttemptFixture.in(Status.WITHDRAWN)), NOW))
                        .type())
                .isEqualTo("transition-not-allowed");
    }

    /** DOMAIN T2. */
    @Test
    void sendingNeedsQuestionGoalThemeAndUrgency() {
        assertThat(missing(Content.EMPTY))
                .containsExactlyInAnyOrder("/content/question", "/content/goals", "/content/theme", "/content/urgency");
        assertThat(missing(content(List.of(new Goal("Rust")), null, null))).isEmpty();
        assertThat(missing(content(List.of(), null, null))).containsExactly("/content/goals");
        assertThat(missing(content(null, true, null))).containsExactly("/content/legitimation");
        assertThat(missing(content(null, true, "De cliënt zoekt nog"))).isEmpty();
        assertThat(missing(content(null, false, "De cliënt zoekt nog"))).containsExactly("/content/goals");
    }

    private static Content content(
            @org.jspecify.annotations.Nullable List<Goal> goals,
            @org.jspecify.annotations.Nullable Boolean noRequest,
            @org.jspecify.annotations.Nullable String legitimation) {
        return new Content(
                "Ik slaap slecht",
                goals,
                noRequest,
                legitimation,
                null,
                null,
                null,
                Theme.LONELINESS,
                Urgency.SOON,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static List<String> missing(Content content) {
        var errors = new Errors();
        content.missing(errors);
        return errors.found().stream().map(FieldError::pointer).toList();
    }

    private static Attempt attempt(String text) {
        var status = Status.valueOf(text.replaceAll("[*!]", ""));
        return AttemptFixture.in(status, text.contains("!") ? Urgency.CRISIS : Urgency.ROUTINE, text.contains("*"));
    }
}
