package nl.wijkschakel.referral.attempt;

import static nl.wijkschakel.referral.attempt.AttemptFixture.TERMS;
import static nl.wijkschakel.referral.attempt.AttemptFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.model.Filters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nl.wijkschakel.kit.TimeOrderedIds;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.mongo.Transactions;
import nl.wijkschakel.kit.seal.Vault;
import nl.wijkschakel.kit.web.Cursor;
import nl.wijkschakel.kit.web.IdempotencyKey;
import nl.wijkschakel.kit.web.Page;
import nl.wijkschakel.kit.web.Paging;
import nl.wijkschakel.kit.web.Refusal;
import nl.wijkschakel.kit.web.Version;
import nl.wijkschakel.referral.Person;
import nl.wijkschakel.referral.Profile;
import nl.wijkschakel.referral.Raw;
import nl.wijkschakel.referral.ServiceTest;
import nl.wijkschakel.referral.attempt.AttemptState.PutBackReason;
import nl.wijkschakel.referral.attempt.Question.Reply;
import nl.wijkschakel.referral.attempt.Status.ReceiverQueue;
import nl.wijkschakel.referral.attempt.Status.SenderQueue;
import nl.wijkschakel.referral.directory.LegalBasis;
import nl.wijkschakel.referral.directory.Theme;
import nl.wijkschakel.referral.directory.Urgency;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class AttemptsTest extends ServiceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Autowired
    Attempts attempts;

    @Autowired
    Transactions transactions;

    @Autowired
    Vault vault;

    @Autowired
    MongoClient mongo;

    private final Caller sender = Person.somebodyOf(UUID.randomUUID()).caller();
    private final Caller receiver = Person.somebodyOf(UUID.randomUUID()).caller();

    // one write

    @Test
    void losesNoUpdateToARace() throws Exception {
        var id = stored(Urgency.ROUTINE);
        var claims = atOnce(8, () -> change(id, 1, receiver, it -> it.claim(Actor.of(receiver), clock.instant())));
        assertThat(claims.stream().filter(AttemptsTest::isDone)).hasSize(1);
        assertThat(claims.stream().filter(it -> it.state() == Future.State.FAILED))
                .hasSize(7)
                .allMatch(it -> it.exceptionNow() instanceof Refusal.Stale);
        assertThat(history(id)).extracting(it -> it.getString("action")).containsExactly("SEND", "CLAIM");
        assertThat(storedAttempt(id).getLong("version")).isEqualTo(2);
    }

    /** Each looks, decides and stores, and looks again when it was too late: so all are stored, one after the other. */
    @Test
    void allOfManyChangesAreStoredInOrder() throws Exception {
        var id = stored(Urgency.ROUTINE);
        change(id, 1, receiver, it -> it.claim(Actor.of(receiver), clock.instant()));
        var rounds = atOnce(6, () -> {
            for (int done = 0; done < 5; ) {
                var seen = attempts.get(id, receiver);
                try {
                    change(id, seen.version(), receiver, this::askOrAnswer);
                    done++;
                } catch (Refusal.Stale _) {
                    // another was faster
                }
            }
            return true;
        });
        assertThat(rounds).allMatch(AttemptsTest::isDone);
        var after = storedAttempt(id);
        assertThat(after.getLong("version")).isEqualTo(32);
        assertThat(after.getLong("sequence")).isEqualTo(32);
        assertThat(history(id)).hasSize(32);
        assertThat(outbox(after, AttemptEvents.TOPIC).stream()
                        .map(it -> it.path("sequence").stringValue()))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 32).mapToObj(String::valueOf).toList());
    }

    private Change askOrAnswer(Attempt it) {
        var now = clock.instant();
        return it.status() == Status.IN_REVIEW
                ? it.ask("Wat?", "Daarom", Actor.of(receiver), now, TERMS)
                : it.answer(new Reply.Answer("Dit", "Anna", now), Actor.of(receiver), now, TERMS);
    }

    @Test
    void aStaleVersionChangesNothing() {
        var id = stored(Urgency.ROUTINE);
        assertThatExceptionOfType(Refusal.Stale.class)
                .isThrownBy(() -> change(id, 2, receiver, it -> it.claim(Actor.of(receiver), clock.instant())));
        assertThat(history(id)).hasSize(1);
    }

    /** An event of a clock, say, moves the sequence alone: the change is decided again and stored. */
    @Test
    void whereOnlyTheSequenceMovedItIsDecidedAgain() {
        var id = stored(Urgency.ROUTINE);
        var decided = new ArrayList<Long>();
        var changed = change(id, 1, receiver, it -> {
            decided.add(it.sequence());
            if (decided.size() == 1) {
                database.getCollection(Attempts.COLLECTION)
                        .updateOne(Filters.eq("_id", id), new Document("$inc", new Document("sequence", 1L)));
            }
            return it.claim(Actor.of(receiver), clock.instant());
        });
        assertThat(decided).containsExactly(1L, 2L);
        assertThat(changed.getFirst().sequence()).isEqualTo(3);
        assertThat(storedAttempt(id).getLong("version")).isEqualTo(2);
    }

    @Test
    void stateHistoryEventAndAccessEntryAreOneWrite() {
        var id = stored(Urgency.ROUTINE);
        long before = writes(id);
        change(id, 1, receiver, it -> it.claim(Actor.of(receiver), clock.instant()));
        assertThat(writes(id) - before).isEqualTo(1);
        var after = storedAttempt(id);
        assertThat(after.getString("status")).isEqualTo("IN_REVIEW");
        assertThat(history(id)).hasSize(2);
        assertThat(outbox(after, AttemptEvents.TOPIC))
                .extracting(it -> it.path("type").stringValue())
                .containsExactly("nl.wijkschakel.attempt.sent", "nl.wijkschakel.attempt.claimed");
        var entries = outbox(after, "access-log.v1");
        assertThat(entries)
                .extracting(
                        it -> it.at("/data/action").stringValue(),
                        it -> it.at("/data/organisation").stringValue())
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple(
                                "CHANGE", sender.organisation().toString()),
                        org.assertj.core.api.Assertions.tuple(
                                "CHANGE", receiver.organisation().toString()));
        assertThat(entries.getLast().at("/data/purpose").stringValue()).isEqualTo("WGS");
        assertThat(entries.getLast().at("/data/resource/id").stringValue()).isEqualTo(id.toString());
    }

    /** Update operations on the document, as replicated. */
    private long writes(UUID id) {
        return mongo.getDatabase("local")
                .getCollection("oplog.rs")
                .countDocuments(new Document("ns", database.getName() + "." + Attempts.COLLECTION)
                        .append("op", "u")
                        .append("o2._id", id));
    }

    @Test
    void whatTheDatabaseRefusesChangesNothing() {
        var id = stored(Urgency.ROUTINE);
        var before = storedAttempt(id);
        database.runCommand(new Document("collMod", Attempts.COLLECTION)
                .append("validator", new Document("status", new Document("$ne", "IN_REVIEW"))));
        try {
            assertThatExceptionOfType(com.mongodb.MongoException.class)
                    .isThrownBy(() -> change(id, 1, receiver, it -> it.claim(Actor.of(receiver), clock.instant())));
        } finally {
            database.runCommand(new Document("collMod", Attempts.COLLECTION).append("validator", new Document()));
        }
        assertThat(storedAttempt(id)).isEqualTo(before);
    }

    @Test
    void aHistoryDoesNotGrowWithoutEnd() {
        var id = stored(Urgency.ROUTINE);
        var entry = history(id).getFirst();
        database.getCollection(Attempts.COLLECTION)
                .updateOne(
                        Filters.eq("_id", id),
                        com.mongodb.client.model.Updates.pushEach(
                                "history", java.util.Collections.nCopies(Attempts.LONGEST_HISTORY - 1, entry)));
        assertThatExceptionOfType(Refusal.Conflict.class)
                .isThrownBy(() -> change(id, 1, receiver, it -> it.claim(Actor.of(receiver), clock.instant())))
                .matches(it -> it.type().equals("history-full"));
    }

    // as it was stored

    @Test
    void everyStatusIsReadAsItWasStored() {
        for (var status : Status.values()) {
            var attempt = AttemptFixture.in(status);
            var documents = new AttemptDocuments(vault);
            vault.createKey(attempt.referral());
            assertThat(throughTheDatabase(documents, attempt)).as(status.name()).isEqualTo(attempt);
        }
    }

    private Attempt throughTheDatabase(AttemptDocuments documents, Attempt attempt) {
        var trip = database.getCollection("trip");
        trip.drop();
        trip.insertOne(documents.fields(attempt));
        return documents.attempt(Objects.requireNonNull(trip.find().first()));
    }

    @Test
    void withoutGoalsThereAreNoneRatherThanNothing() {
        var born = new Attempt.New(
                TimeOrderedIds.next(),
                "K7QX-3M9TF",
                UUID.randomUUID(),
                UUID.randomUUID(),
                "9901",
                new Sender(sender.organisation(), UUID.randomUUID(), sender.person()),
                UUID.randomUUID(),
                receiver.organisation(),
                Theme.LONELINESS,
                Urgency.SOON,
                LegalBasis.WMO,
                new Core("unknown", "nl", false, false, false, null),
                true,
                request(List.of()));
        store(born);
        var read = attempts.get(born.id(), receiver);
        assertThat(read.request().goals()).isEmpty();
        assertThat(read.core().postcode4()).isNull();
    }

    @Test
    void nothingThatPeopleWroteOrThatIsOfThePersonIsReadable() {
        var id = stored(Urgency.ROUTINE);
        change(id, 1, receiver, it -> it.claim(Actor.of(receiver), clock.instant()));
        change(
                id,
                2,
                receiver,
                it -> it.ask("Onleesbare vraag", "Onleesbare reden", Actor.of(receiver), clock.instant(), TERMS));
        change(
                id,
                3,
                sender,
                it -> it.answer(
                        new Reply.Answer("Onleesbaar antwoord", null, clock.instant()),
                        Actor.of(sender),
                        clock.instant(),
                        TERMS));
        change(
                id,
                4,
                receiver,
                it -> it.putBack(PutBackReason.OTHER, "Onleesbare opmerking", Actor.of(receiver), clock.instant()));
        for (var word : List.of("Onleesba", "schulden", "Weer slapen", "bewindvoerder", "W-2026-17")) {
            assertThat(Raw.collectionsHolding(word, mongo, database.getName()))
                    .as(word)
                    .doesNotContain(Attempts.COLLECTION);
        }
    }

    @Test
    void theLookForReadableWordsFindsWhatIsThere() {
        database.getCollection("planted")
                .insertOne(new Document("deep", List.of(new Document("in", "Onleesbaarheid"))));
        assertThat(Raw.collectionsHolding("Onleesbaarheid", mongo, database.getName()))
                .containsExactly("planted");
        database.getCollection("planted").drop();
        assertThat(Raw.collectionsHolding(Theme.DEBT_AND_INCOME.name(), mongo, database.getName()))
                .as("what lists and rules look for is plain")
                .contains(Attempts.COLLECTION);
    }

    @Test
    void aDestroyedKeySpoilsNoList() {
        var gone = stored(Urgency.ROUTINE);
        clock.pass(Duration.ofDays(7));
        var kept = stored(Urgency.ROUTINE);
        vault.destroyKey(referralOf(gone));
        await().atMost(PATIENCE).untilAsserted(() -> {
            var rows = inbox(new Inbox(ReceiverQueue.NEW, null, null, null, null), 25);
            assertThat(rows).extracting(AttemptRow::id).containsExactly(gone, kept);
            assertThat(rows.getFirst().core()).isNull();
            assertThat(rows.getLast().core()).isNotNull();
        });
        assertThatExceptionOfType(Vault.Destroyed.class).isThrownBy(() -> attempts.get(gone, receiver));
        assertThatExceptionOfType(Vault.Destroyed.class)
                .isThrownBy(() -> change(gone, 1, receiver, it -> it.claim(Actor.of(receiver), clock.instant())));
    }

    // who sees it

    @Test
    void onlyItsTwoSidesSeeIt() {
        var id = stored(Urgency.ROUTINE);
        assertThat(attempts.get(id, sender).id()).isEqualTo(id);
        assertThat(attempts.get(id, receiver).id()).isEqualTo(id);
        var stranger = Person.somebodyOf(UUID.randomUUID()).caller();
        assertThatExceptionOfType(Refusal.Unknown.class).isThrownBy(() -> attempts.get(id, stranger));
        assertThatExceptionOfType(Refusal.Unknown.class).isThrownBy(() -> attempts.story(id, stranger));
        assertThatExceptionOfType(Refusal.Unknown.class)
                .isThrownBy(() -> change(id, 1, stranger, it -> it.claim(Actor.of(stranger), clock.instant())));
        assertThatExceptionOfType(Refusal.Unknown.class)
                .isThrownBy(() -> attempts.get(TimeOrderedIds.next(), receiver));
    }

    /** DOMAIN T22. */
    @Test
    void whoKnowsTheClientDoesNotFindItAnyMore() {
        var id = stored(Urgency.ROUTINE);
        var colleague = colleagueOf(receiver);
        change(id, 1, receiver, it -> it.claim(Actor.of(receiver), clock.instant()));
        change(
                id,
                2,
                receiver,
                it -> it.putBack(PutBackReason.KNOWS_CLIENT, null, Actor.of(receiver), clock.instant()));
        assertThatExceptionOfType(Refusal.Unknown.class).isThrownBy(() -> attempts.get(id, receiver));
        assertThatExceptionOfType(Refusal.Unknown.class).isThrownBy(() -> attempts.story(id, receiver));
        assertThatExceptionOfType(Refusal.Unknown.class)
                .isThrownBy(() -> change(id, 3, receiver, it -> it.claim(Actor.of(receiver), clock.instant())));
        var newOnes = new Inbox(ReceiverQueue.NEW, null, null, null, null);
        assertThat(attempts.inbox(receiver, List.of(newOnes), new Paging(25, null)))
                .isEmpty();
        assertThat(attempts.inbox(colleague, List.of(newOnes), new Paging(25, null)))
                .hasSize(1);
        assertThat(change(id, 3, colleague, it -> it.claim(Actor.of(colleague), clock.instant())))
                .hasSize(1);
        assertThat(attempts.get(id, sender).status()).isEqualTo(Status.IN_REVIEW);
    }

    // the same request again

    @Test
    void whatIsRequestedAgainIsDoneOnce() {
        var id = stored(Urgency.ROUTINE);
        var key = new IdempotencyKey("once", "fingerprint");
        var first = attempts.change(id, new Version(1), key, receiver, it -> it.claim(Actor.of(receiver), NOW));
        var again = attempts.change(id, new Version(1), key, receiver, _ -> {
            throw new AssertionError("decided again");
        });
        assertThat(again).isEqualTo(first);
        assertThat(history(id)).hasSize(2);
        assertThatExceptionOfType(Refusal.Conflict.class)
                .isThrownBy(() -> attempts.change(
                        id,
                        new Version(2),
                        new IdempotencyKey("once", "another"),
                        receiver,
                        it -> it.claim(Actor.of(receiver), NOW)))
                .matches(it -> it.type().equals("idempotency-key-used"));
    }

    @Test
    void aRepeatedRequestIsALookAndLoggedAsOne() {
        var id = stored(Urgency.ROUTINE);
        var key = new IdempotencyKey("looked", "fingerprint");
        attempts.change(id, new Version(1), key, receiver, it -> it.claim(Actor.of(receiver), NOW));
        assertThat(reads(id)).isZero();
        attempts.change(id, new Version(1), key, receiver, it -> it.claim(Actor.of(receiver), NOW));
        assertThat(reads(id)).isEqualTo(1);
    }

    private long reads(UUID id) {
        return database.getCollection("access_entries").find().into(new ArrayList<>()).stream()
                .flatMap(it -> outbox(it, "access-log.v1").stream())
                .filter(it -> it.at("/data/resource/id").stringValue("").equals(id.toString()))
                .filter(it -> it.at("/data/action").stringValue().equals("READ"))
                .count();
    }

    @Test
    void anothersKeyIsAnotherKey() {
        var id = stored(Urgency.ROUTINE);
        var key = new IdempotencyKey("mine", "fingerprint");
        attempts.change(id, new Version(1), key, receiver, it -> it.claim(Actor.of(receiver), NOW));
        var colleague = colleagueOf(receiver);
        assertThatExceptionOfType(Refusal.Stale.class)
                .isThrownBy(() ->
                        attempts.change(id, new Version(1), key, colleague, it -> it.claim(Actor.of(colleague), NOW)));
    }

    @Test
    void afterADayAKeyIsFree() {
        var id = stored(Urgency.ROUTINE);
        var key = new IdempotencyKey("old", "fingerprint");
        attempts.change(id, new Version(1), key, receiver, it -> it.claim(Actor.of(receiver), clock.instant()));
        clock.pass(Duration.ofHours(24).plusMillis(1));
        assertThatExceptionOfType(Refusal.Stale.class)
                .isThrownBy(() -> attempts.change(
                        id, new Version(1), key, receiver, it -> it.claim(Actor.of(receiver), clock.instant())));
    }

    @Test
    void theSameRequestSeveralTimesAtOnceIsDoneOnce() throws Exception {
        var id = stored(Urgency.CRISIS);
        var key = new IdempotencyKey("claim", "fingerprint");
        assertThat(atOnce(
                        6,
                        () -> attempts.change(
                                id, new Version(1), key, receiver, it -> it.claim(Actor.of(receiver), NOW))))
                .allMatch(AttemptsTest::isDone);
        var accept = new IdempotencyKey("accept", "fingerprint");
        assertThat(atOnce(6, () -> attempts.change(id, new Version(2), accept, receiver, this::accept)))
                .as("in a transaction too")
                .allMatch(AttemptsTest::isDone);
        assertThat(history(id)).hasSize(3);
    }

    /** The request that shut them out may have lost its answer; nothing but that answer is given again. */
    @Test
    void whoShutThemselvesOutIsToldSoAgain() {
        var id = stored(Urgency.ROUTINE);
        change(id, 1, receiver, it -> it.claim(Actor.of(receiver), NOW));
        var key = new IdempotencyKey("back", "fingerprint");
        Function<Attempt, Change> putBack = it -> it.putBack(PutBackReason.KNOWS_CLIENT, null, Actor.of(receiver), NOW);
        attempts.change(id, new Version(2), key, receiver, putBack);
        assertThat(attempts.change(id, new Version(2), key, receiver, putBack)).hasSize(1);
        assertThatExceptionOfType(Refusal.Unknown.class)
                .isThrownBy(
                        () -> attempts.change(id, new Version(3), new IdempotencyKey("other", "x"), receiver, putBack));
    }

    // several attempts of one referral

    /** DOMAIN T6. */
    @Test
    void inACrisisTheFirstAcceptanceWithdrawsTheOthersInOneTransaction() {
        var crisis = crisis(3);
        var taker = crisis.receivers().getFirst();
        claimAll(crisis);
        var changed = attempts.change(
                crisis.attempts().getFirst(),
                new Version(2),
                null,
                taker,
                it -> it.accept(
                        AttemptFixture.CONTACT,
                        AttemptFixture.TODAY,
                        AttemptFixture.TOLD,
                        Actor.of(taker),
                        clock.instant(),
                        TERMS));
        assertThat(changed)
                .extracting(Attempt::status)
                .containsExactly(Status.ACCEPTED, Status.WITHDRAWN, Status.WITHDRAWN);
        for (var other : crisis.attempts().subList(1, 3)) {
            var stored = storedAttempt(other);
            assertThat(stored.getString("status")).isEqualTo("WITHDRAWN");
            assertThat(stored.getString("senderQueue")).isEqualTo("DONE");
            assertThat(outbox(stored, AttemptEvents.TOPIC)
                            .getLast()
                            .path("type")
                            .stringValue())
                    .isEqualTo("nl.wijkschakel.attempt.withdrawn");
            assertThat(outbox(stored, "access-log.v1")).hasSize(3);
        }
        assertThat(stored("referrals", crisis.referral()).getLong("version"))
                .as("a sending that goes on at the same moment is too late")
                .isEqualTo(2);
        assertThat(transactionsOver(crisis.attempts())).isEqualTo(1);
    }

    /** Transactions that changed all of these. */
    private long transactionsOver(List<UUID> ids) {
        return mongo.getDatabase("local")
                .getCollection("oplog.rs")
                .countDocuments(Filters.and(ids.stream()
                        .map(id -> Filters.elemMatch("o.applyOps", Filters.eq("o2._id", id)))
                        .toList()));
    }

    @Test
    void ofTwoAcceptancesAtOnceOneWins() throws Exception {
        for (int round = 0; round < 10; round++) {
            var crisis = crisis(2);
            claimAll(crisis);
            var barrier = new CyclicBarrier(2);
            var both = all(IntStream.range(0, 2)
                    .<Callable<List<Attempt>>>mapToObj(i -> () -> {
                        barrier.await();
                        var by = crisis.receivers().get(i);
                        return attempts.change(
                                crisis.attempts().get(i), new Version(2), null, by, it -> accept(it, by));
                    })
                    .toList());
            assertThat(both.stream().filter(AttemptsTest::isDone)).hasSize(1);
            assertThat(both.stream().filter(it -> it.state() == Future.State.FAILED))
                    .allMatch(it -> it.exceptionNow() instanceof Refusal.Stale);
            assertThat(crisis.attempts().stream().map(it -> storedAttempt(it).getString("status")))
                    .containsExactlyInAnyOrder("ACCEPTED", "WITHDRAWN");
        }
    }

    @Test
    void withoutACrisisAcceptingLeavesOthersAlone() {
        var two = severalOf(Urgency.ROUTINE, 2);
        claimAll(two);
        var by = two.receivers().getFirst();
        attempts.change(two.attempts().getFirst(), new Version(2), null, by, it -> accept(it, by));
        assertThat(storedAttempt(two.attempts().getLast()).getString("status")).isEqualTo("IN_REVIEW");
        attempts.change(two.attempts().getFirst(), new Version(3), null, by, it -> start(it, by));
        assertThat(storedAttempt(two.attempts().getLast()).getString("status"))
                .as("help began elsewhere")
                .isEqualTo("WITHDRAWN");
    }

    /** DOMAIN T8, T10. */
    @Test
    void t8HelpFromTheWaitlistIsRefusedWhileAnotherAttemptIsOpen() {
        var two = severalOf(Urgency.ROUTINE, 2);
        claimAll(two);
        var first = two.receivers().getFirst();
        var second = two.receivers().getLast();
        change(two.attempts().getFirst(), 2, first, it -> waitlist(it, first));
        for (var help : List.<Function<Attempt, Change>>of(it -> accept(it, first), it -> start(it, first))) {
            assertThatExceptionOfType(Refusal.Conflict.class)
                    .isThrownBy(() -> change(two.attempts().getFirst(), 3, first, help))
                    .matches(it -> it.type().equals("another-open"));
        }
        assertThat(storedAttempt(two.attempts().getFirst()).getString("status"))
                .as("nothing half done")
                .isEqualTo("WAITLISTED");
        assertThat(stored("referrals", two.referral()).getLong("version")).isEqualTo(1);
        change(
                two.attempts().getLast(),
                2,
                second,
                it -> AttemptFixture.act(Action.RETURN, it, Actor.of(second), clock.instant()));
        assertThat(change(two.attempts().getFirst(), 3, first, it -> accept(it, first)))
                .extracting(Attempt::status)
                .containsExactly(Status.ACCEPTED);
        assertThat(stored("referrals", two.referral()).getLong("version"))
                .as("a sending that goes on at the same moment is too late")
                .isEqualTo(2);
    }

    @Test
    void t10WhoWaitsElsewhereStaysThereUntilHelpStarts() {
        var two = severalOf(Urgency.ROUTINE, 2);
        claimAll(two);
        var waiting = two.attempts().getFirst();
        var second = two.receivers().getLast();
        change(
                waiting,
                2,
                two.receivers().getFirst(),
                it -> waitlist(it, two.receivers().getFirst()));
        change(two.attempts().getLast(), 2, second, it -> accept(it, second));
        assertThat(storedAttempt(waiting).getString("status")).isEqualTo("WAITLISTED");
        assertThat(change(two.attempts().getLast(), 3, second, it -> start(it, second)))
                .extracting(Attempt::status)
                .containsExactly(Status.STARTED, Status.WITHDRAWN);
        assertThat(storedAttempt(waiting).getString("senderQueue")).isEqualTo("DONE");
    }

    @Test
    void t8InACrisisHelpFromTheWaitlistWithdrawsTheOthers() {
        var crisis = crisis(2);
        claimAll(crisis);
        var first = crisis.receivers().getFirst();
        change(crisis.attempts().getFirst(), 2, first, it -> waitlist(it, first));
        assertThat(change(crisis.attempts().getFirst(), 3, first, it -> accept(it, first)))
                .extracting(Attempt::status)
                .containsExactly(Status.ACCEPTED, Status.WITHDRAWN);
    }

    /** Two that both come from a waitlist: each is the other's other. */
    @Test
    void t8OfTwoThatWaitAndAreHelpedAtOnceNeitherCrossesTheOther() throws Exception {
        for (int round = 0; round < 5; round++) {
            var two = severalOf(Urgency.ROUTINE, 2);
            claimAll(two);
            for (int i = 0; i < 2; i++) {
                var by = two.receivers().get(i);
                change(two.attempts().get(i), 2, by, it -> waitlist(it, by));
            }
            var barrier = new CyclicBarrier(2);
            var both = all(IntStream.range(0, 2)
                    .<Callable<List<Attempt>>>mapToObj(i -> () -> {
                        barrier.await();
                        var by = two.receivers().get(i);
                        return change(two.attempts().get(i), 3, by, it -> start(it, by));
                    })
                    .toList());
            assertThat(both).allMatch(it -> it.state() == Future.State.FAILED);
            assertThat(two.attempts().stream().map(it -> storedAttempt(it).getString("status")))
                    .containsExactly("WAITLISTED", "WAITLISTED");
        }
    }

    /** What a clock looks for. */
    @Test
    void t7WhenWhoWaitsIsSpokenWithIsPlain() {
        var id = stored(Urgency.ROUTINE);
        change(id, 1, receiver, it -> it.claim(Actor.of(receiver), clock.instant()));
        change(id, 2, receiver, it -> waitlist(it, receiver));
        var waiting = storedAttempt(id);
        assertThat(waiting.getDate("waitingContactDue")).isEqualTo(waiting.getDate("deadline"));
        assertThat(waiting.getDate("expectationGivenAt").toInstant()).isEqualTo(clock.instant());
        assertThat(waiting.getBoolean("clocksStopped")).isFalse();
        change(id, 3, receiver, it -> start(it, receiver));
        assertThat(storedAttempt(id).get("waitingContactDue")).isNull();
        assertThat(storedAttempt(id).get("expectationGivenAt")).isNull();
        change(id, 4, receiver, it -> AttemptFixture.act(Action.PAUSE, it, Actor.of(receiver), clock.instant()));
        assertThat(storedAttempt(id).getBoolean("clocksStopped")).isTrue();
    }

    @Test
    void aReferralsAttemptsComeOldestFirst() {
        var crisis = crisis(3);
        assertThat(attempts.of(crisis.referral())).extracting(Attempt::id).isEqualTo(crisis.attempts());
    }

    // lists

    @Test
    void eachOfTheReceiversListsIsOneRangeOfItsIndex() {
        var service = UUID.randomUUID();
        var colleague = colleagueOf(receiver);
        fillInbox(service, colleague);
        try (var profile = new Profile(database)) {
            for (var queue : ReceiverQueue.values()) {
                for (var filters : everyChoice(service, colleague.person())) {
                    var which = new Inbox(
                            queue, (UUID) filters.get(0), (Urgency) filters.get(1), (UUID) filters.get(2), (String)
                                    filters.get(3));
                    var expected = attempts.inbox(receiver, List.of(which), new Paging(100, null)).stream()
                            .map(AttemptRow::id)
                            .toList();
                    var paged = pages(which, 3, () -> isOneRange(profile.last(Attempts.COLLECTION, "inbox"), 3));
                    assertThat(paged).as(which.toString()).isEqualTo(expected);
                    assertThat(paged).as(which.toString()).isEqualTo(inMemory(which));
                }
            }
        }
    }

    @Test
    void eachOfTheSendersListsIsOneRangeOfItsIndex() {
        fillInbox(UUID.randomUUID(), colleagueOf(receiver));
        try (var profile = new Profile(database)) {
            for (var queue : SenderQueue.values()) {
                for (var worker : new UUID[] {null, sender.person()}) {
                    var seen = new ArrayList<UUID>();
                    Cursor after = null;
                    do {
                        var page = Page.of(
                                attempts.sent(
                                        sender.organisation(),
                                        queue,
                                        worker == null ? List.of() : List.of(worker),
                                        new Paging(3, after)),
                                3,
                                AttemptRow::cursor);
                        isOneRange(profile.last(Attempts.COLLECTION, "worklist"), 3);
                        page.items().forEach(it -> seen.add(it.id()));
                        after = Cursor.of(page.next());
                    } while (after != null);
                    assertThat(seen)
                            .as(queue + " " + worker)
                            .isEqualTo(allStored().stream()
                                    .filter(it -> it.senderQueue() == queue)
                                    .sorted(Comparator.comparing(it -> place(it, it.deadline())))
                                    .map(Attempt::id)
                                    .toList());
                }
            }
        }
    }

    @Test
    void countsComeFromTheIndexAlone() {
        fillInbox(UUID.randomUUID(), colleagueOf(receiver));
        try (var profile = new Profile(database)) {
            var counts = attempts.countsOfReceiver(receiver.organisation());
            assertThat(profile.last(Attempts.COLLECTION, "$and.receiverQueue").getInteger("docsExamined"))
                    .isZero();
            var expected = new HashMap<ReceiverQueue, Long>();
            allStored().stream()
                    .filter(it -> it.receiverQueue() != ReceiverQueue.DONE)
                    .forEach(it -> expected.merge(it.receiverQueue(), 1L, Long::sum));
            assertThat(counts).isEqualTo(expected).isNotEmpty();

            var sent = attempts.countsOfSender(sender.organisation());
            assertThat(profile.last(Attempts.COLLECTION, "$and.senderQueue").getInteger("docsExamined"))
                    .isZero();
            assertThat(sent).doesNotContainKey(SenderQueue.DONE).containsKey(SenderQueue.ACTION);
        }
    }

    /** What an end asks of the referrer does not lift it in the receiver's list. */
    @Test
    void whatIsDoneComesNewestFirst() {
        var ids = new ArrayList<UUID>();
        for (int i = 0; i < 3; i++) {
            clock.pass(Duration.ofDays(1));
            var id = stored(Urgency.ROUTINE);
            change(id, 1, receiver, it -> AttemptFixture.act(Action.RETURN, it, Actor.of(receiver), clock.instant()));
            ids.add(id);
        }
        var done = new Inbox(ReceiverQueue.DONE, null, null, null, null);
        assertThat(inbox(done, 25)).extracting(AttemptRow::id).isEqualTo(ids.reversed());
        transactions.inOne(session -> {
            attempts.followUp(session, referralOf(ids.getFirst()));
            return true;
        });
        assertThat(inbox(done, 25)).extracting(AttemptRow::id).isEqualTo(ids.reversed());
        assertThat(attempts.sent(sender.organisation(), SenderQueue.ACTION, List.of(), new Paging(25, null)))
                .as("the most urgent first")
                .extracting(AttemptRow::id)
                .isEqualTo(ids.subList(1, 3));
    }

    @Test
    void anOpenOneIsFoundByTheIndexOfWhatIsOpen() {
        var id = stored(Urgency.ROUTINE);
        var attempt = attempts.get(id, receiver);
        try (var profile = new Profile(database)) {
            assertThat(attempts.isOpen(attempt.client(), attempt.service())).isTrue();
            assertThat(attempts.isOpen(attempt.client(), UUID.randomUUID())).isFalse();
            var query = profile.last(Attempts.COLLECTION, "$and.service");
            assertThat(query.getString("planSummary")).contains("IXSCAN { client: 1, service: 1 }");
        }
        change(id, 1, receiver, it -> AttemptFixture.act(Action.RETURN, it, Actor.of(receiver), clock.instant()));
        assertThat(attempts.isOpen(attempt.client(), attempt.service())).isFalse();
    }

    /** Six of every kind, several with the same deadline, over two services, workers, municipalities and urgencies. */
    private void fillInbox(UUID service, Caller colleague) {
        for (int i = 0; i < 66; i++) {
            clock.set(NOW.plus(Duration.ofDays(i % 5)));
            var by = i % 2 == 0 ? receiver : colleague;
            var urgency = List.of(Urgency.ROUTINE, Urgency.SOON, Urgency.URGENT).get(i % 3);
            var id = store(born(
                    i % 3 == 0 ? service : UUID.randomUUID(),
                    urgency,
                    i % 4 == 0 ? "9902" : "9901",
                    TimeOrderedIds.next()));
            var actor = Actor.of(by);
            var steps = switch (i % 11) {
                case 0 -> List.<Action>of();
                case 1 -> List.of(Action.CLAIM);
                case 2 -> List.of(Action.CLAIM, Action.ASK);
                case 3 -> List.of(Action.CLAIM, Action.ACCEPT);
                case 4 -> List.of(Action.CLAIM, Action.ACCEPT, Action.START);
                case 5 -> List.of(Action.CLAIM, Action.ACCEPT, Action.START, Action.COMPLETE);
                case 6 -> List.of(Action.CLAIM, Action.RETURN);
                case 7 -> List.of(Action.CLAIM, Action.WAITLIST);
                case 8 -> List.of(Action.CLAIM, Action.ACCEPT, Action.START, Action.PAUSE);
                case 9 -> List.of(Action.CLAIM, Action.ACCEPT, Action.END_EARLY);
                default -> List.of(Action.RETURN);
            };
            long version = 1;
            for (var step : steps) {
                change(id, version++, by, it -> AttemptFixture.act(step, it, actor, clock.instant()));
            }
        }
    }

    private List<List<@Nullable Object>> everyChoice(UUID service, UUID assignee) {
        var values = List.of(service, Urgency.SOON, assignee, "9902");
        return IntStream.range(0, 1 << values.size())
                .mapToObj(bits -> {
                    var choice = new ArrayList<@Nullable Object>();
                    for (int i = 0; i < values.size(); i++) {
                        choice.add((bits >> i & 1) == 1 ? values.get(i) : null);
                    }
                    return (List<@Nullable Object>) choice;
                })
                .toList();
    }

    private List<UUID> pages(Inbox which, int limit, Runnable afterEach) {
        var seen = new ArrayList<UUID>();
        Cursor after = null;
        do {
            var page = Page.of(
                    attempts.inbox(receiver, List.of(which), new Paging(limit, after)), limit, AttemptRow::cursor);
            afterEach.run();
            page.items().forEach(it -> seen.add(it.id()));
            after = Cursor.of(page.next());
        } while (after != null);
        return seen;
    }

    private static void isOneRange(Document query, int limit) {
        assertThat(query.getBoolean("hasSortStage", false)).as("sorted").isFalse();
        assertThat(query.getInteger("keysExamined"))
                .as(query.getString("planSummary"))
                .isLessThanOrEqualTo(limit + 1);
        assertThat(query.getInteger("docsExamined")).isLessThanOrEqualTo(limit + 1);
    }

    private List<UUID> inMemory(Inbox which) {
        return allStored().stream()
                .filter(it -> it.receiverQueue() == which.queue())
                .filter(it -> which.service() == null || it.service().equals(which.service()))
                .filter(it -> which.urgency() == null || it.urgency() == which.urgency())
                .filter(it -> which.assignee() == null || which.assignee().equals(assignee(it)))
                .filter(it -> which.municipality() == null || it.municipality().equals(which.municipality()))
                .sorted(Comparator.comparing(it -> place(it, it.deadlineOfReceiver())))
                .map(Attempt::id)
                .toList();
    }

    private static @Nullable UUID assignee(Attempt it) {
        var worker = it.state().worker();
        return worker == null ? null : worker.person();
    }

    /** Most urgent first, then those without a term, newest first. */
    private static String place(Attempt it, java.time.@Nullable Instant deadline) {
        return deadline != null
                ? "1 " + deadline + it.id()
                : "2 " + (Long.MAX_VALUE - it.state().at().toEpochMilli()) + it.id();
    }

    private List<Attempt> allStored() {
        return database.getCollection(Attempts.COLLECTION)
                .find(Filters.eq("receiver", receiver.organisation()))
                .map(it -> attempts.get(it.get("_id", UUID.class), receiver))
                .into(new ArrayList<>());
    }

    // what it takes

    private Change accept(Attempt it) {
        return accept(it, receiver);
    }

    private Change accept(Attempt it, Caller by) {
        return it.accept(
                AttemptFixture.CONTACT,
                AttemptFixture.TODAY,
                AttemptFixture.TOLD,
                Actor.of(by),
                clock.instant(),
                TERMS);
    }

    private Change start(Attempt it, Caller by) {
        return AttemptFixture.act(Action.START, it, Actor.of(by), clock.instant());
    }

    private Change waitlist(Attempt it, Caller by) {
        return AttemptFixture.act(Action.WAITLIST, it, Actor.of(by), clock.instant());
    }

    private record Several(UUID referral, List<UUID> attempts, List<Caller> receivers) {}

    private Several crisis(int count) {
        return severalOf(Urgency.CRISIS, count);
    }

    private Several severalOf(Urgency urgency, int count) {
        var referral = TimeOrderedIds.next();
        database.getCollection("referrals").insertOne(new Document("_id", referral).append("version", 1L));
        var ids = new ArrayList<UUID>();
        var receivers = new ArrayList<Caller>();
        for (int i = 0; i < count; i++) {
            var by = Person.somebodyOf(UUID.randomUUID()).caller();
            receivers.add(by);
            ids.add(store(AttemptFixture.born(
                    TimeOrderedIds.next(),
                    referral,
                    urgency,
                    sender.organisation(),
                    by.organisation(),
                    request(List.of("Rust")))));
        }
        return new Several(referral, ids, receivers);
    }

    private void claimAll(Several several) {
        for (int i = 0; i < several.attempts().size(); i++) {
            var by = several.receivers().get(i);
            change(several.attempts().get(i), 1, by, it -> it.claim(Actor.of(by), clock.instant()));
        }
    }

    private UUID stored(Urgency urgency) {
        return store(born(UUID.randomUUID(), urgency, "9901", TimeOrderedIds.next()));
    }

    private Attempt.New born(UUID service, Urgency urgency, String municipality, UUID referral) {
        return new Attempt.New(
                TimeOrderedIds.next(),
                "K7QX-3M9TF",
                referral,
                UUID.randomUUID(),
                municipality,
                new Sender(sender.organisation(), UUID.randomUUID(), sender.person()),
                service,
                receiver.organisation(),
                Theme.DEBT_AND_INCOME,
                urgency,
                LegalBasis.WGS,
                new Core("Onleesbare leeftijd", "so", true, false, true, "Onleesbare postcode"),
                false,
                request(List.of("Schulden op een rij", "Weer slapen")));
    }

    private UUID store(Attempt.New born) {
        vault.createKey(born.referral());
        transactions.inOne(session -> {
            attempts.add(session, Attempt.send(born, Actor.of(sender), clock.instant(), TERMS), sender);
            return true;
        });
        return born.id();
    }

    private List<Attempt> change(UUID id, long version, Caller by, Function<Attempt, Change> transition) {
        return attempts.change(id, new Version(version), null, by, transition);
    }

    private List<AttemptRow> inbox(Inbox which, int limit) {
        return attempts.inbox(receiver, List.of(which), new Paging(limit, null));
    }

    private UUID referralOf(UUID attempt) {
        return Objects.requireNonNull(storedAttempt(attempt).get("referral", UUID.class));
    }

    private List<Document> history(UUID id) {
        return storedAttempt(id).getList("history", Document.class);
    }

    private static Caller colleagueOf(Caller caller) {
        return Person.somebodyOf(caller.organisation()).caller();
    }

    private static boolean isDone(Future<?> future) {
        return future.state() == Future.State.SUCCESS;
    }

    private static <T> List<Future<T>> atOnce(int times, Callable<T> work) throws InterruptedException {
        var barrier = new CyclicBarrier(times);
        return all(Stream.generate(() -> (Callable<T>) () -> {
                    barrier.await();
                    return work.call();
                })
                .limit(times)
                .toList());
    }

    private static <T> List<Future<T>> all(List<Callable<T>> work) throws InterruptedException {
        try (var threads = Executors.newFixedThreadPool(work.size())) {
            return threads.invokeAll(work);
        }
    }
}
