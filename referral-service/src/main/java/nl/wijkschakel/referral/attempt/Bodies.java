package nl.wijkschakel.referral.attempt;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import nl.wijkschakel.kit.web.Consistent;
import nl.wijkschakel.kit.web.Errors;
import nl.wijkschakel.kit.web.Text;
import nl.wijkschakel.referral.attempt.AttemptState.Advice;
import nl.wijkschakel.referral.attempt.AttemptState.Channel;
import nl.wijkschakel.referral.attempt.AttemptState.ClientTold;
import nl.wijkschakel.referral.attempt.AttemptState.Contact;
import nl.wijkschakel.referral.attempt.AttemptState.EarlyEndReason;
import nl.wijkschakel.referral.attempt.AttemptState.FirstContact;
import nl.wijkschakel.referral.attempt.AttemptState.GoalResult;
import nl.wijkschakel.referral.attempt.AttemptState.GoalResult.Result;
import nl.wijkschakel.referral.attempt.AttemptState.Keeper;
import nl.wijkschakel.referral.attempt.AttemptState.Outcome;
import nl.wijkschakel.referral.attempt.AttemptState.PutBackReason;
import nl.wijkschakel.referral.attempt.AttemptState.ReturnReason;
import nl.wijkschakel.referral.attempt.AttemptState.Teller;
import nl.wijkschakel.referral.attempt.AttemptState.Wish;
import nl.wijkschakel.referral.attempt.AttemptState.WithdrawalReason;
import nl.wijkschakel.referral.attempt.Question.Reply;
import org.jspecify.annotations.Nullable;

/** What each transition needs (DOMAIN §2's table), as it is sent. */
final class Bodies {

    static final int LONG = 4000;
    static final int SHORT = 200;

    /** Longer waits, and longer silence, are typing errors. */
    private static final int MOST_WEEKS = 260;

    private static final int MOST_WEEKS_OF_SILENCE = 26;

    /** @param handlingWorker a colleague; without, who claims */
    record Claim(@Nullable UUID handlingWorker) {}

    /** @param contact whom to ask from now on; without, who it was */
    record Assignment(@NotNull UUID person, @Nullable @Valid ContactBody contact) {

        @Nullable
        Contact named() {
            return contact == null ? null : contact.contact();
        }
    }

    record ContactChange(@NotNull @Valid ContactBody contact) {}

    record PutBack(
            @NotNull PutBackReason reason,
            @Nullable @Text(max = LONG) String note) {}

    record InformationRequest(
            @NotNull @Text(max = LONG) String question,
            @NotNull @Text(max = LONG) String why) {}

    @Consistent
    record Answer(
            @Nullable @Text(max = LONG) String answer,
            boolean cannotShare,
            @Nullable @Text(max = LONG) String why,
            @Nullable @Text(max = SHORT) String heardFrom)
            implements Consistent.Checked {

        @Override
        public void check(Errors errors) {
            errors.addIf(
                            !cannotShare && answer == null,
                            "/answer",
                            "required",
                            "Geef antwoord, of zeg dat u dit niet kunt delen.")
                    .addIf(
                            cannotShare && answer != null,
                            "/answer",
                            "contradiction",
                            "U zegt dat u dit niet kunt delen.")
                    .addIf(cannotShare && why == null, "/why", "required", "Zeg waarom u dit niet kunt delen.")
                    .addIf(
                            !cannotShare && why != null,
                            "/why",
                            "contradiction",
                            "Dit hoort bij: ik kan dit niet delen.");
        }

        Reply reply(Instant now) {
            return cannotShare
                    ? new Reply.CannotShare(Objects.requireNonNull(why), heardFrom, now)
                    : new Reply.Answer(Objects.requireNonNull(answer), heardFrom, now);
        }
    }

    record Acceptance(
            @NotNull @Valid ContactBody contact,
            @NotNull LocalDate firstContactOn,
            @NotNull @Valid Told clientTold) {}

    /** A named person, or a team with a phone and the day a name follows. */
    @Consistent
    record ContactBody(
            @Nullable @Text(max = SHORT) String name,
            @Nullable @Text(max = SHORT) String phone,
            @Nullable @Text(max = SHORT) String email,
            @Nullable @Text(max = SHORT) String team,
            @Nullable LocalDate nameFollowsOn)
            implements Consistent.Checked {

        @Override
        public void check(Errors errors) {
            errors.addIf(
                            (name == null) == (team == null),
                            "/name",
                            "person-or-team",
                            "Noem een contactpersoon of een team.")
                    .addIf(
                            name != null && nameFollowsOn != null,
                            "/nameFollowsOn",
                            "contradiction",
                            "De naam is al bekend.")
                    .addIf(team != null && phone == null, "/phone", "required", "Geef het telefoonnummer van het team.")
                    .addIf(
                            team != null && nameFollowsOn == null,
                            "/nameFollowsOn",
                            "required",
                            "Zeg wanneer de naam volgt.")
                    .addIf(
                            team != null && email != null,
                            "/email",
                            "contradiction",
                            "Geef van een team het telefoonnummer.");
        }

        Contact contact() {
            return name != null
                    ? new Contact.Person(name, phone, email)
                    : new Contact.Team(
                            Objects.requireNonNull(team),
                            Objects.requireNonNull(phone),
                            Objects.requireNonNull(nameFollowsOn));
        }
    }

    record Told(@NotNull Teller by, @NotNull Channel how) {
        ClientTold told() {
            return new ClientTold(by, how);
        }
    }

    record AcceptanceUndo(@NotNull @Text(max = LONG) String reason) {}

    /** @param contact who stays in touch with the client, and how often */
    record Waitlisting(
            @NotNull @Valid WaitWeeks waitWeeks,
            @NotNull @Text(max = LONG) String reason,
            @NotNull @Valid KeeperBody contact,
            @NotNull Teller clientToldBy) {}

    /** What somebody who waits may expect; both ends count. */
    @Consistent
    record WaitWeeks(@NotNull Integer from, @NotNull Integer to) implements Consistent.Checked {

        @Override
        public void check(Errors errors) {
            errors.addIf(
                            from != null && to != null && (from < 0 || from > to),
                            "",
                            "no-range",
                            "Noem eerst het kleinste aantal weken.")
                    .addIf(
                            to != null && to > MOST_WEEKS,
                            "/to",
                            "out-of-range",
                            "Noem hoogstens " + MOST_WEEKS + " weken.");
        }
    }

    @Consistent
    record KeeperBody(
            @NotNull Teller by,
            @NotNull @Text(max = SHORT) String name,
            @Nullable @Text(max = SHORT) String phone,
            @NotNull Integer everyWeeks)
            implements Consistent.Checked {

        @Override
        public void check(Errors errors) {
            errors.addIf(
                    everyWeeks != null && (everyWeeks < 1 || everyWeeks > MOST_WEEKS_OF_SILENCE),
                    "/everyWeeks",
                    "out-of-range",
                    "Kies 1 tot " + MOST_WEEKS_OF_SILENCE + " weken.");
        }

        Keeper keeper() {
            return new Keeper(by, name, phone, everyWeeks);
        }
    }

    record Return(
            @NotNull ReturnReason reason,
            @NotNull @Valid AdviceBody advice,
            @Nullable @Text(max = LONG) String note,
            @NotNull Teller clientToldBy) {}

    /** What now: a service, or explicitly none and why. */
    @Consistent
    record AdviceBody(
            @Nullable UUID service,
            boolean none,
            @Nullable @Text(max = LONG) String why) implements Consistent.Checked {

        @Override
        public void check(Errors errors) {
            errors.addIf(
                            service == null && !none,
                            "/service",
                            "required",
                            "Geef advies: een ander aanbod, of geen en waarom.")
                    .addIf(service != null && none, "/none", "contradiction", "U noemt ook een aanbod.")
                    .addIf(none && why == null, "/why", "required", "Zeg waarom u geen ander aanbod weet.")
                    .addIf(
                            service != null && why != null,
                            "/why",
                            "contradiction",
                            "Zet uw toelichting bij de opmerking.");
        }

        Advice advice() {
            return service != null ? new Advice.Service(service) : new Advice.None(Objects.requireNonNull(why));
        }
    }

    /** @param contact needed from the waitlist; otherwise only where it is another than at the acceptance */
    record Start(
            @NotNull LocalDate on,
            @NotNull FirstContact kind,
            @Nullable @Valid ContactBody contact) {

        @Nullable
        Contact named() {
            return contact == null ? null : contact.contact();
        }
    }

    record Pause(
            @NotNull Wish wish,
            @NotNull @Text(max = LONG) String reason,
            @NotNull LocalDate reviewOn) {}

    record EarlyEnd(
            @NotNull EarlyEndReason reason,
            @Nullable @Text(max = LONG) String note) {}

    record Completion(
            @NotNull Outcome outcome,
            @NotNull List<@Valid @NotNull GoalBody> goals,
            @NotNull Boolean clientAgreesToFeedback,
            @Nullable @Text(max = LONG) String feedback,
            @Nullable @Text(max = LONG) String aftercare,
            @Nullable @Text(max = LONG) String stepDown) {

        List<GoalResult> results() {
            return goals.stream()
                    .map(it -> new GoalResult(it.goal(), it.result()))
                    .toList();
        }
    }

    record GoalBody(@NotNull Integer goal, @NotNull Result result) {}

    record Withdrawal(
            @NotNull WithdrawalReason reason,
            @Nullable @Text(max = LONG) String note) {}

    private Bodies() {}
}
