package nl.wijkschakel.referral.calendar;

import java.time.Duration;
import java.time.Instant;
import nl.wijkschakel.referral.directory.Urgency;

/** How long each side has (DOMAIN §2, default clocks), in working days. */
public final class Terms {

    private static final int DECISION = 5;
    private static final int URGENT_DECISION = 1;
    private static final int CRISIS_DECISION = 0;
    private static final int ESCALATION = 14;
    private static final int ANSWER = 5;
    private static final int FOLLOW_UP = 5;

    private final WorkingDays days;

    public Terms(WorkingDays days) {
        this.days = days;
    }

    public Instant decision(Urgency urgency, Instant sent) {
        return days.endOf(
                sent,
                switch (urgency) {
                    case ROUTINE, SOON -> DECISION;
                    case URGENT -> URGENT_DECISION;
                    case CRISIS -> CRISIS_DECISION;
                });
    }

    /** Never stops, whoever has to act. */
    public Instant escalation(Instant sent) {
        return days.endOf(sent, ESCALATION);
    }

    public Instant answer(Instant asked) {
        return days.endOf(asked, ANSWER);
    }

    /** When somebody who waits is spoken with again; on a day off, the next working day. */
    public Instant waitingContact(Instant last, int everyWeeks) {
        return days.endOf(last.plus(Duration.ofDays(7L * everyWeeks)), 0);
    }

    /** What the referrer has to do after a return or a withdrawal. */
    public Instant followUp(Instant ended) {
        return days.endOf(ended, FOLLOW_UP);
    }

    /** What is left of a term when its clock stops. */
    public int left(Instant now, Instant term) {
        return days.left(now, term);
    }

    /** The term when its clock runs again. */
    public Instant resumed(Instant now, int left) {
        return days.endOf(now, left);
    }
}
