package nl.wijkschakel.referral.attempt;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Projections.include;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import nl.wijkschakel.referral.attempt.Action.Side;
import nl.wijkschakel.referral.attempt.Status.ReceiverQueue;
import nl.wijkschakel.referral.attempt.Status.SenderQueue;
import nl.wijkschakel.referral.directory.Theme;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What became of attempts, for figures: codes and moments only, nothing sealed is opened. */
@Component
public class Courses {

    /** An expectation that was given longer ago is old (DOMAIN T7). */
    private static final Duration OLD_EXPECTATION = Duration.ofDays(30);

    private static final Bson FIELDS = include(
            "client",
            "service",
            "sender.team",
            "theme",
            "createdAt",
            "decisionDue",
            "outcomeTold",
            "history.action",
            "history.at",
            "history.to",
            "history.reason");

    /**
     * @param outcomeTold whether the referrer may know the outcome (DOMAIN T12)
     * @param steps oldest first
     */
    public record Course(
            UUID client,
            UUID service,
            UUID team,
            Theme theme,
            Instant sentAt,
            Instant decisionDue,
            boolean outcomeTold,
            List<Step> steps) {}

    /** @param reason a code, such as why it was returned or how it ended */
    public record Step(
            Action action, Instant at, Status to, @Nullable String reason) {}

    /**
     * Who waits now.
     *
     * @param contactDue for whom somebody should have been in touch by now
     * @param expectationOld whose expected wait was told more than 30 days ago
     */
    public record Waiting(long all, long contactDue, long expectationOld) {}

    private final MongoCollection<Document> collection;
    private final Clock clock;

    Courses(MongoDatabase database, Clock clock) {
        this.collection = database.getCollection(Attempts.COLLECTION);
        this.clock = clock;
    }

    /** Of one organisation, on one of its sides, sent from the one moment up to the other. */
    public void of(UUID organisation, Side side, Instant from, Instant until, Consumer<Course> each) {
        read(eq(field(side), organisation), from, until, each);
    }

    /** Of one municipality. */
    public void of(String municipality, Instant from, Instant until, Consumer<Course> each) {
        read(eq("municipality", municipality), from, until, each);
    }

    public Waiting waiting(UUID organisation, Side side) {
        var queue = side == Side.SENDER
                ? in("senderQueue", SenderQueue.WAITLIST.name())
                : in("receiverQueue", ReceiverQueue.WAITLIST.name());
        var now = clock.instant();
        var old = now.minus(OLD_EXPECTATION);
        long all = 0;
        long contactDue = 0;
        long expectationOld = 0;
        for (var each : collection
                .find(and(eq(field(side), organisation), queue))
                .projection(include("waitingContactDue", "expectationGivenAt"))) {
            all++;
            contactDue += isBefore(each.getDate("waitingContactDue"), now);
            expectationOld += isBefore(each.getDate("expectationGivenAt"), old);
        }
        return new Waiting(all, contactDue, expectationOld);
    }

    private static long isBefore(@Nullable Date date, Instant moment) {
        return date != null && date.toInstant().isBefore(moment) ? 1 : 0;
    }

    private void read(Bson whose, Instant from, Instant until, Consumer<Course> each) {
        collection
                .find(and(whose, gte("createdAt", from), lt("createdAt", until)))
                .projection(FIELDS)
                .forEach(it -> each.accept(course(it)));
    }

    private static String field(Side side) {
        return side == Side.SENDER ? "sender.organisation" : "receiver";
    }

    private static Course course(Document stored) {
        return new Course(
                id(stored, "client"),
                id(stored, "service"),
                id(stored.get("sender", Document.class), "team"),
                Theme.valueOf(stored.getString("theme")),
                moment(stored, "createdAt"),
                moment(stored, "decisionDue"),
                stored.getBoolean("outcomeTold", false),
                stored.getList("history", Document.class).stream()
                        .map(Courses::step)
                        .toList());
    }

    private static Step step(Document entry) {
        return new Step(
                Action.valueOf(entry.getString("action")),
                moment(entry, "at"),
                Status.valueOf(entry.getString("to")),
                entry.getString("reason"));
    }

    private static UUID id(Document stored, String field) {
        return Objects.requireNonNull(stored.get(field, UUID.class), field);
    }

    private static Instant moment(Document stored, String field) {
        return Objects.requireNonNull(stored.getDate(field), field).toInstant();
    }
}
