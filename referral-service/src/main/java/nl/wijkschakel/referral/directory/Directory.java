package nl.wijkschakel.referral.directory;

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

    private final Entries<Organisation> organisations;
    private final Entries<Team> teams;
    private final Entries<Service> services;

    Directory(Entries<Organisation> organisations, Entries<Team> teams, Entries<Service> services) {
        this.organisations = organisations;
        this.teams = teams;
        this.services = services;
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
        return Optional.ofNullable(organisations.recent(Set.of(id)).get(id));
    }

    public Optional<Team> findTeam(UUID id) {
        return Optional.ofNullable(teams.recent(Set.of(id)).get(id));
    }

    public Optional<Service> findService(UUID id) {
        return Optional.ofNullable(services.recent(Set.of(id)).get(id));
    }

    /** Those there are, by id; so do the next two. */
    public Map<UUID, Organisation> organisations(Set<UUID> ids) {
        return organisations.recent(ids);
    }

    public Map<UUID, Team> teams(Set<UUID> ids) {
        return teams.recent(ids);
    }

    public Map<UUID, Service> services(Set<UUID> ids) {
        return services.recent(ids);
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
        var chosen = List.of(Entries.only(null), Entries.only(municipality), Entries.only(theme));
        return services.containing(Words.of(text), chosen, limit);
    }
}
