package nl.wijkschakel.client.grant;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.setOnInsert;
import static com.mongodb.client.model.Updates.unset;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.web.Refusal;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * One document per attempt, with the agreement's half and the attempt's half. They come apart and in either order: what
 * the attempt says is kept where no agreement is known, and counts once there is one.
 */
@Component
public class Grants {

    static final String COLLECTION = "grants";

    private static final String CONSENT = "consent";
    private static final String WITHDRAWN = "consentWithdrawnAt";
    private static final String OWN_BASIS = "ownBasis";

    /** By it something was seen when the consent was withdrawn: only that can be read on. */
    private static final String WAS_SEEN = "wasSeen";

    private static final String COMPANIONS = "companions";
    private static final String WITHOUT = "withoutCompanions";

    private static final UpdateOptions UPSERT = new UpdateOptions().upsert(true);

    private final MongoCollection<Document> grants;
    private final Clock clock;

    Grants(MongoDatabase database, Clock clock) {
        this.grants = database.getCollection(COLLECTION);
        this.clock = clock;
    }

    /**
     * The agreement's half. Nothing is seen by it until the attempt's half says so; from then on it stands. False when it
     * stands already.
     *
     * @param companions the same for those who come along, in the order in which the attempt names them
     */
    public boolean prepare(ClientSession session, Grant grant, List<Grant> companions) {
        var inForce = and(eq("_id", grant.attempt()), exists("client"), gt("sequence", 0L));
        if (grants.find(session, inForce).first() != null) {
            return false;
        }
        grants.updateOne(
                session,
                eq("_id", grant.attempt()),
                combine(
                        set("client", grant.client()),
                        set("receiver", grant.receiver()),
                        set("legalBasis", grant.legalBasis().name()),
                        set("sharedData", names(grant.sharedData())),
                        set("shown", names(grant.shown())),
                        set("entitledToBsn", grant.entitledToBsn()),
                        set("guarded", grant.guarded()),
                        grant.consent() == null ? unset(CONSENT) : set(CONSENT, grant.consent()),
                        unset(WITHDRAWN),
                        unset(WAS_SEEN),
                        unset(OWN_BASIS),
                        companions.isEmpty() ? unset(COMPANIONS) : set(COMPANIONS, documents(companions)),
                        setOnInsert("access", Access.NONE.name()),
                        setOnInsert("sequence", 0L),
                        setOnInsert("excludedWorkers", List.of())),
                UPSERT);
        return true;
    }

    /** The attempt's half; an older one changes nothing. False when no agreement is stored for it. */
    boolean put(GrantState state) {
        return grants.updateOne(and(eq("_id", state.attempt()), exists("client")), newer(state))
                        .getMatchedCount()
                == 1;
    }

    /** Repairs what a put left undone; an older state changes nothing, and one without agreement waits for it. */
    void repair(List<GrantState> states) {
        if (!states.isEmpty()) {
            var writes = states.stream()
                    .map(state -> new UpdateOneModel<Document>(eq("_id", state.attempt()), newer(state), UPSERT))
                    .toList();
            grants.bulkWrite(writes, new BulkWriteOptions().ordered(false));
        }
    }

    /** Nothing is seen by it until the attempt says something newer. True when it was there. */
    boolean close(UUID attempt) {
        return grants.updateOne(
                                eq("_id", attempt),
                                combine(
                                        set("access", Access.NONE.name()),
                                        set("closedWithoutEventAt", clock.instant())))
                        .getMatchedCount()
                == 1;
    }

    /**
     * Closes what hangs on a consent (DOMAIN P3).
     *
     * @return what was seen by it until now
     */
    public List<Grant> withdraw(ClientSession session, UUID consent, Collection<UUID> attempts) {
        var hanging = and(in("_id", attempts), eq(CONSENT, consent));
        var seen = grants.find(session, and(hanging, open()))
                .map(it -> grant(it, it))
                .into(new ArrayList<>());
        grants.updateMany(session, hanging, set(WITHDRAWN, clock.instant()));
        grants.updateMany(session, in("_id", seen.stream().map(Grant::attempt).toList()), set(WAS_SEEN, true));
        return seen;
    }

    /**
     * Lets the receiver read on what it had been told.
     *
     * @return whose it is
     * @throws Refusal.Unknown when it is not theirs, or shows nothing any more
     * @throws Refusal.Conflict when nothing was withdrawn
     */
    public UUID readOn(ClientSession session, Caller reader, UUID attempt, LegalBasis basis) {
        var mine = and(
                eq("_id", attempt),
                eq("receiver", reader.organisation()),
                open(),
                ne("excludedWorkers", reader.person()));
        var found = grants.findOneAndUpdate(session, and(mine, eq(WAS_SEEN, true)), set(OWN_BASIS, basis.name()));
        if (found == null) {
            if (grants.find(session, and(mine, exists(WITHDRAWN, false))).first() == null) {
                throw new Refusal.Unknown();
            }
            throw new Refusal.Conflict(
                    "consent-in-force", "De toestemming is niet ingetrokken, dus dit is niet nodig.", "", Map.of());
        }
        return found.get("client", UUID.class);
    }

    /** How these attempts stand; one of which no agreement is known is left out. */
    List<Standing> standings(Collection<UUID> attempts) {
        return grants.find(and(in("_id", attempts), exists("client")))
                .map(Grants::standing)
                .into(new ArrayList<>());
    }

    private static Standing standing(Document stored) {
        var grant = grant(stored, stored);
        var kind = stored.get(WITHDRAWN) == null
                ? Standing.Kind.IN_FORCE
                : grant.ownBasis() == null ? Standing.Kind.WITHDRAWN : Standing.Kind.OWN_BASIS;
        return new Standing(grant.attempt(), kind, grant.purpose());
    }

    /** What this attempt shows the reader of this client now; empty where it shows nothing, or is not theirs. */
    public Optional<Grant> inForce(Caller reader, UUID attempt, UUID client) {
        return Optional.ofNullable(
                        grants.find(and(inForce(reader), eq("_id", attempt))).first())
                .flatMap(it -> people(it)
                        .filter(grant -> grant.client().equals(client))
                        .findFirst());
    }

    /** What the reader may see of these clients now; those of which nothing may be seen are left out. */
    public Map<UUID, Share> inForce(Caller reader, Collection<UUID> clients) {
        if (clients.isEmpty() || reader.chosen() == null) {
            return Map.of();
        }
        var wanted = Set.copyOf(clients);
        return grants
                .find(or(
                        and(inForce(reader), in("client", wanted)),
                        and(inForce(reader), in(COMPANIONS + ".client", wanted))))
                .into(new ArrayList<>())
                .stream()
                .flatMap(Grants::people)
                .filter(it -> wanted.contains(it.client()))
                .collect(Collectors.groupingBy(
                        Grant::client, Collectors.collectingAndThen(Collectors.toList(), Share::of)));
    }

    /** Of which clients the reader may see all these parts now. */
    public List<UUID> clientsSharedWith(Caller reader, Set<SharedPart> parts) {
        // by what is known now nobody is found of whom one may only see what was shared before
        var filter = parts.isEmpty() ? inForce(reader) : and(inForce(reader), eq(WITHDRAWN, null));
        return grants.find(filter).into(new ArrayList<>()).stream()
                .flatMap(Grants::people)
                .filter(it -> it.shown().containsAll(parts))
                .map(Grant::client)
                .distinct()
                .toList();
    }

    private Bson inForce(Caller reader) {
        return and(
                eq("receiver", reader.organisation()),
                open(),
                or(eq(WITHDRAWN, null), exists(OWN_BASIS)),
                ne("excludedWorkers", reader.person()));
    }

    /** As far as the attempt goes. */
    private Bson open() {
        return and(eq("access", Access.SHARED.name()), or(eq("until", null), gt("until", clock.instant())));
    }

    /** Decides and sets in one write, so that two states that race end as the newer one. */
    private static List<Document> newer(GrantState state) {
        var isNewer =
                new Document("$lt", List.of(new Document("$ifNull", List.of("$sequence", -1L)), state.sequence()));
        return List.of(new Document(
                "$set",
                new Document("access", cond(isNewer, state.access().name(), "$access"))
                        .append("until", cond(isNewer, orRemoved(state.until()), "$until"))
                        .append(
                                "excludedWorkers",
                                cond(
                                        isNewer,
                                        new Document("$literal", List.copyOf(state.excludedWorkers())),
                                        "$excludedWorkers"))
                        .append(
                                WITHOUT,
                                cond(
                                        isNewer,
                                        new Document("$literal", List.copyOf(state.withoutCompanions())),
                                        "$" + WITHOUT))
                        .append("closedWithoutEventAt", cond(isNewer, "$$REMOVE", "$closedWithoutEventAt"))
                        .append("sequence", cond(isNewer, state.sequence(), "$sequence"))));
    }

    private static Document cond(Document condition, Object yes, Object no) {
        return new Document("$cond", List.of(condition, yes, no));
    }

    private static Object orRemoved(@Nullable Object value) {
        return value == null ? "$$REMOVE" : value;
    }

    private static List<String> names(Set<SharedPart> parts) {
        return parts.stream().map(Enum::name).sorted().toList();
    }

    private static List<Document> documents(List<Grant> companions) {
        return companions.stream()
                .map(it -> new Document("client", it.client())
                        .append("sharedData", names(it.sharedData()))
                        .append("shown", names(it.shown())))
                .toList();
    }

    /** Of each person that it shows anything of: a companion who was not taken is not among them. */
    private static Stream<Grant> people(Document stored) {
        var companions = stored.getList(COMPANIONS, Document.class, List.of());
        var without = stored.getList(WITHOUT, Integer.class, List.of());
        return Stream.concat(
                Stream.of(grant(stored, stored)),
                IntStream.range(0, companions.size())
                        .filter(it -> !without.contains(it))
                        .mapToObj(it -> grant(stored, companions.get(it))));
    }

    private static Grant grant(Document stored, Document person) {
        return new Grant(
                stored.get("_id", UUID.class),
                person.get("client", UUID.class),
                stored.get("receiver", UUID.class),
                LegalBasis.valueOf(stored.getString("legalBasis")),
                person.getList("sharedData", String.class).stream()
                        .map(SharedPart::valueOf)
                        .collect(Collectors.toSet()),
                stored.getBoolean("entitledToBsn"),
                stored.getBoolean("guarded"),
                stored.get(CONSENT, UUID.class),
                Optional.ofNullable(stored.getString(OWN_BASIS))
                        .map(LegalBasis::valueOf)
                        .orElse(null));
    }
}
