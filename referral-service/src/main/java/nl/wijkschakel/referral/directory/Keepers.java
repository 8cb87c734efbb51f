package nl.wijkschakel.referral.directory;

import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.caller.Role;
import nl.wijkschakel.kit.web.Refusal;

/** Who keeps a service up to date: its own organisation's coordinators, and the admins of its municipalities. */
final class Keepers {

    static void require(Caller caller, Service service) {
        if (!isCoordinator(caller, service) && !Editing.isAdmin(caller, service)) {
            throw new Refusal.Forbidden("not-your-service", "Dit aanbod is niet van uw organisatie.");
        }
    }

    static ServiceForm.Editor editor(Caller caller, Service service) {
        return new ServiceForm.Editor(Editing.isAdmin(caller, service), isCoordinator(caller, service));
    }

    private static boolean isCoordinator(Caller caller, Service service) {
        return caller.has(Role.COORDINATOR) && service.organisation().equals(caller.chosen());
    }

    private Keepers() {}
}
