package nl.wijkschakel.referral.calendar;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import nl.wijkschakel.referral.directory.Urgency;

/** When each side's time is over: so many working days as are set, counted on the Dutch calendar. */
public final class Terms {

    private static final int CRISIS_DECISION = 0;
    private static final int EXPECTATION_HOLDS_DAYS = 30;

    private final WorkingDays calendar;
    private final TermDays days;

    /** With DOMAIN §2's default clocks. */
    public Terms(WorkingDays calendar) {
        this(calendar, TermDays.DEFAULT);
    }

    private Terms(WorkingDays calendar, TermDays days) {
        this.calendar = calendar;
        this.days = days;
    }

    /** The same calendar with other terms. */
    public Terms with(TermDays other) {
        return new Terms(calendar, other);
    }

    public TermDays days() {
        return days;
    }

    /** Until when somebody of the receiver takes it up. */
    public Instant receipt(Instant sent) {
        return end(sent, Term.RECEIPT);
    }

    public Instant decision(Urgency urgency, Instant sent) {
        return switch (urgency) {
            case ROUTINE, SOON -> end(sent, Term.DECISION);
            case URGENT -> end(sent, Term.URGENT_DECISION);
            case CRISIS -> calendar.endOf(sent, CRISIS_DECISION);
        };
    }

    /** Never stops, whoever has to act. */
    public Instant escalation(Instant sent) {
        return end(sent, Term.ESCALATION);
    }

    public Instant answer(Instant asked) {
        return end(asked, Term.ANSWER);
    }

    /** When somebody who waits is spoken with again; on a day off, the next working day. */
    public Instant waitingContact(Instant last, int everyWeeks) {
        return calendar.endOf(last.plus(Duration.ofDays(7L * everyWeeks)), 0);
    }

    /** Until when what the client was told of the wait can be relied on (DOMAIN T7). */
    public Instant expectation(Instant given) {
        return WorkingDays.endOf(WorkingDays.date(given).plusDays(EXPECTATION_HOLDS_DAYS));
    }

    /** What the referrer has to do after a return or a withdrawal. */
    public Instant followUp(Instant ended) {
        return end(ended, Term.FOLLOW_UP);
    }

    /** The end of the promised day, and never later than the term. */
    public Instant firstContact(Instant accepted, LocalDate promised) {
        var term = end(accepted, Term.FIRST_CONTACT);
        var promise = WorkingDays.endOf(promised);
        return promise.isBefore(term) ? promise : term;
    }

    /** What is left of a term when its clock stops. */
    public int left(Instant now, Instant term) {
        return calendar.left(now, term);
    }

    /** The term when its clock runs again. */
    public Instant resumed(Instant now, int left) {
        return calendar.endOf(now, left);
    }

    private Instant end(Instant from, Term term) {
        return calendar.endOf(from, days.of(term));
    }
}
