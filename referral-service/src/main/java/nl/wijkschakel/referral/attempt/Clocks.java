package nl.wijkschakel.referral.attempt;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import nl.wijkschakel.referral.attempt.Action.Side;
import nl.wijkschakel.referral.attempt.AttemptState.Accepted;
import nl.wijkschakel.referral.attempt.AttemptState.Completed;
import nl.wijkschakel.referral.attempt.AttemptState.EndedEarly;
import nl.wijkschakel.referral.attempt.AttemptState.Forwarded;
import nl.wijkschakel.referral.attempt.AttemptState.InReview;
import nl.wijkschakel.referral.attempt.AttemptState.InformationRequested;
import nl.wijkschakel.referral.attempt.AttemptState.Paused;
import nl.wijkschakel.referral.attempt.AttemptState.Returned;
import nl.wijkschakel.referral.attempt.AttemptState.Sent;
import nl.wijkschakel.referral.attempt.AttemptState.Started;
import nl.wijkschakel.referral.attempt.AttemptState.Teller;
import nl.wijkschakel.referral.attempt.AttemptState.Waitlisted;
import nl.wijkschakel.referral.attempt.AttemptState.Withdrawn;
import nl.wijkschakel.referral.calendar.TermDays;
import nl.wijkschakel.referral.calendar.Terms;
import nl.wijkschakel.referral.calendar.WorkingDays;

/**
 * The clocks of an attempt. What is told, and when, follows from where the attempt stands; so each change sets its alarms
 * anew.
 *
 * @param days what held when it was sent
 * @param rung the terms that were told of, the last of each alarm: each term is told of once
 */
record Clocks(TermDays days, Map<Alarm, Instant> rung) {

    private static final Terms STANDARD = new Terms(WorkingDays.DUTCH);

    /** Of an attempt that is new, or was stored before there were clocks. */
    static Clocks of(TermDays days) {
        return new Clocks(days, Map.of());
    }

    Terms terms() {
        return STANDARD.with(days);
    }

    /** What rings if nobody does anything, the soonest first. */
    List<Due> alarms(Attempt it) {
        return due(it).filter(due -> isToBeTold(due, it.state().at())).sorted().toList();
    }

    /** A reminder before anything could be late reminds of nothing. */
    private boolean isToBeTold(Due due, Instant since) {
        var told = rung.get(due.alarm());
        return (told == null || told.isBefore(due.term()))
                && (!due.isReminder() || due.at().isAfter(since));
    }

    private Stream<Due> due(Attempt it) {
        return switch (it.state()) {
            case Sent sent -> Stream.concat(receipt(it, terms().receipt(sent.at())), decision(it));
            case InReview _ -> decision(it);
            case InformationRequested _ ->
                Stream.concat(
                        term(Alarm.ANSWER_REMINDER, Alarm.ANSWER_OVERDUE, it, Side.SENDER),
                        Stream.of(Due.atEnd(Alarm.ESCALATION, it.escalationDue(), Side.SENDER)));
            case Accepted _ -> term(Alarm.FIRST_CONTACT_REMINDER, Alarm.FIRST_CONTACT_OVERDUE, it, Side.RECEIVER);
            case Waitlisted waiting ->
                Stream.concat(
                        term(
                                Alarm.WAITING_CONTACT_REMINDER,
                                Alarm.WAITING_CONTACT_OVERDUE,
                                it,
                                keeper(waiting.keeper().by())),
                        Stream.of(Due.atEnd(
                                Alarm.EXPECTATION_STALE,
                                terms().expectation(waiting.expectation().givenAt()),
                                Side.RECEIVER)));
            case Paused _ ->
                it.clocksStopped() ? Stream.of() : term(Alarm.REVIEW_REMINDER, Alarm.REVIEW_OVERDUE, it, Side.RECEIVER);
            case EndedEarly _, Returned _, Withdrawn _ ->
                term(Alarm.FOLLOW_UP_REMINDER, Alarm.FOLLOW_UP_OVERDUE, it, Side.SENDER);
            case Started _, Completed _, Forwarded _ -> Stream.of();
        };
    }

    private static Side keeper(Teller by) {
        return switch (by) {
            case RECEIVER -> Side.RECEIVER;
            case REFERRER -> Side.SENDER;
        };
    }

    /** Where the decision is due as soon, that is what is told. */
    private static Stream<Due> receipt(Attempt it, Instant term) {
        return term.isBefore(it.decisionDue())
                ? Stream.of(Due.atEnd(Alarm.RECEIPT_OVERDUE, term, Side.RECEIVER))
                : Stream.of();
    }

    private static Stream<Due> decision(Attempt it) {
        return Stream.of(
                Due.onLastDay(Alarm.DECISION_REMINDER, it.decisionDue(), Side.RECEIVER),
                Due.atEnd(Alarm.DECISION_OVERDUE, it.decisionDue(), Side.RECEIVER),
                Due.atEnd(Alarm.ESCALATION, it.escalationDue(), Side.RECEIVER));
    }

    /** Of what is due now; nothing where nothing is. */
    private static Stream<Due> term(Alarm reminder, Alarm overdue, Attempt it, Side turn) {
        var term = it.deadline();
        return term == null
                ? Stream.of()
                : Stream.of(Due.onLastDay(reminder, term, turn), Due.atEnd(overdue, term, turn));
    }
}
