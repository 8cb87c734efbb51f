package nl.wijkschakel.referral.attempt;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.pushEach;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.CountOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import nl.wijkschakel.kit.event.Events;
import nl.wijkschakel.kit.outbox.Message;
import nl.wijkschakel.referral.clock.Clockwork;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Rings the alarms of attempts: one write each, that holds only if the attempt is as it was read. The sequence rises by
 * each event and the version stays, so that no open form becomes stale (DESIGN §2.2).
 */
@Component
class AttemptClock implements Clockwork {

    private static final Logger log = LoggerFactory.getLogger(AttemptClock.class);

    /** What fails stands back for so long, so that it does not hold up the others. */
    static final Duration PUT_OFF = Duration.ofHours(1);

    private static final List<String> READ = Stream.concat(
                    AttemptEvents.STORED.stream(),
                    Stream.of("version", "sequence", AlarmDocuments.ALARMS, AlarmDocuments.AT))
            .toList();

    private final MongoCollection<Document> collection;
    private final AttemptEvents events;
    private final Clock clock;

    AttemptClock(MongoDatabase database, Events events, Clock clock) {
        this.collection = database.getCollection(Attempts.COLLECTION);
        this.events = new AttemptEvents(events);
        this.clock = clock;
    }

    @Override
    public String name() {
        return "attempts";
    }

    @Override
    public Round raise(int most) {
        var now = clock.instant();
        var due = collection
                .find(dueAt(now))
                .projection(include(READ))
                .sort(ascending(AlarmDocuments.AT))
                .limit(most)
                .into(new ArrayList<>());
        int failed = 0;
        for (var attempt : due) {
            failed += raise(attempt, now) ? 0 : 1;
        }
        return new Round(due.size(), failed);
    }

    private boolean raise(Document attempt, Instant now) {
        try {
            collection.updateOne(unchanged(attempt), ring(attempt, now));
            return true;
        } catch (RuntimeException e) {
            // whatever is wrong with it, the others' terms pass too; is it the database, then this fails as well
            log.error(
                    "The clock of attempt {} is put off: {}",
                    attempt.get("_id"),
                    e.getClass().getSimpleName());
            collection.updateOne(unchanged(attempt), set(AlarmDocuments.AT, now.plus(PUT_OFF)));
            return false;
        }
    }

    private Bson ring(Document attempt, Instant now) {
        var alarms = AlarmDocuments.alarms(attempt);
        var ringing = alarms.stream().filter(it -> it.isDue(now)).toList();
        var quiet = alarms.stream().filter(it -> !it.isDue(now)).toList();
        var updates = new ArrayList<Bson>();
        updates.add(new Document("$set", AlarmDocuments.set(quiet)));
        ringing.forEach(it -> updates.add(set(AlarmDocuments.RUNG + "." + it.alarm(), it.term())));
        var messages = messages(
                attempt, ringing.stream().filter(it -> it.isWorthTelling(now)).toList(), now);
        updates.add(inc("sequence", (long) messages.size()));
        updates.add(pushEach(Message.FIELD, messages));
        return combine(updates);
    }

    private List<Document> messages(Document attempt, List<Due> told, Instant now) {
        var messages = new ArrayList<Document>();
        long sequence = attempt.getLong("sequence");
        for (var due : told) {
            sequence++;
            messages.add(events.message(due, attempt, sequence, now).toDocument());
        }
        return messages;
    }

    @Override
    public Overdue overdue() {
        var due = dueAt(clock.instant());
        var oldest = collection
                .find(due)
                .projection(include(AlarmDocuments.AT))
                .sort(ascending(AlarmDocuments.AT))
                .first();
        return oldest == null
                ? Overdue.NOTHING
                : new Overdue(
                        collection.countDocuments(due, new CountOptions().limit(Overdue.MOST)),
                        oldest.getDate(AlarmDocuments.AT).toInstant());
    }

    /** The lower bound lets the index be used, which holds only what has an alarm. */
    private static Bson dueAt(Instant now) {
        return and(gt(AlarmDocuments.AT, Instant.EPOCH), lte(AlarmDocuments.AT, now));
    }

    private static Bson unchanged(Document attempt) {
        return and(
                eq("_id", attempt.get("_id")),
                eq("version", attempt.getLong("version")),
                eq("sequence", attempt.getLong("sequence")),
                eq(AlarmDocuments.AT, attempt.getDate(AlarmDocuments.AT)));
    }
}
