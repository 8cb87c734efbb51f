package nl.wijkschakel.client.accesslog;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import nl.wijkschakel.client.accesslog.AccessChain.Logged;
import nl.wijkschakel.kit.access.AccessEntry;
import nl.wijkschakel.kit.access.AccessLog;
import nl.wijkschakel.kit.event.Event;
import nl.wijkschakel.kit.event.Events;
import nl.wijkschakel.kit.event.Intake;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Takes in what all services logged. A partition comes to one consumer at a time, and is one chain. */
@Component
class AccessEventListener {

    static final String GROUP = "client-service-access-log";

    private final AccessChain chain;
    private final Events events;
    private final Intake intake;

    AccessEventListener(AccessChain chain, Events events, Intake intake) {
        this.chain = chain;
        this.events = events;
        this.intake = intake;
    }

    @KafkaListener(id = GROUP, topics = AccessLog.TOPIC)
    void onEntries(List<ConsumerRecord<String, String>> records) {
        records.stream()
                .collect(Collectors.groupingBy(ConsumerRecord::partition, LinkedHashMap::new, Collectors.toList()))
                .forEach((partition, its) -> chain.append(partition, intake.read(its, this::logged)));
    }

    Logged logged(Event event) {
        if (!event.type().equals(AccessLog.TYPE)) {
            throw new Events.Unreadable("type");
        }
        var entry = events.data(event, AccessEntry.class);
        if (!isWhole(entry)) {
            throw new Events.Unreadable("data");
        }
        return new Logged(event, entry);
    }

    /** Nothing of it is certain before it was looked at: it comes from outside. */
    private static boolean isWhole(AccessEntry entry) {
        return entry != null
                && entry.person() != null
                && entry.action() != null
                && entry.clients() != null
                && !new HashSet<@Nullable UUID>(entry.clients()).contains(null)
                && entry.resource() != null
                && entry.resource().kind() != null
                && entry.purpose() != null
                && entry.result() != null;
    }
}
