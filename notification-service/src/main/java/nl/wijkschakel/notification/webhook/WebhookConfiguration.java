package nl.wijkschakel.notification.webhook;

import com.mongodb.client.MongoDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import nl.wijkschakel.kit.event.Events;
import nl.wijkschakel.kit.mongo.Indexed;
import nl.wijkschakel.kit.mongo.Transactions;
import nl.wijkschakel.kit.seal.Vault;
import nl.wijkschakel.notification.notification.Notifications;
import nl.wijkschakel.notification.rounds.Rounds;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class WebhookConfiguration {

    /** @param allowed targets may be on this machine and in its network, and without encryption: never in production */
    record Local(boolean allowed) {}

    @Bean
    Local local(@Value("${webhooks.local}") boolean allowed) {
        return new Local(allowed);
    }

    @Bean
    Subscriptions subscriptions(MongoDatabase database, Transactions transactions, Vault vault, Clock clock) {
        return new Subscriptions(database, transactions, vault, clock);
    }

    @Bean
    Indexed subscriptionIndexes() {
        return Subscriptions.indexes();
    }

    @Bean
    Deliveries deliveries(MongoDatabase database, Clock clock) {
        return new Deliveries(database, clock);
    }

    @Bean
    Indexed deliveryIndexes() {
        return Deliveries.indexes();
    }

    @Bean
    Webhooks webhooks(
            Events events,
            Subscriptions subscriptions,
            Deliveries deliveries,
            JsonMapper json,
            @Value("${web.address}") URI web) {
        return new Webhooks(events, subscriptions, deliveries, new Envelope(json, web));
    }

    @Bean
    Messenger messenger(Local local) {
        return new Messenger(new PublicAddresses(local.allowed()));
    }

    @Bean
    Courier courier(
            Subscriptions subscriptions,
            Deliveries deliveries,
            Messenger messenger,
            Notifications notifications,
            MongoDatabase database,
            Clock clock,
            MeterRegistry metrics) {
        return new Courier(subscriptions, deliveries, messenger, notifications, database, clock, metrics);
    }

    @Bean
    Rounds webhookRounds(Courier courier, @Value("${webhooks.period}") Duration period) {
        return new Rounds("webhooks", period, courier::round);
    }

    @Bean
    MeterBinder webhookGauges(Deliveries deliveries) {
        return metrics -> TimeGauge.builder(
                        "wijkschakel.deliveries.oldest",
                        deliveries,
                        TimeUnit.MILLISECONDS,
                        it -> it.oldest().toMillis())
                .description("For how long the delivery is overdue that waits longest")
                .register(metrics);
    }
}
