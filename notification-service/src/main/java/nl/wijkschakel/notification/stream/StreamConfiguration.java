package nl.wijkschakel.notification.stream;

import io.micrometer.observation.ObservationPredicate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.observation.ServerRequestObservationContext;

@Configuration(proxyBeanMethods = false)
class StreamConfiguration {

    /** For how long a stream was open says nothing of how fast we answer; the gauge of open streams tells of them. */
    @Bean
    ObservationPredicate streamsAreNotTimed() {
        return (_, context) -> !(context instanceof ServerRequestObservationContext request
                && request.getCarrier() != null
                && request.getCarrier().getRequestURI().equals("/v1/stream"));
    }
}
