package nl.wijkschakel.client.grant;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import nl.wijkschakel.kit.event.Event;
import nl.wijkschakel.kit.event.Events;
import nl.wijkschakel.kit.event.Intake;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Repairs grants from what attempts tell, where the put that should have come at once did not (DESIGN §2.7). */
@Component
class AttemptEventListener {

    static final String TOPIC = "referral.events.v1";
    static final String GROUP = "client-service-grants";

    private static final Logger log = LoggerFactory.getLogger(AttemptEventListener.class);
    private static final String ATTEMPT_EVENTS = "nl.wijkschakel.attempt.";

    /** What is used of an attempt's event. */
    record Data(
            @Nullable Access receiverAccess,
            @Nullable Instant accessUntil,
            @Nullable Set<UUID> excludedWorkers,
            @Nullable Set<Integer> withoutCompanions) {}

    private final Grants grants;
    private final Events events;
    private final Intake intake;
    private final Counter closed;

    AttemptEventListener(Grants grants, Events events, Intake intake, MeterRegistry metrics) {
        this.grants = grants;
        this.events = events;
        this.intake = intake;
        this.closed = Counter.builder("wijkschakel.grants.closed")
                .description("Grants closed because an event of their attempt could not be read: look at once")
                .register(metrics);
    }

    @KafkaListener(id = GROUP, topics = TOPIC)
    void onEvents(List<ConsumerRecord<String, String>> records) {
        var states = new ArrayList<GrantState>();
        for (var record : records) {
            var read = intake.read(List.of(record), this::state);
            if (read.isEmpty()) {
                // what came before it in this batch must not open again what is closed here
                grants.repair(states);
                states.clear();
                close(record);
            } else {
                read.getFirst().ifPresent(states::add);
            }
        }
        grants.repair(states);
    }

    /** Empty for an event of something else than an attempt. */
    Optional<GrantState> state(Event event) {
        if (!event.type().startsWith(ATTEMPT_EVENTS)) {
            return Optional.empty();
        }
        var data = events.data(event, Data.class);
        if (data == null || data.receiverAccess() == null) {
            throw new Events.Unreadable("receiverAccess");
        }
        var excluded = new HashSet<UUID>();
        for (var worker : Objects.requireNonNullElse(data.excludedWorkers(), Set.<@Nullable UUID>of())) {
            if (worker == null) {
                throw new Events.Unreadable("excludedWorkers");
            }
            excluded.add(worker);
        }
        var without = new HashSet<Integer>();
        for (var place : Objects.requireNonNullElse(data.withoutCompanions(), Set.<@Nullable Integer>of())) {
            if (place == null) {
                throw new Events.Unreadable("withoutCompanions");
            }
            without.add(place);
        }
        return Optional.of(new GrantState(
                event.subject(), data.receiverAccess(), event.sequence(), data.accessUntil(), excluded, without));
    }

    /** Nobody knows what the event said; so the receiver sees nothing until the next one. */
    private void close(ConsumerRecord<String, String> record) {
        try {
            var attempt = UUID.fromString(String.valueOf(record.key()));
            if (grants.close(attempt)) {
                closed.increment();
                log.error("The grant of attempt {} is closed: an event of it cannot be read", attempt);
            }
        } catch (IllegalArgumentException _) {
            // it names no attempt, so no grant hangs on it; the dead letter itself is listed
        }
    }
}
