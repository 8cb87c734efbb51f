package nl.wijkschakel.referral.attempt;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import nl.wijkschakel.kit.event.Events;
import nl.wijkschakel.kit.outbox.Message;
import nl.wijkschakel.referral.attempt.Action.Side;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Tells the others what became of an attempt: ids and routing attributes, never the client (DOMAIN P13; contracts/). */
final class AttemptEvents {

    static final String TOPIC = "referral.events.v1";

    /** The fields of a stored attempt that an event is made of. */
    static final List<String> STORED = List.of(
            "referral",
            "status",
            "municipality",
            "service",
            "urgency",
            "sender",
            "receiver",
            "worker",
            "receiverAccess",
            "readableUntil",
            "excluded",
            "deadline");

    /**
     * @param by absent where a clock did it
     * @param turn who has to act; with {@code term}, the end of the term that a clock tells of
     */
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
            @Nullable By by,
            @Nullable Instant deadline,
            @Nullable Side turn,
            @Nullable Instant term) {}

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
                it.deadline(),
                null,
                null);
        return message(name, data, sequence, at);
    }

    /** What a clock tells, from what is stored plainly: nobody did it. */
    Message message(Due due, Document stored, long sequence, Instant at) {
        var worker = AttemptDocuments.worker(stored);
        var data = new Data(
                AttemptDocuments.id(stored, "_id"),
                AttemptDocuments.id(stored, "referral"),
                Status.valueOf(stored.getString("status")),
                stored.getString("municipality"),
                AttemptDocuments.id(stored, "service"),
                stored.getString("urgency"),
                AttemptDocuments.sender(stored),
                new Receiver(AttemptDocuments.id(stored, "receiver"), worker == null ? null : worker.person()),
                Status.Access.valueOf(stored.getString("receiverAccess")),
                AttemptDocuments.optional(stored, "readableUntil"),
                Set.copyOf(stored.getList("excluded", UUID.class)),
                null,
                AttemptDocuments.optional(stored, "deadline"),
                due.turn(),
                due.term());
        return message(due.alarm().event(), data, sequence, at);
    }

    private Message message(String name, Data data, long sequence, Instant at) {
        var id = data.attempt();
        return events.message(TOPIC, "nl.wijkschakel.attempt." + name, id, sequence, "/v1/attempts/" + id, data, at);
    }
}
