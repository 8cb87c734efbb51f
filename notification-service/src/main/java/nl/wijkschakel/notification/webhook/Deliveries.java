package nl.wijkschakel.notification.webhook;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.nin;
import static com.mongodb.client.model.Indexes.ascending;
import static com.mongodb.client.model.Indexes.compoundIndex;
import static com.mongodb.client.model.Indexes.descending;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;

import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import nl.wijkschakel.kit.mongo.Indexed;
import nl.wijkschakel.kit.web.Cursor;
import nl.wijkschakel.kit.web.Page;
import nl.wijkschakel.kit.web.Paging;
import nl.wijkschakel.kit.web.Refusal;
import nl.wijkschakel.notification.notification.StableId;
import nl.wijkschakel.notification.webhook.Subscriptions.Listener;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * What is to go to subscribers, and what became of it: a stored schedule that every replica works by. The order of an
 * attempt's events is that of {@code sequence}; only the first that waits may go out.
 */
final class Deliveries {

    static final String COLLECTION = "deliveries";

    /** So long a delivery is tried, from the first try on. */
    static final Duration TRIED = Duration.ofDays(3);

    /** So long it waits for a first try: longer, so that what waited for an earlier event has its turn when that is given up. */
    private static final Duration UNTRIED = TRIED.plusDays(1);

    /** Longer than an event may be read again after; planning it anew then finds that it went out. */
    private static final Duration KEPT = Duration.ofDays(30);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);
    private static final int MOST_DOUBLINGS = 10;

    /** So many are looked at to find attempts that something is due for. */
    private static final int LOOKED_AT = 200;

    private static final String ID = "_id";
    private static final String SUBSCRIPTION = "subscription";
    private static final String ATTEMPT = "attempt";
    private static final String SEQUENCE = "sequence";
    private static final String STATE = "state";
    private static final String DUE = "due";
    private static final String GIVE_UP_AT = "giveUpAt";
    private static final String FAILURE = "failure";

    private static final Bson BY_DUE = ascending(DUE, SUBSCRIPTION);
    private static final Bson BY_SUBSCRIPTION_AND_DUE = ascending(SUBSCRIPTION, DUE);
    private static final Bson IN_ORDER = ascending(SUBSCRIPTION, ATTEMPT, SEQUENCE, ID);
    private static final Bson BY_GIVING_UP = ascending(GIVE_UP_AT);
    private static final Bson LIST = compoundIndex(ascending(SUBSCRIPTION), descending(ID));
    private static final Bson LIST_OF_STATE = compoundIndex(ascending(SUBSCRIPTION, STATE), descending(ID));

    private final MongoCollection<Document> deliveries;
    private final Clock clock;

    Deliveries(MongoDatabase database, Clock clock) {
        this.deliveries = database.getCollection(COLLECTION);
        this.clock = clock;
    }

    static Indexed indexes() {
        return new Indexed(
                COLLECTION,
                List.of(
                        new IndexModel(BY_DUE, whatWaits()),
                        new IndexModel(BY_SUBSCRIPTION_AND_DUE, whatWaits()),
                        new IndexModel(IN_ORDER, whatWaits()),
                        new IndexModel(BY_GIVING_UP, whatWaits()),
                        new IndexModel(LIST),
                        new IndexModel(LIST_OF_STATE),
                        new IndexModel(ascending("until"), new IndexOptions().expireAfter(0L, TimeUnit.SECONDS))));
    }

    private static IndexOptions whatWaits() {
        return new IndexOptions().partialFilterExpression(is(DeliveryState.WAITING));
    }

    /** An event that somebody subscribed to. */
    record Planned(RoutedEvent routed, Listener to, String body) {}

    /** Planning the same again changes nothing. In order: a later event of an attempt is never there before an earlier one. */
    void plan(List<Planned> planned) {
        if (planned.isEmpty()) {
            return;
        }
        var now = clock.instant();
        var writes = planned.stream()
                .map(it -> new UpdateOneModel<Document>(
                        eq(ID, id(it)),
                        new Document("$setOnInsert", document(it, now)),
                        new UpdateOptions().upsert(true)))
                .toList();
        deliveries.bulkWrite(writes, new BulkWriteOptions().ordered(true));
    }

    private static UUID id(Planned it) {
        var event = it.routed().event();
        return StableId.of(event.time(), event.id(), StableId.bytes(it.to().id()));
    }

    private static Document document(Planned it, Instant now) {
        var notBefore = it.to().notBefore();
        return new Document(SUBSCRIPTION, it.to().id())
                .append(ATTEMPT, it.routed().routing().attempt())
                .append(SEQUENCE, it.routed().event().sequence())
                .append("type", it.routed().event().type())
                .append("body", it.body())
                .append(STATE, DeliveryState.WAITING.name())
                .append("at", now)
                .append(DUE, notBefore != null && notBefore.isAfter(now) ? notBefore : now)
                .append("tries", 0)
                .append(GIVE_UP_AT, now.plus(UNTRIED))
                .append("until", now.plus(KEPT));
    }

    /** The subscription for which something has been due for longest, apart from those. */
    Optional<UUID> nextDue(Collection<UUID> apart) {
        return Optional.ofNullable(deliveries
                        .find(and(waiting(), lte(DUE, clock.instant()), nin(SUBSCRIPTION, apart)))
                        .projection(include(SUBSCRIPTION))
                        .sort(BY_DUE)
                        .hint(BY_DUE)
                        .first())
                .map(it -> it.get(SUBSCRIPTION, UUID.class));
    }

    /** Attempts for which something is due, those that wait longest first. */
    List<UUID> dueAttempts(UUID subscription, int most) {
        var attempts = new LinkedHashSet<UUID>();
        findDue(subscription).forEach(it -> attempts.add(Objects.requireNonNull(it.get(ATTEMPT, UUID.class))));
        return attempts.stream().limit(most).toList();
    }

    /** Seen apart by the test that looks at how the database finds it. */
    FindIterable<Document> findDue(UUID subscription) {
        return deliveries
                .find(and(waiting(), eq(SUBSCRIPTION, subscription), lte(DUE, clock.instant())))
                .projection(include(ATTEMPT))
                .sort(BY_SUBSCRIPTION_AND_DUE)
                .hint(BY_SUBSCRIPTION_AND_DUE)
                .limit(LOOKED_AT);
    }

    /** The one that may go out next, due or not. */
    Optional<Delivery> first(UUID subscription, UUID attempt) {
        return Optional.ofNullable(findFirst(subscription, attempt).first()).map(Delivery::of);
    }

    FindIterable<Document> findFirst(UUID subscription, UUID attempt) {
        return deliveries
                .find(and(waiting(), eq(SUBSCRIPTION, subscription), eq(ATTEMPT, attempt)))
                .sort(IN_ORDER)
                .hint(IN_ORDER)
                .limit(1);
    }

    void delivered(Delivery it) {
        deliveries.updateOne(
                and(eq(ID, it.id()), waiting()),
                combine(
                        set(STATE, DeliveryState.DELIVERED.name()),
                        set("deliveredAt", clock.instant()),
                        unset(FAILURE)));
    }

    /** Is tried again, later each time, and what comes after it for the same attempt waits for it. */
    void putOff(Delivery it, String why) {
        var now = clock.instant();
        var due = now.plus(pause(it.tries() + 1));
        var failed = combine(set(DUE, due), inc("tries", 1), set(FAILURE, why));
        deliveries.updateOne(
                and(eq(ID, it.id()), waiting()),
                it.tries() == 0 ? combine(failed, set(GIVE_UP_AT, now.plus(TRIED))) : failed);
        holdUp(it, due);
    }

    /** What comes after it need not be looked at before it. */
    void holdUp(Delivery first, Instant due) {
        deliveries.updateMany(
                and(waiting(), eq(SUBSCRIPTION, first.subscription()), eq(ATTEMPT, first.attempt()), lt(DUE, due)),
                set(DUE, due),
                new UpdateOptions().hint(IN_ORDER));
    }

    static Duration pause(int tries) {
        var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(tries - 1, MOST_DOUBLINGS));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    /** Nothing for that target is tried before. */
    void postpone(UUID subscription, Instant until) {
        deliveries.updateMany(
                and(waiting(), eq(SUBSCRIPTION, subscription), lt(DUE, until)),
                set(DUE, until),
                new UpdateOptions().hint(BY_SUBSCRIPTION_AND_DUE));
    }

    /** All that waits for that target is tried at once. */
    void hurry(UUID subscription) {
        deliveries.updateMany(
                and(waiting(), eq(SUBSCRIPTION, subscription)),
                set(DUE, clock.instant()),
                new UpdateOptions().hint(BY_SUBSCRIPTION_AND_DUE));
    }

    /** What was tried for too long becomes a dead letter. */
    long giveUp() {
        return deliveries
                .updateMany(
                        and(waiting(), lte(GIVE_UP_AT, clock.instant())),
                        set(STATE, DeliveryState.DEAD.name()),
                        new UpdateOptions().hint(BY_GIVING_UP))
                .getModifiedCount();
    }

    /** With its subscription. */
    void forget(UUID subscription) {
        deliveries.deleteMany(eq(SUBSCRIPTION, subscription));
    }

    /** Whose it is. */
    Optional<UUID> subscription(UUID id) {
        return Optional.ofNullable(deliveries
                        .find(eq(ID, id))
                        .projection(include(SUBSCRIPTION))
                        .first())
                .map(it -> it.get(SUBSCRIPTION, UUID.class));
    }

    /** Goes out once more, at once. */
    void resend(UUID id) {
        var now = clock.instant();
        var again = deliveries.updateOne(
                eq(ID, id),
                combine(
                        set(STATE, DeliveryState.WAITING.name()),
                        set(DUE, now),
                        set("tries", 0),
                        set(GIVE_UP_AT, now.plus(UNTRIED)),
                        set("until", now.plus(KEPT)),
                        unset(FAILURE),
                        unset("deliveredAt")));
        if (again.getMatchedCount() == 0) {
            throw new Refusal.Unknown();
        }
    }

    /** Newest first. */
    Page<Delivery.View> page(UUID subscription, @Nullable DeliveryState state, Paging paging) {
        var found = find(subscription, state, paging).map(Delivery.View::of).into(new ArrayList<>());
        return Page.of(found, paging.limit(), last -> new Cursor(0, last.id()));
    }

    FindIterable<Document> find(UUID subscription, @Nullable DeliveryState state, Paging paging) {
        var all = eq(SUBSCRIPTION, subscription);
        var asked = state == null ? all : and(all, is(state));
        var after = paging.after();
        return deliveries
                .find(after == null ? asked : and(asked, lt(ID, after.id())))
                .sort(descending(ID))
                .hint(state == null ? LIST : LIST_OF_STATE)
                .limit(paging.limit() + 1);
    }

    /** How long the delivery is overdue that waits longest. */
    Duration oldest() {
        return Optional.ofNullable(deliveries
                        .find(and(waiting(), lte(DUE, clock.instant())))
                        .sort(BY_DUE)
                        .hint(BY_DUE)
                        .first())
                .map(it -> Duration.between(it.getDate(DUE).toInstant(), clock.instant()))
                .orElse(Duration.ZERO);
    }

    private static Bson waiting() {
        return is(DeliveryState.WAITING);
    }

    private static Bson is(DeliveryState state) {
        return eq(STATE, state.name());
    }
}
