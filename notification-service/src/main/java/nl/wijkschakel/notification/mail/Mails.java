package nl.wijkschakel.notification.mail;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Indexes.ascending;
import static com.mongodb.client.model.Indexes.compoundIndex;
import static com.mongodb.client.model.Indexes.descending;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;

import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.CountOptions;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import nl.wijkschakel.kit.mongo.Indexed;
import nl.wijkschakel.kit.web.Cursor;
import nl.wijkschakel.kit.web.Page;
import nl.wijkschakel.kit.web.Paging;
import nl.wijkschakel.kit.web.Refusal;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * The mails that are to go out, and what became of them. A mail leaves {@code WAITING} by one conditional update, so of
 * several replicas one has it; from there it never returns by itself unless it surely did not go out.
 */
final class Mails {

    static final String COLLECTION = "mails";

    /** Longer than an event may be read again after; planning it anew then finds that it was mailed. */
    private static final Duration KEPT = Duration.ofDays(30);

    /** So long a mail is tried; it is on the screen all the while. */
    static final Duration TRIED = Duration.ofDays(3);

    /** Far longer than a mail server may take to answer. */
    static final Duration STUCK = Duration.ofMinutes(10);

    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);
    private static final int MOST_COUNTED = 10_000;

    private static final String ID = "_id";
    private static final String STATE = "state";
    private static final String DUE = "due";
    private static final String CLAIM = "claim";
    private static final String CLAIMED_AT = "claimedAt";

    private static final Bson BY_STATE = compoundIndex(ascending(STATE), descending(ID));
    private static final Bson BY_DUE = ascending(DUE);
    private static final Bson BY_CLAIM = ascending(CLAIMED_AT);

    private final MongoCollection<Document> mails;
    private final Clock clock;

    Mails(MongoDatabase database, Clock clock) {
        this.mails = database.getCollection(COLLECTION);
        this.clock = clock;
    }

    static Indexed indexes() {
        return new Indexed(
                COLLECTION,
                List.of(
                        new IndexModel(BY_STATE),
                        new IndexModel(BY_DUE, new IndexOptions().partialFilterExpression(is(MailState.WAITING))),
                        new IndexModel(BY_CLAIM, new IndexOptions().partialFilterExpression(is(MailState.SENDING))),
                        new IndexModel(ascending("until"), new IndexOptions().expireAfter(0L, TimeUnit.SECONDS))));
    }

    /** Planning the same mail again changes nothing. */
    void plan(Map<Mail, Instant> planned) {
        if (planned.isEmpty()) {
            return;
        }
        var now = clock.instant();
        var writes = planned.entrySet().stream()
                .map(it -> new UpdateOneModel<Document>(
                        eq(ID, it.getKey().id()),
                        new Document("$setOnInsert", document(it.getKey(), it.getValue(), now)),
                        new UpdateOptions().upsert(true)))
                .toList();
        mails.bulkWrite(writes, new BulkWriteOptions().ordered(false));
    }

    private static Document document(Mail mail, Instant due, Instant now) {
        return new Document("notification", mail.notification())
                .append(Addressee.FIELD, mail.to().stored())
                .append(STATE, MailState.WAITING.name())
                .append("at", now)
                .append(DUE, due)
                .append("tries", mail.tries())
                .append("giveUpAt", due.plus(TRIED))
                .append("until", due.plus(KEPT));
    }

    /** Those that have waited longest. */
    List<Mail> due(int most) {
        return findDue(most).map(Mail::of).into(new ArrayList<>());
    }

    /** Seen apart by the test that looks at how the database finds it. */
    FindIterable<Document> findDue(int most) {
        return mails.find(and(is(MailState.WAITING), lte(DUE, clock.instant())))
                .sort(BY_DUE)
                .hint(BY_DUE)
                .limit(most);
    }

    /** Those of them that no other replica has taken: from now on only the caller sends them. */
    List<Mail> claim(Collection<Mail> wanted) {
        var claim = UUID.randomUUID();
        mails.updateMany(
                and(in(ID, ids(wanted)), is(MailState.WAITING)),
                combine(set(STATE, MailState.SENDING.name()), set(CLAIM, claim), set(CLAIMED_AT, clock.instant())));
        return mails.find(and(in(ID, ids(wanted)), eq(CLAIM, claim)))
                .map(Mail::of)
                .into(new ArrayList<>());
    }

    /** Of what the caller claimed. */
    void sent(Collection<Mail> claimed) {
        end(MailState.SENDING, claimed, MailState.SENT, set("sentAt", clock.instant()));
    }

    /** Of what the caller claimed. */
    void ended(Collection<Mail> claimed, MailState how, String why) {
        end(MailState.SENDING, claimed, how, set("failure", why));
    }

    /** Of what still waits: it need not be sent. */
    void dropped(Collection<Mail> waiting, MailState how) {
        end(MailState.WAITING, waiting, how, unset("failure"));
    }

    private void end(MailState from, Collection<Mail> those, MailState to, Bson more) {
        mails.updateMany(and(in(ID, ids(those)), is(from)), combine(set(STATE, to.name()), unset(CLAIM), more));
    }

    /** It surely did not go out, so it is tried again, later each time; after {@link #TRIED} no more. */
    void putOff(Collection<Mail> those, MailState from, String why) {
        var now = clock.instant();
        var writes = those.stream()
                .map(mail -> {
                    var due = now.plus(pause(mail.tries() + 1));
                    var goesOn = new Document("$gt", List.of("$giveUpAt", due));
                    var state =
                            new Document("$cond", List.of(goesOn, MailState.WAITING.name(), MailState.FAILED.name()));
                    var next = new Document(STATE, state)
                            .append(DUE, due)
                            .append("tries", mail.tries() + 1)
                            .append("failure", why);
                    return new UpdateOneModel<Document>(
                            and(eq(ID, mail.id()), is(from)), List.of(new Document("$set", next)));
                })
                .toList();
        if (!writes.isEmpty()) {
            mails.bulkWrite(writes, new BulkWriteOptions().ordered(false));
        }
    }

    static Duration pause(int tries) {
        var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(tries - 1, 10));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    /** What a replica had in hand when it died. It may have gone out, so it is not sent again by itself. */
    long doubtStuck() {
        return mails.updateMany(
                        and(
                                is(MailState.SENDING),
                                lt(CLAIMED_AT, clock.instant().minus(STUCK))),
                        combine(set(STATE, MailState.UNCERTAIN.name()), unset(CLAIM), set("failure", "interrupted")),
                        new UpdateOptions().hint(BY_CLAIM))
                .getModifiedCount();
    }

    /**
     * Goes out once more, at once.
     *
     * @throws Refusal.Conflict while it is being sent
     */
    void resend(UUID id) {
        var now = clock.instant();
        var again = mails.updateOne(
                and(eq(ID, id), ne(STATE, MailState.SENDING.name())),
                combine(
                        set(STATE, MailState.WAITING.name()),
                        set(DUE, now),
                        set("tries", 0),
                        set("giveUpAt", now.plus(TRIED)),
                        set("until", now.plus(KEPT)),
                        unset("failure"),
                        unset("sentAt")));
        if (again.getMatchedCount() == 0) {
            if (mails.countDocuments(eq(ID, id)) == 0) {
                throw new Refusal.Unknown();
            }
            throw new Refusal.Conflict("being-sent", "Deze e-mail wordt op dit moment verstuurd.", "", Map.of());
        }
    }

    /** Newest first. */
    Page<Mail.View> page(@Nullable MailState state, Paging paging) {
        var found = find(state, paging).map(Mail.View::of).into(new ArrayList<>());
        return Page.of(found, paging.limit(), last -> new Cursor(0, last.id()));
    }

    FindIterable<Document> find(@Nullable MailState state, Paging paging) {
        var asked = state == null ? new Document() : is(state);
        var after = paging.after();
        return mails.find(after == null ? asked : and(asked, lt(ID, after.id())))
                .sort(descending(ID))
                .hint(state == null ? ascending(ID) : BY_STATE)
                .limit(paging.limit() + 1);
    }

    /** As far as {@value #MOST_COUNTED}. */
    long count(MailState state) {
        return mails.countDocuments(
                is(state), new CountOptions().limit(MOST_COUNTED).hint(BY_STATE));
    }

    /** How long the mail is overdue that waits longest. */
    Duration oldest() {
        return Optional.ofNullable(findDue(1).first())
                .map(it -> Duration.between(it.getDate(DUE).toInstant(), clock.instant()))
                .orElse(Duration.ZERO);
    }

    private static List<UUID> ids(Collection<Mail> those) {
        return those.stream().map(Mail::id).toList();
    }

    private static Bson is(MailState state) {
        return eq(STATE, state.name());
    }
}
