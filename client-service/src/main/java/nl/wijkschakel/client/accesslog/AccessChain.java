package nl.wijkschakel.client.accesslog;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Sorts.descending;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import nl.wijkschakel.kit.access.AccessEntry;
import nl.wijkschakel.kit.access.AccessEntry.Action;
import nl.wijkschakel.kit.access.AccessEntry.Resource;
import nl.wijkschakel.kit.access.AccessEntry.Result;
import nl.wijkschakel.kit.event.Event;
import nl.wijkschakel.kit.web.Cursor;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The log of all looks at clients' data: a chain for each partition of the topic. Its entries are only ever added. Who
 * writes takes the next number, and a number is there once: two who think that a partition is theirs cannot both go on
 * from the same entry.
 */
@Component
class AccessChain {

    static final String COLLECTION = "access_log";

    /** Something that happened to a client's data, as it arrives. */
    record Logged(Event event, AccessEntry entry) {}

    /** Where a chain is broken for the first time. */
    record Break(int partition, long number, Kind kind) {

        enum Kind {
            /** No entry has this number, though a later one is there. */
            MISSING,
            /** It is not what was stored. */
            CHANGED,
            /** The one before it is not the one it was written after. */
            NOT_CHAINED
        }
    }

    private final MongoCollection<Document> entries;

    AccessChain(MongoDatabase database) {
        this.entries = database.getCollection(COLLECTION);
    }

    /**
     * Adds what is not there yet, in order.
     *
     * @throws com.mongodb.MongoBulkWriteException when another wrote meanwhile; what is in by then stays, and the same
     *     again adds the rest
     */
    void append(int partition, List<Logged> logged) {
        var fresh = fresh(logged);
        if (fresh.isEmpty()) {
            return;
        }
        var last = last(partition);
        long number = last == null ? 0 : last.getLong("number");
        var previous = last == null ? ChainedEntry.NONE : last.getString("hash");
        var documents = new ArrayList<Document>(fresh.size());
        for (var each : fresh) {
            number++;
            var entry = new ChainedEntry(
                    partition,
                    number,
                    each.event().id(),
                    each.event().time(),
                    each.event().source(),
                    each.entry(),
                    previous);
            previous = entry.hash();
            documents.add(document(entry, previous));
        }
        entries.insertMany(documents); // in order: where it stops, nothing after it is stored
    }

    /** Without repeats, of what is stored or within itself. */
    private List<Logged> fresh(List<Logged> logged) {
        var seen = new HashSet<UUID>();
        entries.find(in("event", logged.stream().map(it -> it.event().id()).toList()))
                .projection(include("event"))
                .forEach(stored -> seen.add(stored.get("event", UUID.class)));
        return logged.stream().filter(it -> seen.add(it.event().id())).toList();
    }

    private @Nullable Document last(int partition) {
        return entries.find(eq("partition", partition))
                .sort(descending("number"))
                .projection(include("number", "hash"))
                .first();
    }

    /** Newest first, from that place on. */
    List<ChainedEntry> of(UUID client, @Nullable Cursor after, int limit) {
        return entries.find(of(client, after))
                .sort(descending("at", "event"))
                .limit(limit)
                .map(AccessChain::entry)
                .into(new ArrayList<>());
    }

    static Bson of(UUID client, @Nullable Cursor after) {
        if (after == null) {
            return eq("clients", client);
        }
        var at = Date.from(Instant.ofEpochMilli(after.position()));
        // the first bounds the range of the index, the second leaves out what stood on the page before
        var older = or(lt("at", at), lt("event", after.id()));
        return and(eq("clients", client), lte("at", at), older);
    }

    /** Walks a partition's chain; empty when it holds. What was cut off at its end shows only against a checkpoint. */
    Optional<Break> firstBreak(int partition) {
        long expected = 1;
        var previous = ChainedEntry.NONE;
        try (var stored = entries.find(eq("partition", partition))
                .sort(ascending("number"))
                .iterator()) {
            while (stored.hasNext()) {
                var document = stored.next();
                var entry = entry(document);
                var hash = entry.hash();
                if (entry.number() != expected) {
                    return Optional.of(new Break(partition, expected, Break.Kind.MISSING));
                }
                if (!hash.equals(document.getString("hash")) || !entry.id().equals(document.getString("_id"))) {
                    return Optional.of(new Break(partition, expected, Break.Kind.CHANGED));
                }
                if (!entry.previous().equals(previous)) {
                    return Optional.of(new Break(partition, expected, Break.Kind.NOT_CHAINED));
                }
                previous = hash;
                expected++;
            }
        }
        return Optional.empty();
    }

    /** The partitions that have a chain. */
    List<Integer> partitions() {
        return entries.distinct("partition", Integer.class).into(new ArrayList<>());
    }

    private static Document document(ChainedEntry chained, String hash) {
        var entry = chained.entry();
        var resource = new Document("kind", entry.resource().kind());
        append(resource, "id", entry.resource().id());
        var document = new Document("_id", chained.id())
                .append("partition", chained.partition())
                .append("number", chained.number())
                .append("event", chained.event())
                .append("at", chained.at())
                .append("source", chained.source())
                .append("person", entry.person());
        append(document, "service", entry.service());
        append(document, "organisation", entry.organisation());
        append(document, "role", entry.role());
        return document.append("action", entry.action().name())
                .append("clients", entry.clients())
                .append("resource", resource)
                .append("purpose", entry.purpose())
                .append("result", entry.result().name())
                .append("previous", chained.previous())
                .append("hash", hash);
    }

    private static void append(Document document, String field, @Nullable Object value) {
        if (value != null) {
            document.append(field, value);
        }
    }

    static ChainedEntry entry(Document stored) {
        var resource = stored.get("resource", Document.class);
        return new ChainedEntry(
                stored.getInteger("partition"),
                stored.getLong("number"),
                stored.get("event", UUID.class),
                stored.getDate("at").toInstant(),
                stored.getString("source"),
                new AccessEntry(
                        stored.get("person", UUID.class),
                        stored.getString("service"),
                        stored.get("organisation", UUID.class),
                        stored.getString("role"),
                        Action.valueOf(stored.getString("action")),
                        stored.getList("clients", UUID.class),
                        new Resource(resource.getString("kind"), resource.get("id", UUID.class)),
                        stored.getString("purpose"),
                        Result.valueOf(stored.getString("result"))),
                stored.getString("previous"));
    }
}
