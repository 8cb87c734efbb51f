package nl.wijkschakel.referral.directory;

import java.time.LocalDate;
import java.util.UUID;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.web.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Ends a service on a day: from then on nobody is sent to it, and who is there is helped on. */
@Component
public class ServiceStops {

    private final Entries<Service> services;

    ServiceStops(Entries<Service> services) {
        this.services = services;
    }

    /**
     * The service as it is now, for who keeps it up to date.
     *
     * @throws Refusal.Unknown when there is none of this id
     * @throws Refusal.Forbidden when it is not the caller's to change
     */
    public Service kept(UUID id, Caller caller) {
        var service = services.find(id).orElseThrow(Refusal.Unknown::new);
        Keepers.require(caller, service);
        return service;
    }

    /**
     * @param on null when it goes on after all
     * @throws Refusal.Stale when somebody changed it since it was read
     */
    public Service stop(Service seen, @Nullable LocalDate on) {
        var next = seen.stopping(on);
        services.replace(next);
        return next;
    }
}
