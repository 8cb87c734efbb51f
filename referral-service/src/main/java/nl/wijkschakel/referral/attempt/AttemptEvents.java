package nl.wijkschakel.referral.attempt;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import nl.wijkschakel.kit.event.Events;
import nl.wijkschakel.kit.outbox.Message;
import org.jspecify.annotations.Nullable;

/** Tells the others what became of an attempt: ids and routing attributes, never the client (DOMAIN P13; contracts/). */
final class AttemptEvents {

    static final String TOPIC = "referral.events.v1";

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Data(
            UUID attempt,
            UUID referral,
            Status status,
            String municipality,
            UUID service,
            String urgency,
            Sender sender,
            Receiver receiver,
            Status.Access receiverAccess,
            @Nullable Instant accessUntil,
            Set<UUID> excludedWorkers,
            By by,
            @Nullable Instant deadline) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Receiver(UUID organisation, @Nullable UUID worker) {}

    record By(UUID person, UUID organisation) {}

    private final Events events;

    AttemptEvents(Events events) {
        this.events = events;
    }

    Message message(Change change) {
        var it = change.next();
        return message(change.action().event(), it, it.sequence(), change.by(), it.changedAt());
    }

    /** @param name the last part of the type */
    Message message(String name, Attempt it, long sequence, Actor by, Instant at) {
        var worker = it.state().worker();
        var data = new Data(
                it.id(),
                it.referral(),
                it.status(),
                it.municipality(),
                it.service(),
                it.urgency().name(),
                it.sender(),
                new Receiver(it.receiver(), worker == null ? null : worker.person()),
                it.receiverAccess(),
                it.readableUntil(),
                it.excluded(),
                new By(by.person(), by.organisation()),
                it.deadline());
        return events.message(
                TOPIC, "nl.wijkschakel.attempt." + name, it.id(), sequence, "/v1/attempts/" + it.id(), data, at);
    }
}
