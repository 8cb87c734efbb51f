package nl.wijkschakel.client.grant;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Indexes.ascending;

import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import java.util.List;
import nl.wijkschakel.kit.mongo.Indexed;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class GrantConfiguration {

    /** Holds only what is open, so that it stays small however many attempts there were. */
    @Bean
    Indexed grantIndexes() {
        var open = new IndexOptions().name("open").partialFilterExpression(eq("access", Access.SHARED.name()));
        var companions =
                new IndexOptions().name("companions").partialFilterExpression(eq("access", Access.SHARED.name()));
        return new Indexed(
                Grants.COLLECTION,
                List.of(
                        new IndexModel(ascending("receiver", "client"), open),
                        new IndexModel(ascending("receiver", "companions.client"), companions)));
    }
}
