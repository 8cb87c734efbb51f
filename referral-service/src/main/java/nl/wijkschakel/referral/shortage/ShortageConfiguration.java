package nl.wijkschakel.referral.shortage;

import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Indexes.ascending;

import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import java.util.List;
import nl.wijkschakel.kit.mongo.Indexed;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** One index for the lists, one to count by. */
@Configuration(proxyBeanMethods = false)
class ShortageConfiguration {

    @Bean
    Indexed indexesOfShortages() {
        return new Indexed(
                Shortages.COLLECTION,
                List.of(
                        new IndexModel(ascending("lists", "order")),
                        new IndexModel(ascending("municipality", "quarter", "theme")),
                        new IndexModel(
                                ascending("creation.person", "creation.key"),
                                new IndexOptions().unique(true).partialFilterExpression(exists("creation.key")))));
    }
}
