package nl.wijkschakel.gateway.session;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import nl.wijkschakel.gateway.session.TokenState.Ended;
import nl.wijkschakel.gateway.session.TokenState.Unavailable;
import nl.wijkschakel.gateway.session.TokenState.Usable;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;

/**
 * The tokens of the sessions, apart from them and by a random id, so that saving a session never puts an older token
 * back.
 *
 * <p>Keycloak hands out a refresh token for one use. So it is used by one request at a time over all replicas: who takes
 * the lease in the document asks Keycloak; the others go on with the access token they have, or wait for the new one.
 */
final class Tokens {

    private static final Logger LOG = LoggerFactory.getLogger(Tokens.class);

    /** A token this close to its end is refreshed. */
    private static final Duration EARLY = Duration.ofSeconds(30);

    /** A token must live this much longer to reach a service alive. */
    private static final Duration ON_THE_WAY = Duration.ofSeconds(3);

    /** Longer than a call to Keycloak can take, so that the lease outlives the call it stands for. */
    private static final Duration LEASE = Duration.ofSeconds(20);

    /** While Keycloak does not answer, one request in this time tries. */
    private static final Duration PAUSE = Duration.ofSeconds(3);

    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final int LOOKS = 80;

    private final MongoCollection<Document> collection;
    private final Refresh keycloak;
    private final Seal seal;
    private final Clock clock;
    private final Duration lifetime;

    /** Saves a read of the database and an opened seal per request; what is about to expire is looked up again. */
    private final Cache<String, AccessToken> recent =
            Caffeine.newBuilder().maximumSize(5_000).build();

    private volatile boolean indexed;

    /** @param lifetime after which nobody asks for a token any more: that of a session */
    Tokens(MongoCollection<Document> collection, Refresh keycloak, Seal seal, Clock clock, Duration lifetime) {
        this.collection = collection;
        this.keycloak = keycloak;
        this.seal = seal;
        this.clock = clock;
        this.lifetime = lifetime;
    }

    /** Keycloak's token endpoint. */
    interface Refresh {

        /** @throws OAuth2AuthorizationException with Keycloak's reason, or when Keycloak did not answer */
        Issued refresh(String refreshToken);
    }

    /**
     * What Keycloak gave.
     *
     * @param refresh null where Keycloak gave no new one
     */
    record Issued(
            String access, Duration validFor, @Nullable String refresh) {

        @Override
        public String toString() {
            return "Issued[validFor=" + validFor + "]";
        }
    }

    /** Keeps what a login gave, and says under which id. */
    String add(Issued issued) {
        ensureIndex();
        var id = Sessions.newId();
        var now = clock.instant();
        var document = new Document("_id", id)
                .append("version", 0)
                .append("access", sealed(id, "access", issued.access()))
                .append("expires", Date.from(now.plus(issued.validFor())))
                .append("expireAt", Date.from(now.plus(lifetime)));
        if (issued.refresh() != null) {
            document.append("refresh", sealed(id, "refresh", issued.refresh()));
        }
        collection.insertOne(document);
        return id;
    }

    void delete(String id) {
        collection.deleteOne(eq("_id", id));
        recent.invalidate(id);
    }

    /** The token to use now, refreshed where that is due. */
    TokenState current(String id) {
        var known = recent.getIfPresent(id);
        if (known != null && lives(known, EARLY)) {
            return new Usable(known);
        }
        for (int look = 0; look < LOOKS; look++) {
            var stored = find(id);
            if (stored == null) {
                return new Ended();
            }
            if (lives(stored.access(), EARLY)) {
                recent.put(id, stored.access());
                return new Usable(stored.access());
            }
            if (take(stored)) {
                var state = refresh(stored);
                if (state != null) {
                    return state;
                }
            } else if (lives(stored.access(), ON_THE_WAY)) {
                return new Usable(stored.access());
            } else if (stored.unreachable()) {
                return new Unavailable();
            } else {
                LockSupport.parkNanos(LOOK_EVERY.toNanos());
            }
        }
        return new Unavailable();
    }

    /** Null when another was quicker after all: look again. */
    private @Nullable TokenState refresh(Stored stored) {
        var asked = clock.instant();
        if (stored.refresh() == null) {
            return lives(stored.access(), ON_THE_WAY) ? new Usable(stored.access()) : ended(stored);
        }
        Issued issued;
        try {
            issued = keycloak.refresh(stored.refresh());
        } catch (OAuth2AuthorizationException e) {
            if (e.getError().getErrorCode().equals(OAuth2ErrorCodes.INVALID_GRANT)) {
                return ended(stored);
            }
            LOG.warn(
                    "No new token from Keycloak, the session stays: {}",
                    e.getError().getErrorCode());
            change(stored, combine(set("lease", Date.from(clock.instant().plus(PAUSE))), set("unreachable", true)));
            return lives(stored.access(), ON_THE_WAY) ? new Usable(stored.access()) : new Unavailable();
        }
        var token = AccessToken.of(issued.access(), asked.plus(issued.validFor()));
        var next = issued.refresh() == null ? stored.refresh() : issued.refresh();
        var kept = change(
                stored,
                combine(
                        set("access", sealed(stored.id(), "access", issued.access())),
                        set("refresh", sealed(stored.id(), "refresh", next)),
                        set("expires", Date.from(token.expires())),
                        inc("version", 1),
                        unset("lease"),
                        unset("unreachable")));
        if (!kept) {
            return null; // logged out meanwhile
        }
        recent.put(stored.id(), token);
        return new Usable(token);
    }

    /** Unless the refresh token was refused because another replica, its lease run out, had used it after all. */
    private @Nullable TokenState ended(Stored stored) {
        var deleted = collection.deleteOne(and(eq("_id", stored.id()), eq("version", stored.version())));
        return deleted.getDeletedCount() == 0 ? null : new Ended();
    }

    private boolean take(Stored stored) {
        var now = clock.instant();
        var free = or(exists("lease", false), lte("lease", Date.from(now)));
        var lease = combine(set("lease", Date.from(now.plus(LEASE))), unset("unreachable"));
        return collection
                        .updateOne(and(eq("_id", stored.id()), eq("version", stored.version()), free), lease)
                        .getModifiedCount()
                == 1;
    }

    private boolean change(Stored stored, Bson update) {
        var same = and(eq("_id", stored.id()), eq("version", stored.version()));
        return collection.updateOne(same, update).getMatchedCount() == 1;
    }

    private boolean lives(AccessToken token, Duration stillFor) {
        return clock.instant().plus(stillFor).isBefore(token.expires());
    }

    private @Nullable Stored find(String id) {
        var document = collection.find(eq("_id", id)).first();
        if (document == null) {
            return null;
        }
        try {
            var expires = document.getDate("expires").toInstant();
            var refresh = document.get("refresh", Binary.class);
            return new Stored(
                    id,
                    document.getInteger("version"),
                    AccessToken.of(opened(id, "access", document.get("access", Binary.class)), expires),
                    refresh == null ? null : opened(id, "refresh", refresh),
                    document.getBoolean("unreachable", false));
        } catch (Seal.Broken e) {
            LOG.warn("Tokens do not open and are treated as none: {}", e.toString());
            return null;
        }
    }

    /** What lies in the database, opened. */
    private record Stored(
            String id,
            int version,
            AccessToken access,
            @Nullable String refresh,
            boolean unreachable) {}

    private Binary sealed(String id, String kind, String token) {
        return new Binary(seal.seal(token.getBytes(UTF_8), id + " " + kind));
    }

    private String opened(String id, String kind, Binary sealed) throws Seal.Broken {
        return new String(seal.open(sealed.getData(), id + " " + kind), UTF_8);
    }

    private void ensureIndex() {
        if (!indexed) {
            collection.createIndex(Indexes.ascending("expireAt"), new IndexOptions().expireAfter(0L, TimeUnit.SECONDS));
            indexed = true;
        }
    }
}
