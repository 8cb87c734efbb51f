package nl.wijkschakel.referral.directory;

import com.mongodb.client.MongoDatabase;
import nl.wijkschakel.kit.mongo.Indexed;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The three kinds of entry, each with its collection and the index of its lists. */
@Configuration(proxyBeanMethods = false)
class DirectoryConfiguration {

    @Bean
    Entries<Organisation> organisations(MongoDatabase database) {
        return new Entries<>(database, Entries.ORGANISATIONS);
    }

    @Bean
    Entries<Team> teams(MongoDatabase database) {
        return new Entries<>(database, Entries.TEAMS);
    }

    @Bean
    Entries<Service> services(MongoDatabase database) {
        return new Entries<>(database, Entries.SERVICES);
    }

    @Bean
    Indexed organisationIndexes() {
        return Entries.ORGANISATIONS.indexed();
    }

    @Bean
    Indexed teamIndexes() {
        return Entries.TEAMS.indexed();
    }

    @Bean
    Indexed serviceIndexes() {
        return Entries.SERVICES.indexed();
    }
}
