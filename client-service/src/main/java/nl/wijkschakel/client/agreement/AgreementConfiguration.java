package nl.wijkschakel.client.agreement;

import static com.mongodb.client.model.Indexes.ascending;

import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import java.util.List;
import nl.wijkschakel.kit.mongo.Indexed;
import nl.wijkschakel.kit.outbox.OutboxSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class AgreementConfiguration {

    @Bean
    OutboxSource agreementMessages() {
        return new OutboxSource(Agreements.COLLECTION);
    }

    @Bean
    Indexed agreementIndexes() {
        return new Indexed(
                Agreements.COLLECTION,
                List.of(
                        new IndexModel(ascending("client")),
                        new IndexModel(ascending("companions.client"), new IndexOptions().sparse(true))));
    }
}
