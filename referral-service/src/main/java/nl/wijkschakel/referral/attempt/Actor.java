package nl.wijkschakel.referral.attempt;

import java.util.UUID;
import nl.wijkschakel.kit.caller.Caller;

/** Who takes an action, for which organisation. */
public record Actor(UUID person, String name, UUID organisation) {

    public static Actor of(Caller caller) {
        return new Actor(caller.person(), caller.name(), caller.organisation());
    }

    Worker worker() {
        return new Worker(person, name);
    }
}
