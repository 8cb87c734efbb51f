package nl.wijkschakel.referral.note;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Projections.exclude;
import static com.mongodb.client.model.Sorts.descending;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import nl.wijkschakel.kit.TimeOrderedIds;
import nl.wijkschakel.kit.access.AccessEntry;
import nl.wijkschakel.kit.access.AccessLog;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.mongo.Creations;
import nl.wijkschakel.kit.mongo.Transactions;
import nl.wijkschakel.kit.outbox.Message;
import nl.wijkschakel.kit.outbox.OutboxSource;
import nl.wijkschakel.kit.seal.Vault;
import nl.wijkschakel.kit.web.IdempotencyKey;
import nl.wijkschakel.kit.web.Paging;
import nl.wijkschakel.kit.web.Refusal;
import nl.wijkschakel.referral.attempt.Action.Side;
import nl.wijkschakel.referral.attempt.Actor;
import nl.wijkschakel.referral.attempt.Attempt;
import nl.wijkschakel.referral.attempt.Attempts;
import nl.wijkschakel.referral.attempt.Worker;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** All notes, sealed under the key of the attempt's referral. The side is part of each query; who is of it, the attempt says. */
@Component
class Notes {

    static final String COLLECTION = "notes";

    private record Made(Note note, boolean before) {}

    private final MongoCollection<Document> collection;
    private final Creations creations;
    private final Transactions transactions;
    private final Vault vault;
    private final AccessLog accessLog;
    private final Clock clock;

    Notes(MongoDatabase database, Transactions transactions, Vault vault, AccessLog accessLog, Clock clock) {
        this.collection = database.getCollection(COLLECTION);
        this.creations = new Creations(collection, clock);
        this.transactions = transactions;
        this.vault = vault;
        this.accessLog = accessLog;
        this.clock = clock;
    }

    /** The same request again is a look at what it made, and logged as one (DOMAIN P14). */
    Note add(Attempt of, String text, @Nullable IdempotencyKey key, Caller caller) {
        var made = transactions.inOne(session -> creations
                .made(session, key, caller)
                .map(it -> new Made(note(it), true))
                .orElseGet(() -> new Made(insert(session, of, text, key, caller), false)));
        if (made.before()) {
            accessLog.record(entry(AccessEntry.Action.READ, made.note().id(), of, caller));
        }
        return made.note();
    }

    private Note insert(ClientSession session, Attempt of, String text, @Nullable IdempotencyKey key, Caller caller) {
        var by = Actor.of(caller);
        var note = new Note(
                TimeOrderedIds.next(),
                of.id(),
                of.speaksFor(by),
                new Worker(by.person(), by.name()),
                text,
                clock.instant());
        var entry = accessLog.message(entry(AccessEntry.Action.CREATE, note.id(), of, caller));
        var document = document(note, of.referral()).append(Message.FIELD, List.of(entry.toDocument()));
        collection.insertOne(session, creations.by(document, key, caller));
        return note;
    }

    /** Newest first. */
    List<Note> of(UUID attempt, Side side, Paging paging) {
        var after = paging.after();
        var all = ofSide(attempt, side);
        return collection
                .find(after == null ? all : and(all, lt("_id", after.id())))
                .projection(exclude("creation", Message.FIELD))
                .sort(descending("_id"))
                .limit(paging.limit() + 1)
                .map(this::note)
                .into(new ArrayList<>());
    }

    /** @throws Refusal.Unknown when it is not there, or the other side's */
    Note get(UUID id, UUID attempt, Side side) {
        var stored = collection.find(and(eq("_id", id), ofSide(attempt, side))).first();
        return Optional.ofNullable(stored).map(this::note).orElseThrow(Refusal.Unknown::new);
    }

    /** What is left says that it went, until that is sent. */
    void delete(Note note, Attempt of, Caller caller) {
        var entry = accessLog.message(entry(AccessEntry.Action.DELETE, note.id(), of, caller));
        var rest = new Document("_id", note.id())
                .append(OutboxSource.GONE, true)
                .append(Message.FIELD, List.of(entry.toDocument()));
        var there = and(eq("_id", note.id()), ofSide(note.attempt(), note.side()));
        if (collection.replaceOne(there, rest).getMatchedCount() == 0) {
            throw new Refusal.Unknown(); // somebody was faster
        }
    }

    private static Bson ofSide(UUID attempt, Side side) {
        return and(eq("attempt", attempt), eq("side", side.name()));
    }

    private static AccessEntry entry(AccessEntry.Action action, UUID note, Attempt of, Caller caller) {
        return Attempts.entry(of, action, new AccessEntry.Resource("note", note), caller);
    }

    private Document document(Note it, UUID referral) {
        return new Document("_id", it.id())
                .append("attempt", it.attempt())
                .append("side", it.side().name())
                .append("referral", referral)
                .append(
                        "by",
                        new Document("person", it.by().person())
                                .append("name", it.by().name()))
                .append("at", it.at())
                .append("sealed", vault.seal(referral, it.text()));
    }

    private Note note(Document stored) {
        var by = stored.get("by", Document.class);
        return new Note(
                id(stored, "_id"),
                id(stored, "attempt"),
                Side.valueOf(stored.getString("side")),
                new Worker(id(by, "person"), by.getString("name")),
                vault.open(stored.get("sealed", Binary.class), String.class),
                stored.getDate("at").toInstant());
    }

    private static UUID id(Document stored, String field) {
        return Objects.requireNonNull(stored.get(field, UUID.class), field);
    }
}
