package nl.wijkschakel.referral.referral;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Indexes.ascending;

import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import java.util.List;
import nl.wijkschakel.kit.mongo.Indexed;
import nl.wijkschakel.kit.outbox.OutboxSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ReferralIndexes {

    @Bean
    Indexed indexesOfReferrals() {
        return new Indexed(
                Referrals.COLLECTION,
                List.of(
                        new IndexModel(ascending("sender.organisation", "draft", "order")),
                        new IndexModel(ascending("sender.organisation", "draft", "sender.worker", "order")),
                        new IndexModel(
                                ascending("changedAt"), new IndexOptions().partialFilterExpression(eq("draft", true))),
                        new IndexModel(ascending("client")),
                        new IndexModel(
                                ascending("number"),
                                new IndexOptions().unique(true).partialFilterExpression(exists("number"))),
                        new IndexModel(
                                ascending("sender.organisation", "creation.person", "creation.key"),
                                new IndexOptions().unique(true).partialFilterExpression(exists("creation.key")))));
    }

    @Bean
    OutboxSource referralOutbox() {
        return new OutboxSource(Referrals.COLLECTION);
    }
}
