package nl.wijkschakel.referral.referral;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.pushEach;

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
import nl.wijkschakel.kit.access.AccessEntry;
import nl.wijkschakel.kit.access.AccessLog;
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

    /** A draft as a list shows it: newest change first, nothing sealed. */
    record DraftRow(UUID id, String number, UUID client, UUID team, UUID worker, Instant createdAt, Instant changedAt) {
        Cursor cursor() {
            return new Cursor(order(changedAt), id);
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
        vault.createKey(draft.id());
        var document = fields(draft)
                .append("requests", List.of())
                .append(Message.FIELD, List.of(entry(draft, AccessEntry.Action.CREATE, caller)));
        if (key != null) {
            document.append(
                    "creation",
                    new Document("person", caller.person())
                            .append("key", key.key())
                            .append("fingerprint", key.fingerprint()));
        }
        try {
            collection.insertOne(document);
            return draft;
        } catch (MongoWriteException e) {
            if (key == null || ErrorCategory.fromErrorCode(e.getCode()) != ErrorCategory.DUPLICATE_KEY) {
                throw e;
            }
            vault.destroyKey(draft.id());
            return createdUnder(key, caller).orElseThrow(Refusal.Unknown::new);
        }
    }

    /** What an earlier request with this key made. */
    Optional<Referral> createdUnder(IdempotencyKey key, Caller caller) {
        var stored = collection
                .find(and(eq("creation.person", caller.person()), eq("creation.key", key.key())))
                .first();
        if (stored == null) {
            return Optional.empty();
        }
        key.requireSame(stored.get("creation", Document.class).getString("fingerprint"));
        return Optional.of(referral(stored));
    }

    Referral edit(UUID id, Version seen, Caller caller, Function<Referral, Referral> change) {
        var stored = stored(null, id, caller);
        seen.require(stored.getLong("version"));
        var next = change.apply(referral(stored));
        var update = combine(
                new Document("$set", changes(next)),
                pushEach(Message.FIELD, List.of(entry(next, AccessEntry.Action.CHANGE, caller))));
        if (collection.updateOne(unchanged(stored), update).getMatchedCount() == 0) {
            throw new Refusal.Stale();
        }
        return next;
    }

    /** Whether this person did this to it already under this key. */
    boolean isRepeat(UUID id, @Nullable IdempotencyKey key, Caller caller) {
        if (key == null) {
            return false;
        }
        var since = clock.instant().minus(IdempotencyKey.VALID);
        for (var request : stored(null, id, caller).getList("requests", Document.class)) {
            if (key.key().equals(request.getString("key"))
                    && caller.person().equals(request.get("person", UUID.class))
                    && !request.getDate("at").toInstant().isBefore(since)) {
                key.requireSame(request.getString("fingerprint"));
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
                pushEach(Message.FIELD, List.of(entry(next, AccessEntry.Action.CHANGE, caller))));
        var unchanged = and(eq("_id", seen.id()), eq("version", seen.version()));
        if (collection.updateOne(session, unchanged, update).getMatchedCount() == 0) {
            throw new Refusal.Stale();
        }
    }

    /** Destroys a draft: what is left says that it went, until that is sent; its key goes, so copies are unreadable too. */
    void delete(UUID id, Version seen, Caller caller) {
        var stored = stored(null, id, caller);
        seen.require(stored.getLong("version"));
        var draft = referral(stored);
        draft.requireDraft();
        remove(draft, entry(draft, AccessEntry.Action.DELETE, caller));
    }

    /** DOMAIN P23: drafts that nobody changed for so long go by themselves. */
    int deleteExpired(Caller platform) {
        var expired = and(eq("draft", true), lt("changedAt", clock.instant().minus(Referral.DRAFT_KEPT)));
        var found = collection.find(expired).limit(500).map(this::referral).into(new ArrayList<>());
        found.forEach(draft -> remove(draft, entry(draft, AccessEntry.Action.DELETE, platform)));
        return found.size();
    }

    private void remove(Referral draft, Document entry) {
        var rest =
                new Document("_id", draft.id()).append(OutboxSource.GONE, true).append(Message.FIELD, List.of(entry));
        var unchanged = and(eq("_id", draft.id()), eq("version", draft.version()), eq("draft", true));
        if (collection.replaceOne(unchanged, rest).getMatchedCount() == 0) {
            throw new Refusal.Stale();
        }
        vault.destroyKey(draft.id());
    }

    List<DraftRow> drafts(UUID organisation, @Nullable UUID worker, Paging paging) {
        var filter = new ArrayList<Bson>();
        filter.add(eq("sender.organisation", organisation));
        filter.add(eq("draft", true));
        if (worker != null) {
            filter.add(eq("sender.worker", worker));
        }
        var after = paging.after();
        if (after != null) {
            filter.add(or(gt("order", after.position()), and(eq("order", after.position()), gt("_id", after.id()))));
        }
        return collection
                .find(and(filter))
                .projection(new Document("sealed", 0).append("requests", 0).append(Message.FIELD, 0))
                .sort(ascending("order", "_id"))
                .limit(paging.limit() + 1)
                .map(Referrals::row)
                .into(new ArrayList<>());
    }

    /** Newest change first, as one rising number. */
    static long order(Instant changedAt) {
        return Long.MAX_VALUE - changedAt.toEpochMilli();
    }

    private Document stored(@Nullable ClientSession session, UUID id, Caller caller) {
        var visible = and(eq("_id", id), eq("sender.organisation", caller.organisation()));
        var found = session == null ? collection.find(visible) : collection.find(session, visible);
        return Optional.ofNullable(found.first()).orElseThrow(Refusal.Unknown::new);
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
                .append("order", order(it.changedAt()))
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

    private Document entry(Referral it, AccessEntry.Action action, Caller caller) {
        var entry = AccessEntry.granted(
                caller, action, List.of(it.client()), new AccessEntry.Resource("referral", it.id()), "REFERRAL");
        return accessLog.message(entry).toDocument();
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
