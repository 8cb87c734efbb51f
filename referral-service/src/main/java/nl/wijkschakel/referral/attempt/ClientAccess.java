package nl.wijkschakel.referral.attempt;

import nl.wijkschakel.referral.clients.ClientService;
import nl.wijkschakel.referral.clients.Grant;
import org.springframework.stereotype.Component;

/** Lets what a receiver sees of the client follow the attempt, at once; the event repairs what did not get through. */
@Component
public class ClientAccess {

    /** Whether the client's record shows already what the attempt says. */
    public enum Standing {
        IN_FORCE,
        PENDING
    }

    private final ClientService clients;

    ClientAccess(ClientService clients) {
        this.clients = clients;
    }

    public Standing follow(Attempt attempt) {
        var grant = new Grant(
                attempt.receiverAccess().name(), attempt.sequence(), attempt.readableUntil(), attempt.excluded());
        return clients.grant(attempt.id(), grant) ? Standing.IN_FORCE : Standing.PENDING;
    }
}
