package nl.wijkschakel.referral.attempt;

import static nl.wijkschakel.referral.attempt.AttemptFixture.ANNA;
import static nl.wijkschakel.referral.attempt.AttemptFixture.BRAM;
import static nl.wijkschakel.referral.attempt.AttemptFixture.CONTACT;
import static nl.wijkschakel.referral.attempt.AttemptFixture.NOW;
import static nl.wijkschakel.referral.attempt.AttemptFixture.TERMS;
import static nl.wijkschakel.referral.attempt.AttemptFixture.TODAY;
import static nl.wijkschakel.referral.attempt.AttemptFixture.TOLD;
import static nl.wijkschakel.referral.attempt.AttemptFixture.act;
import static nl.wijkschakel.referral.attempt.AttemptFixture.born;
import static nl.wijkschakel.referral.attempt.AttemptFixture.in;
import static nl.wijkschakel.referral.attempt.AttemptFixture.inReview;
import static nl.wijkschakel.referral.attempt.AttemptFixture.informationRequested;
import static nl.wijkschakel.referral.attempt.AttemptFixture.later;
import static nl.wijkschakel.referral.attempt.AttemptFixture.pausedTogether;
import static nl.wijkschakel.referral.attempt.AttemptFixture.sent;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import nl.wijkschakel.referral.attempt.AttemptState.Keeper;
import nl.wijkschakel.referral.attempt.AttemptState.Teller;
import nl.wijkschakel.referral.calendar.Term;
import nl.wijkschakel.referral.calendar.TermDays;
import nl.wijkschakel.referral.calendar.WorkingDays;
import nl.wijkschakel.referral.directory.Urgency;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** DOMAIN §2, default clocks; moments are written as they are on the clock in Amsterdam. Monday 2 March at ten it is sent. */
class ClocksTest {

    @Test
    void whatIsSentIsTakenUpInTwoDaysDecidedInFiveAndEscalatedAfterFourteen() {
        assertThat(alarms(sent()))
                .containsExactly(
                        "RECEIPT_OVERDUE 2026-03-05T00:00 RECEIVER",
                        "DECISION_REMINDER 2026-03-09T08:00 RECEIVER",
                        "DECISION_OVERDUE 2026-03-10T00:00 RECEIVER",
                        "ESCALATION 2026-03-21T00:00 RECEIVER");
    }

    @Test
    void t3WhatIsTakenUpHasNoReceiptToWaitFor() {
        assertThat(alarms(inReview()))
                .containsExactly(
                        "DECISION_REMINDER 2026-03-09T08:00 RECEIVER",
                        "DECISION_OVERDUE 2026-03-10T00:00 RECEIVER",
                        "ESCALATION 2026-03-21T00:00 RECEIVER");
    }

    /** A day late for the receipt, and in time for the decision. */
    @Test
    void t22WhatIsPutBackIsTakenUpInTwoDaysAnewAndTheDecisionRunsOn() {
        var back = act(Action.PUT_BACK, inReview(), BRAM, later(2)).next();
        assertThat(alarms(back))
                .containsExactly(
                        "RECEIPT_OVERDUE 2026-03-07T00:00 RECEIVER",
                        "DECISION_REMINDER 2026-03-09T08:00 RECEIVER",
                        "DECISION_OVERDUE 2026-03-10T00:00 RECEIVER",
                        "ESCALATION 2026-03-21T00:00 RECEIVER");
    }

    @Test
    void t4TheReferrersClockRunsInPlaceOfTheReceiversAndTheEscalationNeverStops() {
        assertThat(alarms(informationRequested()))
                .containsExactly(
                        "ANSWER_REMINDER 2026-03-09T08:00 SENDER",
                        "ANSWER_OVERDUE 2026-03-10T00:00 SENDER",
                        "ESCALATION 2026-03-21T00:00 SENDER");
    }

    @Test
    void t5TheReceiversClockGoesOnWithWhatWasLeft() {
        var answered =
                act(Action.ANSWER, informationRequested(), ANNA, later(14)).next();
        assertThat(alarms(answered))
                .containsExactly(
                        "ESCALATION 2026-03-21T00:00 RECEIVER",
                        "DECISION_REMINDER 2026-03-23T08:00 RECEIVER",
                        "DECISION_OVERDUE 2026-03-24T00:00 RECEIVER");
    }

    @Test
    void t6TheFirstContactIsDueAtTheEndOfThePromisedDay() {
        assertThat(alarms(promising(TODAY.plusDays(3))))
                .containsExactly(
                        "FIRST_CONTACT_REMINDER 2026-03-05T08:00 RECEIVER",
                        "FIRST_CONTACT_OVERDUE 2026-03-06T00:00 RECEIVER");
    }

    @Test
    void t6AndNeverLaterThanTenWorkingDaysOn() {
        var accepted = promising(TODAY.plusDays(40));
        assertThat(alarms(accepted))
                .containsExactly(
                        "FIRST_CONTACT_REMINDER 2026-03-16T08:00 RECEIVER",
                        "FIRST_CONTACT_OVERDUE 2026-03-17T00:00 RECEIVER");
        assertThat(accepted.deadline()).isEqualTo(at("2026-03-17T00:00"));
    }

    /** It was promised at ten for today: at eight nobody could know. */
    @Test
    void nobodyIsRemindedOfWhatBeganAfterTheReminder() {
        assertThat(alarms(promising(TODAY))).containsExactly("FIRST_CONTACT_OVERDUE 2026-03-03T00:00 RECEIVER");
    }

    @ParameterizedTest
    @EnumSource(names = {"RETURNED", "WITHDRAWN", "ENDED_EARLY"})
    void t9TheReferrerHasFiveDaysToActOnAnEnd(Status status) {
        assertThat(alarms(in(status)))
                .containsExactly(
                        "FOLLOW_UP_REMINDER 2026-03-09T08:00 SENDER", "FOLLOW_UP_OVERDUE 2026-03-10T00:00 SENDER");
        assertThat(alarms(in(status, Urgency.ROUTINE, true))).as("followed up").isEmpty();
    }

    @Test
    void t7WhoeverKeepsContactIsToldWhenItIsDueAndTheReceiverWhenTheExpectationIsOld() {
        assertThat(alarms(in(Status.WAITLISTED)))
                .containsExactly(
                        "WAITING_CONTACT_REMINDER 2026-03-30T08:00 RECEIVER",
                        "WAITING_CONTACT_OVERDUE 2026-03-31T00:00 RECEIVER",
                        "EXPECTATION_STALE 2026-04-02T00:00 RECEIVER");
    }

    @Test
    void t7WhereTheReferrerKeepsContactItIsTheirTurn() {
        var keeper = new Keeper(Teller.REFERRER, "Anna", null, 2);
        var waiting = inReview()
                .waitlist(2, 6, "Er is nu geen plek", keeper, Teller.RECEIVER, BRAM, NOW, TERMS)
                .next();
        assertThat(alarms(waiting))
                .startsWith(
                        "WAITING_CONTACT_REMINDER 2026-03-16T08:00 SENDER",
                        "WAITING_CONTACT_OVERDUE 2026-03-17T00:00 SENDER");
    }

    @Test
    void t11APauseOnTheClientsWishStopsEveryClockAndAnotherIsLookedAtAgain() {
        assertThat(alarms(in(Status.PAUSED))).isEmpty();
        assertThat(alarms(pausedTogether()))
                .containsExactly(
                        "REVIEW_REMINDER 2026-03-16T08:00 RECEIVER", "REVIEW_OVERDUE 2026-03-17T00:00 RECEIVER");
    }

    @ParameterizedTest
    @EnumSource(names = {"STARTED", "COMPLETED", "FORWARDED"})
    void nothingIsDueOfWhatRunsOrIsDone(Status status) {
        assertThat(alarms(in(status))).isEmpty();
    }

    @Test
    void whereTheDecisionPressesTheReceiptIsNotToldOf() {
        assertThat(alarms(sent(Urgency.URGENT)))
                .containsExactly(
                        "DECISION_REMINDER 2026-03-03T08:00 RECEIVER",
                        "DECISION_OVERDUE 2026-03-04T00:00 RECEIVER",
                        "ESCALATION 2026-03-21T00:00 RECEIVER");
        assertThat(alarms(sent(Urgency.CRISIS)))
                .containsExactly("DECISION_OVERDUE 2026-03-03T00:00 RECEIVER", "ESCALATION 2026-03-21T00:00 RECEIVER");
    }

    /** Whoever claims what is late is not told again that it is late; the next term is another. */
    @Test
    void aTermIsToldOfOnce() {
        var rung = Map.of(
                Alarm.RECEIPT_OVERDUE, at("2026-03-05T00:00"),
                Alarm.DECISION_REMINDER, at("2026-03-10T00:00"),
                Alarm.DECISION_OVERDUE, at("2026-03-10T00:00"));
        assertThat(alarms(sent(), rung)).containsExactly("ESCALATION 2026-03-21T00:00 RECEIVER");
        assertThat(alarms(inReview(), rung)).containsExactly("ESCALATION 2026-03-21T00:00 RECEIVER");
        var asked = act(Action.ASK, inReview(), BRAM, later(9)).next();
        var answered = act(Action.ANSWER, asked, ANNA, later(9)).next();
        assertThat(alarms(answered, rung))
                .containsExactly("DECISION_OVERDUE 2026-03-12T00:00 RECEIVER", "ESCALATION 2026-03-21T00:00 RECEIVER");
    }

    /** What the job was too late for is told although somebody was busy meanwhile. */
    @Test
    void whatWasNotToldStaysDue() {
        var claimed = sent().claim(BRAM, later(9)).next();
        assertThat(alarms(claimed))
                .containsExactly("DECISION_OVERDUE 2026-03-10T00:00 RECEIVER", "ESCALATION 2026-03-21T00:00 RECEIVER");
    }

    @Test
    void anAttemptKeepsTheTermsThatHeldWhenItWasSent() {
        var quick = new TermDays(Map.of(
                Term.RECEIPT, 1,
                Term.DECISION, 3,
                Term.ESCALATION, 8,
                Term.ANSWER, 2,
                Term.FOLLOW_UP, 1,
                Term.FIRST_CONTACT, 4));
        var sent = Attempt.send(
                        born(UUID.randomUUID(), UUID.randomUUID(), Urgency.ROUTINE), ANNA, NOW, TERMS.with(quick))
                .next();
        assertThat(alarms(sent))
                .containsExactly(
                        "RECEIPT_OVERDUE 2026-03-04T00:00 RECEIVER",
                        "DECISION_REMINDER 2026-03-05T08:00 RECEIVER",
                        "DECISION_OVERDUE 2026-03-06T00:00 RECEIVER",
                        "ESCALATION 2026-03-13T00:00 RECEIVER");
        var claimed = sent.claim(BRAM, NOW).next();
        assertThat(alarms(act(Action.ASK, claimed, BRAM, NOW).next()))
                .contains("ANSWER_OVERDUE 2026-03-05T00:00 SENDER");
        assertThat(alarms(act(Action.RETURN, claimed, BRAM, NOW).next()))
                .contains("FOLLOW_UP_OVERDUE 2026-03-04T00:00 SENDER");
        var accepted = claimed.accept(CONTACT, TODAY.plusDays(30), TOLD, BRAM, NOW, TERMS)
                .next();
        assertThat(alarms(accepted)).contains("FIRST_CONTACT_OVERDUE 2026-03-07T00:00 RECEIVER");
    }

    /** Summer time begins on 29 March and ends on 25 October: a day is no twenty-four hours then. */
    @Test
    void aReminderComesAtEightWhateverTheClocksDo() {
        for (var day : List.of("2026-03-30", "2026-10-26")) {
            var last = LocalDate.parse(day);
            var due = Due.onLastDay(Alarm.DECISION_REMINDER, WorkingDays.endOf(last), Action.Side.RECEIVER);
            assertThat(LocalDateTime.ofInstant(due.at(), WorkingDays.ZONE)).isEqualTo(last.atTime(8, 0));
            assertThat(due.isReminder()).isTrue();
        }
    }

    @Test
    void aReminderOfATermThatIsOverIsNotWorthTelling() {
        var term = at("2026-03-10T00:00");
        var reminder = Due.onLastDay(Alarm.DECISION_REMINDER, term, Action.Side.RECEIVER);
        assertThat(reminder.isWorthTelling(term.minusMillis(1))).isTrue();
        assertThat(reminder.isWorthTelling(term)).isFalse();
        assertThat(Due.atEnd(Alarm.DECISION_OVERDUE, term, Action.Side.RECEIVER).isWorthTelling(later(99)))
                .isTrue();
    }

    private static Attempt promising(LocalDate firstContact) {
        return inReview().accept(CONTACT, firstContact, TOLD, BRAM, NOW, TERMS).next();
    }

    private static List<String> alarms(Attempt it) {
        return alarms(it, Map.of());
    }

    /** @param rung what was told already */
    private static List<String> alarms(Attempt it, Map<Alarm, Instant> rung) {
        return new Clocks(it.clocks().days(), rung)
                .alarms(it).stream()
                        .map(due -> "%s %s %s"
                                .formatted(
                                        due.alarm(), LocalDateTime.ofInstant(due.at(), WorkingDays.ZONE), due.turn()))
                        .toList();
    }

    private static Instant at(String inAmsterdam) {
        return LocalDateTime.parse(inAmsterdam).atZone(WorkingDays.ZONE).toInstant();
    }
}
