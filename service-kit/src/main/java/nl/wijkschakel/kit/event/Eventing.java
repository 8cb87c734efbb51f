package nl.wijkschakel.kit.event;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import nl.wijkschakel.kit.ServiceKit;
import nl.wijkschakel.kit.mongo.Indexed;
import nl.wijkschakel.kit.outbox.OutboxSource;
import nl.wijkschakel.kit.outbox.Relay;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.ExponentialBackOff;
import tools.jackson.databind.json.JsonMapper;

/** Sending and taking in events. */
@AutoConfiguration(after = {ServiceKit.class, KafkaAutoConfiguration.class})
@Import(DeadLetterController.class)
public class Eventing {

    private static final long FIRST_PAUSE_MILLIS = 200;
    private static final long LONGEST_PAUSE_MILLIS = 10_000;

    @Bean
    Events events(@Value("${events.source}") String source, JsonMapper json) {
        return new Events(source, json);
    }

    @Bean
    DeadLetters deadLetters(MongoDatabase database, KafkaTemplate<String, String> kafka, Clock clock) {
        return new DeadLetters(database, kafka, clock);
    }

    /** A record is one letter, however often it is taken in. */
    @Bean
    Indexed deadLetterIndex() {
        var place = Indexes.ascending("topic", "partition", "offset");
        return new Indexed(DeadLetters.COLLECTION, List.of(new IndexModel(place, new IndexOptions().unique(true))));
    }

    @Bean
    Intake intake(Events events, DeadLetters deadLetters) {
        return new Intake(events, deadLetters);
    }

    /**
     * Spring Boot hands this to every listener: whatever a listener throws is an outage, since {@link Intake} has put
     * aside what can never succeed. So the batch is tried without end, with pauses that grow, and nothing is lost.
     */
    @Bean
    DefaultErrorHandler untilItWorks() {
        var pauses = new ExponentialBackOff(FIRST_PAUSE_MILLIS, 2);
        pauses.setMaxInterval(LONGEST_PAUSE_MILLIS);
        var handler = new DefaultErrorHandler(pauses);
        handler.setClassifications(Map.of(), true); // by itself it drops a batch for what it takes to be a bug
        return handler;
    }

    /** Only where something is sent at all. */
    @Bean
    @ConditionalOnBean(OutboxSource.class)
    Relay relay(MongoDatabase database, List<OutboxSource> sources, KafkaTemplate<String, String> kafka, Clock clock) {
        return new Relay(database, sources, kafka, clock);
    }

    @Bean
    @ConditionalOnBean(OutboxSource.class)
    MeterBinder outboxGauges(Relay relay) {
        return metrics -> {
            Gauge.builder("wijkschakel.relay.holder", relay, it -> it.isHolder() ? 1 : 0)
                    .description("Whether this replica is the one that sends")
                    .register(metrics);
            Gauge.builder("wijkschakel.outbox.waiting", relay, Relay::waiting)
                    .description("Documents with messages that are not sent yet")
                    .register(metrics);
            TimeGauge.builder(
                            "wijkschakel.outbox.oldest",
                            relay,
                            TimeUnit.MILLISECONDS,
                            it -> it.oldest().toMillis())
                    .description("Age of the oldest message that is not sent yet")
                    .register(metrics);
        };
    }

    @Bean
    MeterBinder deadLetterGauge(DeadLetters letters) {
        return metrics -> Gauge.builder("wijkschakel.dead.letters", letters, DeadLetters::count)
                .description("Dead letters that nobody has sent again")
                .register(metrics);
    }
}
