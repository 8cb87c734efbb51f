package nl.wijkschakel.referral.attachment;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.ClientSession;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import nl.wijkschakel.kit.TimeOrderedIds;
import nl.wijkschakel.kit.access.AccessEntry;
import nl.wijkschakel.kit.access.AccessLog;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.mongo.Transactions;
import nl.wijkschakel.kit.web.Refusal;
import nl.wijkschakel.referral.attachment.Attachment.Secret;
import nl.wijkschakel.referral.attachment.Places.Place;
import nl.wijkschakel.referral.attempt.Action.Side;
import nl.wijkschakel.referral.attempt.Actor;
import nl.wijkschakel.referral.attempt.Attempt;
import nl.wijkschakel.referral.attempt.Attempts;
import nl.wijkschakel.referral.attempt.Worker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Takes a file in: encrypts it while it comes, looks at what came, and only then lets it count. The attachment, and in the
 * attempts the event that tells the other side, are one transaction.
 */
@Component
class AddAttachment {

    static final String ADDED = "attachment-added";
    static final String REMOVED = "attachment-removed";

    static final int MOST_BYTES = 20 * 1024 * 1024;
    static final int MOST = 50;

    private static final Logger log = LoggerFactory.getLogger(AddAttachment.class);
    private static final Duration RETRY = Duration.ofSeconds(30);

    private final Attachments attachments;
    private final Places places;
    private final Attempts attempts;
    private final Scanner scanner;
    private final Transactions transactions;
    private final AccessLog accessLog;
    private final Clock clock;

    AddAttachment(
            Attachments attachments,
            Places places,
            Attempts attempts,
            Scanner scanner,
            Transactions transactions,
            AccessLog accessLog,
            Clock clock) {
        this.attachments = attachments;
        this.places = places;
        this.attempts = attempts;
        this.scanner = scanner;
        this.transactions = transactions;
        this.accessLog = accessLog;
        this.clock = clock;
    }

    /** What was stored, and whether by this request: the same one sent twice stores once. */
    record Added(Attachment attachment, boolean isNew) {}

    /** What came in, before it counts. */
    private record Received(UUID content, String key, FileType type, long size) {}

    Added add(UUID id, Place place, String name, InputStream body, Caller caller) throws IOException {
        var known = attachments.find(id);
        if (known.isPresent()) {
            return again(known.get(), place, caller);
        }
        if (attachments.count(place.referral()) >= MOST) {
            throw new Refusal.Conflict(
                    "too-many-attachments",
                    "Bij een verwijzing passen " + MOST + " bijlagen. Haal er eerst een weg.",
                    "",
                    Map.of());
        }
        var received = receive(body);
        try {
            inspect(received);
            return new Added(keep(attachment(id, place, name, received, caller), place, caller), true);
        } catch (MongoWriteException e) {
            attachments.dropContent(received.content());
            if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
                throw e;
            }
            return again(attachments.get(id), place, caller); // the same request, which came twice at once
        } catch (RuntimeException | IOException e) {
            attachments.dropContent(received.content());
            throw e;
        }
    }

    private Added again(Attachment known, Place place, Caller caller) {
        if (!known.by().person().equals(caller.person())
                || !known.organisation().equals(caller.organisation())
                || !known.referral().equals(place.referral())) {
            throw new Refusal.Conflict("id-taken", "Kies een ander nummer voor deze bijlage.", "", Map.of());
        }
        accessLog.record(Places.entry(place, AccessEntry.Action.READ, known.id(), caller));
        return new Added(known, false);
    }

    private Received receive(InputStream body) throws IOException {
        var head = body.readNBytes(FileType.HEAD);
        if (head.length == 0) {
            throw new Refusal.Invalid("empty-file", "Dit bestand is leeg.");
        }
        var type = FileType.of(head)
                .orElseThrow(() -> new Refusal.Invalid(
                        "file-type",
                        "Dit soort bestand kan niet. Kies een PDF, een foto (JPEG, PNG), tekst, Word of ODT."));
        var content = TimeOrderedIds.next();
        var key = Sealing.newKey();
        long size = head.length;
        try (var out = attachments.write(content, key)) {
            out.write(head);
            var part = new byte[FileType.HEAD * 4];
            for (int read = body.read(part); read >= 0; read = body.read(part)) {
                size += read;
                if (size > MOST_BYTES) {
                    throw new Refusal.TooLarge();
                }
                out.write(part, 0, read);
            }
        } catch (RuntimeException | IOException e) {
            attachments.dropContent(content);
            throw e;
        }
        return new Received(content, key, type, size);
    }

    private void inspect(Received it) throws IOException {
        try (var content = attachments.read(it.content(), it.key())) {
            if (!it.type().isWhatItSeems(content)) {
                throw new Refusal.Invalid(
                        "file-type", "Dit is geen gewoon Word- of ODT-document, of er zitten macro's in.");
            }
        }
        try (var content = attachments.read(it.content(), it.key())) {
            if (!scanner.isClean(content)) {
                log.warn("A virus was found in a file that was sent, which is not kept");
                throw new Refusal.Invalid("virus-found", "In dit bestand zit een virus. Het is niet bewaard.");
            }
        } catch (IOException e) {
            log.error("The virus scanner cannot be asked: {}", e.getClass().getSimpleName());
            throw new Refusal.Unavailable(
                    "scanner-unavailable",
                    "Het bestand kan nu niet op virussen worden bekeken. Probeer het zo nog eens.",
                    RETRY);
        }
    }

    private Attachment attachment(UUID id, Place place, String name, Received received, Caller caller) {
        boolean ofReceiver = place.side() == Side.RECEIVER;
        return new Attachment(
                id,
                place.referral(),
                ofReceiver ? place.attempt() : null,
                received.content(),
                caller.organisation(),
                worker(caller),
                received.type(),
                received.size(),
                scanner.isThere(),
                place instanceof Place.OfReferral it && it.owned().draft(),
                new Secret(name, received.key()),
                clock.instant(),
                null);
    }

    private Attachment keep(Attachment it, Place place, Caller caller) {
        var entry = Places.entry(place, AccessEntry.Action.CREATE, it.id(), caller);
        boolean told = transactions.inOne(session -> {
            attachments.add(session, it);
            return tell(places.concerned(place, session), ADDED, entry, session, caller);
        });
        if (!told) {
            accessLog.record(entry);
        }
        return it;
    }

    /** Takes it back, for whatever reason: the wrong file went to the wrong person. Its content is gone at once. */
    void remove(Attachment it, Place place, Caller caller) {
        if (it.removedAt() != null) {
            return;
        }
        var entry = Places.entry(place, AccessEntry.Action.DELETE, it.id(), caller);
        boolean told = transactions.inOne(session -> {
            attachments.remove(session, it, worker(caller), clock.instant());
            return tell(places.concerned(place, session), REMOVED, entry, session, caller);
        });
        if (!told) {
            accessLog.record(entry);
        }
        attachments.dropContent(it.content());
    }

    /** The entry of the access log goes along; where nobody is told, the caller stores it. */
    private boolean tell(List<Attempt> whom, String what, AccessEntry entry, ClientSession session, Caller caller) {
        whom.forEach(attempt -> attempts.tell(session, attempt, what, entry, caller));
        return !whom.isEmpty();
    }

    private static Worker worker(Caller caller) {
        var actor = Actor.of(caller);
        return new Worker(actor.person(), actor.name());
    }
}
