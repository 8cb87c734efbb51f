package nl.wijkschakel.referral.directory;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.regex;
import static com.mongodb.client.model.Projections.exclude;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.ascending;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import nl.wijkschakel.kit.mongo.Indexed;
import nl.wijkschakel.kit.web.Cursor;
import nl.wijkschakel.kit.web.Errors;
import nl.wijkschakel.kit.web.Page;
import nl.wijkschakel.kit.web.Paging;
import nl.wijkschakel.kit.web.Refusal;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * The stored entries of one kind, listed by name.
 *
 * <p>An entry names the lists it stands in: one for each choice of filters, so that one index serves them all in order,
 * without a sort and without reading an entry that is not shown. (Several arrays in one index MongoDB cannot do.)
 */
final class Entries<T extends Entry> {

    /** No filter at this place. */
    private static final String ANY = "";

    private static final String LISTS = "lists";
    private static final String ORDER = "order";
    private static final String WORDS = "words";

    /**
     * What differs between the kinds.
     *
     * @param filters for each filter the values under which an entry is found
     * @param text in which words are searched
     */
    record Shape<T extends Entry>(
            String collection,
            Function<T, Document> write,
            Function<Document, T> read,
            Function<T, List<List<String>>> filters,
            Function<T, String> text) {

        Indexed indexed() {
            return new Indexed(
                    collection,
                    List.of(new IndexModel(Indexes.ascending(LISTS, ORDER), new IndexOptions().name(LISTS))));
        }
    }

    static final Shape<Organisation> ORGANISATIONS = new Shape<>(
            "organisations",
            Documents::of,
            Documents::organisation,
            it -> List.of(List.of(it.kind().name()), it.municipalities()),
            Organisation::name);

    static final Shape<Team> TEAMS = new Shape<>(
            "teams",
            Documents::of,
            Documents::team,
            it -> List.of(List.of(it.organisation().toString()), List.of(it.municipality())),
            Team::name);

    static final Shape<Service> SERVICES = new Shape<>(
            "services",
            Documents::of,
            Documents::service,
            it -> List.of(
                    List.of(it.organisation().toString()),
                    it.municipalities(),
                    it.themes().stream().map(Theme::name).toList()),
            it -> it.name() + " " + it.description() + " " + it.targetGroup() + " "
                    + it.themes().stream().map(Theme::words).collect(Collectors.joining(" ")));

    private static final Duration REMEMBERED = Duration.ofSeconds(5);
    private static final int MOST_REMEMBERED = 10_000;

    private final MongoCollection<Document> collection;
    private final Shape<T> shape;
    private final Cache<UUID, T> seen = Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(REMEMBERED)
            .build();

    Entries(MongoDatabase database, Shape<T> shape) {
        this.collection = database.getCollection(shape.collection());
        this.shape = shape;
    }

    /** The choice of a list's filter; null where the caller did not choose. */
    static String only(@Nullable Object value) {
        return value == null ? ANY : value.toString();
    }

    /** @throws Refusal.Invalid when it is no municipality's code */
    static String onlyIn(@Nullable String municipality) {
        var errors = new Errors();
        if (municipality != null) {
            new Checks(errors).municipality(municipality, "/municipality");
        }
        errors.refuse();
        return only(municipality);
    }

    /** As it is stored now. */
    Optional<T> find(UUID id) {
        return find(List.of(id)).stream().findFirst();
    }

    private List<T> find(Collection<UUID> ids) {
        return collection
                .find(in("_id", ids))
                .projection(entry())
                .map(shape.read()::apply)
                .into(new ArrayList<>());
    }

    /**
     * As they were a few seconds ago at most, or as they are since a change that was made here. That there is none is
     * not remembered: it may come any moment.
     */
    Map<UUID, T> recent(Set<UUID> ids) {
        var found = new HashMap<UUID, T>(seen.getAllPresent(ids));
        var missing = ids.stream().filter(id -> !found.containsKey(id)).toList();
        if (!missing.isEmpty()) {
            find(missing).forEach(entry -> found.put(entry.id(), remember(entry)));
        }
        return found;
    }

    /** Of two the newer stays: a look-up that was under way during a change does not undo it. */
    private T remember(T entry) {
        return seen.asMap()
                .merge(entry.id(), entry, (known, other) -> other.version() < known.version() ? known : other);
    }

    /** @param chosen a value or {@link #ANY} for each of the shape's filters */
    Page<T> page(List<String> chosen, Paging paging) {
        var after = paging.after();
        var filter = eq(LISTS, list(chosen));
        var found = collection
                .find(after == null ? filter : and(filter, gt(ORDER, order(after))))
                .projection(entry())
                .sort(ascending(ORDER))
                .limit(paging.limit() + 1)
                .map(shape.read()::apply)
                .into(new ArrayList<>());
        return Page.of(found, paging.limit(), last -> new Cursor(0, last.id()));
    }

    /** Those of a list whose text holds each of the words, by name. */
    List<T> containing(List<String> words, List<String> chosen, int limit) {
        var filters = new ArrayList<Bson>();
        filters.add(eq(LISTS, list(chosen)));
        words.forEach(word -> filters.add(regex(WORDS, Pattern.quote(Words.folded(word)))));
        return collection
                .find(and(filters))
                .projection(entry())
                .sort(ascending(ORDER))
                .limit(limit)
                .map(shape.read()::apply)
                .into(new ArrayList<>());
    }

    /** @throws Refusal.Stale when there is one of this id already */
    void add(T entry) {
        try {
            collection.insertOne(document(entry));
        } catch (MongoWriteException e) {
            throw e.getError().getCategory() == ErrorCategory.DUPLICATE_KEY ? new Refusal.Stale() : e;
        }
        remember(entry);
    }

    /** @throws Refusal.Stale when it is no longer at the version before this one */
    void replace(T entry) {
        var replaced =
                collection.replaceOne(and(eq("_id", entry.id()), eq("version", entry.version() - 1)), document(entry));
        if (replaced.getMatchedCount() == 0) {
            throw new Refusal.Stale();
        }
        remember(entry);
    }

    private Document document(T entry) {
        return shape.write()
                .apply(entry)
                .append(LISTS, lists(shape.filters().apply(entry)))
                .append(ORDER, Words.folded(entry.name()) + "\n" + entry.id())
                .append(WORDS, Words.folded(shape.text().apply(entry)));
    }

    /** A cursor names an entry, which is where it is by now: a name does not fit into one. */
    private String order(Cursor after) {
        var last = collection
                .find(eq("_id", after.id()))
                .projection(include(ORDER))
                .first();
        if (last == null) {
            throw new Refusal.Invalid(new Errors()
                    .add("/cursor", "unknown-cursor", "Deze bladzijde bestaat niet. Begin bij de eerste.")
                    .found());
        }
        return last.getString(ORDER);
    }

    private static Bson entry() {
        return exclude(LISTS, ORDER, WORDS);
    }

    /** Each choice of one value or {@link #ANY} per filter. */
    private static List<String> lists(List<List<String>> filters) {
        var choices = List.of(List.<String>of());
        for (var values : filters) {
            var longer = new ArrayList<List<String>>();
            for (var choice : choices) {
                longer.add(append(choice, ANY));
                values.forEach(value -> longer.add(append(choice, value)));
            }
            choices = longer;
        }
        return choices.stream().map(Entries::list).toList();
    }

    private static List<String> append(List<String> choice, String value) {
        var longer = new ArrayList<>(choice);
        longer.add(value);
        return longer;
    }

    private static String list(List<String> chosen) {
        return String.join("|", chosen);
    }
}
