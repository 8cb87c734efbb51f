package nl.wijkschakel.referral.shortage;

import static com.mongodb.client.model.Aggregates.group;
import static com.mongodb.client.model.Aggregates.match;
import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Updates.unset;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Accumulators;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.seal.Vault;
import nl.wijkschakel.kit.web.Cursor;
import nl.wijkschakel.kit.web.IdempotencyKey;
import nl.wijkschakel.kit.web.Page;
import nl.wijkschakel.kit.web.Paging;
import nl.wijkschakel.kit.web.Refusal;
import nl.wijkschakel.referral.calendar.WorkingDays;
import nl.wijkschakel.referral.directory.Theme;
import nl.wijkschakel.referral.directory.Urgency;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** All shortages, newest first for each municipality. What was written is sealed under a key of each. */
@Component
class Shortages {

    static final String COLLECTION = "shortages";

    private final MongoCollection<Document> collection;
    private final Vault vault;
    private final Clock clock;

    Shortages(MongoDatabase database, Vault vault, Clock clock) {
        this.collection = database.getCollection(COLLECTION);
        this.vault = vault;
        this.clock = clock;
    }

    /** Stores it; sent twice under one key, it is stored once. */
    Shortage add(Shortage shortage, @Nullable IdempotencyKey key, Caller caller) {
        var known = createdUnder(key, caller);
        if (known.isPresent()) {
            return known.get();
        }
        forgetOld(key, caller);
        vault.createKey(shortage.id());
        try {
            collection.insertOne(document(shortage, key, caller));
            return shortage;
        } catch (MongoWriteException e) {
            if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
                throw e;
            }
            vault.destroyKey(shortage.id());
            return createdUnder(key, caller).orElseThrow(() -> e); // by the same request, which came twice at once
        }
    }

    /** One that the caller's organisation reported, or of a municipality that the caller administers. */
    Shortage get(UUID id, Bson visible) {
        var stored = collection.find(and(eq("_id", id), visible)).first();
        return Optional.ofNullable(stored).map(this::shortage).orElseThrow(Refusal.Unknown::new);
    }

    Page<Shortage> page(String municipality, @Nullable Theme theme, Paging paging) {
        var after = paging.after();
        var list = eq("lists", list(municipality, theme));
        var found = collection
                .find(after == null ? list : and(list, gt("order", after.bytes())))
                .sort(ascending("order"))
                .limit(paging.limit() + 1)
                .map(this::shortage)
                .into(new ArrayList<>());
        return Page.of(found, paging.limit(), last -> order(last.id(), last.reportedAt()));
    }

    /** How many there are of each theme in each quarter of the year. */
    Map<Theme, Map<Integer, Long>> counts(String municipality, int year) {
        var counts = new EnumMap<Theme, Map<Integer, Long>>(Theme.class);
        for (int number = 1; number <= Quarter.IN_A_YEAR; number++) {
            int quarter = number;
            collection
                    .aggregate(List.of(
                            match(and(
                                    eq("municipality", municipality),
                                    eq("quarter", new Quarter(year, quarter).text()))),
                            group("$theme", Accumulators.sum("count", 1L))))
                    .forEach(row -> counts.computeIfAbsent(Theme.valueOf(row.getString("_id")), _ -> new HashMap<>())
                            .put(quarter, row.getLong("count")));
        }
        return counts;
    }

    private Optional<Shortage> createdUnder(@Nullable IdempotencyKey key, Caller caller) {
        if (key == null) {
            return Optional.empty();
        }
        var stored = collection
                .find(and(creation(key, caller), gte("reportedAt", keysValidSince())))
                .first();
        if (stored == null) {
            return Optional.empty();
        }
        key.requireSame(stored.get("creation", Document.class).getString("fingerprint"));
        return Optional.of(shortage(stored));
    }

    /** A key means the same request for a day; then it is free for another. */
    private void forgetOld(@Nullable IdempotencyKey key, Caller caller) {
        if (key != null) {
            collection.updateMany(and(creation(key, caller), lt("reportedAt", keysValidSince())), unset("creation"));
        }
    }

    private static Bson creation(IdempotencyKey key, Caller caller) {
        return and(eq("creation.person", caller.person()), eq("creation.key", key.key()));
    }

    private Instant keysValidSince() {
        return clock.instant().minus(IdempotencyKey.VALID);
    }

    private Document document(Shortage it, @Nullable IdempotencyKey key, Caller caller) {
        var document = new Document("_id", it.id())
                .append("organisation", it.organisation())
                .append("municipality", it.municipality())
                .append("theme", it.theme().name())
                .append("quarter", Quarter.of(WorkingDays.date(it.reportedAt())).text())
                .append("ageGroup", it.ageGroup().name())
                .append("urgency", it.urgency() == null ? null : it.urgency().name())
                .append("language", it.language())
                .append("sealed", vault.seal(it.id(), it.words()))
                .append("reportedAt", it.reportedAt())
                .append("lists", List.of(list(it.municipality(), null), list(it.municipality(), it.theme())))
                .append("order", order(it.id(), it.reportedAt()).bytes());
        if (key != null) {
            document.append(
                    "creation",
                    new Document("person", caller.person())
                            .append("key", key.key())
                            .append("fingerprint", key.fingerprint()));
        }
        return document;
    }

    private Shortage shortage(Document stored) {
        var urgency = stored.getString("urgency");
        return new Shortage(
                stored.get("_id", UUID.class),
                stored.get("organisation", UUID.class),
                stored.getString("municipality"),
                Theme.valueOf(stored.getString("theme")),
                AgeGroup.valueOf(stored.getString("ageGroup")),
                urgency == null ? null : Urgency.valueOf(urgency),
                stored.get("language", String.class),
                vault.open(stored.get("sealed", Binary.class), Shortage.Words.class),
                stored.getDate("reportedAt").toInstant());
    }

    /** Newest first. */
    private static Cursor order(UUID id, Instant at) {
        return new Cursor(Long.MAX_VALUE - at.toEpochMilli(), id);
    }

    private static String list(String municipality, @Nullable Theme theme) {
        return municipality + "|" + (theme == null ? "" : theme.name());
    }
}
