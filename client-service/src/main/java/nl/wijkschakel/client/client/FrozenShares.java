package nl.wijkschakel.client.client;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Sorts.descending;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.UpdateOptions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.UUID;
import nl.wijkschakel.client.grant.Grant;
import nl.wijkschakel.kit.seal.Vault;
import org.bson.Document;
import org.bson.types.Binary;
import org.springframework.stereotype.Component;

/**
 * What a receiver saw of a client when the consent was withdrawn, one per attempt. From then on nothing new is shared: who
 * reads on, on a basis of its own, reads this (DOMAIN P3).
 */
@Component
public class FrozenShares {

    static final String COLLECTION = "frozen_shares";

    private final MongoCollection<Document> shares;
    private final Vault vault;

    FrozenShares(MongoDatabase database, Vault vault) {
        this.shares = database.getCollection(COLLECTION);
        this.vault = vault;
    }

    public void freeze(ClientSession session, Client client, Grant grant) {
        var person = client.person();
        var seen = SharedData.of(person, grant.shown(), person.isGuarded() || grant.guarded());
        shares.updateOne(
                session,
                eq("_id", grant.attempt()),
                combine(set("client", client.id()), set("sealed", vault.seal(client.id(), seen))),
                new UpdateOptions().upsert(true));
    }

    /** What was seen by any of these attempts, the newest first. */
    SharedData of(Collection<UUID> attempts) {
        if (attempts.isEmpty()) {
            return SharedData.NOTHING;
        }
        return shares
                .find(in("_id", attempts))
                .sort(descending("_id"))
                .map(it -> it.get("sealed", Binary.class))
                .into(new ArrayList<>())
                .stream()
                .map(it -> vault.open(it, SharedData.class))
                .reduce(SharedData.NOTHING, SharedData::or);
    }
}
