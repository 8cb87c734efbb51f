package nl.wijkschakel.gateway.session;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;
import static org.springframework.security.web.context.HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Projections;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.serializer.support.SerializationFailedException;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.session.SessionRepository;

/**
 * The sessions of all browsers, in MongoDB, so that every replica knows each.
 *
 * <p>Not the driver vendor's session store, which writes the whole document at the end of each request: a slow request
 * would bring back a session that was logged out meanwhile, and undo what a quicker one changed. Here a request stores
 * what it changed, and only in a session that still exists.
 *
 * <p>A document's id is the hash of the session's, so that who reads the database cannot take a session over.
 */
final class Sessions implements SessionRepository<BrowserSession> {

    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

    /** Writing "still in use" at each request would double the cost of a read; this much less of idle time is given for it. */
    private static final Duration TOUCHED_EVERY = Duration.ofMinutes(1);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final MongoCollection<Document> collection;
    private final Tokens tokens;
    private final SealedAttributes attributes;
    private final Clock clock;
    private final Duration idle;
    private final Duration absolute;
    private volatile boolean indexed;

    Sessions(
            MongoCollection<Document> collection,
            Tokens tokens,
            Seal seal,
            Clock clock,
            Duration idle,
            Duration absolute) {
        this.collection = collection;
        this.tokens = tokens;
        this.attributes = new SealedAttributes(seal);
        this.clock = clock;
        this.idle = idle;
        this.absolute = absolute;
    }

    static String newId() {
        var bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public BrowserSession createSession() {
        return new BrowserSession(clock.instant(), idle);
    }

    @Override
    public @Nullable BrowserSession findById(String id) {
        var key = hash(id);
        var document = collection.find(eq("_id", key)).first();
        if (document == null
                || !clock.instant().isBefore(document.getDate("expireAt").toInstant())) {
            return null; // MongoDB removes what has expired, within a minute
        }
        try {
            return new BrowserSession(
                    id,
                    document.getDate("created").toInstant(),
                    document.getDate("accessed").toInstant(),
                    idle,
                    attributes.open(key, document.get("attributes", new Document())));
        } catch (Seal.Broken | SerializationFailedException e) {
            LOG.warn("A session does not open and is treated as none, as after a new key or version: {}", e.toString());
            return null;
        }
    }

    @Override
    public void save(BrowserSession session) {
        var storedAs = session.storedAs();
        if (storedAs == null) {
            insert(session);
        } else if (storedAs.equals(session.getId())) {
            update(session);
        } else {
            insert(session);
            collection.deleteOne(eq("_id", hash(storedAs)));
        }
    }

    @Override
    public void deleteById(String id) {
        end(eq("_id", hash(id)));
    }

    /** Keycloak's session has ended, and with it every session here that rests on it. */
    void endAllOf(String keycloakSession) {
        end(eq("sid", keycloakSession));
    }

    /** All of a person's sessions. */
    void endAllOfPerson(String subject) {
        end(eq("subject", subject));
    }

    private void end(Bson which) {
        for (var document : collection.find(which).projection(Projections.include("tokens"))) {
            collection.deleteOne(eq("_id", document.getString("_id")));
            var held = document.getString("tokens");
            if (held != null) {
                tokens.delete(held);
            }
        }
    }

    private void insert(BrowserSession session) {
        ensureIndexes();
        var now = clock.instant();
        var key = hash(session.getId());
        var sealed = new Document();
        for (var name : session.getAttributeNames()) {
            var value = session.getAttribute(name);
            if (value != null && !name.equals(Attributes.UNATTENDED)) {
                sealed.append(SealedAttributes.field(name), attributes.seal(key, name, value));
            }
        }
        var document = new Document("_id", key)
                .append("created", Date.from(session.getCreationTime()))
                .append("accessed", Date.from(now))
                .append("expireAt", expiry(session.getCreationTime(), now))
                .append("attributes", sealed);
        found(session).forEach((name, value) -> {
            if (value != null) {
                document.append(name, value);
            }
        });
        collection.insertOne(document);
        session.stored(now);
    }

    private void update(BrowserSession session) {
        var key = hash(session.getId());
        var now = clock.instant();
        var changes = new ArrayList<Bson>();
        for (var name : session.changed()) {
            if (!name.equals(Attributes.UNATTENDED)) {
                var path = "attributes." + SealedAttributes.field(name);
                var value = session.getAttribute(name);
                changes.add(value == null ? unset(path) : set(path, attributes.seal(key, name, value)));
            }
        }
        if (!changes.isEmpty()) {
            found(session).forEach((name, value) -> changes.add(value == null ? unset(name) : set(name, value)));
            changes.add(touch(session, now));
            collection.updateOne(eq("_id", key), combine(changes));
            session.stored(now);
            return;
        }
        var due = !now.isBefore(session.getLastAccessedTime().plus(TOUCHED_EVERY));
        if (due && session.getAttribute(Attributes.UNATTENDED) == null) {
            try {
                collection.updateOne(eq("_id", key), touch(session, now));
                session.stored(now);
            } catch (MongoException e) {
                // the service has answered already; a success must not become a failure for this
                LOG.warn(
                        "Could not note that a session is in use: {}",
                        e.getClass().getSimpleName());
            }
        }
    }

    private Bson touch(BrowserSession session, Instant now) {
        return combine(set("accessed", Date.from(now)), set("expireAt", expiry(session.getCreationTime(), now)));
    }

    private Date expiry(Instant created, Instant accessed) {
        var idleEnd = accessed.plus(idle);
        var end = created.plus(absolute);
        return Date.from(idleEnd.isBefore(end) ? idleEnd : end);
    }

    /** What ending a session must find it by, beside its id. */
    private static Map<String, @Nullable String> found(BrowserSession session) {
        var found = new HashMap<String, @Nullable String>();
        found.put("tokens", session.<String>getAttribute(Attributes.TOKENS));
        if (session.getAttribute(SPRING_SECURITY_CONTEXT_KEY) instanceof SecurityContext context
                && context.getAuthentication() != null
                && context.getAuthentication().getPrincipal() instanceof OidcUser user) {
            found.put("subject", user.getSubject());
            found.put("sid", user.getIdToken().getClaimAsString("sid"));
        }
        return found;
    }

    /** At the first session, not at the start: the gateway starts without its database. */
    private void ensureIndexes() {
        if (!indexed) {
            collection.createIndex(Indexes.ascending("expireAt"), new IndexOptions().expireAfter(0L, TimeUnit.SECONDS));
            collection.createIndex(Indexes.ascending("sid"), new IndexOptions().sparse(true));
            collection.createIndex(Indexes.ascending("subject"), new IndexOptions().sparse(true));
            indexed = true;
        }
    }

    private static String hash(String id) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("The JDK has no SHA-256", e);
        }
    }
}
