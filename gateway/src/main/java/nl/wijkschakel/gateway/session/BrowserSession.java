package nl.wijkschakel.gateway.session;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.session.Session;

/** One browser's session as one request sees it. It remembers what this request changed, and only that is stored. */
final class BrowserSession implements Session {

    private final Map<String, Object> attributes;
    private final Set<String> changed = new HashSet<>();
    private final Instant created;
    private final Duration idle;
    private String id;
    private @Nullable String storedAs;
    private Instant accessed;

    /** A new one. */
    BrowserSession(Instant now, Duration idle) {
        this(Sessions.newId(), null, now, now, idle, new HashMap<>());
    }

    /** One from the store. */
    BrowserSession(String id, Instant created, Instant accessed, Duration idle, Map<String, Object> attributes) {
        this(id, id, created, accessed, idle, attributes);
    }

    private BrowserSession(
            String id,
            @Nullable String storedAs,
            Instant created,
            Instant accessed,
            Duration idle,
            Map<String, Object> attributes) {
        this.id = id;
        this.storedAs = storedAs;
        this.created = created;
        this.accessed = accessed;
        this.idle = idle;
        this.attributes = attributes;
    }

    /** The id under which it lies in the store; null as long as it does not. */
    @Nullable
    String storedAs() {
        return storedAs;
    }

    /** The attributes that differ from what is stored. */
    Set<String> changed() {
        return Set.copyOf(changed);
    }

    void stored(Instant accessed) {
        this.storedAs = id;
        this.accessed = accessed;
        changed.clear();
    }

    @Override
    public String getId() {
        return id;
    }

    @Override
    public String changeSessionId() {
        id = Sessions.newId();
        return id;
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // so says the interface
    public <T> @Nullable T getAttribute(String name) {
        return (T) attributes.get(name);
    }

    @Override
    public Set<String> getAttributeNames() {
        return Set.copyOf(attributes.keySet());
    }

    @Override
    public void setAttribute(String name, @Nullable Object value) {
        if (value == null) {
            removeAttribute(name);
        } else {
            attributes.put(name, value);
            changed.add(name);
        }
    }

    @Override
    public void removeAttribute(String name) {
        if (attributes.remove(name) != null) {
            changed.add(name);
        }
    }

    @Override
    public Instant getCreationTime() {
        return created;
    }

    @Override
    public Instant getLastAccessedTime() {
        return accessed;
    }

    /** Ignored: the caller reads the system's clock, the store ours. */
    @Override
    public void setLastAccessedTime(Instant lastAccessedTime) {}

    @Override
    public Duration getMaxInactiveInterval() {
        return idle;
    }

    /** Ignored: how long sessions live is the store's business, one rule for all. */
    @Override
    public void setMaxInactiveInterval(Duration interval) {}

    /** The store hands out no expired ones. */
    @Override
    public boolean isExpired() {
        return false;
    }
}
