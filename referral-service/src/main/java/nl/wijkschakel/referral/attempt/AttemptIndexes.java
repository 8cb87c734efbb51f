package nl.wijkschakel.referral.attempt;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Indexes.ascending;

import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import java.util.ArrayList;
import java.util.List;
import nl.wijkschakel.kit.mongo.Indexed;
import nl.wijkschakel.kit.outbox.OutboxSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** One for each list and each of its filters, so that none is sorted or read through (DESIGN §3). */
@Configuration(proxyBeanMethods = false)
class AttemptIndexes {

    @Bean
    Indexed indexesOfAttempts() {
        return new Indexed(
                Attempts.COLLECTION,
                List.of(
                        list("receiver", "receiverQueue"),
                        list("receiver", "receiverQueue", "service"),
                        list("receiver", "receiverQueue", "urgency"),
                        list("receiver", "receiverQueue", "worker.person"),
                        list("receiver", "receiverQueue", "municipality"),
                        list("sender.organisation", "senderQueue"),
                        list("sender.organisation", "senderQueue", "sender.worker"),
                        new IndexModel(ascending("referral")),
                        new IndexModel(
                                ascending("client", "service"),
                                new IndexOptions().partialFilterExpression(eq("open", true)))));
    }

    @Bean
    OutboxSource attemptOutbox() {
        return new OutboxSource(Attempts.COLLECTION);
    }

    private static IndexModel list(String... fields) {
        var keys = new ArrayList<>(List.of(fields));
        keys.add("order");
        keys.add("_id");
        return new IndexModel(ascending(keys));
    }
}
