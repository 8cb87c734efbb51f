package nl.wijkschakel.referral.attempt;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import nl.wijkschakel.kit.seal.Vault;
import nl.wijkschakel.kit.web.Cursor;
import nl.wijkschakel.kit.web.IdempotencyKey;
import nl.wijkschakel.referral.attempt.AttemptState.Completed;
import nl.wijkschakel.referral.attempt.AttemptState.Waitlisted;
import nl.wijkschakel.referral.attempt.Status.SenderQueue;
import nl.wijkschakel.referral.directory.LegalBasis;
import nl.wijkschakel.referral.directory.Theme;
import nl.wijkschakel.referral.directory.Urgency;
import org.bson.Document;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How an attempt lies in MongoDB: what lists and rules look for in plain fields; all that people wrote, and what is known
 * of the person, sealed under the referral's key. Names of fields are stored: never rename one without a migration.
 */
final class AttemptDocuments {

    /** All but what lists show. */
    static final List<String> NOT_FOR_LISTS =
            List.of("sealed", "history", "outbox", "inbox", "worklist", "terms", "rung", "alarms");

    /** By these the two sides' lists are ordered: most urgent first; what has no term comes after, newest first. */
    static final String RECEIVER_ORDER = "receiverOrder";

    static final String SENDER_ORDER = "senderOrder";

    private record Content(Request request, List<Question> questions, AttemptState state) {}

    private final Vault vault;

    AttemptDocuments(Vault vault) {
        this.vault = vault;
    }

    Document fields(Attempt it) {
        return changing(it).append("core", vault.seal(it.referral(), it.core()));
    }

    /** All but what an attempt is born with and keeps. */
    Document changes(Attempt it) {
        var fields = changing(it);
        fields.remove("_id");
        return fields;
    }

    private Document changing(Attempt it) {
        return plain(it)
                .append("sealed", vault.seal(it.referral(), new Content(it.request(), it.questions(), it.state())));
    }

    /** What lies open: ids, statuses, moments and routing attributes, and no more. */
    static Document plain(Attempt it) {
        var fields = new Document("_id", it.id())
                .append("version", it.version())
                .append("sequence", it.sequence())
                .append("number", it.number())
                .append("referral", it.referral())
                .append("client", it.client())
                .append("municipality", it.municipality())
                .append(
                        "sender",
                        new Document("organisation", it.sender().organisation())
                                .append("team", it.sender().team())
                                .append("worker", it.sender().worker()))
                .append("service", it.service())
                .append("receiver", it.receiver())
                .append("theme", it.theme().name())
                .append("urgency", it.urgency().name())
                .append("legalBasis", it.legalBasis().name())
                .append("mayBeForwarded", it.mayBeForwarded())
                .append("duplicate", it.mayBeDuplicate())
                .append("ruledOut", it.ruledOut().stream().map(Enum::name).toList())
                .append("forwardedFrom", it.forwardedFrom())
                .append("status", it.status().name())
                .append("since", it.state().at())
                .append("open", it.status().isOpen())
                .append("receiverQueue", it.receiverQueue().name())
                .append("senderQueue", it.senderQueue().name())
                .append("inbox", Inbox.lists(it))
                .append("worklist", worklists(it))
                .append(RECEIVER_ORDER, order(it, it.deadlineOfReceiver()))
                .append(SENDER_ORDER, order(it, it.deadline()))
                .append("worker", worker(it.state().worker()))
                .append("decisionDue", it.decisionDue())
                .append("escalationDue", it.escalationDue())
                .append("actionDue", it.actionDue())
                .append("deadline", it.deadline())
                .append("waitingContactDue", it.state() instanceof Waitlisted waiting ? waiting.contactDue() : null)
                .append(
                        "expectationGivenAt",
                        it.state() instanceof Waitlisted waiting
                                ? waiting.expectation().givenAt()
                                : null)
                .append("outcomeTold", it.state() instanceof Completed done && done.clientAgreesToFeedback())
                .append("clocksStopped", it.clocksStopped())
                .append("receiverAccess", it.receiverAccess().name())
                .append("readableUntil", it.readableUntil())
                .append("excluded", List.copyOf(it.excluded()))
                .append("followedUp", it.followedUp())
                .append("createdAt", it.createdAt())
                .append("changedAt", it.changedAt());
        fields.putAll(AlarmDocuments.fields(it.clocks(), it.clocks().alarms(it)));
        return fields;
    }

    /**
     * The name of one of the sender's lists; as with {@link Inbox}, so that it has one index and no choice of another.
     *
     * @param worker null for the whole organisation's
     */
    static String worklist(UUID organisation, SenderQueue queue, @Nullable UUID worker) {
        return organisation + "|" + queue + (worker == null ? "" : "|" + worker);
    }

    /** @param workers none for the whole organisation's */
    static List<String> worklists(UUID organisation, SenderQueue queue, List<UUID> workers) {
        return workers.isEmpty()
                ? List.of(worklist(organisation, queue, null))
                : workers.stream().map(it -> worklist(organisation, queue, it)).toList();
    }

    private static List<String> worklists(Attempt it) {
        var organisation = it.sender().organisation();
        return List.of(
                worklist(organisation, it.senderQueue(), null),
                worklist(organisation, it.senderQueue(), it.sender().worker()));
    }

    private static byte[] order(Attempt it, @Nullable Instant deadline) {
        long position = deadline == null ? Long.MAX_VALUE - it.state().at().toEpochMilli() : deadline.toEpochMilli();
        return new Cursor(position, it.id()).bytes();
    }

    Attempt attempt(Document stored) {
        var content = vault.open(stored.get("sealed", Binary.class), Content.class);
        var core = vault.open(stored.get("core", Binary.class), Core.class);
        var row = row(stored, RECEIVER_ORDER, core);
        return new Attempt(
                row.id(),
                row.version(),
                stored.getLong("sequence"),
                row.number(),
                row.referral(),
                row.client(),
                row.municipality(),
                row.sender(),
                row.service(),
                row.receiver(),
                row.theme(),
                row.urgency(),
                row.legalBasis(),
                core,
                stored.getBoolean("mayBeForwarded"),
                content.request(),
                content.questions(),
                content.state(),
                instant(stored, "decisionDue"),
                instant(stored, "escalationDue"),
                optional(stored, "actionDue"),
                new HashSet<>(stored.getList("excluded", UUID.class)),
                stored.getBoolean("followedUp"),
                stored.get("forwardedFrom", UUID.class),
                AlarmDocuments.clocks(stored),
                row.createdAt(),
                row.changedAt());
    }

    /** @param order by which the list goes on after this row */
    AttemptRow row(Document stored, String order) {
        return row(stored, order, coreIfThere(stored));
    }

    private static AttemptRow row(Document stored, String order, @Nullable Core core) {
        return new AttemptRow(
                id(stored, "_id"),
                stored.getLong("version"),
                stored.getString("number"),
                id(stored, "referral"),
                id(stored, "client"),
                stored.getString("municipality"),
                sender(stored),
                id(stored, "service"),
                id(stored, "receiver"),
                Theme.valueOf(stored.getString("theme")),
                Urgency.valueOf(stored.getString("urgency")),
                LegalBasis.valueOf(stored.getString("legalBasis")),
                core,
                Status.valueOf(stored.getString("status")),
                Objects.requireNonNullElse(optional(stored, "since"), instant(stored, "changedAt")),
                ruledOut(stored),
                worker(stored),
                optional(stored, "deadline"),
                optional(stored, "readableUntil"),
                Cursor.of(stored.get(order, Binary.class).getData()),
                instant(stored, "createdAt"),
                instant(stored, "changedAt"));
    }

    private static Set<Action> ruledOut(Document stored) {
        return stored.getList("ruledOut", String.class, List.of()).stream()
                .map(Action::valueOf)
                .collect(Collectors.toUnmodifiableSet());
    }

    Document history(Change change, @Nullable IdempotencyKey key) {
        var entry = new Document("action", change.action().name())
                .append("at", change.next().changedAt())
                .append("by", worker(change.by().worker()))
                .append("organisation", change.by().organisation())
                .append("from", change.from() == null ? null : change.from().name())
                .append("to", change.next().status().name())
                .append("reason", change.reason());
        if (change.said() != null) {
            entry.append("sealed", vault.seal(change.next().referral(), change.said()));
        }
        if (key != null) {
            entry.append("key", key.key()).append("fingerprint", key.fingerprint());
        }
        return entry;
    }

    HistoryEntry historyEntry(Document stored) {
        var by = stored.get("by", Document.class);
        var from = stored.getString("from");
        var sealed = stored.get("sealed", Binary.class);
        return new HistoryEntry(
                Action.valueOf(stored.getString("action")),
                instant(stored, "at"),
                new Worker(id(by, "person"), by.getString("name")),
                id(stored, "organisation"),
                from == null ? null : Status.valueOf(from),
                Status.valueOf(stored.getString("to")),
                stored.getString("reason"),
                sealed == null ? null : vault.open(sealed, JsonNode.class));
    }

    /** What the caller did under this key already, if they did. */
    static @Nullable String fingerprintOf(Document stored, Actor caller, String key, Instant notBefore) {
        for (var entry : stored.getList("history", Document.class)) {
            var by = entry.get("by", Document.class);
            if (key.equals(entry.getString("key"))
                    && caller.person().equals(id(by, "person"))
                    && caller.organisation().equals(id(entry, "organisation"))
                    && !instant(entry, "at").isBefore(notBefore)) {
                return entry.getString("fingerprint");
            }
        }
        return null;
    }

    /** A list goes on without what was destroyed. */
    private @Nullable Core coreIfThere(Document stored) {
        try {
            return vault.open(stored.get("core", Binary.class), Core.class);
        } catch (Vault.Destroyed _) {
            return null;
        }
    }

    static Sender sender(Document stored) {
        var sender = stored.get("sender", Document.class);
        return new Sender(id(sender, "organisation"), id(sender, "team"), id(sender, "worker"));
    }

    static @Nullable Worker worker(Document stored) {
        var worker = stored.get("worker", Document.class);
        return worker == null ? null : new Worker(id(worker, "person"), worker.getString("name"));
    }

    private static @Nullable Document worker(@Nullable Worker it) {
        return it == null ? null : new Document("person", it.person()).append("name", it.name());
    }

    static UUID id(Document stored, String field) {
        return Objects.requireNonNull(stored.get(field, UUID.class), field);
    }

    private static Instant instant(Document stored, String field) {
        return Objects.requireNonNull(stored.getDate(field), field).toInstant();
    }

    static @Nullable Instant optional(Document stored, String field) {
        var date = stored.getDate(field);
        return date == null ? null : date.toInstant();
    }
}
