package nl.wijkschakel.client.consent;

import static com.mongodb.client.model.Indexes.ascending;
import static com.mongodb.client.model.Indexes.compoundIndex;
import static com.mongodb.client.model.Indexes.descending;

import com.mongodb.client.model.IndexModel;
import java.util.List;
import nl.wijkschakel.kit.mongo.Creations;
import nl.wijkschakel.kit.mongo.Indexed;
import nl.wijkschakel.kit.outbox.OutboxSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ConsentConfiguration {

    @Bean
    OutboxSource consentMessages() {
        return new OutboxSource(Consents.COLLECTION);
    }

    @Bean
    Indexed consentIndexes() {
        return new Indexed(
                Consents.COLLECTION,
                List.of(
                        new IndexModel(compoundIndex(ascending("client", "seenBy"), descending("_id"))),
                        Creations.index()));
    }
}
