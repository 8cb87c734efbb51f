package nl.wijkschakel.notification.mail;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Indexes.ascending;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.UpdateOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import nl.wijkschakel.kit.mongo.Indexed;
import nl.wijkschakel.kit.seal.Vault;
import org.bson.Document;
import org.bson.types.Binary;

/** Where mail for a person goes, as the person's token said at the last look. Who stays away is forgotten. */
final class Addresses {

    private static final String COLLECTION = "addresses";
    private static final String SEALED = "sealed";
    private static final String SEEN = "seen";

    /** All are sealed under one key: they go with their documents. */
    static final UUID KEY = UUID.nameUUIDFromBytes(new byte[] {'m', 'a', 'i', 'l'});

    /** As long as somebody counts as a reader of what several share. */
    private static final Duration REMEMBERED = Duration.ofDays(90);

    private static final Duration WRITTEN_AGAIN = Duration.ofHours(6);
    private static final int MOST_CACHED = 50_000;

    /** What is sealed. */
    record Content(String address) {}

    private final MongoCollection<Document> addresses;
    private final Vault vault;
    private final Clock clock;
    private final Cache<UUID, String> written = Caffeine.newBuilder()
            .maximumSize(MOST_CACHED)
            .expireAfterWrite(WRITTEN_AGAIN)
            .build();

    Addresses(MongoDatabase database, Vault vault, Clock clock) {
        this.addresses = database.getCollection(COLLECTION);
        this.vault = vault;
        this.clock = clock;
    }

    static Indexed indexes() {
        return new Indexed(
                COLLECTION,
                List.of(new IndexModel(
                        ascending(SEEN), new IndexOptions().expireAfter(REMEMBERED.toSeconds(), TimeUnit.SECONDS))));
    }

    void seen(UUID person, String address) {
        if (address.equals(written.getIfPresent(person))) {
            return;
        }
        vault.createKey(KEY);
        addresses.updateOne(
                eq("_id", person),
                combine(set(SEALED, vault.seal(KEY, new Content(address))), set(SEEN, clock.instant())),
                new UpdateOptions().upsert(true));
        written.put(person, address);
    }

    Optional<String> of(UUID person) {
        return Optional.ofNullable(addresses.find(eq("_id", person)).first())
                .map(it ->
                        vault.open(it.get(SEALED, Binary.class), Content.class).address());
    }
}
