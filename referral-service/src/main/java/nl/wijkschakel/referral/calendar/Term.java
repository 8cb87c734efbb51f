package nl.wijkschakel.referral.calendar;

/** What has a clock (DOMAIN §2, default clocks). Names are stored and are part of the API: never rename one. */
public enum Term {
    /** Until somebody of the receiver takes it up. */
    RECEIPT("receipt", 2),
    DECISION("decision", 5),
    /** The decision where it is urgent: the same or the next working day. */
    URGENT_DECISION("urgentDecision", 1),
    /** Until the coordinators of both sides hear that nobody decided. */
    ESCALATION("escalation", 14),
    /** The referrer's, to a question. */
    ANSWER("answer", 5),
    /** The referrer's, after a return or another end. */
    FOLLOW_UP("followUp", 5),
    FIRST_CONTACT("firstContact", 10);

    private final String field;
    private final int standard;

    Term(String field, int standard) {
        this.field = field;
        this.standard = standard;
    }

    /** Its name where it is stored and in the API. */
    public String field() {
        return field;
    }

    /** In working days. */
    int standard() {
        return standard;
    }
}
