package nl.wijkschakel.referral.clock;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Whether the clock job keeps up: both gauges stay near zero. */
@Configuration(proxyBeanMethods = false)
class ClockMetrics {

    @Bean
    MeterBinder clockGauges(List<Clockwork> clockworks, Clock clock) {
        return metrics -> clockworks.forEach(each -> {
            Gauge.builder("wijkschakel.clocks.overdue", each, it -> it.overdue().count())
                    .description("What came due and was not told yet")
                    .tag("clock", each.name())
                    .register(metrics);
            TimeGauge.builder(
                            "wijkschakel.clocks.oldest",
                            each,
                            TimeUnit.MILLISECONDS,
                            it -> age(it.overdue().oldest(), clock.instant()).toMillis())
                    .description("How long the oldest of these has been due")
                    .tag("clock", each.name())
                    .register(metrics);
        });
    }

    private static Duration age(@Nullable Instant oldest, Instant now) {
        return Duration.between(Objects.requireNonNullElse(oldest, now), now);
    }
}
