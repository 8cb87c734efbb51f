package nl.wijkschakel.notification.webhook;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Indexes.ascending;
import static com.mongodb.client.model.Indexes.compoundIndex;
import static com.mongodb.client.model.Indexes.descending;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;

import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.ReturnDocument;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.mongo.Creations;
import nl.wijkschakel.kit.mongo.Indexed;
import nl.wijkschakel.kit.mongo.Transactions;
import nl.wijkschakel.kit.seal.Vault;
import nl.wijkschakel.kit.web.Cursor;
import nl.wijkschakel.kit.web.IdempotencyKey;
import nl.wijkschakel.kit.web.Page;
import nl.wijkschakel.kit.web.Paging;
import nl.wijkschakel.kit.web.Refusal;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;

/** All subscriptions, and how their targets do: that is stored, since replicas share it. */
final class Subscriptions {

    static final String COLLECTION = "subscriptions";

    /** More than an organisation has systems. */
    private static final int MOST = 20;

    /** All are sealed under one key: they go with their documents. */
    private static final UUID KEY = UUID.nameUUIDFromBytes(new byte[] {'h', 'o', 'o', 'k'});

    private static final String ID = "_id";
    private static final String ORGANISATION = "organisation";
    private static final String VERSION = "version";
    private static final String FAILURES = "failures";
    private static final String OPENINGS = "openings";
    private static final String OPEN_UNTIL = "openUntil";
    private static final String TOLD_AT = "toldAt";
    private static final Bson OF_ORGANISATION = compoundIndex(ascending(ORGANISATION), descending(ID));

    private final MongoCollection<Document> subscriptions;
    private final Creations creations;
    private final Transactions transactions;
    private final Vault vault;
    private final Clock clock;

    Subscriptions(MongoDatabase database, Transactions transactions, Vault vault, Clock clock) {
        this.subscriptions = database.getCollection(COLLECTION);
        this.creations = new Creations(subscriptions, clock);
        this.transactions = transactions;
        this.vault = vault;
        this.clock = clock;
    }

    static Indexed indexes() {
        return new Indexed(COLLECTION, List.of(new IndexModel(OF_ORGANISATION), Creations.index()));
    }

    /** Those of these organisations that an event may be for; their targets stay sealed. */
    List<Listener> of(Collection<UUID> organisations) {
        return subscriptions
                .find(in(ORGANISATION, organisations))
                .map(Subscriptions::listener)
                .into(new ArrayList<>());
    }

    /** @param notBefore when its target may be tried again */
    record Listener(
            UUID id,
            UUID organisation,
            Filters filters,
            Instant since,
            @Nullable Instant notBefore) {}

    private static Listener listener(Document stored) {
        return new Listener(
                id(stored),
                Objects.requireNonNull(stored.get(ORGANISATION, UUID.class)),
                Filters.of(stored.get("filters", Document.class)),
                stored.getDate("since").toInstant(),
                instant(stored.getDate(OPEN_UNTIL)));
    }

    /** @return what is there already where the same request made it before */
    Subscription add(Subscription added, @Nullable IdempotencyKey key, Caller caller) {
        vault.createKey(KEY);
        return transactions.inOne(session -> {
            var made = creations.made(session, key, caller);
            if (made.isPresent()) {
                return subscription(made.get());
            }
            if (subscriptions.countDocuments(session, eq(ORGANISATION, added.organisation())) >= MOST) {
                throw new Refusal.Conflict(
                        "too-many-subscriptions",
                        "Uw organisatie heeft al " + MOST + " abonnementen. Verwijder er eerst een.",
                        "",
                        Map.of());
            }
            var document = document(added).append(FAILURES, 0).append(OPENINGS, 0);
            subscriptions.insertOne(session, creations.by(document, key, caller));
            return added;
        });
    }

    /** @throws Refusal.Stale when somebody else was first */
    void change(Subscription next) {
        var changed = document(next);
        changed.remove(ID);
        var found = subscriptions.updateOne(
                and(eq(ID, next.id()), eq(VERSION, next.version() - 1)), new Document("$set", changed));
        if (found.getMatchedCount() == 0) {
            throw new Refusal.Stale();
        }
    }

    void delete(Subscription seen) {
        var found = subscriptions.deleteOne(and(eq(ID, seen.id()), eq(VERSION, seen.version())));
        if (found.getDeletedCount() == 0) {
            throw new Refusal.Stale();
        }
    }

    Optional<Subscription> find(UUID id) {
        return Optional.ofNullable(subscriptions.find(eq(ID, id)).first()).map(this::subscription);
    }

    /** Newest first. */
    Page<Subscription> page(UUID organisation, Paging paging) {
        var found = find(organisation, paging).map(this::subscription).into(new ArrayList<>());
        return Page.of(found, paging.limit(), last -> new Cursor(0, last.id()));
    }

    FindIterable<Document> find(UUID organisation, Paging paging) {
        var mine = eq(ORGANISATION, organisation);
        var after = paging.after();
        return subscriptions
                .find(after == null ? mine : and(mine, lt(ID, after.id())))
                .sort(descending(ID))
                .hint(OF_ORGANISATION)
                .limit(paging.limit() + 1);
    }

    /** Its target took a delivery. */
    void worked(UUID id) {
        subscriptions.updateOne(
                and(eq(ID, id), gt(FAILURES, 0)), combine(set(FAILURES, 0), set(OPENINGS, 0), unset(OPEN_UNTIL)));
    }

    /** Its target did not. Until when it is left alone, where this one opens the breaker. */
    Optional<Instant> failed(UUID id) {
        var after = subscriptions.findOneAndUpdate(
                eq(ID, id), inc(FAILURES, 1), new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER));
        if (after == null) {
            return Optional.empty();
        }
        var now = clock.instant();
        var breaker = breaker(after);
        if (!breaker.isProbing(now)) {
            return Optional.empty();
        }
        var until = breaker.nextOpenUntil(now);
        var opened = subscriptions.updateOne(
                and(eq(ID, id), or(eq(OPEN_UNTIL, null), lte(OPEN_UNTIL, now))),
                combine(set(OPEN_UNTIL, until), inc(OPENINGS, 1)));
        return opened.getModifiedCount() == 1 ? Optional.of(until) : Optional.empty();
    }

    /** When people were told today that its target fails: now, unless they were before. */
    Instant told(UUID id, Instant startOfDay) {
        subscriptions.updateOne(
                and(eq(ID, id), or(eq(TOLD_AT, null), lt(TOLD_AT, startOfDay))), set(TOLD_AT, clock.instant()));
        return Optional.ofNullable(subscriptions.find(eq(ID, id)).first())
                .map(it -> it.getDate(TOLD_AT))
                .map(Date::toInstant)
                .orElseGet(clock::instant);
    }

    private Document document(Subscription it) {
        return new Document(ID, it.id())
                .append(ORGANISATION, it.organisation())
                .append(VERSION, it.version())
                .append("channel", Subscription.CHANNEL)
                .append("sealed", vault.seal(KEY, it.target()))
                .append("filters", it.filters().stored())
                .append("since", it.since());
    }

    private Subscription subscription(Document stored) {
        return new Subscription(
                id(stored),
                Objects.requireNonNull(stored.get(ORGANISATION, UUID.class)),
                stored.getLong(VERSION),
                vault.open(stored.get("sealed", Binary.class), Target.class),
                Filters.of(stored.get("filters", Document.class)),
                stored.getDate("since").toInstant(),
                breaker(stored));
    }

    private static Breaker breaker(Document stored) {
        return new Breaker(
                stored.getInteger(FAILURES), stored.getInteger(OPENINGS), instant(stored.getDate(OPEN_UNTIL)));
    }

    private static UUID id(Document stored) {
        return Objects.requireNonNull(stored.get(ID, UUID.class));
    }

    private static @Nullable Instant instant(@Nullable Date date) {
        return date == null ? null : date.toInstant();
    }
}
