package nl.wijkschakel.client.worker;

import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import nl.wijkschakel.kit.caller.Membership;
import nl.wijkschakel.kit.caller.Membership.OfMunicipality;
import nl.wijkschakel.kit.caller.Membership.OfOrganisation;

/**
 * Somebody who works with the platform.
 *
 * @param id the subject of the person's tokens
 * @param active whether the person can log in
 */
record Worker(UUID id, Name name, String email, List<Membership> memberships, boolean active) {

    record Name(String given, String surname) {}

    Worker {
        memberships = List.copyOf(memberships);
    }

    /** As it stands in tokens. */
    static String text(Membership membership) {
        return switch (membership) {
            case OfOrganisation it -> it.organisation() + ":" + it.role().text();
            case OfMunicipality it -> it.municipality() + ":" + it.role().text();
        };
    }

    Worker with(Name newName, String newEmail, List<Membership> newMemberships, boolean nowActive) {
        return new Worker(id, newName, newEmail, newMemberships, nowActive);
    }

    List<Membership> memberships(Predicate<Membership> which) {
        return memberships.stream().filter(which).toList();
    }

    List<UUID> organisations() {
        return organisations(memberships.stream());
    }

    static List<UUID> organisations(Stream<Membership> memberships) {
        return memberships
                .filter(OfOrganisation.class::isInstance)
                .map(it -> ((OfOrganisation) it).organisation())
                .distinct()
                .toList();
    }
}
