package nl.wijkschakel.referral.directory;

import com.mongodb.client.MongoDatabase;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The three kinds of entry, each with its collection. */
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
}
