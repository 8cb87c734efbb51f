package nl.wijkschakel.gateway.route;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param answer how long a service may take to begin its answer, and to go on with it
 * @param requestsPerMinute of one caller to one service, per replica of the gateway
 * @param largestBody in bytes
 * @param largerBodies where more is allowed, by the beginning of the path; those are passed on as they come
 */
@ConfigurationProperties("routes")
record RouteProperties(
        URI client,
        URI referral,
        URI notification,
        Duration connect,
        Duration answer,
        int requestsPerMinute,
        int largestBody,
        @DefaultValue Map<String, Integer> largerBodies,
        Breaker breaker) {

    /**
     * @param calls of the last so many calls
     * @param failing this share, in percent, must have failed
     * @param open and then the service is left alone for so long
     */
    record Breaker(int calls, int failing, Duration open) {}
}
