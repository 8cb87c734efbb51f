package nl.wijkschakel.kit.event;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Takes a batch of records in: what can never be handled goes to the dead letters and stops nothing; an outage is thrown
 * on, and the whole batch comes again (DESIGN §2.4).
 */
public final class Intake {

    private final Events events;
    private final DeadLetters deadLetters;

    Intake(Events events, DeadLetters deadLetters) {
        this.events = events;
        this.deadLetters = deadLetters;
    }

    /** Each record as the consumer needs it, in order. {@code read} throws {@link Events.Unreadable} for what it cannot take. */
    public <T> List<T> read(List<ConsumerRecord<String, String>> records, Function<Event, T> read) {
        var taken = new ArrayList<T>(records.size());
        for (var record : records) {
            try {
                taken.add(read.apply(events.read(record.value())));
            } catch (Events.Unreadable e) {
                deadLetters.add(record, String.valueOf(e.getMessage()));
            }
        }
        return taken;
    }
}
