package nl.wijkschakel.kit.access;

import com.mongodb.client.MongoDatabase;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import nl.wijkschakel.kit.event.Eventing;
import nl.wijkschakel.kit.event.Events;
import nl.wijkschakel.kit.outbox.OutboxSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Off only where a service has no data of clients at all. */
@AutoConfiguration(before = Eventing.class) // which looks whether there is anything to send
@ConditionalOnProperty(name = "access-log.enabled", matchIfMissing = true)
public class AccessConfiguration {

    @Bean
    AccessLog accessLog(MongoDatabase database, Events events, Clock clock) {
        return new AccessLog(database, events, clock);
    }

    @Bean
    OutboxSource accessEntries() {
        return new OutboxSource(AccessLog.COLLECTION);
    }

    @Bean
    RefusedLooks refusedLooks(AccessLog log, ObjectProvider<GuardedPath> paths, MeterRegistry metrics) {
        var lost = Counter.builder("wijkschakel.refused.looks.lost")
                .description("Looks that were refused and could not be written down")
                .register(metrics);
        return new RefusedLooks(log, paths.stream().toList(), lost);
    }

    /** Before the gate, so that it hears of what the gate refuses. */
    @Bean
    WebMvcConfigurer writeDownRefusedLooks(RefusedLooks looks) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry interceptors) {
                interceptors.addInterceptor(looks).addPathPatterns("/v1/**").order(Ordered.HIGHEST_PRECEDENCE);
            }
        };
    }
}
