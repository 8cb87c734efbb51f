package nl.wijkschakel.referral.calendar;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class CalendarConfiguration {

    @Bean
    Terms terms() {
        return new Terms(WorkingDays.DUTCH);
    }
}
