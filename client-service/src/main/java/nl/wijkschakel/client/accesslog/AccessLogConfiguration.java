package nl.wijkschakel.client.accesslog;

import static com.mongodb.client.model.Indexes.ascending;
import static com.mongodb.client.model.Indexes.compoundIndex;
import static com.mongodb.client.model.Indexes.descending;

import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import java.util.List;
import nl.wijkschakel.kit.mongo.Indexed;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class AccessLogConfiguration {

    @Bean
    Indexed accessLogIndexes() {
        return new Indexed(
                AccessChain.COLLECTION,
                List.of(
                        new IndexModel(
                                ascending("event"),
                                new IndexOptions().name("event").unique(true)),
                        new IndexModel(
                                ascending("partition", "number"),
                                new IndexOptions().name("chain").unique(true)),
                        new IndexModel(
                                compoundIndex(ascending("clients"), descending("at", "event")),
                                new IndexOptions().name("client"))));
    }
}
