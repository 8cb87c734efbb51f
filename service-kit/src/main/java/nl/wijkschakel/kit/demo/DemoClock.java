package nl.wijkschakel.kit.demo;

import java.time.Instant;
import nl.wijkschakel.kit.caller.Allowed;
import nl.wijkschakel.kit.caller.Role;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Profile;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The profile {@code demo} only: a clock that the loader of demo data sets. */
@Configuration(proxyBeanMethods = false)
@Profile("demo")
@Import(DemoClock.Setting.class)
public class DemoClock {

    @Bean
    MovableClock clock() {
        return new MovableClock();
    }

    /** @param now the moment it is from now on; null for the true time */
    record Time(@Nullable Instant now) {}

    @RestController
    @Allowed(Role.FUNCTIONAL_ADMIN)
    static final class Setting {

        private final MovableClock clock;

        Setting(MovableClock clock) {
            this.clock = clock;
        }

        @PutMapping("/internal/demo/clock")
        void set(@RequestBody Time time) {
            if (time.now() == null) {
                clock.reset();
            } else {
                clock.set(time.now());
            }
        }
    }
}
