package nl.wijkschakel.client.client;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Projections.exclude;
import static com.mongodb.client.model.Sorts.descending;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.pushEach;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import nl.wijkschakel.client.client.Client.Content;
import nl.wijkschakel.client.grant.Grants;
import nl.wijkschakel.client.grant.Share;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.outbox.Message;
import nl.wijkschakel.kit.seal.Vault;
import nl.wijkschakel.kit.web.Cursor;
import nl.wijkschakel.kit.web.Refusal;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** All clients. What a caller may not see is part of each query, so it is not found (DESIGN §2.12). */
@Component
public class Clients {

    static final String COLLECTION = "clients";

    private static final Bson WITHOUT_SEARCH_FIELDS = exclude("hashes", "bsnHashes", Message.FIELD);

    private final MongoCollection<Document> clients;
    private final Vault vault;
    private final Grants grants;
    private final FrozenShares frozen;
    private final SearchHashes hashes;

    Clients(MongoDatabase database, Vault vault, Grants grants, FrozenShares frozen, SearchHashes hashes) {
        this.clients = database.getCollection(COLLECTION);
        this.vault = vault;
        this.grants = grants;
        this.frozen = frozen;
        this.hashes = hashes;
    }

    /** One of the caller's own organisation. */
    public Optional<Client> own(Caller caller, UUID id) {
        return Optional.ofNullable(clients.find(and(eq("_id", id), eq("organisation", caller.organisation())))
                .projection(WITHOUT_SEARCH_FIELDS)
                .map(this::client)
                .first());
    }

    /** One that the caller sees by a grant, or of the own organisation. */
    public Optional<Client> shared(Caller caller, UUID id) {
        return visible(caller, id).map(Visible::client);
    }

    /** Whether it is one of the caller's own organisation; opens nothing. */
    public boolean isOwn(Caller caller, UUID id) {
        return clients.find(and(eq("_id", id), eq("organisation", caller.organisation())))
                        .projection(new Document("_id", 1))
                        .first()
                != null;
    }

    /** Whether the caller sees it, by a grant or as the own organisation's; opens nothing. */
    public boolean sees(Caller caller, UUID id) {
        return isOwn(caller, id) || !grants.inForce(caller, List.of(id)).isEmpty();
    }

    /** Its own id, if it is there at all, whosoever it is; nothing of it is opened. */
    Optional<UUID> known(UUID id) {
        return Optional.ofNullable(clients.find(eq("_id", id))
                .projection(new Document("_id", 1))
                .map(it -> it.get("_id", UUID.class))
                .first());
    }

    /** What the caller may see of it, as the own organisation's or by a grant. */
    Optional<Visible> visible(Caller caller, UUID id) {
        return own(caller, id)
                .<Visible>map(Visible.Own::new)
                .or(() -> visible(caller, List.of(id)).stream().findFirst());
    }

    /** Those of them that the caller may see, in no order. */
    List<Visible> visible(Caller caller, Collection<UUID> ids) {
        var shares = grants.inForce(caller, ids);
        var mine = and(in("_id", ids), eq("organisation", caller.organisation()));
        var filter = shares.isEmpty() ? mine : or(mine, in("_id", shares.keySet()));
        var found = clients.find(filter)
                .projection(WITHOUT_SEARCH_FIELDS)
                .map(this::client)
                .into(new ArrayList<>());
        return visible(caller, found, shares);
    }

    /** Newest first: the own organisation's, and those shared with it with the parts that are searched by (DOMAIN P17). */
    List<Visible> search(Caller caller, ClientSearch search, @Nullable Cursor after, int limit) {
        var shared = grants.clientsSharedWith(caller, search.parts());
        var found = clients.find(searched(caller, search, shared, after))
                .projection(WITHOUT_SEARCH_FIELDS)
                .sort(descending("_id"))
                .limit(limit)
                .map(this::client)
                .into(new ArrayList<>());
        var others = found.stream()
                .filter(client -> !client.organisation().equals(caller.organisation()))
                .map(Client::id)
                .toList();
        return visible(caller, found, grants.inForce(caller, others));
    }

    /** Leaves out whose grant ended while we looked. */
    private List<Visible> visible(Caller caller, List<Client> found, Map<UUID, Share> shares) {
        var visible = new ArrayList<Visible>();
        for (var client : found) {
            var share = shares.get(client.id());
            if (client.organisation().equals(caller.organisation())) {
                visible.add(new Visible.Own(client));
            } else if (share != null) {
                visible.add(new Visible.Shared(client, share, frozen.of(share.ended())));
            }
        }
        return visible;
    }

    /** Two ranges of two indexes, each in the order of the list. */
    Bson searched(Caller caller, ClientSearch search, Collection<UUID> shared, @Nullable Cursor after) {
        var wanted = search.filter(hashes);
        var sought = after == null ? wanted : and(wanted, lt("_id", after.id()));
        var mine = and(eq("organisation", caller.organisation()), sought);
        return shared.isEmpty() ? mine : or(mine, and(in("_id", shared), sought));
    }

    /**
     * Stores a new client with its messages.
     *
     * @throws com.mongodb.MongoWriteException when its number, its BSN or the request's key is there already
     */
    void add(Client client, @Nullable Creation creation, List<Message> messages) {
        var document = new Document("_id", client.id())
                .append("number", client.number())
                .append("organisation", client.organisation())
                .append("municipality", client.municipality())
                .append("version", client.version())
                .append("sequence", client.sequence())
                .append("createdAt", client.createdAt())
                .append("changedAt", client.changedAt())
                .append("hashes", hashes.of(client.person()));
        bsn(client.person()).ifPresent(bsn -> document.append("bsnHashes", bsn));
        if (creation != null) {
            document.append("creation", creation.toDocument());
        }
        document.append("sealed", vault.seal(client.id(), client.person()))
                .append(
                        Message.FIELD,
                        messages.stream().map(Message::toDocument).toList());
        clients.insertOne(document);
    }

    /**
     * Stores a change in one write, if nobody else changed the client since it was read.
     *
     * @throws Refusal.Stale when somebody did
     * @throws com.mongodb.MongoWriteException when the organisation has another client with the new BSN
     */
    void change(Client seen, Client next, List<Message> messages) {
        var changed = clients.updateOne(
                and(eq("_id", seen.id()), eq("version", seen.version()), eq("sequence", seen.sequence())),
                combine(
                        set("municipality", next.municipality()),
                        set("version", next.version()),
                        set("sequence", next.sequence()),
                        set("changedAt", next.changedAt()),
                        set("hashes", hashes.of(next.person())),
                        bsn(next.person()).map(bsn -> set("bsnHashes", bsn)).orElseGet(() -> unset("bsnHashes")),
                        set("sealed", vault.seal(next.id(), next.person())),
                        pushEach(
                                Message.FIELD,
                                messages.stream().map(Message::toDocument).toList())));
        if (changed.getMatchedCount() == 0) {
            throw new Refusal.Stale();
        }
    }

    /** The one that a request with this key made, if it was made since then. */
    Optional<Client> createdBy(Creation creation, UUID organisation, Instant since) {
        return Optional.ofNullable(clients.find(and(creation.filter(organisation), gte("creation.at", since)))
                .projection(WITHOUT_SEARCH_FIELDS)
                .map(this::client)
                .first());
    }

    /** The fingerprint of the request that made it. */
    String fingerprint(Client client) {
        var stored = clients.find(eq("_id", client.id()))
                .projection(new Document("creation", 1))
                .first();
        var creation = stored == null ? null : stored.get("creation", Document.class);
        return creation == null ? "" : creation.getString("fingerprint");
    }

    /** Lets a key be used again whose day is over. */
    void forget(Creation creation, UUID organisation, Instant before) {
        clients.updateMany(and(creation.filter(organisation), lt("creation.at", before)), unset("creation"));
    }

    /** The own client that has this BSN. */
    public Optional<Client> withBsn(UUID organisation, String bsn) {
        return Optional.ofNullable(clients.find(and(eq("organisation", organisation), in("bsnHashes", hashes.bsn(bsn))))
                .projection(WITHOUT_SEARCH_FIELDS)
                .map(this::client)
                .first());
    }

    private Optional<List<String>> bsn(PersonalData person) {
        return Optional.ofNullable(person.bsn().value()).map(hashes::bsn);
    }

    private Client client(Document stored) {
        return new Client(
                stored.get("_id", UUID.class),
                stored.getString("number"),
                stored.get("organisation", UUID.class),
                stored.getString("municipality"),
                stored.getLong("version"),
                stored.getLong("sequence"),
                stored.getDate("createdAt").toInstant(),
                stored.getDate("changedAt").toInstant(),
                content(stored.get("sealed", Binary.class)));
    }

    private Content content(Binary sealed) {
        try {
            return new Content.Open(vault.open(sealed, PersonalData.class));
        } catch (Vault.Destroyed _) {
            return new Content.Destroyed();
        }
    }
}
