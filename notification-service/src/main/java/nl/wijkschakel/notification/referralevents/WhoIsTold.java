package nl.wijkschakel.notification.referralevents;

import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.wijkschakel.kit.caller.Role;
import nl.wijkschakel.notification.notification.Recipient;
import nl.wijkschakel.notification.notification.Recipient.Organisation;
import nl.wijkschakel.notification.notification.Recipient.Person;
import nl.wijkschakel.notification.notification.Recipient.RoleAtOrganisation;
import nl.wijkschakel.notification.notification.Recipient.Shared;

/**
 * Who is told what (DOMAIN §2). Nobody is told of the own act; whoever is told together is, for the colleagues' sake. That
 * a term passed is told to both who wait for each other; a reminder to whoever has to act.
 */
final class WhoIsTold {

    static Set<Recipient> of(What what, AttemptEvent event) {
        return concerned(what, event).filter(it -> !isOwnAct(it, event)).collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<Recipient> concerned(What what, AttemptEvent event) {
        return switch (what) {
            case SENT -> Stream.of(receivers(event));
            case ANSWERED, WITHDRAWN, DECISION_REMINDER, FIRST_CONTACT_REMINDER, EXPECTATION_STALE, REVIEW_REMINDER ->
                Stream.of(handlingWorker(event));
            case WAITING_CONTACT_REMINDER -> Stream.of(whoseTurnItIs(event));
            case PUT_BACK,
                    INFORMATION_REQUESTED,
                    ACCEPTED,
                    ACCEPTANCE_UNDONE,
                    WAITLISTED,
                    RETURNED,
                    FORWARDED,
                    STARTED,
                    PAUSED,
                    RESUMED,
                    COMPLETED,
                    ENDED_EARLY,
                    CONTACT_CHANGED,
                    ANSWER_REMINDER,
                    FOLLOW_UP_REMINDER,
                    FOLLOW_UP_OVERDUE -> Stream.of(sendingWorker(event));
            case MESSAGE_POSTED, ATTACHMENT_ADDED, ATTACHMENT_REMOVED -> Stream.of(otherSide(event));
            case CLAIMED, ASSIGNED, HANDED_OVER -> bothWorkers(event);
            case RECEIPT_OVERDUE,
                    DECISION_OVERDUE,
                    ANSWER_OVERDUE,
                    FIRST_CONTACT_OVERDUE,
                    WAITING_CONTACT_OVERDUE,
                    REVIEW_OVERDUE -> Stream.of(handlingWorker(event), sendingWorker(event));
            case ESCALATED ->
                Stream.of(
                        coordinators(event.sender().organisation()),
                        coordinators(event.receiver().organisation()));
        };
    }

    /** Who has it in hand on either side; where nobody of the receiver has, or does any more, it is nothing to them. */
    private static Stream<Recipient> bothWorkers(AttemptEvent event) {
        return event.receiver().worker() == null || event.isOverForReceiver()
                ? Stream.of(sendingWorker(event))
                : Stream.of(sendingWorker(event), handlingWorker(event));
    }

    private static Recipient coordinators(UUID organisation) {
        return new RoleAtOrganisation(organisation, Role.COORDINATOR);
    }

    private static Recipient sendingWorker(AttemptEvent event) {
        return new Person(event.sender().worker(), event.sender().organisation());
    }

    private static Recipient receivers(AttemptEvent event) {
        return new Organisation(event.receiver().organisation());
    }

    /** Where nobody has it in hand, all who could. */
    private static Recipient handlingWorker(AttemptEvent event) {
        var worker = event.receiver().worker();
        return worker == null
                ? receivers(event)
                : new Person(worker, event.receiver().organisation());
    }

    private static Recipient whoseTurnItIs(AttemptEvent event) {
        return AttemptEvent.SENDER.equals(event.turn()) ? sendingWorker(event) : handlingWorker(event);
    }

    /** Where one organisation is both sides, the handling worker writes as the receiver, and everybody else as the sender. */
    private static Recipient otherSide(AttemptEvent event) {
        var writer = event.by();
        if (writer == null) { // nobody writes without a name; it must not stop what comes after it
            return handlingWorker(event);
        }
        boolean ofReceiver = writer.organisation().equals(event.receiver().organisation());
        boolean ofSender = writer.organisation().equals(event.sender().organisation());
        boolean handles = writer.person().equals(event.receiver().worker());
        return ofReceiver && (handles || !ofSender) ? sendingWorker(event) : handlingWorker(event);
    }

    private static boolean isOwnAct(Recipient recipient, AttemptEvent event) {
        return switch (recipient) {
            case Person person ->
                event.by() != null && person.id().equals(event.by().person());
            case Shared _ -> false;
        };
    }

    private WhoIsTold() {}
}
