package nl.wijkschakel.referral.directory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import nl.wijkschakel.kit.web.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The directory for those who only look things up: every list of attempts shows names, so what was found is remembered
 * for some seconds. A change made here is seen at once, one made by another replica after those seconds.
 */
@Component
public class Directory {

    private static final Duration REMEMBERED = Duration.ofSeconds(5);
    private static final int MOST_REMEMBERED = 10_000;

    private final Remembered<Organisation> organisations;
    private final Remembered<Team> teams;
    private final Remembered<Service> services;

    Directory(Entries<Organisation> organisations, Entries<Team> teams, Entries<Service> services) {
        this.organisations = new Remembered<>(organisations);
        this.teams = new Remembered<>(teams);
        this.services = new Remembered<>(services);
    }

    /** @throws Refusal.Unknown when there is none of this id; so do the next two */
    public Organisation organisation(UUID id) {
        return findOrganisation(id).orElseThrow(Refusal.Unknown::new);
    }

    public Team team(UUID id) {
        return findTeam(id).orElseThrow(Refusal.Unknown::new);
    }

    public Service service(UUID id) {
        return findService(id).orElseThrow(Refusal.Unknown::new);
    }

    public Optional<Organisation> findOrganisation(UUID id) {
        return organisations.find(id);
    }

    public Optional<Team> findTeam(UUID id) {
        return teams.find(id);
    }

    public Optional<Service> findService(UUID id) {
        return services.find(id);
    }

    /** Those there are, by id; so do the next two. */
    public Map<UUID, Organisation> organisations(Set<UUID> ids) {
        return organisations.find(ids);
    }

    public Map<UUID, Team> teams(Set<UUID> ids) {
        return teams.find(ids);
    }

    public Map<UUID, Service> services(Set<UUID> ids) {
        return services.find(ids);
    }

    /** Only where a law says so, and informal help never (DOMAIN P8). */
    public boolean mayKnowBsn(Service service) {
        return service.entitledToBsn() && organisation(service.organisation()).kind() != Organisation.Kind.INFORMAL;
    }

    /**
     * Services for the people of a municipality, by name; never remembered.
     *
     * @param text words that name and description must all hold
     */
    public List<Service> services(String municipality, @Nullable Theme theme, String text, int limit) {
        var chosen = List.of(Entries.ANY, municipality, theme == null ? Entries.ANY : theme.name());
        return services.entries.containing(Words.of(text), chosen, limit);
    }

    void changed(Entry entry) {
        switch (entry) {
            case Organisation it -> organisations.remember(it);
            case Team it -> teams.remember(it);
            case Service it -> services.remember(it);
        }
    }

    /** Entries by id. That there is none is not remembered: it may come any moment. */
    private static final class Remembered<T extends Entry> {

        private final Entries<T> entries;
        private final Cache<UUID, T> seen = Caffeine.newBuilder()
                .maximumSize(MOST_REMEMBERED)
                .expireAfterWrite(REMEMBERED)
                .build();

        Remembered(Entries<T> entries) {
            this.entries = entries;
        }

        Optional<T> find(UUID id) {
            return Optional.ofNullable(find(Set.of(id)).get(id));
        }

        Map<UUID, T> find(Set<UUID> ids) {
            var found = new HashMap<UUID, T>(seen.getAllPresent(ids));
            var missing = ids.stream().filter(id -> !found.containsKey(id)).toList();
            if (!missing.isEmpty()) {
                entries.find(missing).forEach(entry -> found.put(entry.id(), remember(entry)));
            }
            return found;
        }

        /** Of two the newer stays: a look-up that was under way during a change does not undo it. */
        T remember(T entry) {
            return seen.asMap()
                    .merge(entry.id(), entry, (known, other) -> other.version() < known.version() ? known : other);
        }
    }
}
