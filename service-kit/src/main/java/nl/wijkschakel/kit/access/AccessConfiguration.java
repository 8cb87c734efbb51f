package nl.wijkschakel.kit.access;

import com.mongodb.client.MongoDatabase;
import java.time.Clock;
import nl.wijkschakel.kit.event.Eventing;
import nl.wijkschakel.kit.event.Events;
import nl.wijkschakel.kit.outbox.OutboxSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** Off only where a service has no data of clients at all. */
@AutoConfiguration(before = Eventing.class) // which looks whether there is anything to send
@ConditionalOnProperty(name = "access-log.enabled", matchIfMissing = true)
public class AccessConfiguration {

    @Bean
    AccessLog accessLog(MongoDatabase database, Events events, Clock clock) {
        return new AccessLog(database, events, clock);
    }

    @Bean
    OutboxSource accessEntries() {
        return new OutboxSource(AccessLog.COLLECTION);
    }
}
