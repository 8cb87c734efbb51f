package nl.wijkschakel.notification.referralevents;

import java.util.List;
import java.util.Optional;
import nl.wijkschakel.kit.event.Event;
import nl.wijkschakel.kit.event.Events;
import nl.wijkschakel.kit.event.Intake;
import nl.wijkschakel.notification.notification.Notification;
import nl.wijkschakel.notification.notification.Notifications;
import nl.wijkschakel.notification.notification.Subject;
import nl.wijkschakel.notification.webhook.RoutedEvent;
import nl.wijkschakel.notification.webhook.Webhooks;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Takes in what happened to referrals: what one poll brings is one write and one commit. */
@Component
class ReferralEventListener {

    static final String TOPIC = "referral.events.v1";

    /** All types of ours begin so. One that we do not know is of a later release, or not for us. */
    private static final String OURS = "nl.wijkschakel.";

    private final Intake intake;
    private final Events events;
    private final Notifications notifications;
    private final Webhooks webhooks;

    ReferralEventListener(Intake intake, Events events, Notifications notifications, Webhooks webhooks) {
        this.intake = intake;
        this.events = events;
        this.notifications = notifications;
        this.webhooks = webhooks;
    }

    /** What an event leads to: for people, and for other systems. */
    private record Read(List<Notification> notifications, Optional<RoutedEvent> routed) {}

    @KafkaListener(topics = TOPIC)
    void take(List<ConsumerRecord<String, String>> records) {
        var read = intake.read(records, event -> new Read(planned(event), webhooks.read(event)));
        notifications.plan(
                read.stream().flatMap(it -> it.notifications().stream()).toList());
        webhooks.plan(read.stream().flatMap(it -> it.routed().stream()).toList());
    }

    private List<Notification> planned(Event event) {
        if (!event.type().startsWith(OURS)) {
            throw new Events.Unreadable("type");
        }
        return What.of(event.type()).map(what -> planned(event, what)).orElse(List.of());
    }

    private List<Notification> planned(Event event, What what) {
        var data = events.data(event, AttemptEvent.class);
        return WhoIsTold.of(what, data).stream()
                .map(recipient -> Notification.of(
                        event.id(),
                        event.type(),
                        Subject.ofAttempt(data.attempt(), data.referral()),
                        recipient,
                        data.by() == null ? null : data.by().person(),
                        event.time()))
                .toList();
    }
}
