package nl.wijkschakel.notification.notification;

import com.mongodb.client.MongoDatabase;
import java.time.Clock;
import java.time.Duration;
import nl.wijkschakel.kit.mongo.Indexed;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class NotificationConfiguration {

    @Bean
    Readers readers(MongoDatabase database, Clock clock) {
        return new Readers(database, clock);
    }

    /** @param retention after that a notification disappears, read or not; another value holds for what comes then */
    @Bean
    Notifications notifications(
            MongoDatabase database,
            Readers readers,
            ObjectProvider<Outlet> outlets,
            @Value("${notifications.retention}") Duration retention,
            Clock clock) {
        return new Notifications(database, readers, outlets.stream().toList(), retention, clock);
    }

    @Bean
    Indexed readerIndexes() {
        return Readers.indexes();
    }

    @Bean
    Indexed notificationIndexes() {
        return Notifications.indexes();
    }
}
