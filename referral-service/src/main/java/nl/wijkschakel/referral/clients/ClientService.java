package nl.wijkschakel.referral.clients;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.web.Errors;
import nl.wijkschakel.kit.web.FieldError;
import nl.wijkschakel.kit.web.Refusal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Speaks to client-service with this service's own token; a share carries the worker's too (DESIGN §2.6), and a look is the
 * worker's alone. All calls may be repeated, so they are tried twice; a breaker spares a neighbour that is down, and those
 * who wait.
 */
@Component
public class ClientService {

    private static final Logger log = LoggerFactory.getLogger(ClientService.class);
    private static final String NAME = "clients";
    private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Refused(@Nullable List<FieldError> errors) {}

    private final RestClient http;
    private final CircuitBreaker breaker;
    private final Retry retry;
    private final JsonMapper json;

    ClientService(
            RestClient clientServiceHttp, CircuitBreakerRegistry breakers, RetryRegistry retries, JsonMapper json) {
        this.http = clientServiceHttp;
        this.breaker = breakers.circuitBreaker(NAME);
        this.retry = retries.retry(NAME);
        this.json = json;
    }

    /**
     * Stores what the client agreed to, inactive.
     *
     * @throws Refusal.Invalid when the client is not the caller's, or the agreement does not hold
     * @throws Refusal.Unavailable when client-service is away; nothing is sent, the draft is kept
     */
    public Agreement.Core agree(UUID attempt, Agreement agreement, Caller caller) {
        try {
            return guarded(() -> answered(http.put()
                    .uri("/internal/v1/agreements/{attempt}", attempt)
                    .header("Wijkschakel-Caller", caller.token())
                    .header(Caller.ORGANISATION_HEADER, caller.organisation().toString())
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(agreement)
                    .retrieve()
                    .body(Agreement.Core.class)));
        } catch (HttpClientErrorException.NotFound e) {
            if (agreement.forwardedFrom() != null) {
                throw unavailable(e); // the caller sees it here, so the grant is still on its way there
            }
            throw new Refusal.Invalid(new Errors()
                    .add("/client", "unknown-client", "Deze cliënt is niet gevonden, of is niet van uw organisatie.")
                    .found());
        } catch (HttpClientErrorException.BadRequest e) {
            throw refusal(e);
        } catch (CallNotPermittedException | RestClientException | OAuth2AuthorizationException e) {
            throw unavailable(e);
        }
    }

    /**
     * Opens or closes what the receiver sees, at once (DESIGN §2.7).
     *
     * @return whether it stands; if not, the event will bring it about
     */
    public boolean grant(UUID attempt, Grant grant) {
        try {
            guarded(() -> http.put()
                    .uri("/internal/v1/grants/{attempt}", attempt)
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(grant)
                    .retrieve()
                    .toBodilessEntity());
            return true;
        } catch (CallNotPermittedException | RestClientException | OAuth2AuthorizationException e) {
            log.warn(
                    "The grant of attempt {} waits for its event: {}",
                    attempt,
                    e.getClass().getSimpleName());
            return false;
        }
    }

    /**
     * The record as the caller may see it, with the caller's own token, so that client-service decides and writes down who
     * looked.
     *
     * @throws Refusal.Unavailable when it cannot be had now: client-service is away, or the grant is still on its way there
     */
    public Person read(UUID client, Caller caller) {
        try {
            return guarded(() -> answered(http.get()
                    .uri("/v1/clients/{id}", client)
                    .attribute(ClientServiceConfiguration.WORKERS_OWN, true)
                    .headers(it -> it.setBearerAuth(caller.token()))
                    .header(Caller.ORGANISATION_HEADER, caller.organisation().toString())
                    .retrieve()
                    .body(Person.class)));
        } catch (CallNotPermittedException | RestClientException | OAuth2AuthorizationException e) {
            log.warn("client-service does not show a client: {}", e.getClass().getSimpleName());
            throw new Refusal.Unavailable(
                    "clients-unavailable",
                    "De gegevens van de cliënt zijn nu even niet op te halen. Probeer het zo nog eens.",
                    RETRY_AFTER);
        }
    }

    private <T> T guarded(Supplier<T> call) {
        return Retry.decorateSupplier(retry, CircuitBreaker.decorateSupplier(breaker, call))
                .get();
    }

    private static <T> T answered(@Nullable T body) {
        if (body == null) {
            throw new RestClientException("an answer without a body");
        }
        return body;
    }

    /** What client-service finds wrong with an agreement is for the one who typed it. */
    private Refusal refusal(HttpClientErrorException refused) {
        try {
            return new Refusal.Invalid(Objects.requireNonNullElse(
                    json.readValue(refused.getResponseBodyAsByteArray(), Refused.class)
                            .errors(),
                    List.of()));
        } catch (JacksonException e) {
            return unavailable(e); // it is not client-service that speaks like this
        }
    }

    private static Refusal unavailable(RuntimeException e) {
        log.warn("client-service does not take an agreement: {}", e.getClass().getSimpleName());
        return new Refusal.Unavailable(
                "clients-unavailable",
                "Versturen lukt nu even niet. Er is niets veranderd; probeer het zo nog eens.",
                RETRY_AFTER);
    }
}
