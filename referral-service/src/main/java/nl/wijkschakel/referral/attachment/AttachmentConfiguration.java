package nl.wijkschakel.referral.attachment;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Indexes.ascending;

import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import nl.wijkschakel.kit.mongo.Indexed;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class AttachmentConfiguration {

    /** The gateway waits no longer than ten seconds for an answer. */
    private static final Duration SCAN = Duration.ofSeconds(8);

    /** @param address {@code host:port} of a clamd; empty for no scanner */
    @Bean
    Scanner scanner(@Value("${attachments.scanner}") String address) {
        if (address.isBlank()) {
            return new Scanner.None();
        }
        var uri = URI.create("clamd://" + address);
        if (uri.getHost() == null || uri.getPort() < 0) {
            throw new IllegalArgumentException("attachments.scanner is no host:port");
        }
        return new Clamd(InetSocketAddress.createUnresolved(uri.getHost(), uri.getPort()), SCAN);
    }

    @Bean
    Indexed indexesOfAttachments() {
        return new Indexed(
                Attachments.COLLECTION,
                List.of(
                        new IndexModel(ascending("referral", "_id")),
                        new IndexModel(
                                ascending("referralDraft", "_id"),
                                new IndexOptions().partialFilterExpression(eq("referralDraft", true)))));
    }

    @Bean
    Indexed indexesOfAttachmentContent() {
        return new Indexed(
                Attachments.FILES,
                List.of(new IndexModel(
                        ascending("metadata.at"), new IndexOptions().partialFilterExpression(exists("metadata.at")))));
    }
}
