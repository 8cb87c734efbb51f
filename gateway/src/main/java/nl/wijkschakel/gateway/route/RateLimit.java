package nl.wijkschakel.gateway.route;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import nl.wijkschakel.gateway.problem.Problem;
import org.springframework.web.servlet.function.HandlerFilterFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * So many requests a minute of one caller to one service; who has none left gets one back every so often. Each replica
 * counts for itself: the limit is against runaway scripts, not a price list.
 */
final class RateLimit {

    private final int perMinute;
    private final TimeMeter time;
    private final Cache<String, Bucket> buckets = Caffeine.newBuilder()
            .maximumSize(100_000)
            .expireAfterAccess(2, TimeUnit.MINUTES) // a full minute unused is a full bucket again
            .build();

    RateLimit(int perMinute, Clock clock) {
        this.perMinute = perMinute;
        this.time = new ClockMeter(clock);
    }

    HandlerFilterFunction<ServerResponse, ServerResponse> of(String service) {
        return (request, next) -> {
            var probe =
                    buckets.get(service + " " + caller(request), _ -> full()).tryConsumeAndReturnRemaining(1);
            return probe.isConsumed()
                    ? next.handle(request)
                    : Problem.tooManyRequests(Duration.ofNanos(probe.getNanosToWaitForRefill()))
                            .response();
        };
    }

    private Bucket full() {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, Duration.ofMinutes(1)))
                .withCustomTimePrecision(time)
                .build();
    }

    /** A person or system by its id; strangers, who see only what is public, by their address. */
    private static String caller(ServerRequest request) {
        return request.principal()
                .map(principal -> "id " + principal.getName())
                .orElseGet(() -> "ip " + request.servletRequest().getRemoteAddr());
    }

    private record ClockMeter(Clock clock) implements TimeMeter {

        @Override
        public long currentTimeNanos() {
            return TimeUnit.MILLISECONDS.toNanos(clock.millis());
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }
}
