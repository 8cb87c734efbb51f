package nl.wijkschakel.referral.attempt;

import static com.mongodb.client.model.Aggregates.group;
import static com.mongodb.client.model.Aggregates.match;
import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Projections.exclude;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.pushEach;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Accumulators;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import nl.wijkschakel.kit.access.AccessEntry;
import nl.wijkschakel.kit.access.AccessLog;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.event.Events;
import nl.wijkschakel.kit.mongo.Transactions;
import nl.wijkschakel.kit.outbox.Message;
import nl.wijkschakel.kit.seal.Vault;
import nl.wijkschakel.kit.web.Cursor;
import nl.wijkschakel.kit.web.IdempotencyKey;
import nl.wijkschakel.kit.web.Paging;
import nl.wijkschakel.kit.web.Refusal;
import nl.wijkschakel.kit.web.Version;
import nl.wijkschakel.referral.attempt.Status.ReceiverQueue;
import nl.wijkschakel.referral.attempt.Status.SenderQueue;
import nl.wijkschakel.referral.directory.Urgency;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * All attempts. A change, its history, its event and its access entry are one write to one document (DESIGN §2.1); what
 * concerns several is one transaction. What a caller's organisation is no side of is not found.
 */
@Component
public class Attempts {

    static final String COLLECTION = "attempts";

    /** A history is never cut, so it must not grow without end (DESIGN §4). */
    static final int LONGEST_HISTORY = 500;

    /** Which of the receiver's attempts a list shows. */
    record Inbox(
            @Nullable ReceiverQueue queue,
            @Nullable UUID service,
            @Nullable Urgency urgency,
            @Nullable UUID assignee,
            @Nullable String municipality) {}

    private final MongoCollection<Document> collection;
    private final Transactions transactions;
    private final AttemptDocuments documents;
    private final AttemptEvents events;
    private final AccessLog accessLog;
    private final Clock clock;

    Attempts(
            MongoDatabase database,
            Transactions transactions,
            Vault vault,
            Events events,
            AccessLog accessLog,
            Clock clock) {
        this.collection = database.getCollection(COLLECTION);
        this.transactions = transactions;
        this.documents = new AttemptDocuments(vault);
        this.events = new AttemptEvents(events);
        this.accessLog = accessLog;
        this.clock = clock;
    }

    /** @throws Refusal.Unknown when it is not there, or the caller's organisation is no side of it */
    Attempt get(UUID id, Caller caller) {
        return documents.attempt(stored(id, caller));
    }

    List<HistoryEntry> history(UUID id, Caller caller, boolean all) {
        return stored(id, caller).getList("history", Document.class).stream()
                .map(entry -> documents.historyEntry(entry, all))
                .toList();
    }

    /** The referrer's overview, oldest first. */
    public List<Attempt> of(UUID referral) {
        return collection
                .find(eq("referral", referral))
                .sort(ascending("_id"))
                .map(documents::attempt)
                .into(new ArrayList<>());
    }

    /** The same, as the transaction sees it. */
    public List<Attempt> of(ClientSession session, UUID referral) {
        return collection
                .find(session, eq("referral", referral))
                .sort(ascending("_id"))
                .map(documents::attempt)
                .into(new ArrayList<>());
    }

    /** Whether this client was sent to this service and is still there. */
    public boolean isOpen(UUID client, UUID service) {
        return collection
                        .find(and(eq("client", client), eq("service", service), eq("open", true)))
                        .projection(new Document("_id", 1))
                        .first()
                != null;
    }

    List<AttemptRow> inbox(UUID receiver, Inbox which, Paging paging) {
        var filter = new ArrayList<Bson>();
        filter.add(eq("receiver", receiver));
        addIf(
                filter,
                "receiverQueue",
                which.queue() == null ? null : which.queue().name());
        addIf(filter, "service", which.service());
        addIf(
                filter,
                "urgency",
                which.urgency() == null ? null : which.urgency().name());
        addIf(filter, "worker.person", which.assignee());
        addIf(filter, "municipality", which.municipality());
        return rows(filter, paging);
    }

    /** @param worker only what this worker sent; null for the whole organisation */
    public List<AttemptRow> sent(UUID organisation, SenderQueue queue, @Nullable UUID worker, Paging paging) {
        var filter = new ArrayList<Bson>();
        filter.add(eq("sender.organisation", organisation));
        filter.add(eq("senderQueue", queue.name()));
        addIf(filter, "sender.worker", worker);
        return rows(filter, paging);
    }

    /** How many are in each open queue; what is done is not counted, since it only grows. */
    Map<ReceiverQueue, Long> countsOfReceiver(UUID organisation) {
        var counts = new EnumMap<ReceiverQueue, Long>(ReceiverQueue.class);
        count("receiver", "receiverQueue", organisation)
                .forEach((queue, count) -> counts.put(ReceiverQueue.valueOf(queue), count));
        return counts;
    }

    Map<SenderQueue, Long> countsOfSender(UUID organisation) {
        var counts = new EnumMap<SenderQueue, Long>(SenderQueue.class);
        count("sender.organisation", "senderQueue", organisation)
                .forEach((queue, count) -> counts.put(SenderQueue.valueOf(queue), count));
        return counts;
    }

    /** Stores a new one, in the transaction that makes its referral a sent one. */
    public void add(ClientSession session, Change sending, Caller caller) {
        var document = documents
                .fields(sending.next())
                .append("history", AttemptDocuments.newHistory(documents.history(sending, null)))
                .append(Message.FIELD, messages(sending, caller));
        collection.insertOne(session, document);
    }

    /** Applies a transition that others of the same referral do not matter to. */
    Attempt change(
            UUID id, Version seen, @Nullable IdempotencyKey key, Caller caller, Function<Attempt, Change> transition) {
        var stored = stored(id, caller);
        if (isRepeat(stored, key, caller)) {
            return documents.attempt(stored);
        }
        var change = decide(stored, seen, transition);
        if (collection.updateOne(unchanged(stored), update(change, key, caller)).getMatchedCount() == 0) {
            throw new Refusal.Stale();
        }
        return change.next();
    }

    /** Applies a transition that makes the referral's other open attempts needless (DOMAIN T6 in a crisis, T10). */
    List<Attempt> changeAlone(
            UUID id, Version seen, @Nullable IdempotencyKey key, Caller caller, Function<Attempt, Change> transition) {
        return transactions.inOne(session -> {
            var stored = stored(session, id, caller);
            if (isRepeat(stored, key, caller)) {
                return List.of(documents.attempt(stored));
            }
            var change = decide(stored, seen, transition);
            store(session, stored, change, key, caller);
            var changed = new ArrayList<Attempt>();
            changed.add(change.next());
            var others = and(eq("referral", change.next().referral()), eq("open", true), ne("_id", id));
            for (var other : collection.find(session, others).into(new ArrayList<>())) {
                var needless = documents.attempt(other).becomeNeedless(change.by(), clock.instant());
                store(session, other, needless, null, caller);
                changed.add(needless.next());
            }
            return changed;
        });
    }

    /** Changes all attempts of a referral that {@code which} gives a change for, in the transaction of the referral's own. */
    public List<Attempt> changeAll(
            ClientSession session, UUID referral, Caller caller, Function<Attempt, Optional<Change>> which) {
        var changed = new ArrayList<Attempt>();
        for (var stored : collection.find(session, eq("referral", referral)).into(new ArrayList<>())) {
            which.apply(documents.attempt(stored)).ifPresent(change -> {
                store(session, stored, change, null, caller);
                changed.add(change.next());
            });
        }
        return changed;
    }

    /** What the referrer did about an end is no transition: no event, no history of its own. */
    public void followUp(ClientSession session, UUID referral) {
        var waiting = and(eq("referral", referral), eq("senderQueue", SenderQueue.ACTION.name()), eq("open", false));
        for (var stored : collection.find(session, waiting).into(new ArrayList<>())) {
            var next = documents.attempt(stored).followUp(clock.instant());
            var fields = documents.fields(next);
            fields.remove("_id");
            if (collection
                            .updateOne(session, unchanged(stored), new Document("$set", fields))
                            .getMatchedCount()
                    == 0) {
                throw new Refusal.Stale();
            }
        }
    }

    private void store(
            ClientSession session, Document stored, Change change, @Nullable IdempotencyKey key, Caller caller) {
        if (collection
                        .updateOne(session, unchanged(stored), update(change, key, caller))
                        .getMatchedCount()
                == 0) {
            throw new Refusal.Stale();
        }
    }

    private Change decide(Document stored, Version seen, Function<Attempt, Change> transition) {
        seen.require(stored.getLong("version"));
        if (stored.getList("history", Document.class).size() >= LONGEST_HISTORY) {
            throw new Refusal.Conflict(
                    "history-full", "Deze aanmelding is te vaak gewijzigd. Maak een nieuwe.", "", Map.of());
        }
        return transition.apply(documents.attempt(stored));
    }

    private boolean isRepeat(Document stored, @Nullable IdempotencyKey key, Caller caller) {
        if (key == null) {
            return false;
        }
        var known = AttemptDocuments.fingerprintOf(
                stored, caller.person(), key.key(), clock.instant().minus(IdempotencyKey.VALID));
        if (known == null) {
            return false;
        }
        key.requireSame(known);
        return true;
    }

    /** As it was read: {@code sequence} moves with every change, so no update is lost to a race. */
    private static Bson unchanged(Document stored) {
        return and(
                eq("_id", stored.get("_id")),
                eq("version", stored.getLong("version")),
                eq("sequence", stored.getLong("sequence")));
    }

    private Bson update(Change change, @Nullable IdempotencyKey key, Caller caller) {
        var fields = documents.fields(change.next());
        fields.remove("_id");
        return combine(
                new Document("$set", fields),
                pushEach("history", List.of(documents.history(change, key))),
                pushEach(Message.FIELD, messages(change, caller)));
    }

    private List<Document> messages(Change change, Caller caller) {
        var it = change.next();
        var entry = AccessEntry.granted(
                caller,
                AccessEntry.Action.CHANGE,
                List.of(it.client()),
                new AccessEntry.Resource("attempt", it.id()),
                it.legalBasis().name());
        return List.of(
                events.message(change).toDocument(), accessLog.message(entry).toDocument());
    }

    private List<AttemptRow> rows(List<Bson> filter, Paging paging) {
        var after = paging.after();
        if (after != null) {
            filter.add(after(after));
        }
        return collection
                .find(and(filter))
                .projection(exclude(AttemptDocuments.NOT_FOR_LISTS))
                .sort(ascending("order", "_id"))
                .limit(paging.limit() + 1)
                .map(documents::row)
                .into(new ArrayList<>());
    }

    private static Bson after(Cursor cursor) {
        return or(gt("order", cursor.position()), and(eq("order", cursor.position()), gt("_id", cursor.id())));
    }

    private Map<String, Long> count(String side, String queue, UUID organisation) {
        var counts = new java.util.HashMap<String, Long>();
        var open = java.util.stream.Stream.of(ReceiverQueue.values(), SenderQueue.values())
                .flatMap(java.util.Arrays::stream)
                .map(Enum::name)
                .filter(name -> !name.equals("DONE"))
                .distinct()
                .toList();
        collection
                .aggregate(List.of(
                        match(and(eq(side, organisation), in(queue, open))),
                        group("$" + queue, Accumulators.sum("count", 1L))))
                .forEach(row -> counts.put(row.getString("_id"), row.getLong("count")));
        return counts;
    }

    private Document stored(UUID id, Caller caller) {
        return found(collection.find(visible(id, caller)).first());
    }

    private Document stored(ClientSession session, UUID id, Caller caller) {
        return found(collection.find(session, visible(id, caller)).first());
    }

    private static Bson visible(UUID id, Caller caller) {
        var organisation = caller.organisation();
        return and(eq("_id", id), or(eq("sender.organisation", organisation), eq("receiver", organisation)));
    }

    private static Document found(@Nullable Document stored) {
        if (stored == null) {
            throw new Refusal.Unknown();
        }
        return stored;
    }

    private static void addIf(List<Bson> filter, String field, @Nullable Object value) {
        if (value != null) {
            filter.add(eq(field, value));
        }
    }
}
