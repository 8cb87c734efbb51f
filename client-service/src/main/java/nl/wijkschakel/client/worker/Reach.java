package nl.wijkschakel.client.worker;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.caller.Membership;
import nl.wijkschakel.kit.caller.Membership.OfMunicipality;
import nl.wijkschakel.kit.caller.Membership.OfOrganisation;
import nl.wijkschakel.kit.caller.Role;

/**
 * Which memberships a functional admin decides about: those at organisations that work for a municipality of theirs, and
 * those of these municipalities. Not the privacy officer's, who watches over them too.
 */
final class Reach {

    private final ReferralService referrals;
    private final Caller admin;
    private final Map<UUID, Boolean> organisations = new HashMap<>();

    Reach(ReferralService referrals, Caller admin) {
        this.referrals = referrals;
        this.admin = admin;
    }

    boolean has(Membership membership) {
        return switch (membership) {
            case OfOrganisation it -> hasOrganisation(it.organisation());
            case OfMunicipality it -> it.role() != Role.PRIVACY_OFFICER && administers(it.municipality());
        };
    }

    boolean hasOrganisation(UUID organisation) {
        if (!admin.has(Role.FUNCTIONAL_ADMIN)) {
            return false; // a colleague's question needs no directory
        }
        var known = organisations.get(organisation);
        if (known != null) {
            return known;
        }
        var municipalities = referrals
                .organisation(organisation, admin)
                .map(ReferralService.Organisation::municipalities)
                .orElse(List.of());
        boolean has = municipalities.stream().anyMatch(this::administers);
        organisations.put(organisation, has);
        return has;
    }

    private boolean administers(String municipality) {
        return admin.hasIn(municipality, Role.FUNCTIONAL_ADMIN);
    }
}
