package nl.wijkschakel.client.client;

import java.util.UUID;
import nl.wijkschakel.kit.event.Events;
import nl.wijkschakel.kit.outbox.Message;
import org.springframework.stereotype.Component;

/** What others are told of clients: that one is there or was changed, never what is known of it (DOMAIN P13). */
@Component
public final class ClientEvents {

    public static final String TOPIC = "client.events.v1";

    private record Data(UUID client, UUID organisation, String municipality) {}

    private final Events events;

    ClientEvents(Events events) {
        this.events = events;
    }

    Message registered(Client client) {
        return message("nl.wijkschakel.client.registered", client);
    }

    Message changed(Client client) {
        return message("nl.wijkschakel.client.changed", client);
    }

    private Message message(String type, Client client) {
        return events.message(
                TOPIC,
                type,
                client.id(),
                client.sequence(),
                ClientController.PATH + "/" + client.id(),
                new Data(client.id(), client.organisation(), client.municipality()),
                client.changedAt());
    }
}
