package nl.wijkschakel.notification.webhook;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import nl.wijkschakel.kit.event.Event;
import nl.wijkschakel.kit.event.Events;
import nl.wijkschakel.notification.webhook.Deliveries.Planned;
import nl.wijkschakel.notification.webhook.Subscriptions.Listener;

/** Plans for each event of an attempt a delivery to each subscription that it is for. */
public final class Webhooks {

    private static final String OF_ATTEMPTS = "nl.wijkschakel.attempt.";

    private final Events events;
    private final Subscriptions subscriptions;
    private final Deliveries deliveries;
    private final Envelope envelope;

    Webhooks(Events events, Subscriptions subscriptions, Deliveries deliveries, Envelope envelope) {
        this.events = events;
        this.subscriptions = subscriptions;
        this.deliveries = deliveries;
        this.envelope = envelope;
    }

    /**
     * Of every type, also one that this release tells no person of.
     *
     * @throws Events.Unreadable when an attempt's event says not what it should
     */
    public Optional<RoutedEvent> read(Event event) {
        return event.type().startsWith(OF_ATTEMPTS)
                ? Optional.of(new RoutedEvent(event, events.data(event, Routing.class)))
                : Optional.empty();
    }

    /** Planning the same events again changes nothing. */
    public void plan(List<RoutedEvent> routed) {
        var sides = routed.stream().flatMap(it -> it.routing().sides().stream()).collect(Collectors.toSet());
        if (sides.isEmpty()) {
            return;
        }
        var byOrganisation = subscriptions.of(sides).stream().collect(Collectors.groupingBy(Listener::organisation));
        var planned = new ArrayList<Planned>();
        for (var each : routed) {
            for (var side : each.routing().sides()) {
                for (var listener : byOrganisation.getOrDefault(side, List.of())) {
                    if (wants(listener, each)) {
                        planned.add(new Planned(each, listener, envelope.of(each)));
                    }
                }
            }
        }
        deliveries.plan(planned);
    }

    private static boolean wants(Listener listener, RoutedEvent routed) {
        UUID organisation = listener.organisation();
        return !routed.event().time().isBefore(listener.since())
                && listener.filters().let(routed.routing(), organisation);
    }
}
