package nl.wijkschakel.notification.notification;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.caller.Membership.OfMunicipality;
import nl.wijkschakel.kit.caller.Membership.OfOrganisation;
import nl.wijkschakel.notification.notification.Recipient.Organisation;
import nl.wijkschakel.notification.notification.Recipient.Person;
import nl.wijkschakel.notification.notification.Recipient.RoleAnywhere;
import nl.wijkschakel.notification.notification.Recipient.RoleAtMunicipality;
import nl.wijkschakel.notification.notification.Recipient.RoleAtOrganisation;
import nl.wijkschakel.notification.notification.Recipient.Shared;

/**
 * A person in the work for one organisation, and for the municipalities where the person has a role: somebody who works
 * for two organisations has two lists.
 *
 * @param lists the recipients whose notifications this person reads now, by the roles in the token
 */
public record Reader(UUID person, Set<Recipient> lists) {

    /** Asks to choose where it is not clear for which organisation. */
    public static Reader of(Caller caller) {
        var lists = new ArrayList<Recipient>();
        boolean worksForAny = caller.memberships().stream().anyMatch(OfOrganisation.class::isInstance);
        if (worksForAny) {
            lists.add(new Person(caller.person(), caller.organisation()));
            lists.add(new Organisation(caller.organisation()));
        }
        for (var membership : caller.memberships()) {
            switch (membership) {
                case OfOrganisation it
                when it.organisation().equals(caller.chosen()) ->
                    lists.add(new RoleAtOrganisation(it.organisation(), it.role()));
                case OfOrganisation _ -> {} // a role elsewhere counts for nothing here
                case OfMunicipality it -> {
                    lists.add(new RoleAtMunicipality(it.municipality(), it.role()));
                    lists.add(new RoleAnywhere(it.role()));
                }
            }
        }
        return new Reader(caller.person(), Set.copyOf(lists));
    }

    List<Shared> shared() {
        return lists.stream()
                .filter(Shared.class::isInstance)
                .map(Shared.class::cast)
                .toList();
    }

    Set<Object> places() {
        return lists.stream().map(it -> Address.of(it).place()).collect(Collectors.toSet());
    }

    Set<Object> names() {
        return lists.stream().map(it -> Address.of(it).name()).collect(Collectors.toSet());
    }
}
