package nl.wijkschakel.notification.clientevents;

import java.util.Set;
import nl.wijkschakel.notification.notification.Recipient;

/** Who is told what of a client's record. Whoever did it is told together with others only, for the colleagues' sake. */
final class WhoIsTold {

    static Set<Recipient> of(What what, ClientEvent event) {
        return switch (what) {
            case REGISTERED, CHANGED -> Set.of(); // daily work on the own records
        };
    }

    private WhoIsTold() {}
}
