package nl.wijkschakel.notification.webhook;

import nl.wijkschakel.kit.event.Event;

/** An attempt's event that may go to subscribers. */
public final class RoutedEvent {

    private final Event event;
    private final Routing routing;

    RoutedEvent(Event event, Routing routing) {
        this.event = event;
        this.routing = routing;
    }

    Event event() {
        return event;
    }

    Routing routing() {
        return routing;
    }
}
