package nl.wijkschakel.gateway.route;

import static org.springframework.cloud.gateway.server.mvc.filter.BeforeFilterFunctions.stripPrefix;
import static org.springframework.cloud.gateway.server.mvc.filter.BeforeFilterFunctions.uri;
import static org.springframework.cloud.gateway.server.mvc.handler.GatewayRouterFunctions.route;
import static org.springframework.cloud.gateway.server.mvc.handler.HandlerFunctions.http;
import static org.springframework.web.servlet.function.RequestPredicates.GET;

import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.net.URI;
import java.time.Clock;
import nl.wijkschakel.gateway.session.Browser;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.cloud.gateway.server.mvc.config.GatewayMvcProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.web.client.RestClient;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** {@code /api/<service>/v1/…} goes to that service as {@code /v1/…}; nothing else of a service can be reached. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RouteProperties.class)
class Routes {

    private static final String STREAM = "/api/notification/v1/stream";

    static boolean isStream(ServerRequest request) {
        return request.servletRequest().getRequestURI().equals(STREAM);
    }

    /**
     * The live stream stays open, so neither a time limit nor a breaker stands around it: what tells of its service's
     * health are the ordinary calls. Before the other routes, of which the last would take it too.
     */
    @Bean
    @Order(1)
    RouterFunction<ServerResponse> stream(RouteProperties properties, Caller caller, RateLimit limit) {
        return route("stream")
                .route(GET(STREAM).and(ApiPath.of("notification")), http())
                .before(uri(properties.notification()))
                .before(stripPrefix(2))
                .filter(limit.of("stream"))
                .filter(caller.unattended())
                .filter(Failures.toProblems("notification"))
                .build();
    }

    @Bean
    @Order(2)
    RouterFunction<ServerResponse> client(
            RouteProperties properties, Caller caller, RateLimit limit, CircuitBreakerRegistry breakers) {
        return service("client", properties.client(), caller, limit, breakers);
    }

    @Bean
    @Order(2)
    RouterFunction<ServerResponse> referral(
            RouteProperties properties, Caller caller, RateLimit limit, CircuitBreakerRegistry breakers) {
        return service("referral", properties.referral(), caller, limit, breakers);
    }

    @Bean
    @Order(2)
    RouterFunction<ServerResponse> notification(
            RouteProperties properties, Caller caller, RateLimit limit, CircuitBreakerRegistry breakers) {
        return service("notification", properties.notification(), caller, limit, breakers);
    }

    private static RouterFunction<ServerResponse> service(
            String name, URI target, Caller caller, RateLimit limit, CircuitBreakerRegistry breakers) {
        return route(name)
                .route(ApiPath.of(name), http())
                .before(uri(target))
                .before(stripPrefix(2))
                .filter(limit.of(name))
                .filter(caller.relayed())
                .filter(Failures.toProblems(name))
                .filter(Failures.countedBy(breakers.circuitBreaker(name)))
                .build();
    }

    @Bean
    Caller caller(Browser browser) {
        return new Caller(browser);
    }

    @Bean
    RateLimit rateLimit(RouteProperties properties, Clock clock) {
        return new RateLimit(properties.requestsPerMinute(), clock);
    }

    @Bean
    CircuitBreakerRegistry breakers(RouteProperties properties) {
        var breaker = properties.breaker();
        return CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
                .slidingWindowSize(breaker.calls())
                .minimumNumberOfCalls(breaker.calls())
                .failureRateThreshold(breaker.failing())
                .waitDurationInOpenState(breaker.open())
                .permittedNumberOfCallsInHalfOpenState(2)
                .build());
    }

    @Bean
    MeterBinder breakerMetrics(CircuitBreakerRegistry breakers) {
        return registry ->
                TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(breakers).bindTo(registry);
    }

    @Bean
    OpenStreams openStreams() {
        return new OpenStreams();
    }

    @Bean
    Exchange exchange(
            RestClient.Builder builder, RouteProperties properties, GatewayMvcProperties gateway, OpenStreams open) {
        return new Exchange(builder, properties, gateway, open);
    }

    @Bean
    RelayedHeaders relayedHeaders() {
        return new RelayedHeaders();
    }

    /** After Spring Security: what a stranger sends is not even read. */
    @Bean
    FilterRegistrationBean<BodyLimit> bodyLimit(RouteProperties properties) {
        var registration =
                new FilterRegistrationBean<>(new BodyLimit(properties.largestBody(), properties.largerBodies()));
        registration.addUrlPatterns("/api/*");
        registration.setOrder(0);
        return registration;
    }
}
