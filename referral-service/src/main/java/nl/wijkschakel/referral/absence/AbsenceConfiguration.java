package nl.wijkschakel.referral.absence;

import nl.wijkschakel.kit.mongo.Indexed;
import nl.wijkschakel.kit.outbox.OutboxSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class AbsenceConfiguration {

    @Bean
    Indexed absenceIndexes() {
        return Absences.indexes();
    }

    @Bean
    OutboxSource absenceOutbox() {
        return new OutboxSource(Absences.COLLECTION);
    }
}
