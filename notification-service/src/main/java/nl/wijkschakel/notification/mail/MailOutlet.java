package nl.wijkschakel.notification.mail;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import nl.wijkschakel.notification.notification.Notification;
import nl.wijkschakel.notification.notification.Outlet;
import nl.wijkschakel.notification.notification.Recipient;
import nl.wijkschakel.notification.notification.Recipient.Organisation;
import nl.wijkschakel.notification.notification.Recipient.RoleAnywhere;
import nl.wijkschakel.notification.notification.Recipient.RoleAtMunicipality;
import nl.wijkschakel.notification.notification.Recipient.RoleAtOrganisation;
import nl.wijkschakel.notification.notification.Recipient.Shared;
import nl.wijkschakel.notification.notification.StableId;

/** Plans a mail for each person, and for the mailbox of each role, that a notification is for. */
final class MailOutlet implements Outlet {

    /**
     * Nobody is mailed of what happened longer ago: after a standstill or a restore, and when old events are read again,
     * the list says enough.
     */
    static final Duration NEWS = Duration.ofDays(2);

    private static final ZoneId HERE = ZoneId.of("Europe/Amsterdam");
    private static final LocalTime MORNING = LocalTime.of(8, 0);

    private final Mails mails;
    private final Mailboxes mailboxes;
    private final Clock clock;

    MailOutlet(Mails mails, Mailboxes mailboxes, Clock clock) {
        this.mails = mails;
        this.mailboxes = mailboxes;
        this.clock = clock;
    }

    @Override
    public void tell(List<Notification> notifications, Map<Shared, Set<UUID>> readers) {
        var now = clock.instant();
        var planned = new HashMap<Mail, Instant>();
        for (var notification : notifications) {
            if (notification.at().isAfter(now.minus(NEWS))) {
                for (var to : addressees(notification, readers)) {
                    planned.put(mail(notification, to), due(notification, now));
                }
            }
        }
        mails.plan(planned);
    }

    private static Mail mail(Notification notification, Addressee to) {
        return new Mail(StableId.of(notification.at(), notification.id(), to.bytes()), notification.id(), to, 0);
    }

    private List<Addressee> addressees(Notification notification, Map<Shared, Set<UUID>> readers) {
        return switch (notification.recipient()) {
            case Recipient.Person it -> List.of(new Addressee.Person(it.id()));
            case Organisation it -> persons(notification, readers.getOrDefault(it, Set.of()));
            case RoleAtOrganisation it ->
                ofRole(
                        notification,
                        it,
                        readers,
                        it.organisation() + ":" + it.role().text());
            case RoleAtMunicipality it ->
                ofRole(
                        notification,
                        it,
                        readers,
                        it.municipality() + ":" + it.role().text());
            case RoleAnywhere it ->
                ofRole(notification, it, readers, "*:" + it.role().text());
        };
    }

    private static List<Addressee> persons(Notification notification, Set<UUID> readers) {
        return readers.stream()
                .filter(person -> !person.equals(notification.by()))
                .<Addressee>map(Addressee.Person::new)
                .toList();
    }

    /** Where neither a person nor a mailbox is known, one is planned all the same: then it shows that nobody was reached. */
    private List<Addressee> ofRole(
            Notification notification, Shared list, Map<Shared, Set<UUID>> readers, String role) {
        var all = new ArrayList<>(persons(notification, readers.getOrDefault(list, Set.of())));
        mailboxes.of(role).forEach(it -> all.add(new Addressee.Mailbox(it)));
        return all.isEmpty() ? List.of(new Addressee.Mailbox(role)) : all;
    }

    /** What a whole organisation is told goes out once a day. */
    private static Instant due(Notification notification, Instant now) {
        if (!(notification.recipient() instanceof Organisation)) {
            return now;
        }
        var local = now.atZone(HERE);
        var morning = local.with(MORNING);
        return (morning.isAfter(local) ? morning : morning.plusDays(1)).toInstant();
    }
}
