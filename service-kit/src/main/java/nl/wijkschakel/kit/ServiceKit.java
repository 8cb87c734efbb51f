package nl.wijkschakel.kit;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import nl.wijkschakel.kit.caller.CallerConfiguration;
import nl.wijkschakel.kit.demo.DemoClock;
import nl.wijkschakel.kit.mongo.IndexMaker;
import nl.wijkschakel.kit.mongo.Indexed;
import nl.wijkschakel.kit.mongo.Transactions;
import nl.wijkschakel.kit.seal.SealConfiguration;
import nl.wijkschakel.kit.web.WebConfiguration;
import org.bson.UuidRepresentation;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.boot.mongodb.autoconfigure.MongoProperties;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.support.ProducerListener;

/** What every service has and what knows nothing of referrals. */
@AutoConfiguration(
        before = {ServletWebSecurityAutoConfiguration.class, KafkaAutoConfiguration.class},
        after = MongoAutoConfiguration.class)
@Import({DemoClock.class, CallerConfiguration.class, SealConfiguration.class, WebConfiguration.class})
public class ServiceKit {

    /** So long a request waits for a database that is away; then it is told so. */
    private static final int SELECTION_SECONDS = 3;

    /** As fine as the database keeps it, so that an answer says the same moment as every later one. */
    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.tickMillis(ZoneOffset.UTC);
    }

    @Bean
    MongoClientSettingsBuilderCustomizer ourDatabase() {
        return settings -> settings.uuidRepresentation(UuidRepresentation.STANDARD)
                .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(SELECTION_SECONDS, TimeUnit.SECONDS))
                .applyToSocketSettings(socket -> socket.connectTimeout(SELECTION_SECONDS, TimeUnit.SECONDS));
    }

    @Bean
    MongoDatabase database(MongoClient client, MongoProperties properties) {
        return client.getDatabase(Objects.requireNonNull(properties.getDatabase(), "spring.mongodb.database"));
    }

    @Bean
    IndexMaker indexMaker(MongoDatabase database, ObjectProvider<Indexed> collections) {
        return new IndexMaker(database, collections.stream().toList());
    }

    /** In place of Spring's, which writes whole messages to the log; the relay says what failed, and no more. */
    @Bean
    ProducerListener<Object, Object> quiet() {
        return new ProducerListener<>() {};
    }

    @Bean
    Transactions transactions(MongoClient client) {
        return new Transactions(client);
    }
}
