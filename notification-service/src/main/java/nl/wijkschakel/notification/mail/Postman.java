package nl.wijkschakel.notification.mail;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import nl.wijkschakel.kit.mongo.Lease;
import nl.wijkschakel.notification.notification.Notifications;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the mails that are due; those of one addressee as one. Between the claim of a mail and the note that it went out
 * stands nothing but the mail server: who dies there leaves a mail that nobody sends again by itself.
 */
final class Postman {

    private static final Logger log = LoggerFactory.getLogger(Postman.class);
    private static final int BATCH = 500;

    private final Mails mails;
    private final Addresses addresses;
    private final Mailboxes mailboxes;
    private final Notifications notifications;
    private final Smtp smtp;
    private final URI web;
    private final Lease lease;
    private final Clock clock;
    private final Counter sent;

    Postman(
            Mails mails,
            Addresses addresses,
            Mailboxes mailboxes,
            Notifications notifications,
            Smtp smtp,
            URI web,
            Lease lease,
            Clock clock,
            MeterRegistry metrics) {
        this.mails = mails;
        this.addresses = addresses;
        this.mailboxes = mailboxes;
        this.notifications = notifications;
        this.smtp = smtp;
        this.web = web;
        this.lease = lease;
        this.clock = clock;
        this.sent = Counter.builder("wijkschakel.mails.sent")
                .description("Mails that the mail server took")
                .register(metrics);
    }

    /** True when there is more that is due. The lease saves work; that nothing goes out twice rests on the claims. */
    boolean round() {
        if (!lease.hold()) {
            return false;
        }
        long stuck = mails.doubtStuck();
        if (stuck > 0) {
            log.error("{} mails may or may not have gone out: a replica ended while it sent them", stuck);
        }
        var due = mails.due(BATCH);
        var waiting = byAddressee(due);
        try {
            deliver(waiting);
        } catch (Smtp.Away e) {
            var rest = waiting.stream().flatMap(List::stream).toList();
            log.warn("The mail server is away; {} mails wait: {}", rest.size(), String.valueOf(e.getMessage()));
            mails.putOff(rest, MailState.WAITING, "away");
        }
        return due.size() == BATCH;
    }

    private static Deque<List<Mail>> byAddressee(List<Mail> due) {
        Map<Addressee, List<Mail>> grouped =
                due.stream().collect(Collectors.groupingBy(Mail::to, LinkedHashMap::new, Collectors.toList()));
        return new ArrayDeque<>(grouped.values());
    }

    /** Takes from {@code waiting} what needs no further try: a server that is away leaves the rest in it. */
    private void deliver(Deque<List<Mail>> waiting) throws Smtp.Away {
        while (!waiting.isEmpty()) {
            try (var line = smtp.connect()) {
                do {
                    deliver(line, waiting.removeFirst());
                    lease.hold();
                } while (!waiting.isEmpty() && line.isOpen());
            }
        }
    }

    private void deliver(Smtp.Line line, List<Mail> together) {
        var to = together.getFirst().to();
        if (wasRead(to, together)) {
            mails.dropped(together, MailState.READ);
            return;
        }
        var address = address(to);
        if (address.isEmpty()) {
            mails.dropped(together, MailState.NO_ADDRESS);
            return;
        }
        var claimed = mails.claim(together);
        if (!claimed.isEmpty()) {
            var text = MailText.of(claimed.size(), to, web);
            note(claimed, line.send(claimed.getFirst().id(), address.get(), text, clock.instant()));
        }
    }

    private void note(List<Mail> claimed, Smtp.Outcome outcome) {
        switch (outcome) {
            case Smtp.Outcome.Taken _ -> {
                mails.sent(claimed);
                sent.increment();
            }
            case Smtp.Outcome.Later it -> mails.putOff(claimed, MailState.SENDING, it.why());
            case Smtp.Outcome.Never it -> mails.ended(claimed, MailState.FAILED, it.why());
            case Smtp.Outcome.Unknown _ -> mails.ended(claimed, MailState.UNCERTAIN, "no-answer");
        }
    }

    private boolean wasRead(Addressee to, List<Mail> together) {
        return switch (to) {
            case Addressee.Person it ->
                !notifications.hasUnread(
                        it.id(), together.stream().map(Mail::notification).toList());
            case Addressee.Mailbox _ -> false;
        };
    }

    private Optional<String> address(Addressee to) {
        return switch (to) {
            case Addressee.Person it -> addresses.of(it.id());
            case Addressee.Mailbox it -> mailboxes.address(it.role());
        };
    }
}
