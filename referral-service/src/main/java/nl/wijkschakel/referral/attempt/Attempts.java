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
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.pushEach;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.ClientSession;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Accumulators;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import nl.wijkschakel.kit.access.AccessEntry;
import nl.wijkschakel.kit.access.AccessLog;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.event.Events;
import nl.wijkschakel.kit.mongo.Transactions;
import nl.wijkschakel.kit.outbox.Message;
import nl.wijkschakel.kit.seal.Vault;
import nl.wijkschakel.kit.web.IdempotencyKey;
import nl.wijkschakel.kit.web.Paging;
import nl.wijkschakel.kit.web.Refusal;
import nl.wijkschakel.kit.web.Version;
import nl.wijkschakel.referral.attempt.Status.ReceiverQueue;
import nl.wijkschakel.referral.attempt.Status.SenderQueue;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * All attempts. A change, its history, its event and its access entry are one write to one document (DESIGN §2.1); what
 * concerns several is one transaction. What a caller is no side of is not found.
 */
@Component
public class Attempts {

    static final String COLLECTION = "attempts";

    /** Of these only the version is touched here, by what must not go past a sending that goes on at the same moment. */
    static final String REFERRALS = "referrals";

    /** A history is never cut, so it must not grow without end (DESIGN §4). */
    static final int LONGEST_HISTORY = 500;

    /** An attempt and what was done with it. */
    public record Story(Attempt attempt, List<HistoryEntry> entries) {}

    private final MongoCollection<Document> collection;
    private final MongoCollection<Document> referrals;
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
        this.referrals = database.getCollection(REFERRALS);
        this.transactions = transactions;
        this.documents = new AttemptDocuments(vault);
        this.events = new AttemptEvents(events);
        this.accessLog = accessLog;
        this.clock = clock;
    }

    /** @throws Refusal.Unknown when it is not there, or the caller is no side of it */
    public Attempt get(UUID id, Caller caller) {
        return documents.attempt(visible(collection.find(concerning(id, caller)), caller));
    }

    /** The same, as the transaction sees it. */
    public Attempt get(ClientSession session, UUID id, Caller caller) {
        return documents.attempt(visible(collection.find(session, concerning(id, caller)), caller));
    }

    public Story story(UUID id, Caller caller) {
        var stored = visible(collection.find(concerning(id, caller)), caller);
        var entries = stored.getList("history", Document.class).stream()
                .map(documents::historyEntry)
                .toList();
        return new Story(documents.attempt(stored), entries);
    }

    /** The referrer's overview, oldest first. */
    public List<Attempt> of(UUID referral) {
        return oldestFirst(collection.find(eq("referral", referral)));
    }

    /** The same, as the transaction sees it. */
    public List<Attempt> of(ClientSession session, UUID referral) {
        return oldestFirst(collection.find(session, eq("referral", referral)));
    }

    /** Whether this client was sent to this service and is still there. */
    public boolean isOpen(UUID client, UUID service) {
        return collection
                        .find(and(eq("client", client), eq("service", service), eq("open", true)))
                        .projection(new Document("_id", 1))
                        .first()
                != null;
    }

    /** @param which one list, or several that are read as one */
    List<AttemptRow> inbox(Caller caller, List<Inbox> which, Paging paging) {
        var list = in(
                "inbox",
                which.stream().map(it -> it.list(caller.organisation())).toList());
        return rows(List.of(list, ne("excluded", caller.person())), AttemptDocuments.RECEIVER_ORDER, paging);
    }

    /** @param workers only what these sent; none for the whole organisation */
    public List<AttemptRow> sent(UUID organisation, SenderQueue queue, List<UUID> workers, Paging paging) {
        var list = in("worklist", AttemptDocuments.worklists(organisation, queue, workers));
        return rows(List.of(list), AttemptDocuments.SENDER_ORDER, paging);
    }

    /** How many are in each queue but the last, which only grows. */
    Map<ReceiverQueue, Long> countsOfReceiver(UUID organisation) {
        return counts(
                eq("receiver", organisation), "receiverQueue", EnumSet.complementOf(EnumSet.of(ReceiverQueue.DONE)));
    }

    /** How many of a receiver's are in each queue but the last, for one of its services. */
    public Map<ReceiverQueue, Long> countsAt(UUID receiver, UUID service) {
        var counts = new TreeMap<ReceiverQueue, Long>();
        for (var queue : EnumSet.complementOf(EnumSet.of(ReceiverQueue.DONE))) {
            var list = new Inbox(queue, service, null, null, null).list(receiver);
            counts.put(queue, collection.countDocuments(eq("inbox", list)));
        }
        return counts;
    }

    /** How many wait for this person's work for the organisation: what is in hand there, and what was sent and still asks something. */
    public long inHand(UUID organisation, UUID person) {
        var inbox = EnumSet.complementOf(EnumSet.of(ReceiverQueue.DONE)).stream()
                .map(queue -> new Inbox(queue, null, null, person, null).list(organisation))
                .toList();
        var worklist = EnumSet.complementOf(EnumSet.of(SenderQueue.DONE)).stream()
                .map(queue -> AttemptDocuments.worklist(organisation, queue, person))
                .toList();
        return collection.countDocuments(in("inbox", inbox)) + collection.countDocuments(in("worklist", worklist));
    }

    Map<SenderQueue, Long> countsOfSender(UUID organisation) {
        return counts(
                eq("sender.organisation", organisation),
                "senderQueue",
                EnumSet.complementOf(EnumSet.of(SenderQueue.DONE)));
    }

    /**
     * Stores a new one, in the transaction that makes its referral a sent one.
     *
     * @throws Refusal.Conflict when another referral of this client was sent to the same service at this moment
     */
    public void add(ClientSession session, Change sending, Caller caller) {
        var history = new ArrayList<Document>();
        history.add(documents.history(sending, null));
        var document = documents
                .fields(sending.next())
                .append("history", history)
                .append(Message.FIELD, messages(sending, caller));
        try {
            collection.insertOne(session, document);
        } catch (MongoWriteException e) {
            if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
                throw e;
            }
            throw openDuplicate(List.of(sending.next().service()));
        }
    }

    /** DOMAIN T2: no open duplicate for the same client and service, unless it is motivated. */
    public static Refusal openDuplicate(List<UUID> services) {
        return new Refusal.Conflict(
                "open-duplicate",
                "Bij dit aanbod loopt al een aanmelding voor deze cliënt. Leg uit waarom u nog eens verwijst.",
                "",
                Map.of("services", services));
    }

    /**
     * Applies a transition, and what follows from it for the referral's other attempts. A request that was made before
     * changes nothing and gives the attempt as it is now.
     *
     * @return the attempt, and after it the others that changed with it
     */
    List<Attempt> change(
            UUID id, Version seen, @Nullable IdempotencyKey key, Caller caller, Function<Attempt, Change> transition) {
        while (true) {
            var stored = found(collection.find(concerning(id, caller)));
            if (isRepeat(stored, key, caller)) {
                return List.of(again(stored, caller));
            }
            var change = decide(stored, seen, caller, transition);
            if (change.leavesNoOther() || change.requiresNoOther()) {
                return changeAlone(id, seen, key, caller, transition);
            }
            if (collection
                            .updateOne(unchanged(stored), update(change, key, caller))
                            .getMatchedCount()
                    == 1) {
                return List.of(change.next());
            }
            // somebody was faster: by now it is stale, or was this very request, or only an event came in between
        }
    }

    private List<Attempt> changeAlone(
            UUID id, Version seen, @Nullable IdempotencyKey key, Caller caller, Function<Attempt, Change> transition) {
        return transactions.inOne(session -> {
            var stored = found(collection.find(session, concerning(id, caller)));
            if (isRepeat(stored, key, caller)) {
                return List.of(again(stored, caller));
            }
            var change = decide(stored, seen, caller, transition);
            store(session, stored, change, key, caller);
            touchReferral(session, change);
            var changed = new ArrayList<Attempt>();
            changed.add(change.next());
            var others = collection
                    .find(session, and(eq("referral", change.next().referral()), eq("open", true), ne("_id", id)))
                    .into(new ArrayList<>());
            if (change.requiresNoOther() && !others.isEmpty()) {
                throw new Refusal.Conflict(
                        "another-open",
                        "De cliënt is intussen ook bij een ander aangemeld. Overleg met de verwijzer.",
                        "another attempt is open",
                        Map.of());
            }
            for (var other : others) {
                var needless = documents.attempt(other).becomeNeedless(change.by(), clock.instant());
                store(session, other, needless, null, caller);
                changed.add(needless.next());
            }
            return changed;
        });
    }

    /** What the caller's same request made of it before; empty where it is new. */
    public Optional<Attempt> done(UUID id, @Nullable IdempotencyKey key, Caller caller) {
        var stored = found(collection.find(concerning(id, caller)));
        return isRepeat(stored, key, caller) ? Optional.of(again(stored, caller)) : Optional.empty();
    }

    /**
     * Applies a transition, and stores the attempt that takes its place (DOMAIN T14). A request that was made before changes
     * nothing and gives the attempt as it is now.
     *
     * @return the attempt, and after it the new one
     */
    public List<Attempt> replace(
            UUID id,
            Version seen,
            @Nullable IdempotencyKey key,
            Caller caller,
            Function<Attempt, Change> transition,
            Change another) {
        return transactions.inOne(session -> {
            var stored = found(collection.find(session, concerning(id, caller)));
            if (isRepeat(stored, key, caller)) {
                return List.of(again(stored, caller));
            }
            var change = decide(stored, seen, caller, transition);
            store(session, stored, change, key, caller);
            touchReferral(session, change);
            add(session, another, caller);
            return List.of(change.next(), another.next());
        });
    }

    /** So that nothing that looks at all its attempts goes past this at the same moment. */
    private void touchReferral(ClientSession session, Change change) {
        referrals.updateOne(session, eq("_id", change.next().referral()), inc("version", 1L));
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
            var next = documents.attempt(stored).followUp();
            store(session, stored, new Document("$set", documents.changes(next)));
        }
    }

    /**
     * Tells of something that is stored elsewhere in the same transaction. The sequence rises and the version stays, so
     * that no open form becomes stale (DESIGN §2.2).
     *
     * @param event the last part of its type
     */
    public void tell(ClientSession session, Attempt seen, String event, AccessEntry entry, Caller caller) {
        var message = events.message(event, seen, seen.sequence() + 1, Actor.of(caller), clock.instant());
        var unchanged = and(eq("_id", seen.id()), eq("sequence", seen.sequence()));
        var told = combine(
                inc("sequence", 1L),
                pushEach(
                        Message.FIELD,
                        List.of(message.toDocument(), accessLog.message(entry).toDocument())));
        if (collection.updateOne(session, unchanged, told).getMatchedCount() == 0) {
            throw new Refusal.Stale();
        }
    }

    private void store(
            ClientSession session, Document stored, Change change, @Nullable IdempotencyKey key, Caller caller) {
        store(session, stored, update(change, key, caller));
    }

    private void store(ClientSession session, Document stored, Bson update) {
        if (collection.updateOne(session, unchanged(stored), update).getMatchedCount() == 0) {
            throw new Refusal.Stale();
        }
    }

    private Change decide(Document stored, Version seen, Caller caller, Function<Attempt, Change> transition) {
        if (isShutOut(stored, caller)) {
            throw new Refusal.Unknown();
        }
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
                stored, Actor.of(caller), key.key(), clock.instant().minus(IdempotencyKey.VALID));
        if (known == null) {
            return false;
        }
        key.requireSame(known);
        return true;
    }

    /** A repeated change is a look at what became of it, and logged as one (DOMAIN P14). */
    private Attempt again(Document stored, Caller caller) {
        var attempt = documents.attempt(stored);
        accessLog.record(entry(attempt, AccessEntry.Action.READ, caller));
        return attempt;
    }

    /** As it was read: no update is lost to a race. */
    private static Bson unchanged(Document stored) {
        return and(
                eq("_id", stored.get("_id")),
                eq("version", stored.getLong("version")),
                eq("sequence", stored.getLong("sequence")));
    }

    private Bson update(Change change, @Nullable IdempotencyKey key, Caller caller) {
        return combine(
                new Document("$set", documents.changes(change.next())),
                pushEach("history", List.of(documents.history(change, key))),
                pushEach(Message.FIELD, messages(change, caller)));
    }

    private List<Document> messages(Change change, Caller caller) {
        var entry = entry(change.next(), AccessEntry.Action.CHANGE, caller);
        return List.of(
                events.message(change).toDocument(), accessLog.message(entry).toDocument());
    }

    /** An entry of the access log. */
    static AccessEntry entry(Attempt it, AccessEntry.Action action, Caller caller) {
        return entry(it, action, new AccessEntry.Resource("attempt", it.id()), caller);
    }

    /** The same, of what belongs to an attempt. */
    public static AccessEntry entry(
            Attempt it, AccessEntry.Action action, AccessEntry.Resource resource, Caller caller) {
        return AccessEntry.granted(
                caller, action, List.of(it.client()), resource, it.legalBasis().name());
    }

    private List<AttemptRow> rows(List<Bson> filter, String order, Paging paging) {
        var all = new ArrayList<>(filter);
        var after = paging.after();
        if (after != null) {
            all.add(gt(order, after.bytes()));
        }
        return collection
                .find(and(all))
                .projection(exclude(AttemptDocuments.NOT_FOR_LISTS))
                .sort(ascending(order))
                .limit(paging.limit() + 1)
                .map(stored -> documents.row(stored, order))
                .into(new ArrayList<>());
    }

    private <Q extends Enum<Q>> Map<Q, Long> counts(Bson side, String field, Set<Q> queues) {
        var byName = queues.stream().collect(Collectors.toMap(Enum::name, Function.identity()));
        var counts = new TreeMap<Q, Long>();
        collection
                .aggregate(List.of(
                        match(and(side, in(field, byName.keySet()))),
                        group("$" + field, Accumulators.sum("count", 1L))))
                .forEach(row ->
                        counts.put(Objects.requireNonNull(byName.get(row.getString("_id"))), row.getLong("count")));
        return counts;
    }

    private List<Attempt> oldestFirst(FindIterable<Document> found) {
        return found.sort(ascending("_id")).map(documents::attempt).into(new ArrayList<>());
    }

    private static Document visible(FindIterable<Document> one, Caller caller) {
        var stored = found(one);
        if (isShutOut(stored, caller)) {
            throw new Refusal.Unknown();
        }
        return stored;
    }

    /** Whose it is, if it is there at all; for the log of looks that were refused. */
    Optional<UUID> clientOf(UUID id) {
        return Optional.ofNullable(collection
                .find(eq("_id", id))
                .projection(new Document("client", 1))
                .map(it -> it.get("client", UUID.class))
                .first());
    }

    /** Someone of the receiver who knows the client: to them it is not there any more (DOMAIN T22). */
    private static boolean isShutOut(Document stored, Caller caller) {
        return stored.getList("excluded", UUID.class).contains(caller.person())
                && !caller.organisation()
                        .equals(stored.get("sender", Document.class).get("organisation"));
    }

    private static Bson concerning(UUID id, Caller caller) {
        var organisation = caller.organisation();
        return and(eq("_id", id), or(eq("sender.organisation", organisation), eq("receiver", organisation)));
    }

    private static Document found(FindIterable<Document> one) {
        return Optional.ofNullable(one.first()).orElseThrow(Refusal.Unknown::new);
    }
}
