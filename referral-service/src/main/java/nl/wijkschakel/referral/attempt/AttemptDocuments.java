package nl.wijkschakel.referral.attempt;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import nl.wijkschakel.kit.seal.Vault;
import nl.wijkschakel.kit.web.IdempotencyKey;
import nl.wijkschakel.referral.directory.LegalBasis;
import nl.wijkschakel.referral.directory.Theme;
import nl.wijkschakel.referral.directory.Urgency;
import org.bson.Document;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt lies in MongoDB: what lists and rules look for in plain fields, all that people wrote sealed under the
 * referral's key. Names of fields are stored: never rename one without a migration.
 */
final class AttemptDocuments {

    /** All but what lists show. */
    static final List<String> NOT_FOR_LISTS = List.of("sealed", "history", "outbox");

    private record Content(Request request, List<Question> questions, AttemptState state) {}

    private final Vault vault;

    AttemptDocuments(Vault vault) {
        this.vault = vault;
    }

    Document fields(Attempt it) {
        var document = new Document("_id", it.id())
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
                .append("core", core(it.core()))
                .append("mayBeForwarded", it.mayBeForwarded())
                .append("status", it.status().name())
                .append("open", it.status().isOpen())
                .append("receiverQueue", it.receiverQueue().name())
                .append("senderQueue", it.senderQueue().name())
                .append("order", order(it))
                .append("worker", worker(it.state().worker()))
                .append("decisionDue", it.decisionDue())
                .append("escalationDue", it.escalationDue())
                .append("actionDue", it.actionDue())
                .append("deadline", it.deadline())
                .append("readableUntil", it.readableUntil())
                .append("excluded", List.copyOf(it.excluded()))
                .append("followedUp", it.followedUp())
                .append("createdAt", it.createdAt())
                .append("changedAt", it.changedAt());
        return document.append(
                "sealed", vault.seal(it.referral(), new Content(it.request(), it.questions(), it.state())));
    }

    /** Most urgent first; what has no term comes after, newest first. One field, so that no list is ever sorted. */
    static long order(Attempt it) {
        var deadline = it.deadline();
        return deadline == null ? Long.MAX_VALUE - it.changedAt().toEpochMilli() : deadline.toEpochMilli();
    }

    Attempt attempt(Document stored) {
        var content = vault.open(stored.get("sealed", Binary.class), Content.class);
        var row = row(stored);
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
                row.core(),
                stored.getBoolean("mayBeForwarded"),
                content.request(),
                content.questions(),
                content.state(),
                instant(stored, "decisionDue"),
                instant(stored, "escalationDue"),
                optional(stored, "actionDue"),
                new HashSet<>(stored.getList("excluded", UUID.class)),
                stored.getBoolean("followedUp"),
                row.createdAt(),
                row.changedAt());
    }

    AttemptRow row(Document stored) {
        var sender = stored.get("sender", Document.class);
        var core = stored.get("core", Document.class);
        var worker = stored.get("worker", Document.class);
        return new AttemptRow(
                id(stored, "_id"),
                stored.getLong("version"),
                stored.getString("number"),
                id(stored, "referral"),
                id(stored, "client"),
                stored.getString("municipality"),
                new Sender(id(sender, "organisation"), id(sender, "team"), id(sender, "worker")),
                id(stored, "service"),
                id(stored, "receiver"),
                Theme.valueOf(stored.getString("theme")),
                Urgency.valueOf(stored.getString("urgency")),
                LegalBasis.valueOf(stored.getString("legalBasis")),
                new Core(
                        core.getString("ageGroup"),
                        core.getString("language"),
                        core.getBoolean("interpreterNeeded"),
                        core.getBoolean("needsSafePlace"),
                        core.getBoolean("needsAccessibility"),
                        core.getString("postcode4")),
                Status.valueOf(stored.getString("status")),
                worker == null ? null : new Worker(id(worker, "person"), worker.getString("name")),
                optional(stored, "deadline"),
                optional(stored, "readableUntil"),
                stored.getList("excluded", UUID.class),
                stored.getLong("order"),
                instant(stored, "createdAt"),
                instant(stored, "changedAt"));
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

    HistoryEntry historyEntry(Document stored, boolean all) {
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
                all && sealed != null ? vault.open(sealed, tools.jackson.databind.JsonNode.class) : null);
    }

    /** With which key this person did that already, if they did. */
    static @Nullable String fingerprintOf(Document stored, UUID person, String key, Instant notBefore) {
        for (var entry : stored.getList("history", Document.class)) {
            var by = entry.get("by", Document.class);
            if (key.equals(entry.getString("key"))
                    && person.equals(id(by, "person"))
                    && !instant(entry, "at").isBefore(notBefore)) {
                return entry.getString("fingerprint");
            }
        }
        return null;
    }

    static List<Document> newHistory(Document first) {
        var history = new ArrayList<Document>();
        history.add(first);
        return history;
    }

    private static Document core(Core it) {
        return new Document("ageGroup", it.ageGroup())
                .append("language", it.language())
                .append("interpreterNeeded", it.interpreterNeeded())
                .append("needsSafePlace", it.needsSafePlace())
                .append("needsAccessibility", it.needsAccessibility())
                .append("postcode4", it.postcode4());
    }

    private static @Nullable Document worker(@Nullable Worker it) {
        return it == null ? null : new Document("person", it.person()).append("name", it.name());
    }

    private static UUID id(Document stored, String field) {
        return Objects.requireNonNull(stored.get(field, UUID.class), field);
    }

    private static Instant instant(Document stored, String field) {
        return Objects.requireNonNull(stored.getDate(field), field).toInstant();
    }

    private static @Nullable Instant optional(Document stored, String field) {
        var date = stored.getDate(field);
        return date == null ? null : date.toInstant();
    }
}
