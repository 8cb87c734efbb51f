package nl.wijkschakel.notification.webhook;

import com.mongodb.MongoException;
import com.mongodb.client.MongoDatabase;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import nl.wijkschakel.kit.caller.Role;
import nl.wijkschakel.kit.mongo.Lease;
import nl.wijkschakel.notification.notification.Notification;
import nl.wijkschakel.notification.notification.Notifications;
import nl.wijkschakel.notification.notification.Recipient;
import nl.wijkschakel.notification.notification.Recipient.RoleAnywhere;
import nl.wijkschakel.notification.notification.Recipient.RoleAtOrganisation;
import nl.wijkschakel.notification.notification.StableId;
import nl.wijkschakel.notification.notification.Subject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes deliveries to their targets. Each target has a thread and a lease of its own, so that one that is slow holds up no
 * other and each is served by one replica at a time; and the events of each attempt go one after the other. A replica that
 * dies leaves what it had in hand to the next: it goes out at least once.
 */
final class Courier implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Courier.class);

    /** Renewed before each delivery, which takes a quarter of it at most. */
    private static final Duration LEASE = Duration.ofMinutes(1);

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final ZoneId HERE = ZoneId.of("Europe/Amsterdam");

    /** So many attempts at once. */
    private static final int LANES = 8;

    private static final int MOST_IN_A_ROW = 20;

    /** Of the notification that a target fails. */
    static final String FAILING = "nl.wijkschakel.subscription.failing";

    private final Subscriptions subscriptions;
    private final Deliveries deliveries;
    private final Messenger messenger;
    private final Notifications notifications;
    private final MongoDatabase database;
    private final Clock clock;
    private final Counter delivered;
    private final Counter dead;
    private final Map<UUID, Lease> leases = new ConcurrentHashMap<>();
    private final Set<UUID> busy = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean closing;

    Courier(
            Subscriptions subscriptions,
            Deliveries deliveries,
            Messenger messenger,
            Notifications notifications,
            MongoDatabase database,
            Clock clock,
            MeterRegistry metrics) {
        this.subscriptions = subscriptions;
        this.deliveries = deliveries;
        this.messenger = messenger;
        this.notifications = notifications;
        this.database = database;
        this.clock = clock;
        this.delivered = Counter.builder("wijkschakel.deliveries.taken")
                .description("Deliveries that a subscriber's system took")
                .register(metrics);
        this.dead = Counter.builder("wijkschakel.deliveries.dead")
                .description("Deliveries that were given up after days")
                .register(metrics);
    }

    /** Begins to serve each target that something is due for; never more to do at once, since targets' threads go on. */
    boolean round() {
        long given = deliveries.giveUp();
        if (given > 0) {
            log.error("{} deliveries to subscribers were given up", given);
            dead.increment((double) given);
        }
        var seen = new HashSet<>(busy);
        for (var next = deliveries.nextDue(seen); next.isPresent(); next = deliveries.nextDue(seen)) {
            var subscription = next.get();
            seen.add(subscription);
            var lease = leases.computeIfAbsent(subscription, it -> new Lease(database, "webhook " + it, LEASE));
            if (lease.hold() && busy.add(subscription)) {
                threads.execute(() -> serve(subscription, lease));
            }
        }
        return false;
    }

    /** Whether nothing is under way. */
    boolean rests() {
        return busy.isEmpty();
    }

    private void serve(UUID subscription, Lease lease) {
        try {
            boolean more = true;
            while (more && !closing && lease.hold()) {
                more = served(subscription, lease);
            }
            lease.release();
        } catch (MongoException e) {
            log.warn("Deliveries wait: {}", e.getClass().getSimpleName());
        } catch (RuntimeException e) {
            // the next round tries again, whatever it is
            log.error("Deliveries wait", e);
        } finally {
            busy.remove(subscription);
        }
    }

    /** Whether there may be more that is due. */
    private boolean served(UUID id, Lease lease) {
        var found = subscriptions.find(id);
        if (found.isEmpty()) {
            deliveries.forget(id);
            leases.remove(id);
            return false;
        }
        var subscription = found.get();
        var now = clock.instant();
        var breaker = subscription.breaker();
        if (breaker.openUntil() != null && breaker.isOpen(now)) {
            deliveries.postpone(id, breaker.openUntil());
            return false;
        }
        boolean probing = breaker.isProbing(now);
        var attempts = deliveries.dueAttempts(id, probing ? 1 : LANES);
        var lanes = attempts.stream()
                .map(attempt -> threads.submit(() -> run(subscription, attempt, lease, probing ? 1 : MOST_IN_A_ROW)))
                .toList();
        lanes.forEach(Courier::join);
        return !attempts.isEmpty();
    }

    private static void join(Future<?> lane) {
        try {
            lane.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException it ? it : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The events of one attempt, one after the other, until one is not taken. */
    private void run(Subscription subscription, UUID attempt, Lease lease, int most) {
        for (int count = 0; count < most && !closing && lease.hold(); count++) {
            var first = deliveries.first(subscription.id(), attempt);
            if (first.isEmpty()) {
                return;
            }
            var delivery = first.get();
            if (delivery.due().isAfter(clock.instant())) {
                deliveries.holdUp(delivery, delivery.due());
                return;
            }
            switch (messenger.send(subscription.target(), delivery, clock.instant())) {
                case Messenger.Outcome.Taken _ -> taken(delivery);
                case Messenger.Outcome.NotTaken it -> {
                    notTaken(subscription, delivery, it.why());
                    return;
                }
            }
        }
    }

    private void taken(Delivery delivery) {
        deliveries.delivered(delivery);
        subscriptions.worked(delivery.subscription());
        delivered.increment();
    }

    private void notTaken(Subscription subscription, Delivery delivery, String why) {
        deliveries.putOff(delivery, why);
        subscriptions.failed(subscription.id()).ifPresent(until -> {
            log.warn("A subscriber's system is left alone until {}: {}", until, why);
            deliveries.postpone(subscription.id(), until);
            tell(subscription);
        });
    }

    /** Once a day, however often it fails; the moment is stored first, so a crash in between makes no second. */
    private void tell(Subscription subscription) {
        var today =
                LocalDate.ofInstant(clock.instant(), HERE).atStartOfDay(HERE).toInstant();
        var at = subscriptions.told(subscription.id(), today);
        var event = StableId.of(at, subscription.id(), FAILING.getBytes(StandardCharsets.UTF_8));
        var recipients = List.<Recipient>of(
                new RoleAtOrganisation(subscription.organisation(), Role.COORDINATOR),
                new RoleAnywhere(Role.FUNCTIONAL_ADMIN));
        notifications.plan(recipients.stream()
                .map(it -> Notification.of(event, FAILING, Subject.ofSubscription(subscription.id()), it, null, at))
                .toList());
    }

    /** What is under way ends; what is left is the next one's. */
    @Override
    public void close() {
        closing = true;
        threads.shutdown();
        try {
            if (!threads.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
