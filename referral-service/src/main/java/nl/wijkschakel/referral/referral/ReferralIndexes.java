package nl.wijkschakel.referral.referral;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Indexes.ascending;

import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import java.util.List;
import nl.wijkschakel.kit.access.GuardedPath;
import nl.wijkschakel.kit.access.Purpose;
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
                        new IndexModel(ascending("worklist", "order"), ofDrafts()),
                        new IndexModel(ascending("changedAt"), ofDrafts()),
                        new IndexModel(ascending("services"), ofDrafts()),
                        new IndexModel(ascending("client")),
                        new IndexModel(
                                ascending("number"),
                                new IndexOptions().unique(true).partialFilterExpression(exists("number"))),
                        new IndexModel(
                                ascending("sender.organisation", "creation.person", "creation.key"),
                                new IndexOptions().unique(true).partialFilterExpression(exists("creation.key")))));
    }

    private static IndexOptions ofDrafts() {
        return new IndexOptions().partialFilterExpression(eq("draft", true));
    }

    @Bean
    GuardedPath guardedReferrals(Referrals referrals) {
        return new GuardedPath("/v1/referrals", "referral", Purpose.REFERRAL, referrals::clientOf);
    }

    @Bean
    OutboxSource referralOutbox() {
        return new OutboxSource(Referrals.COLLECTION);
    }
}
