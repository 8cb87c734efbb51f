package nl.wijkschakel.client.agreement;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.push;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.UpdateOptions;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.outbox.Message;
import nl.wijkschakel.kit.seal.Vault;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What was agreed, one per attempt. The words lie under the client's key. */
@Component
class Agreements {

    static final String COLLECTION = "agreements";

    /** @param fingerprint tells whether the same is stored again */
    record Stored(UUID organisation, UUID referral, String fingerprint) {}

    private final MongoCollection<Document> agreements;
    private final Vault vault;

    Agreements(MongoDatabase database, Vault vault) {
        this.agreements = database.getCollection(COLLECTION);
        this.vault = vault;
    }

    Optional<Stored> find(UUID attempt) {
        return Optional.ofNullable(agreements
                .find(eq("_id", attempt))
                .map(it -> new Stored(
                        it.get("organisation", UUID.class),
                        it.get("referral", UUID.class),
                        it.getString("fingerprint")))
                .first());
    }

    /** The organisation is part of the filter: another's agreement is not replaced, the id is taken. */
    void put(
            ClientSession session,
            UUID attempt,
            NewAgreement agreement,
            @Nullable UUID consent,
            String fingerprint,
            Caller caller,
            Message message,
            Instant now) {
        agreements.updateOne(
                session,
                and(eq("_id", attempt), eq("organisation", caller.organisation())),
                combine(
                        set("client", agreement.client()),
                        set("referral", agreement.referral()),
                        set("receiver", agreement.receiver()),
                        set("person", caller.person()),
                        set("legalBasis", agreement.legalBasis().name()),
                        consent == null ? unset("consent") : set("consent", consent),
                        set("sealed", vault.seal(agreement.client(), agreement.agreement())),
                        companions(agreement),
                        set("fingerprint", fingerprint),
                        set("at", now),
                        push(Message.FIELD, message.toDocument())),
                new UpdateOptions().upsert(true));
    }

    /** Why its receiver reads on; the same again is stored once. */
    void add(
            ClientSession session,
            UUID attempt,
            UUID client,
            OwnBasis basis,
            String fingerprint,
            Caller caller,
            Message message,
            Instant now) {
        var recorded = new Document("legalBasis", basis.legalBasis().name())
                .append("organisation", caller.organisation())
                .append("person", caller.person())
                .append("at", now)
                .append("fingerprint", fingerprint)
                .append("sealed", vault.seal(client, basis));
        agreements.updateOne(
                session, and(eq("_id", attempt), ne("ownBases.fingerprint", fingerprint)), push("ownBases", recorded));
        agreements.updateOne(session, eq("_id", attempt), push(Message.FIELD, message.toDocument()));
    }

    /** Each under the key of the person it is of. */
    private Bson companions(NewAgreement agreement) {
        var companions = agreement.comingAlong();
        return companions.isEmpty()
                ? unset("companions")
                : set(
                        "companions",
                        companions.stream()
                                .map(it -> new Document("client", it.client())
                                        .append("sealed", vault.seal(it.client(), it.agreement())))
                                .toList());
    }
}
