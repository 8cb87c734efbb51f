package nl.wijkschakel.referral.attempt;

/**
 * What the clock tells of an attempt when nobody acts in time (DOMAIN §2, default clocks). It tells and closes nothing:
 * there is no status for a term that passed. Names are stored, never rename one.
 */
public enum Alarm {
    RECEIPT_OVERDUE("receipt-overdue"),
    DECISION_REMINDER("decision-reminder"),
    DECISION_OVERDUE("decision-overdue"),
    /** Nobody decided for so long that the coordinators of both sides hear of it. */
    ESCALATION("escalated"),
    ANSWER_REMINDER("answer-reminder"),
    ANSWER_OVERDUE("answer-overdue"),
    FOLLOW_UP_REMINDER("follow-up-reminder"),
    FOLLOW_UP_OVERDUE("follow-up-overdue"),
    FIRST_CONTACT_REMINDER("first-contact-reminder"),
    FIRST_CONTACT_OVERDUE("first-contact-overdue"),
    WAITING_CONTACT_REMINDER("waiting-contact-reminder"),
    WAITING_CONTACT_OVERDUE("waiting-contact-overdue"),
    /** What the client was told of the wait is old. */
    EXPECTATION_STALE("expectation-stale"),
    REVIEW_REMINDER("review-reminder"),
    REVIEW_OVERDUE("review-overdue");

    private final String event;

    Alarm(String event) {
        this.event = event;
    }

    /** The last part of the event's type. */
    String event() {
        return event;
    }
}
