package nl.wijkschakel.referral.message;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Projections.exclude;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Sorts.descending;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import nl.wijkschakel.kit.TimeOrderedIds;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.mongo.Creations;
import nl.wijkschakel.kit.seal.Vault;
import nl.wijkschakel.kit.web.IdempotencyKey;
import nl.wijkschakel.kit.web.Paging;
import nl.wijkschakel.referral.attempt.Action.Side;
import nl.wijkschakel.referral.attempt.Actor;
import nl.wijkschakel.referral.attempt.Attempt;
import nl.wijkschakel.referral.attempt.ThirdParties;
import nl.wijkschakel.referral.attempt.Worker;
import nl.wijkschakel.referral.message.Message.Said;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** All messages, sealed under the key of the attempt's referral. Who may read them is asked of the attempt. */
@Component
public class Messages {

    static final String COLLECTION = "messages";

    /** Holds the side that has not read it, so that an index finds what is unread. */
    static final String UNREAD_BY = "unreadBy";

    /** A message as it is kept elsewhere. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Written(
            Worker by,
            UUID organisation,
            String text,
            @Nullable ThirdParties thirdParties,
            Instant at) {}

    private final MongoCollection<Document> collection;
    private final Creations creations;
    private final Vault vault;
    private final Clock clock;

    Messages(MongoDatabase database, Vault vault, Clock clock) {
        this.collection = database.getCollection(COLLECTION);
        this.creations = new Creations(collection, clock);
        this.vault = vault;
        this.clock = clock;
    }

    /** What the same request posted before; null where it is new. */
    @Nullable
    Message posted(ClientSession session, @Nullable IdempotencyKey key, Caller caller) {
        return creations.made(session, key, caller).map(this::message).orElse(null);
    }

    Message add(ClientSession session, Attempt attempt, Said said, @Nullable IdempotencyKey key, Caller caller) {
        var by = Actor.of(caller);
        var message = new Message(
                TimeOrderedIds.next(),
                attempt.id(),
                attempt.speaksFor(by),
                new Worker(by.person(), by.name()),
                by.organisation(),
                said,
                clock.instant(),
                null);
        collection.insertOne(session, creations.by(document(message, attempt.referral()), key, caller));
        return message;
    }

    /** Newest first. */
    List<Message> of(UUID attempt, Paging paging) {
        var after = paging.after();
        var all = eq("attempt", attempt);
        return collection
                .find(after == null ? all : and(all, lt("_id", after.id())))
                .projection(exclude("creation"))
                .sort(descending("_id"))
                .limit(paging.limit() + 1)
                .map(this::message)
                .into(new ArrayList<>());
    }

    /** All of an attempt, oldest first, as this side may read them. */
    public List<Written> written(UUID attempt, Side reader) {
        return collection
                .find(eq("attempt", attempt))
                .projection(exclude("creation"))
                .sort(ascending("_id"))
                .map(this::message)
                .map(it -> it.shownTo(reader))
                .map(it -> new Written(
                        it.by(), it.organisation(), it.said().text(), it.said().thirdParties(), it.at()))
                .into(new ArrayList<>());
    }

    /** How many this side has not read. */
    long unread(UUID attempt, Side side) {
        return collection.countDocuments(unreadBy(attempt, side));
    }

    /** @param upTo the newest that was seen; what came after it stays unread */
    void markRead(UUID attempt, Side side, UUID upTo) {
        collection.updateMany(
                and(unreadBy(attempt, side), lte("_id", upTo)),
                combine(unset(UNREAD_BY), set("readAt", clock.instant())));
    }

    private static Bson unreadBy(UUID attempt, Side side) {
        return and(eq("attempt", attempt), eq(UNREAD_BY, side.name()));
    }

    private static Side other(Side side) {
        return side == Side.SENDER ? Side.RECEIVER : Side.SENDER;
    }

    private Document document(Message it, UUID referral) {
        return new Document("_id", it.id())
                .append("attempt", it.attempt())
                .append("referral", referral)
                .append("side", it.side().name())
                .append(UNREAD_BY, other(it.side()).name())
                .append(
                        "by",
                        new Document("person", it.by().person())
                                .append("name", it.by().name()))
                .append("organisation", it.organisation())
                .append("at", it.at())
                .append("sealed", vault.seal(referral, it.said()));
    }

    private Message message(Document stored) {
        var by = stored.get("by", Document.class);
        var readAt = stored.getDate("readAt");
        return new Message(
                id(stored, "_id"),
                id(stored, "attempt"),
                Side.valueOf(stored.getString("side")),
                new Worker(id(by, "person"), by.getString("name")),
                id(stored, "organisation"),
                vault.open(stored.get("sealed", Binary.class), Said.class),
                stored.getDate("at").toInstant(),
                readAt == null ? null : readAt.toInstant());
    }

    private static UUID id(Document stored, String field) {
        return Objects.requireNonNull(stored.get(field, UUID.class), field);
    }
}
