package nl.wijkschakel.referral.referral;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Projections.exclude;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.pushEach;
import static com.mongodb.client.model.Updates.unset;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import nl.wijkschakel.kit.ReferenceNumber;
import nl.wijkschakel.kit.access.AccessEntry;
import nl.wijkschakel.kit.access.AccessLog;
import nl.wijkschakel.kit.access.Purpose;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.outbox.Message;
import nl.wijkschakel.kit.outbox.OutboxSource;
import nl.wijkschakel.kit.seal.Vault;
import nl.wijkschakel.kit.web.Cursor;
import nl.wijkschakel.kit.web.IdempotencyKey;
import nl.wijkschakel.kit.web.Paging;
import nl.wijkschakel.kit.web.Refusal;
import nl.wijkschakel.kit.web.Version;
import nl.wijkschakel.referral.attempt.Sender;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** All referrals; another organisation's are not found. What people wrote is sealed under the referral's own key. */
@Component
class Referrals {

    static final String COLLECTION = "referrals";

    /** Two of a billion numbers are seldom the same, many never. */
    private static final int MOST_NUMBERS = 5;

    private static final int MOST_EXPIRED = 500;

    /** A draft as a list shows it: newest change first, nothing sealed. */
    record DraftRow(UUID id, String number, UUID client, UUID team, UUID worker, Instant createdAt, Instant changedAt) {
        Cursor cursor() {
            return order(id, changedAt);
        }
    }

    private final MongoCollection<Document> collection;
    private final Vault vault;
    private final AccessLog accessLog;
    private final Clock clock;

    Referrals(MongoDatabase database, Vault vault, AccessLog accessLog, Clock clock) {
        this.collection = database.getCollection(COLLECTION);
        this.vault = vault;
        this.accessLog = accessLog;
        this.clock = clock;
    }

    /** @throws Refusal.Unknown when it is not there, or not the caller's organisation's */
    Referral get(UUID id, Caller caller) {
        return referral(stored(null, id, caller));
    }

    Referral get(ClientSession session, UUID id, Caller caller) {
        return referral(stored(session, id, caller));
    }

    /** Stores a draft; sent twice under one key, it is stored once. */
    Referral add(Referral draft, @Nullable IdempotencyKey key, Caller caller) {
        var known = createdUnder(key, caller);
        if (known.isPresent()) {
            return known.get();
        }
        vault.createKey(draft.id());
        var next = draft;
        for (int i = 0; i < MOST_NUMBERS; i++) {
            try {
                collection.insertOne(document(next, key, caller));
                return next;
            } catch (MongoWriteException e) {
                if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
                    throw e;
                }
            }
            known = createdUnder(key, caller);
            if (known.isPresent()) { // by the same request, which came twice at once
                vault.destroyKey(draft.id());
                return known.get();
            }
            forgetOld(key, caller);
            next = next.numbered(ReferenceNumber.next()); // another referral has this one
        }
        throw new IllegalStateException("no number is free");
    }

    private Document document(Referral draft, @Nullable IdempotencyKey key, Caller caller) {
        var document = fields(draft)
                .append("requests", List.of())
                .append(Message.FIELD, List.of(entry(draft.id(), draft.client(), AccessEntry.Action.CREATE, caller)));
        if (key != null) {
            document.append(
                    "creation",
                    new Document("person", caller.person())
                            .append("key", key.key())
                            .append("fingerprint", key.fingerprint()));
        }
        return document;
    }

    /** What an earlier request with this key made; that is a look at it, and logged as one (DOMAIN P14). */
    private Optional<Referral> createdUnder(@Nullable IdempotencyKey key, Caller caller) {
        if (key == null) {
            return Optional.empty();
        }
        var stored = collection
                .find(and(creation(key, caller), gte("createdAt", keysValidSince())))
                .first();
        if (stored == null) {
            return Optional.empty();
        }
        key.requireSame(stored.get("creation", Document.class).getString("fingerprint"));
        var referral = referral(stored);
        log(referral, caller);
        return Optional.of(referral);
    }

    /** A key means the same request for a day; then it is free for another. */
    private void forgetOld(@Nullable IdempotencyKey key, Caller caller) {
        if (key != null) {
            collection.updateMany(and(creation(key, caller), lt("createdAt", keysValidSince())), unset("creation"));
        }
    }

    private static Bson creation(IdempotencyKey key, Caller caller) {
        return and(
                eq("sender.organisation", caller.organisation()),
                eq("creation.person", caller.person()),
                eq("creation.key", key.key()));
    }

    private Instant keysValidSince() {
        return clock.instant().minus(IdempotencyKey.VALID);
    }

    /** Writes down that the caller looked at it; before anything is shown. */
    void log(Referral it, Caller caller) {
        accessLog.record(accessEntry(it.id(), it.client(), AccessEntry.Action.READ, caller));
    }

    Referral edit(UUID id, Version seen, Caller caller, Function<Referral, Referral> change) {
        var stored = stored(null, id, caller);
        seen.require(stored.getLong("version"));
        var next = change.apply(referral(stored));
        var update = combine(
                new Document("$set", changes(next)),
                pushEach(Message.FIELD, List.of(entry(next.id(), next.client(), AccessEntry.Action.CHANGE, caller))));
        if (collection.updateOne(unchanged(stored), update).getMatchedCount() == 0) {
            throw new Refusal.Stale();
        }
        return next;
    }

    /** Whether the caller did this to it already under this key; then what follows is a look, and logged as one. */
    boolean isRepeat(@Nullable ClientSession session, UUID id, @Nullable IdempotencyKey key, Caller caller) {
        if (key == null) {
            return false;
        }
        var stored = stored(session, id, caller);
        for (var request : stored.getList("requests", Document.class)) {
            if (key.key().equals(request.getString("key"))
                    && caller.person().equals(request.get("person", UUID.class))
                    && !request.getDate("at").toInstant().isBefore(keysValidSince())) {
                key.requireSame(request.getString("fingerprint"));
                log(referral(stored), caller);
                return true;
            }
        }
        return false;
    }

    /** Within the transaction that changes its attempts too. */
    void store(ClientSession session, Referral seen, Referral next, @Nullable IdempotencyKey key, Caller caller) {
        var update = combine(
                new Document("$set", changes(next)),
                pushEach("requests", requests(key, caller)),
                pushEach(Message.FIELD, List.of(entry(next.id(), next.client(), AccessEntry.Action.CHANGE, caller))));
        var unchanged = and(eq("_id", seen.id()), eq("version", seen.version()));
        if (collection.updateOne(session, unchanged, update).getMatchedCount() == 0) {
            throw new Refusal.Stale();
        }
    }

    /** Destroys a draft: what is left says that it went, until that is sent; its key goes, so copies are unreadable too. */
    void delete(UUID id, Version seen, Caller caller) {
        var stored = stored(null, id, caller);
        seen.require(stored.getLong("version"));
        if (!stored.getBoolean("draft")) {
            throw Referral.notADraft(id);
        }
        if (!remove(stored, caller)) {
            throw new Refusal.Stale();
        }
    }

    /** DOMAIN P23: drafts that nobody changed for so long go by themselves. One that is changed meanwhile stays. */
    int deleteExpired(Caller platform) {
        var expired = and(eq("draft", true), lt("changedAt", clock.instant().minus(Referral.DRAFT_KEPT)));
        var found = collection
                .find(expired)
                .projection(include("version", "client"))
                .limit(MOST_EXPIRED)
                .into(new ArrayList<>());
        return (int) found.stream().filter(draft -> remove(draft, platform)).count();
    }

    private boolean remove(Document draft, Caller caller) {
        var id = id(draft, "_id");
        var entry = entry(id, id(draft, "client"), AccessEntry.Action.DELETE, caller);
        var rest = new Document("_id", id).append(OutboxSource.GONE, true).append(Message.FIELD, List.of(entry));
        if (collection
                        .replaceOne(and(unchanged(draft), eq("draft", true)), rest)
                        .getMatchedCount()
                == 0) {
            return false;
        }
        vault.destroyKey(id);
        return true;
    }

    OwnReferrals.Stand stand(UUID id) {
        var found = collection.find(eq("_id", id)).projection(include("draft")).first();
        if (found == null || found.getBoolean("draft") == null) {
            return OwnReferrals.Stand.GONE;
        }
        return found.getBoolean("draft") ? OwnReferrals.Stand.DRAFT : OwnReferrals.Stand.SENT;
    }

    /** How many drafts, of whatever organisation, ask or consider this service. */
    long draftsNaming(UUID service) {
        return collection.countDocuments(and(eq("draft", true), eq("services", service)));
    }

    long draftsOf(UUID organisation, UUID worker) {
        return collection.countDocuments(and(eq("draft", true), eq("worklist", worklist(organisation, worker))));
    }

    /** @param workers only those of these; none for the whole organisation's */
    List<DraftRow> drafts(UUID organisation, List<UUID> workers, Paging paging) {
        var filter = new ArrayList<Bson>();
        filter.add(eq("draft", true));
        filter.add(in("worklist", worklists(organisation, workers)));
        var after = paging.after();
        if (after != null) {
            filter.add(gt("order", after.bytes()));
        }
        return collection
                .find(and(filter))
                .projection(exclude("sealed", "requests", "services", "worklist", Message.FIELD))
                .sort(ascending("order"))
                .limit(paging.limit() + 1)
                .map(Referrals::row)
                .into(new ArrayList<>());
    }

    /** The name of a list of drafts, so that it has one index and no choice of another. */
    private static String worklist(UUID organisation, @Nullable UUID worker) {
        return organisation + (worker == null ? "" : "|" + worker);
    }

    private static List<String> worklists(UUID organisation, List<UUID> workers) {
        return workers.isEmpty()
                ? List.of(worklist(organisation, null))
                : workers.stream().map(it -> worklist(organisation, it)).toList();
    }

    private static List<String> worklists(Sender sender) {
        return List.of(worklist(sender.organisation(), null), worklist(sender.organisation(), sender.worker()));
    }

    /** Newest change first. */
    private static Cursor order(UUID id, Instant changedAt) {
        return new Cursor(Long.MAX_VALUE - changedAt.toEpochMilli(), id);
    }

    private Document stored(@Nullable ClientSession session, UUID id, Caller caller) {
        var visible = and(eq("_id", id), eq("sender.organisation", caller.organisation()));
        var found = session == null ? collection.find(visible) : collection.find(session, visible);
        return Optional.ofNullable(found.first()).orElseThrow(Refusal.Unknown::new);
    }

    /** Whose it is, if it is there at all; for the log of looks that were refused. */
    Optional<UUID> clientOf(UUID id) {
        return Optional.ofNullable(collection
                .find(eq("_id", id))
                .projection(include("client"))
                .map(it -> it.get("client", UUID.class))
                .first());
    }

    private static Bson unchanged(Document stored) {
        return and(eq("_id", stored.get("_id")), eq("version", stored.getLong("version")));
    }

    private Document changes(Referral it) {
        var fields = fields(it);
        fields.remove("_id");
        return fields;
    }

    private Document fields(Referral it) {
        return new Document("_id", it.id())
                .append("version", it.version())
                .append("number", it.number())
                .append("client", it.client())
                .append("municipality", it.municipality())
                .append(
                        "sender",
                        new Document("organisation", it.sender().organisation())
                                .append("team", it.sender().team())
                                .append("worker", it.sender().worker()))
                .append("draft", it.sentAt() == null)
                .append("services", it.sentAt() == null ? it.content().servicesOrNone() : List.of())
                .append("worklist", worklists(it.sender()))
                .append("order", order(it.id(), it.changedAt()).bytes())
                .append("sentAt", it.sentAt())
                .append("withdrawnAt", it.withdrawnAt())
                .append("createdAt", it.createdAt())
                .append("changedAt", it.changedAt())
                .append("sealed", vault.seal(it.id(), it.content()));
    }

    private Referral referral(Document stored) {
        return new Referral(
                id(stored, "_id"),
                stored.getLong("version"),
                stored.getString("number"),
                id(stored, "client"),
                stored.getString("municipality"),
                sender(stored),
                vault.open(stored.get("sealed", Binary.class), Content.class),
                optional(stored, "sentAt"),
                optional(stored, "withdrawnAt"),
                instant(stored, "createdAt"),
                instant(stored, "changedAt"));
    }

    private static DraftRow row(Document stored) {
        var sender = sender(stored);
        return new DraftRow(
                id(stored, "_id"),
                stored.getString("number"),
                id(stored, "client"),
                sender.team(),
                sender.worker(),
                instant(stored, "createdAt"),
                instant(stored, "changedAt"));
    }

    private static Sender sender(Document stored) {
        var sender = stored.get("sender", Document.class);
        return new Sender(id(sender, "organisation"), id(sender, "team"), id(sender, "worker"));
    }

    private Document entry(UUID id, UUID client, AccessEntry.Action action, Caller caller) {
        return accessLog.message(accessEntry(id, client, action, caller)).toDocument();
    }

    private static AccessEntry accessEntry(UUID id, UUID client, AccessEntry.Action action, Caller caller) {
        return AccessEntry.granted(
                caller, action, List.of(client), new AccessEntry.Resource("referral", id), Purpose.REFERRAL);
    }

    private List<Document> requests(@Nullable IdempotencyKey key, Caller caller) {
        return key == null
                ? List.of()
                : List.of(new Document("person", caller.person())
                        .append("key", key.key())
                        .append("fingerprint", key.fingerprint())
                        .append("at", clock.instant()));
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
