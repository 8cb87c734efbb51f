package nl.wijkschakel.referral.message;

import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Indexes.ascending;
import static com.mongodb.client.model.Indexes.compoundIndex;
import static com.mongodb.client.model.Indexes.descending;

import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import java.util.List;
import nl.wijkschakel.kit.mongo.Creations;
import nl.wijkschakel.kit.mongo.Indexed;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class MessageIndexes {

    @Bean
    Indexed indexesOfMessages() {
        return new Indexed(
                Messages.COLLECTION,
                List.of(
                        new IndexModel(compoundIndex(ascending("attempt"), descending("_id"))),
                        new IndexModel(
                                ascending("attempt", Messages.UNREAD_BY, "_id"),
                                new IndexOptions().partialFilterExpression(exists(Messages.UNREAD_BY))),
                        Creations.index()));
    }
}
