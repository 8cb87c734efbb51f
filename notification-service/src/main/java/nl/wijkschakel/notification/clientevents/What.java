package nl.wijkschakel.notification.clientevents;

import java.util.Optional;
import java.util.stream.Stream;

/** What can happen to a client's record (contracts/client-*). */
enum What {
    REGISTERED("registered"),
    CHANGED("changed");

    private static final String PREFIX = "nl.wijkschakel.client.";

    private final String type;

    What(String name) {
        this.type = PREFIX + name;
    }

    /** As it stands in the event. */
    String type() {
        return type;
    }

    static Optional<What> of(String type) {
        return Stream.of(values()).filter(it -> it.type.equals(type)).findFirst();
    }
}
