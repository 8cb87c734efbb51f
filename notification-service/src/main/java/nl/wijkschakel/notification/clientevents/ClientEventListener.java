package nl.wijkschakel.notification.clientevents;

import java.util.List;
import nl.wijkschakel.kit.event.Event;
import nl.wijkschakel.kit.event.Events;
import nl.wijkschakel.kit.event.Intake;
import nl.wijkschakel.notification.notification.Notification;
import nl.wijkschakel.notification.notification.Notifications;
import nl.wijkschakel.notification.notification.Subject;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Takes in what happened to clients' records: what one poll brings is one write and one commit. */
@Component
class ClientEventListener {

    static final String TOPIC = "client.events.v1";

    /** All types of ours begin so. One that we do not know is of a later release, or not for us. */
    private static final String OURS = "nl.wijkschakel.";

    private final Intake intake;
    private final Events events;
    private final Notifications notifications;

    ClientEventListener(Intake intake, Events events, Notifications notifications) {
        this.intake = intake;
        this.events = events;
        this.notifications = notifications;
    }

    @KafkaListener(topics = TOPIC)
    void take(List<ConsumerRecord<String, String>> records) {
        notifications.plan(intake.read(records, this::planned).stream()
                .flatMap(List::stream)
                .toList());
    }

    private List<Notification> planned(Event event) {
        if (!event.type().startsWith(OURS)) {
            throw new Events.Unreadable("type");
        }
        return What.of(event.type()).map(what -> planned(event, what)).orElse(List.of());
    }

    private List<Notification> planned(Event event, What what) {
        var data = events.data(event, ClientEvent.class);
        return WhoIsTold.of(what, data).stream()
                .map(recipient -> Notification.of(
                        event.id(),
                        event.type(),
                        Subject.ofClient(data.client()),
                        recipient,
                        data.by() == null ? null : data.by().person(),
                        event.time()))
                .toList();
    }
}
