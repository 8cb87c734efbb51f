package nl.wijkschakel.referral.colleague;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.UpdateOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.caller.Membership.OfOrganisation;
import nl.wijkschakel.kit.mongo.Indexed;
import nl.wijkschakel.kit.web.Cursor;
import nl.wijkschakel.kit.web.Errors;
import nl.wijkschakel.kit.web.Page;
import nl.wijkschakel.kit.web.Paging;
import nl.wijkschakel.kit.web.Refusal;
import nl.wijkschakel.referral.directory.Words;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.stereotype.Component;

/**
 * Who works where. Nobody tells this service: it learns it from the token of whoever comes, so it holds whichever
 * identity provider the accounts are kept in.
 */
@Component
public class Colleagues {

    static final String COLLECTION = "colleagues";

    /** Who stayed away longer is given no work: nobody would look at it. */
    static final Duration KNOWN = Duration.ofDays(90);

    /** Long enough to be found where work was left behind. */
    private static final Duration REMEMBERED = Duration.ofDays(400);

    private static final Duration WRITTEN_AGAIN = Duration.ofHours(6);
    private static final int MOST_CACHED = 50_000;

    private static final String ORGANISATION = "organisation";
    private static final String ORDER = "order";
    private static final String SEEN_AT = "seenAt";

    /** A visit that tells nothing new is not written down again. */
    private record Visit(UUID person, UUID organisation, String name, List<String> roles) {}

    private final MongoCollection<Document> collection;
    private final Clock clock;
    private final Cache<Visit, Boolean> written = Caffeine.newBuilder()
            .maximumSize(MOST_CACHED)
            .expireAfterWrite(WRITTEN_AGAIN)
            .build();

    Colleagues(MongoDatabase database, Clock clock) {
        this.collection = database.getCollection(COLLECTION);
        this.clock = clock;
    }

    static Indexed indexes() {
        return new Indexed(
                COLLECTION,
                List.of(
                        new IndexModel(Indexes.ascending(ORGANISATION, ORDER)),
                        new IndexModel(
                                Indexes.ascending(SEEN_AT),
                                new IndexOptions().expireAfter(REMEMBERED.toSeconds(), TimeUnit.SECONDS))));
    }

    /** Who calls for an organisation works for it. */
    void met(Caller caller) {
        var organisation = caller.chosen();
        if (organisation == null || caller.service() != null) {
            return;
        }
        var roles = caller.memberships().stream()
                .filter(it ->
                        it instanceof OfOrganisation of && of.organisation().equals(organisation))
                .map(it -> it.role().text())
                .distinct()
                .sorted()
                .toList();
        var visit = new Visit(caller.person(), organisation, caller.name(), roles);
        if (written.getIfPresent(visit) == null) {
            write(visit);
            written.put(visit, true);
        }
    }

    private void write(Visit visit) {
        collection.updateOne(
                eq("_id", id(visit.organisation(), visit.person())),
                combine(
                        set(ORGANISATION, visit.organisation()),
                        set("person", visit.person()),
                        set("name", visit.name()),
                        set("roles", visit.roles()),
                        set(ORDER, Words.folded(visit.name()) + "\n" + visit.person()),
                        set(SEEN_AT, clock.instant())),
                new UpdateOptions().upsert(true));
    }

    /** Somebody who can be given work of this organisation. */
    public Optional<Colleague> find(UUID organisation, UUID person) {
        var known = and(
                eq("_id", id(organisation, person)), gt(SEEN_AT, clock.instant().minus(KNOWN)));
        return Optional.ofNullable(collection.find(known).first()).map(Colleagues::colleague);
    }

    /** By name, also those who stayed away. */
    Page<Colleague> page(UUID organisation, Paging paging) {
        var after = paging.after();
        var all = eq(ORGANISATION, organisation);
        var found = collection
                .find(after == null ? all : and(all, gt(ORDER, order(organisation, after))))
                .sort(ascending(ORDER))
                .limit(paging.limit() + 1)
                .map(Colleagues::colleague)
                .into(new ArrayList<>());
        return Page.of(found, paging.limit(), last -> new Cursor(0, last.person()));
    }

    /** A cursor names somebody, who stands where they stand by now: a name does not fit into one. */
    private String order(UUID organisation, Cursor after) {
        Bson last = eq("_id", id(organisation, after.id()));
        return Optional.ofNullable(
                        collection.find(last).projection(include(ORDER)).first())
                .map(it -> it.getString(ORDER))
                .orElseThrow(() -> new Refusal.Invalid(new Errors()
                        .add("/cursor", "unknown-cursor", "Deze bladzijde bestaat niet. Begin bij de eerste.")
                        .found()));
    }

    private static String id(UUID organisation, UUID person) {
        return organisation + "|" + person;
    }

    private static Colleague colleague(Document stored) {
        return new Colleague(
                Objects.requireNonNull(stored.get("person", UUID.class)),
                stored.getString("name"),
                stored.getList("roles", String.class),
                stored.getDate(SEEN_AT).toInstant());
    }
}
