package nl.wijkschakel.referral.note;

import static com.mongodb.client.model.Indexes.ascending;
import static com.mongodb.client.model.Indexes.compoundIndex;
import static com.mongodb.client.model.Indexes.descending;

import com.mongodb.client.model.IndexModel;
import java.util.List;
import nl.wijkschakel.kit.mongo.Creations;
import nl.wijkschakel.kit.mongo.Indexed;
import nl.wijkschakel.kit.outbox.OutboxSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class NoteIndexes {

    @Bean
    Indexed indexesOfNotes() {
        return new Indexed(
                Notes.COLLECTION,
                List.of(
                        new IndexModel(compoundIndex(ascending("attempt", "side"), descending("_id"))),
                        Creations.index()));
    }

    @Bean
    OutboxSource noteOutbox() {
        return new OutboxSource(Notes.COLLECTION);
    }
}
