package nl.wijkschakel.notification.referralevents;

import java.util.Optional;
import java.util.stream.Stream;

/** What can happen to an attempt (DOMAIN §2; contracts/attempt-*). */
enum What {
    SENT("sent"),
    CLAIMED("claimed"),
    PUT_BACK("put-back"),
    INFORMATION_REQUESTED("information-requested"),
    ANSWERED("answered"),
    ACCEPTED("accepted"),
    ACCEPTANCE_UNDONE("acceptance-undone"),
    WAITLISTED("waitlisted"),
    RETURNED("returned"),
    FORWARDED("forwarded"),
    STARTED("started"),
    PAUSED("paused"),
    RESUMED("resumed"),
    COMPLETED("completed"),
    ENDED_EARLY("ended-early"),
    WITHDRAWN("withdrawn"),
    MESSAGE_POSTED("message-posted"),
    ATTACHMENT_ADDED("attachment-added"),
    ATTACHMENT_REMOVED("attachment-removed"),
    ASSIGNED("assigned"),
    CONTACT_CHANGED("contact-changed"),
    HANDED_OVER("handed-over"),
    RECEIPT_OVERDUE("receipt-overdue"),
    DECISION_REMINDER("decision-reminder"),
    DECISION_OVERDUE("decision-overdue"),
    ESCALATED("escalated"),
    ANSWER_REMINDER("answer-reminder"),
    ANSWER_OVERDUE("answer-overdue"),
    FOLLOW_UP_REMINDER("follow-up-reminder"),
    FOLLOW_UP_OVERDUE("follow-up-overdue"),
    FIRST_CONTACT_REMINDER("first-contact-reminder"),
    FIRST_CONTACT_OVERDUE("first-contact-overdue"),
    WAITING_CONTACT_REMINDER("waiting-contact-reminder"),
    WAITING_CONTACT_OVERDUE("waiting-contact-overdue"),
    EXPECTATION_STALE("expectation-stale"),
    REVIEW_REMINDER("review-reminder"),
    REVIEW_OVERDUE("review-overdue");

    private static final String PREFIX = "nl.wijkschakel.attempt.";

    private final String type;

    What(String name) {
        this.type = PREFIX + name;
    }

    /** As it stands in the event. */
    String type() {
        return type;
    }

    static Optional<What> of(String type) {
        return Stream.of(values()).filter(it -> it.type.equals(type)).findFirst();
    }
}
