package nl.wijkschakel.client.worker;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.push;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.setOnInsert;
import static com.mongodb.client.model.Updates.unset;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.UpdateOptions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.web.IdempotencyKey;
import nl.wijkschakel.kit.web.Refusal;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What is kept here of an account: its teams, its version, and who changed it when. An account that nobody changed over
 * the API has version 0 and no document.
 */
@Component
public class Workers {

    static final String COLLECTION = "workers";

    /** @param organisation the team's own, by which it goes when the person leaves there */
    record Team(UUID id, UUID organisation) {}

    record Kept(long version, List<Team> teams) {

        static final Kept NOTHING = new Kept(0, List.of());
    }

    /** What was done to an account. */
    enum Deed {
        CREATED,
        CHANGED,
        INVITED
    }

    private final MongoCollection<Document> collection;
    private final Clock clock;

    Workers(MongoDatabase database, Clock clock) {
        this.collection = database.getCollection(COLLECTION);
        this.clock = clock;
    }

    /** In which teams a person works. */
    public Set<UUID> teamsOf(UUID person) {
        return kept(person).teams().stream().map(Team::id).collect(Collectors.toUnmodifiableSet());
    }

    Kept kept(UUID person) {
        return kept(List.of(person)).getOrDefault(person, Kept.NOTHING);
    }

    Map<UUID, Kept> kept(Collection<UUID> people) {
        var found = new HashMap<UUID, Kept>();
        collection
                .find(in("_id", people))
                .projection(new Document("version", 1).append("teams", 1))
                .forEach(it -> found.put(it.get("_id", UUID.class), kept(it)));
        return found;
    }

    /** Of a new account. */
    void add(Worker worker, List<Team> teams, @Nullable IdempotencyKey key, Caller by) {
        forgetOld(key, by);
        var document = new Document("_id", worker.id())
                .append("version", 1L)
                .append("teams", documents(teams))
                .append("changes", List.of(change(Deed.CREATED, worker, by)));
        if (key != null) {
            document.append(
                    "creation",
                    new Document("person", by.person())
                            .append("key", key.key())
                            .append("fingerprint", key.fingerprint())
                            .append("at", clock.instant()));
        }
        try {
            collection.insertOne(document);
        } catch (MongoWriteException e) {
            if (isTaken(e)) {
                var _ = createdUnder(key, by); // says so when another request took the key at this moment
            }
            throw e;
        }
    }

    /** Who was made by an earlier request with this key. */
    Optional<UUID> createdUnder(@Nullable IdempotencyKey key, Caller by) {
        if (key == null) {
            return Optional.empty();
        }
        var stored = collection
                .find(and(creation(key, by), gte("creation.at", keysValidSince())))
                .first();
        if (stored == null) {
            return Optional.empty();
        }
        key.requireSame(stored.get("creation", Document.class).getString("fingerprint"));
        return Optional.of(stored.get("_id", UUID.class));
    }

    /**
     * Takes the next version, before Keycloak is told: of two who change an account at once the slower one is refused
     * before anything happened.
     *
     * @throws Refusal.Stale when somebody was first
     */
    void claim(UUID person, long seen, Deed deed, Worker next, Caller by) {
        var more = combine(inc("version", 1L), push("changes", change(deed, next, by)));
        try {
            var changed = seen == 0
                    ? collection.updateOne(
                            and(eq("_id", person), eq("version", 0L)),
                            combine(more, setOnInsert("teams", List.of())),
                            new UpdateOptions().upsert(true))
                    : collection.updateOne(and(eq("_id", person), eq("version", seen)), more);
            if (changed.getMatchedCount() == 0 && changed.getUpsertedId() == null) {
                throw new Refusal.Stale();
            }
        } catch (MongoWriteException | MongoCommandException e) {
            throw isTaken(e) ? new Refusal.Stale() : e;
        }
    }

    void setTeams(UUID person, List<Team> teams) {
        collection.updateOne(eq("_id", person), set("teams", documents(teams)));
    }

    private static boolean isTaken(RuntimeException e) {
        return e instanceof MongoWriteException write && write.getError().getCategory() == ErrorCategory.DUPLICATE_KEY;
    }

    /** A key means the same request for a day; then it is free for another. */
    private void forgetOld(@Nullable IdempotencyKey key, Caller by) {
        if (key != null) {
            collection.updateMany(and(creation(key, by), lt("creation.at", keysValidSince())), unset("creation"));
        }
    }

    private static Bson creation(IdempotencyKey key, Caller by) {
        return and(eq("creation.person", by.person()), eq("creation.key", key.key()));
    }

    private Instant keysValidSince() {
        return clock.instant().minus(IdempotencyKey.VALID);
    }

    private Document change(Deed deed, Worker next, Caller by) {
        return new Document("at", clock.instant())
                .append("by", by.person())
                .append("deed", deed.name())
                .append("active", next.active())
                .append(
                        "memberships",
                        next.memberships().stream().map(Worker::text).toList());
    }

    private static List<Document> documents(List<Team> teams) {
        return teams.stream()
                .map(it -> new Document("id", it.id()).append("organisation", it.organisation()))
                .toList();
    }

    private static Kept kept(Document stored) {
        var teams = new ArrayList<Team>();
        for (var team : Objects.requireNonNullElse(stored.getList("teams", Document.class), List.<Document>of())) {
            teams.add(new Team(team.get("id", UUID.class), team.get("organisation", UUID.class)));
        }
        return new Kept(stored.getLong("version"), List.copyOf(teams));
    }
}
