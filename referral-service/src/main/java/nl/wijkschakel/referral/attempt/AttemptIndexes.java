package nl.wijkschakel.referral.attempt;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Indexes.ascending;

import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import java.time.Instant;
import java.util.List;
import nl.wijkschakel.kit.access.GuardedPath;
import nl.wijkschakel.kit.access.Purpose;
import nl.wijkschakel.kit.mongo.Indexed;
import nl.wijkschakel.kit.outbox.OutboxSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** No list is sorted or read through (DESIGN §3): one for all lists of a side, one to count them. */
@Configuration(proxyBeanMethods = false)
class AttemptIndexes {

    @Bean
    Indexed indexesOfAttempts() {
        return new Indexed(
                Attempts.COLLECTION,
                List.of(
                        new IndexModel(ascending("inbox", AttemptDocuments.RECEIVER_ORDER)),
                        new IndexModel(ascending("receiver", "receiverQueue")),
                        new IndexModel(ascending("worklist", AttemptDocuments.SENDER_ORDER)),
                        new IndexModel(ascending("sender.organisation", "senderQueue")),
                        // figures over a period
                        new IndexModel(ascending("receiver", "createdAt")),
                        new IndexModel(ascending("sender.organisation", "createdAt")),
                        new IndexModel(ascending("municipality", "createdAt")),
                        new IndexModel(ascending("referral")),
                        // what has an alarm set, and nothing else
                        new IndexModel(
                                ascending(AlarmDocuments.AT),
                                new IndexOptions().partialFilterExpression(gt(AlarmDocuments.AT, Instant.EPOCH))),
                        new IndexModel(
                                ascending("client", "service"),
                                new IndexOptions().partialFilterExpression(eq("open", true))),
                        // two that are sent at the same moment both find none open; only one of them is stored
                        new IndexModel(
                                ascending("service", "client"),
                                new IndexOptions()
                                        .unique(true)
                                        .partialFilterExpression(and(eq("open", true), eq("duplicate", false))))));
    }

    @Bean
    GuardedPath guardedAttempts(Attempts attempts) {
        return new GuardedPath("/v1/attempts", "attempt", Purpose.REFERRAL, attempts::clientOf);
    }

    @Bean
    OutboxSource attemptOutbox() {
        return new OutboxSource(Attempts.COLLECTION);
    }
}
