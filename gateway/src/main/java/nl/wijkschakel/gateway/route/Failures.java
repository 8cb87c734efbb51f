package nl.wijkschakel.gateway.route;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.net.SocketTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import nl.wijkschakel.gateway.problem.Problem;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.client.RestClientException;
import org.springframework.web.servlet.function.HandlerFilterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/** What happens when a service does not answer. */
final class Failures {

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
    private static final Duration WAIT = Duration.ofSeconds(5);

    private Failures() {}

    static HandlerFilterFunction<ServerResponse, ServerResponse> toProblems(String service) {
        return (request, next) -> {
            try {
                return next.handle(request);
            } catch (CallNotPermittedException _) {
                return unavailable(service);
            } catch (RestClientException e) {
                LOG.error("{} does not answer: {}", service, e.toString());
                return isLate(e) ? Problem.noAnswerInTime(service).response() : unavailable(service);
            }
        };
    }

    /**
     * A service that does not answer is left alone for a while, so that neither callers nor the service wait in vain. An
     * answer is an answer, also 500 or 503: these can concern one kind of request only, such as sending while another
     * service is down, and must not close the door to all others.
     */
    static HandlerFilterFunction<ServerResponse, ServerResponse> countedBy(CircuitBreaker breaker) {
        return (request, next) -> {
            breaker.acquirePermission();
            var start = breaker.getCurrentTimestamp();
            var counted = false;
            try {
                var response = next.handle(request);
                breaker.onSuccess(breaker.getCurrentTimestamp() - start, breaker.getTimestampUnit());
                counted = true;
                return response;
            } catch (RestClientException e) {
                breaker.onError(breaker.getCurrentTimestamp() - start, breaker.getTimestampUnit(), e);
                counted = true;
                throw e;
            } finally {
                if (!counted) {
                    breaker.releasePermission(); // our own fault says nothing of the service
                }
            }
        };
    }

    private static ServerResponse unavailable(String service) {
        return Problem.unavailable("%s is niet bereikbaar.".formatted(service), WAIT)
                .response();
    }

    /** Whether the service took the request and was too slow, so that nobody knows what became of it. */
    private static boolean isLate(@Nullable Throwable e) {
        return switch (e) {
            case null -> false;
            case ConnectTimeoutException _, ConnectionRequestTimeoutException _ -> false;
            case SocketTimeoutException _, HttpTimeoutException _ -> true;
            default -> isLate(e.getCause());
        };
    }
}
