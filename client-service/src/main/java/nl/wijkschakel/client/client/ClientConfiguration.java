package nl.wijkschakel.client.client;

import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Indexes.ascending;
import static com.mongodb.client.model.Indexes.compoundIndex;
import static com.mongodb.client.model.Indexes.descending;

import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import java.util.Base64;
import java.util.List;
import nl.wijkschakel.kit.access.GuardedPath;
import nl.wijkschakel.kit.access.Purpose;
import nl.wijkschakel.kit.mongo.Indexed;
import nl.wijkschakel.kit.outbox.OutboxSource;
import nl.wijkschakel.kit.seal.KeyedHash;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ClientConfiguration {

    @Bean
    SearchHashes searchHashes(@Value("${hash-keys}") List<String> keys) {
        return new SearchHashes(keys.stream()
                .map(key -> new KeyedHash(Base64.getDecoder().decode(key)))
                .toList());
    }

    @Bean
    OutboxSource clientMessages() {
        return new OutboxSource(Clients.COLLECTION);
    }

    @Bean
    GuardedPath guardedClients(Clients clients) {
        return new GuardedPath(ClientController.PATH, ClientController.KIND, Purpose.CLIENT_FILE, clients::known);
    }

    /**
     * Each search is one range that is in the list's order already. The unique ones hold what may be there once: a number,
     * a BSN in an organisation (under each hash key), a person's request.
     */
    @Bean
    Indexed clientIndexes() {
        return new Indexed(
                Clients.COLLECTION,
                List.of(
                        new IndexModel(
                                ascending("number"),
                                new IndexOptions().name("number").unique(true)),
                        new IndexModel(
                                ascending("organisation", "bsnHashes"),
                                new IndexOptions()
                                        .name("bsn")
                                        .unique(true)
                                        .partialFilterExpression(exists("bsnHashes"))),
                        new IndexModel(
                                compoundIndex(ascending("organisation", "hashes"), descending("_id")),
                                new IndexOptions().name("own")),
                        new IndexModel(
                                compoundIndex(ascending("hashes"), descending("_id")),
                                new IndexOptions().name("shared")),
                        new IndexModel(
                                ascending("organisation", "creation.person", "creation.key"),
                                new IndexOptions()
                                        .name("creation")
                                        .unique(true)
                                        .partialFilterExpression(exists("creation")))));
    }
}
