package nl.wijkschakel.notification.referralevents;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.wijkschakel.notification.notification.Recipient;
import nl.wijkschakel.notification.notification.Recipient.Organisation;
import nl.wijkschakel.notification.notification.Recipient.Person;
import nl.wijkschakel.notification.notification.Recipient.Shared;

/** Who is told what (DOMAIN §2). Nobody is told of the own act; whoever is told together is, for the colleagues' sake. */
final class WhoIsTold {

    static Set<Recipient> of(What what, AttemptEvent event) {
        var concerned = switch (what) {
            case SENT -> Set.of(receivers(event));
            case ANSWERED, WITHDRAWN -> Set.of(handlingWorker(event));
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
                    CONTACT_CHANGED -> Set.of(sendingWorker(event));
            case MESSAGE_POSTED, ATTACHMENT_ADDED, ATTACHMENT_REMOVED -> Set.of(otherSide(event));
            case CLAIMED, ASSIGNED, HANDED_OVER -> bothWorkers(event);
        };
        return concerned.stream()
                .filter(recipient -> !isOwnAct(recipient, event))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Who has it in hand on either side; where nobody of the receiver has, or does any more, it is nothing to them. */
    private static Set<Recipient> bothWorkers(AttemptEvent event) {
        return event.receiver().worker() == null || event.isOverForReceiver()
                ? Set.of(sendingWorker(event))
                : Stream.of(sendingWorker(event), handlingWorker(event)).collect(Collectors.toUnmodifiableSet());
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
