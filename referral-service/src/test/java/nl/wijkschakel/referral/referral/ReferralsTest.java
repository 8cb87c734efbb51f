package nl.wijkschakel.referral.referral;

import static nl.wijkschakel.referral.attempt.AttemptFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.model.Filters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import nl.wijkschakel.kit.ReferenceNumber;
import nl.wijkschakel.kit.TimeOrderedIds;
import nl.wijkschakel.kit.caller.Caller;
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
import nl.wijkschakel.referral.attempt.Sender;
import nl.wijkschakel.referral.referral.Content.Goal;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class ReferralsTest extends ServiceTest {

    @Autowired
    Referrals referrals;

    @Autowired
    DraftExpiry expiry;

    @Autowired
    Vault vault;

    @Autowired
    MongoClient mongo;

    private final Caller sender = Person.somebodyOf(UUID.randomUUID()).caller();

    @Test
    void whatIsStoredIsReadAsItWas() {
        var draft = add(content("Onleesbare vraag"));
        assertThat(referrals.get(draft.id(), sender)).isEqualTo(draft);
        var empty = add(Content.EMPTY);
        assertThat(referrals.get(empty.id(), sender).content()).isEqualTo(Content.EMPTY);
    }

    @Test
    void losesNoUpdateToARace() throws Exception {
        var draft = add(content("x"));
        var barrier = new CyclicBarrier(6);
        try (var threads = Executors.newFixedThreadPool(6)) {
            var all = new ArrayList<Future<Referral>>();
            for (int i = 0; i < 6; i++) {
                all.add(threads.submit(() -> {
                    barrier.await();
                    return edit(draft, 1, "y");
                }));
            }
            threads.shutdown();
            assertThat(threads.awaitTermination(20, java.util.concurrent.TimeUnit.SECONDS))
                    .isTrue();
            assertThat(all.stream().filter(it -> it.state() == Future.State.SUCCESS))
                    .hasSize(1);
            assertThat(all.stream().filter(it -> it.state() == Future.State.FAILED))
                    .allMatch(it -> it.exceptionNow() instanceof Refusal.Stale);
        }
        assertThat(stored("referrals", draft.id()).getLong("version")).isEqualTo(2);
    }

    @Test
    void aChangeAndItsAccessEntryAreOneWrite() {
        var draft = add(content("x"));
        edit(draft, 1, "y");
        assertThat(outbox(stored("referrals", draft.id()), "access-log.v1"))
                .extracting(it -> it.at("/data/action").stringValue())
                .containsExactly("CREATE", "CHANGE");
        assertThat(mongo.getDatabase("local")
                        .getCollection("oplog.rs")
                        .countDocuments(new Document("ns", database.getName() + ".referrals")
                                .append("op", "u")
                                .append("o2._id", draft.id())))
                .isEqualTo(1);
    }

    @Test
    void nothingThatPeopleWroteIsReadable() {
        add(content("Onleesbare hulpvraag"));
        for (var word : List.of("Onleesbare hulpvraag", "Heel diep doel", "Eigen kenmerk")) {
            assertThat(Raw.collectionsHolding(word, mongo, database.getName()))
                    .as(word)
                    .isEmpty();
        }
    }

    @Test
    void anothersIsNotFound() {
        var draft = add(content("x"));
        var stranger = Person.somebodyOf(UUID.randomUUID()).caller();
        assertThatExceptionOfType(Refusal.Unknown.class).isThrownBy(() -> referrals.get(draft.id(), stranger));
        assertThatExceptionOfType(Refusal.Unknown.class)
                .isThrownBy(() -> referrals.delete(draft.id(), new Version(1), stranger));
        assertThat(referrals.drafts(stranger.organisation(), List.of(), new Paging(25, null)))
                .isEmpty();
    }

    @Test
    void aNumberThatIsTakenIsDrawnAgain() {
        var first = add(content("x"));
        var same = draft(content("y")).numbered(first.number());
        for (var key : new IdempotencyKey[] {null, new IdempotencyKey("k" + same.id(), "f")}) {
            var second = referrals.add(same, key, sender);
            assertThat(second.number()).isNotEqualTo(first.number());
            assertThat(ReferenceNumber.isValid(second.number())).isTrue();
            assertThat(referrals.get(second.id(), sender)).isEqualTo(second);
            database.getCollection("referrals").deleteOne(Filters.eq("_id", same.id()));
        }
    }

    @Test
    void theSameRequestSeveralTimesAtOnceIsStoredOnce() throws Exception {
        var key = new IdempotencyKey(UUID.randomUUID().toString(), "f");
        var keys = mongo.getDatabase(database.getName() + "-vault").getCollection("keys");
        long before = keys.countDocuments();
        var barrier = new CyclicBarrier(5);
        try (var threads = Executors.newFixedThreadPool(5)) {
            var all = new ArrayList<Future<Referral>>();
            for (int i = 0; i < 5; i++) {
                all.add(threads.submit(() -> {
                    barrier.await();
                    return referrals.add(draft(content("x")), key, sender);
                }));
            }
            for (var each : all) {
                assertThat(each.get().id()).isEqualTo(all.getFirst().get().id());
            }
        }
        assertThat(keys.countDocuments()).as("nor does a key stay behind").isEqualTo(before + 1);
    }

    // drafts go

    @Test
    void p23AfterFourteenDaysWithoutAChangeADraftGoes() {
        var untouched = add(content("Vergeten concept"));
        var touched = add(content("x"));
        clock.pass(Duration.ofDays(10));
        edit(touched, 1, "y");
        clock.pass(Duration.ofDays(4));
        expiry.run();
        assertThat(referrals.get(untouched.id(), sender))
                .as("to the millisecond")
                .isNotNull();
        clock.pass(Duration.ofMillis(1));
        expiry.run();
        assertThatExceptionOfType(Refusal.Unknown.class).isThrownBy(() -> referrals.get(untouched.id(), sender));
        assertThat(referrals.get(touched.id(), sender).content().question()).isEqualTo("y");

        var rest = stored("referrals", untouched.id());
        assertThat(rest.keySet()).containsExactlyInAnyOrder("_id", "gone", "outbox");
        var entry = outbox(rest, "access-log.v1").getFirst();
        assertThat(entry.at("/data/action").stringValue()).isEqualTo("DELETE");
        assertThat(entry.at("/data/clients/0").stringValue())
                .isEqualTo(untouched.client().toString());
        assertThat(entry.at("/data/service").stringValue()).isEqualTo("referral-service");
    }

    @Test
    void whatWasSentStaysHoweverOld() {
        var referral = draft();
        sent(referral, DEBTS);
        clock.pass(Duration.ofDays(400));
        expiry.run();
        assertThat(stored("referrals", referral).getBoolean("draft")).isFalse();
    }

    /** One that cannot be read is no reason to keep the others. */
    @Test
    void aDestroyedKeySpoilsNeitherTheListNorTheExpiry() {
        var gone = add(content("x"));
        var kept = add(content("y"));
        vault.destroyKey(gone.id());
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThatExceptionOfType(Vault.Destroyed.class)
                        .isThrownBy(() -> referrals.get(gone.id(), sender)));
        assertThat(referrals.drafts(sender.organisation(), List.of(), new Paging(25, null)))
                .extracting(Referrals.DraftRow::id)
                .containsExactlyInAnyOrder(gone.id(), kept.id());
        clock.pass(Duration.ofDays(15));
        expiry.run();
        assertThat(referrals.drafts(sender.organisation(), List.of(), new Paging(25, null)))
                .isEmpty();
    }

    /** What is destroyed is unreadable in every copy, a backup too. */
    @Test
    void withADraftItsKeyGoes() {
        var draft = add(content("Onleesbaar in een kopie"));
        var copy = stored("referrals", draft.id());
        referrals.delete(draft.id(), new Version(1), sender);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThatExceptionOfType(Vault.Destroyed.class)
                        .isThrownBy(() -> vault.open(copy.get("sealed", org.bson.types.Binary.class), Content.class)));
    }

    @Test
    void aDraftThatIsChangedMeanwhileStays() {
        var draft = add(content("x"));
        assertThatExceptionOfType(Refusal.Stale.class)
                .isThrownBy(() -> referrals.delete(draft.id(), new Version(2), sender));
        assertThat(referrals.get(draft.id(), sender)).isEqualTo(draft);
    }

    @Test
    void moreThanOneBatchExpires() {
        var old = new ArrayList<Document>();
        var like = stored("referrals", add(content("x")).id());
        for (int i = 0; i < 1100; i++) {
            old.add(new Document(like)
                    .append("_id", TimeOrderedIds.next())
                    .append("number", "N" + i)
                    .append("changedAt", NOW.minus(Duration.ofDays(20))));
        }
        database.getCollection("referrals").insertMany(old);
        expiry.run();
        assertThat(database.getCollection("referrals")
                        .countDocuments(new Document("draft", true)
                                .append("changedAt", new Document("$lt", NOW.minus(Duration.ofDays(14))))))
                .isZero();
        database.getCollection("referrals").deleteMany(new Document("gone", true));
    }

    // lists

    @Test
    void draftsAreOneRangeOfTheirIndex() {
        var mine = new ArrayList<Referral>();
        for (int i = 0; i < 11; i++) {
            clock.pass(Duration.ofMinutes(i % 3 == 0 ? 0 : 1));
            var by = i % 2 == 0
                    ? sender
                    : Person.somebodyOf(sender.organisation()).caller();
            mine.add(referrals.add(draft(content("x"), by), null, by));
        }
        try (var profile = new Profile(database)) {
            for (var worker : new UUID[] {null, sender.person()}) {
                var seen = new ArrayList<UUID>();
                Cursor after = null;
                do {
                    var page = Page.of(
                            referrals.drafts(
                                    sender.organisation(),
                                    worker == null ? List.of() : List.of(worker),
                                    new Paging(2, after)),
                            2,
                            Referrals.DraftRow::cursor);
                    var query = profile.last("referrals", "worklist");
                    assertThat(query.getBoolean("hasSortStage", false)).isFalse();
                    assertThat(query.getInteger("keysExamined"))
                            .as(query.getString("planSummary"))
                            .isLessThanOrEqualTo(3);
                    assertThat(query.getInteger("docsExamined")).isLessThanOrEqualTo(3);
                    page.items().forEach(it -> seen.add(it.id()));
                    after = Cursor.of(page.next());
                } while (after != null);
                assertThat(seen).isEqualTo(newestFirst(mine, worker));
            }
            expiry.run();
            assertThat(profile.last("referrals", "changedAt").getString("planSummary"))
                    .contains("IXSCAN { changedAt: 1 }");
        }
    }

    private static List<UUID> newestFirst(List<Referral> all, @Nullable UUID worker) {
        return all.stream()
                .filter(it -> worker == null || it.sender().worker().equals(worker))
                .sorted(Comparator.comparing(Referral::changedAt)
                        .reversed()
                        .thenComparing(it -> it.id().toString()))
                .map(Referral::id)
                .toList();
    }

    private Referral edit(Referral draft, long version, String question) {
        return referrals.edit(
                draft.id(), new Version(version), sender, it -> it.edit(content(question), clock.instant()));
    }

    private Referral add(Content content) {
        return referrals.add(draft(content), null, sender);
    }

    private Referral draft(Content content) {
        return draft(content, sender);
    }

    private Referral draft(Content content, Caller by) {
        return Referral.draft(
                TimeOrderedIds.next(),
                ReferenceNumber.next(),
                UUID.randomUUID(),
                "9901",
                new Sender(by.organisation(), NOORD, by.person()),
                content,
                clock.instant());
    }

    private static Content content(String question) {
        return new Content(
                question,
                List.of(new Goal("Heel diep doel")),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                "Eigen kenmerk",
                null,
                null);
    }
}
