package nl.wijkschakel.referral.attempt;

import static java.util.Objects.requireNonNull;
import static nl.wijkschakel.referral.attempt.AttemptFixture.TERMS;
import static nl.wijkschakel.referral.attempt.AttemptFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import nl.wijkschakel.kit.TimeOrderedIds;
import nl.wijkschakel.kit.access.AccessLog;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.event.Events;
import nl.wijkschakel.kit.mongo.Transactions;
import nl.wijkschakel.kit.outbox.Message;
import nl.wijkschakel.kit.seal.Vault;
import nl.wijkschakel.kit.web.Version;
import nl.wijkschakel.referral.Person;
import nl.wijkschakel.referral.Profile;
import nl.wijkschakel.referral.ServiceTest;
import nl.wijkschakel.referral.TestClock;
import nl.wijkschakel.referral.calendar.WorkingDays;
import nl.wijkschakel.referral.clock.Clockwork;
import nl.wijkschakel.referral.directory.Urgency;
import nl.wijkschakel.servers.MongoServer;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** In a database of its own, for the clock rings whatever is due. Monday 2 March at ten each attempt is sent. */
class AttemptClockTest extends ServiceTest {

    private static final int ALL = 1000;
    private static final Duration HALF_A_DAY = Duration.ofHours(12);

    private final Caller sender = Person.somebodyOf(UUID.randomUUID()).caller();
    private final Caller receiver = Person.somebodyOf(UUID.randomUUID()).caller();

    private final Vault vault;
    private final Events events;
    private final MongoDatabase own;
    private final Transactions transactions;
    private final Attempts attempts;
    private final AttemptClock clocks;

    @Autowired
    AttemptClockTest(MongoClient mongo, Vault vault, Events events, TestClock clock) {
        this.vault = vault;
        this.events = events;
        this.own = mongo.getDatabase(MongoServer.ofTests().emptyDatabase(AttemptClockTest.class));
        own.getCollection(Attempts.COLLECTION)
                .createIndexes(new AttemptIndexes().indexesOfAttempts().indexes());
        this.transactions = new Transactions(mongo);
        this.attempts = new Attempts(own, transactions, vault, events, new AccessLog(own, events, clock), clock);
        this.clocks = new AttemptClock(own, events, clock);
    }

    @Test
    void nothingIsToldBeforeItIsDue() {
        var id = newOne();
        clock.set(at("2026-03-05T00:00").minusMillis(1));
        assertThat(clocks.raise(ALL).found()).isZero();
        clock.set(at("2026-03-05T00:00"));
        assertThat(clocks.raise(ALL).found()).isEqualTo(1);
        assertThat(told(id)).containsExactly("sent", "receipt-overdue");
    }

    /** Nobody acts: each is told once, and the attempt stays as it was. */
    @Test
    void itTellsEachThingOnceAndClosesNothing() {
        var id = newOne();
        for (var moment = NOW; moment.isBefore(NOW.plus(Duration.ofDays(60))); moment = moment.plus(HALF_A_DAY)) {
            clock.set(moment);
            clocks.raise(ALL);
        }
        assertThat(told(id))
                .containsExactly("sent", "receipt-overdue", "decision-reminder", "decision-overdue", "escalated");
        var stored = stored(id);
        assertThat(stored.getString("status")).isEqualTo("SENT");
        assertThat(stored.getBoolean("open")).isTrue();
        assertThat(stored.getList("history", Document.class)).hasSize(1);
        assertThat(stored.getLong("version")).as("no open form becomes stale").isEqualTo(1);
        assertThat(stored.getLong("sequence")).isEqualTo(5);
    }

    @Test
    void anEventSaysWhoseTurnItIsAndWhichTermItTellsOf() {
        var id = claimedOne();
        clock.set(at("2026-03-09T08:00"));
        clocks.raise(ALL);
        var event = messages(id).getLast();
        assertThat(event.path("type").stringValue()).isEqualTo("nl.wijkschakel.attempt.decision-reminder");
        assertThat(event.path("time").stringValue()).isEqualTo("2026-03-09T07:00:00Z");
        assertThat(event.path("sequence").stringValue()).isEqualTo("3");
        assertThat(event.at("/data/turn").stringValue()).isEqualTo("RECEIVER");
        assertThat(event.at("/data/term").stringValue()).isEqualTo("2026-03-09T23:00:00Z");
        assertThat(event.at("/data/status").stringValue()).isEqualTo("IN_REVIEW");
        assertThat(event.at("/data/receiverAccess").stringValue()).isEqualTo("SHARED");
        assertThat(event.at("/data/receiver/worker").stringValue())
                .isEqualTo(receiver.person().toString());
        assertThat(event.at("/data").has("by")).as("nobody did it").isFalse();
    }

    /** It tells the whole truth of an attempt, as a change would. */
    @Test
    void whatAClockTellsOfAnAttemptIsWhatAChangeTellsOfIt() {
        var due = Due.atEnd(Alarm.ESCALATION, NOW, Action.Side.RECEIVER);
        var read = own.getCollection("read");
        vault.createKey(AttemptFixture.sent().referral());
        for (var status : Status.values()) {
            var attempt = AttemptFixture.in(status);
            read.drop();
            read.insertOne(new AttemptDocuments(vault).fields(attempt));
            var told = new AttemptEvents(events);
            var byClock = data(told.message(due, requireNonNull(read.find().first()), 9, NOW));
            var byPerson = data(told.message("escalated", attempt, 9, AttemptFixture.BRAM, NOW));
            assertThat(byClock.remove("turn")).isNotNull();
            assertThat(byClock.remove("term")).isNotNull();
            assertThat(byPerson.remove("by")).isNotNull();
            assertThat(byClock).as(status.name()).isEqualTo(byPerson);
        }
    }

    private ObjectNode data(Message message) {
        return (ObjectNode) json.readTree(message.body()).path("data");
    }

    /** Only what is still of use: no reminder of a term that is over. */
    @Test
    void afterAWeekOfStandstillWhatPassedIsToldOnce() {
        var id = newOne();
        clock.set(at("2026-03-11T09:00"));
        clocks.raise(ALL);
        assertThat(told(id)).containsExactly("sent", "receipt-overdue", "decision-overdue");
        clocks.raise(ALL);
        assertThat(told(id)).hasSize(3);
        change(id, Action.CLAIM, receiver);
        clocks.raise(ALL);
        assertThat(told(id))
                .as("nor after the claim")
                .containsExactly("sent", "receipt-overdue", "decision-overdue", "claimed");
    }

    @Test
    void whatSomebodyDidInTimeIsNotToldOf() {
        var id = claimedOne();
        change(id, Action.ACCEPT, receiver);
        clock.set(at("2026-03-05T07:59"));
        assertThat(clocks.raise(ALL).found()).isZero();
        change(id, Action.START, receiver);
        clock.set(at("2026-04-30T12:00"));
        assertThat(clocks.raise(ALL).found()).isZero();
        assertThat(stored(id).get("alarmAt")).as("out of the index").isNull();
    }

    @Test
    void theReferrersFollowUpEndsWhatAnEndAskedOfThem() {
        var id = claimedOne();
        change(id, Action.RETURN, receiver);
        transactions.inOne(session -> {
            attempts.followUp(session, attempts.get(id, sender).referral());
            return true;
        });
        clock.set(at("2026-04-30T12:00"));
        assertThat(clocks.raise(ALL).found()).isZero();
    }

    @Test
    void twoLeadersAtOnceDoNoHarm() throws Exception {
        var ids = IntStream.range(0, 60).mapToObj(_ -> newOne()).toList();
        clock.set(at("2026-03-30T09:00"));
        var barrier = new CyclicBarrier(3);
        try (var threads = Executors.newFixedThreadPool(3)) {
            var all = new ArrayList<Future<Clockwork.Round>>();
            for (int i = 0; i < 3; i++) {
                var leader = new AttemptClock(own, events, clock);
                all.add(threads.submit(() -> {
                    barrier.await();
                    return leader.raise(ALL);
                }));
            }
            for (var each : all) {
                assertThat(each.get().failed()).isZero();
            }
        }
        assertThat(ids).allSatisfy(id -> {
            assertThat(told(id)).containsExactly("sent", "receipt-overdue", "decision-overdue", "escalated");
            assertThat(messages(id))
                    .extracting(it -> it.path("sequence").stringValue())
                    .containsExactly("1", "2", "3", "4");
        });
    }

    /** The clock and a person at the same moment: both are stored, one after the other. */
    @Test
    void aChangeAtTheSameMomentIsNotLost() throws Exception {
        var ids = IntStream.range(0, 40).mapToObj(_ -> newOne()).toList();
        clock.set(at("2026-03-11T09:00"));
        var barrier = new CyclicBarrier(2);
        try (var threads = Executors.newFixedThreadPool(2)) {
            var clocked = threads.submit(() -> {
                barrier.await();
                return clocks.raise(ALL);
            });
            var claimed = threads.submit(() -> {
                barrier.await();
                ids.forEach(id -> change(id, Action.CLAIM, receiver));
                return true;
            });
            assertThat(claimed.get()).isTrue();
            assertThat(clocked.get().failed()).isZero();
        }
        clocks.raise(ALL);
        assertThat(ids).allSatisfy(id -> {
            assertThat(stored(id).getString("status")).isEqualTo("IN_REVIEW");
            assertThat(told(id)).contains("claimed", "decision-overdue").doesNotHaveDuplicates();
            assertThat(messages(id))
                    .extracting(it -> it.path("sequence").stringValue())
                    .isSorted()
                    .doesNotHaveDuplicates();
        });
    }

    @Test
    void whoeverGoesOnAfterAKilledOneTellsTheRest() {
        var ids = IntStream.range(0, 7).mapToObj(_ -> newOne()).toList();
        clock.set(at("2026-03-05T09:00"));
        assertThat(clocks.raise(3)).isEqualTo(new Clockwork.Round(3, 0)); // and then it is gone
        assertThat(ids.stream().filter(id -> told(id).size() == 2)).hasSize(3);
        var heir = new AttemptClock(own, events, clock);
        assertThat(heir.raise(3).found()).isEqualTo(3);
        assertThat(heir.raise(3).found()).isEqualTo(1);
        assertThat(ids).allSatisfy(id -> assertThat(told(id)).containsExactly("sent", "receipt-overdue"));
    }

    /** Killed between the write and the sending, say: state and event are one write, so neither is there alone. */
    @Test
    void aWriteThatFailsTellsNothingAndIsTriedAgain() {
        var id = newOne();
        clock.set(at("2026-03-05T09:00"));
        own.runCommand(new Document("collMod", Attempts.COLLECTION)
                .append("validator", new Document("sequence", new Document("$lt", 2))));
        try {
            assertThat(clocks.raise(ALL)).isEqualTo(new Clockwork.Round(1, 1));
        } finally {
            own.runCommand(new Document("collMod", Attempts.COLLECTION).append("validator", new Document()));
        }
        assertThat(told(id)).containsExactly("sent");
        assertThat(clocks.raise(ALL).found()).as("it stands back").isZero();
        clock.pass(AttemptClock.PUT_OFF);
        assertThat(clocks.raise(ALL)).isEqualTo(new Clockwork.Round(1, 0));
        assertThat(told(id)).containsExactly("sent", "receipt-overdue");
    }

    /** Such as an alarm of a later release, after going back to this one. */
    @Test
    void whatIsBrokenDoesNotHoldUpTheOthers() {
        var broken = newOne();
        var others = IntStream.range(0, 3).mapToObj(_ -> newOne()).toList();
        own.getCollection(Attempts.COLLECTION)
                .updateOne(
                        Filters.eq("_id", broken),
                        Updates.combine(
                                Updates.set("alarms.0.alarm", "OF_A_LATER_RELEASE"),
                                Updates.set("alarmAt", at("2026-03-03T00:00"))));
        clock.set(at("2026-03-05T09:00"));
        assertThat(clocks.raise(1)).isEqualTo(new Clockwork.Round(1, 1));
        assertThat(clocks.raise(ALL)).isEqualTo(new Clockwork.Round(3, 0));
        assertThat(others).allSatisfy(id -> assertThat(told(id)).containsExactly("sent", "receipt-overdue"));
    }

    @Test
    void whereTheDatabaseIsAwayTheRoundBreaksOff() {
        newOne();
        clock.set(at("2026-03-05T09:00"));
        own.runCommand(new Document("collMod", Attempts.COLLECTION)
                .append("validator", new Document("nothing", new Document("$exists", true))));
        try {
            assertThatExceptionOfType(MongoWriteException.class).isThrownBy(() -> clocks.raise(ALL));
        } finally {
            own.runCommand(new Document("collMod", Attempts.COLLECTION).append("validator", new Document()));
        }
    }

    @Test
    void whatIsDueAndNotToldIsCounted() {
        assertThat(clocks.overdue()).isEqualTo(Clockwork.Overdue.NOTHING);
        newOne();
        newOne();
        clock.set(at("2026-03-05T09:00"));
        assertThat(clocks.overdue()).isEqualTo(new Clockwork.Overdue(2, at("2026-03-05T00:00")));
        clocks.raise(ALL);
        assertThat(clocks.overdue()).isEqualTo(Clockwork.Overdue.NOTHING);
    }

    /** One whose content was destroyed still has terms, and its clock opens nothing. */
    @Test
    void nothingSealedIsOpened() {
        var id = newOne();
        own.getCollection(Attempts.COLLECTION)
                .updateOne(Filters.eq("_id", id), Updates.combine(Updates.unset("sealed"), Updates.unset("core")));
        clock.set(at("2026-03-05T09:00"));
        assertThat(clocks.raise(ALL)).isEqualTo(new Clockwork.Round(1, 0));
        assertThat(told(id)).containsExactly("sent", "receipt-overdue");
    }

    @Test
    void theClockIsReadFromItsIndexAndNoFurtherThanItIsDue() {
        IntStream.range(0, 30).forEach(_ -> newOne());
        clock.set(at("2026-03-05T09:00"));
        IntStream.range(0, 30).forEach(_ -> newOne());
        try (var profile = new Profile(own)) {
            clocks.raise(10);
            var query = profile.last(Attempts.COLLECTION, "alarmAt");
            assertThat(query.getString("planSummary")).isEqualTo("IXSCAN { alarmAt: 1 }");
            assertThat(query.getBoolean("hasSortStage", false)).isFalse();
            assertThat(query.getInteger("keysExamined")).isLessThanOrEqualTo(11);
            assertThat(query.getInteger("docsExamined")).isLessThanOrEqualTo(10);
        }
    }

    private UUID newOne() {
        var referral = TimeOrderedIds.next();
        vault.createKey(referral);
        var born = AttemptFixture.born(
                TimeOrderedIds.next(),
                referral,
                Urgency.ROUTINE,
                sender.organisation(),
                receiver.organisation(),
                request(List.of("Rust")));
        var another = new Attempt.New(
                born.id(),
                born.number(),
                referral,
                UUID.randomUUID(), // of each client one at a service
                born.municipality(),
                born.sender(),
                born.service(),
                born.receiver(),
                born.theme(),
                born.urgency(),
                born.legalBasis(),
                born.core(),
                born.mayBeForwarded(),
                born.request());
        transactions.inOne(session -> {
            attempts.add(session, Attempt.send(another, Actor.of(sender), clock.instant(), TERMS), sender);
            return true;
        });
        return another.id();
    }

    private UUID claimedOne() {
        var id = newOne();
        change(id, Action.CLAIM, receiver);
        return id;
    }

    private void change(UUID id, Action action, Caller by) {
        var version = new Version(stored(id).getLong("version"));
        attempts.change(id, version, null, by, it -> AttemptFixture.act(action, it, Actor.of(by), clock.instant()));
    }

    private Document stored(UUID id) {
        return requireNonNull(own.getCollection(Attempts.COLLECTION)
                .find(Filters.eq("_id", id))
                .first());
    }

    private List<JsonNode> messages(UUID id) {
        return outbox(stored(id), AttemptEvents.TOPIC);
    }

    private List<String> told(UUID id) {
        return messages(id).stream()
                .map(it -> it.path("type").stringValue().substring("nl.wijkschakel.attempt.".length()))
                .toList();
    }

    private static Instant at(String inAmsterdam) {
        return LocalDateTime.parse(inAmsterdam).atZone(WorkingDays.ZONE).toInstant();
    }
}
