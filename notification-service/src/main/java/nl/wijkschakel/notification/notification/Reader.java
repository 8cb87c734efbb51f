package nl.wijkschakel.notification.notification;

import java.util.UUID;
import nl.wijkschakel.kit.caller.Caller;

/** A person in the work for one organisation: somebody who works for two has two lists. */
record Reader(UUID person, UUID organisation) {

    static Reader of(Caller caller) {
        return new Reader(caller.person(), caller.organisation());
    }
}
