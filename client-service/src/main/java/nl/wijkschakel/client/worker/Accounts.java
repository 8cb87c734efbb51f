package nl.wijkschakel.client.worker;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import nl.wijkschakel.kit.caller.Membership;
import nl.wijkschakel.kit.web.Errors;
import nl.wijkschakel.kit.web.Refusal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keycloak's admin API, as a client whose only role is to manage users. What may be repeated is tried twice; making an
 * account and sending a mail are not. A breaker spares a Keycloak that is down.
 */
@Component
class Accounts {

    private static final Logger log = LoggerFactory.getLogger(Accounts.class);
    private static final String NAME = "accounts";
    private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

    /** Above the staff of any organisation; a bound all the same. */
    static final int MOST_OF_ONE_ROLE = 1_000;

    /** An invitation that lies over a weekend and a day off still works. */
    private static final Duration INVITATION_VALID = Duration.ofDays(5);

    private static final ParameterizedTypeReference<List<Account>> ACCOUNTS = new ParameterizedTypeReference<>() {};

    /** Keycloak says what is wrong with one field or with several in two ways. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Wrong(@Nullable String field, @Nullable List<Wrong> errors) {}

    private final RestClient http;
    private final RestClient patientHttp;
    private final CircuitBreaker breaker;
    private final Retry retry;
    private final JsonMapper json;

    Accounts(
            RestClient accountsHttp,
            RestClient patientAccountsHttp,
            CircuitBreakerRegistry breakers,
            RetryRegistry retries,
            JsonMapper json) {
        this.http = accountsHttp;
        this.patientHttp = patientAccountsHttp;
        this.breaker = breakers.circuitBreaker(NAME);
        this.retry = retries.retry(NAME);
        this.json = json;
    }

    Optional<Account> find(UUID id) {
        return repeatable(() -> {
            try {
                return Optional.ofNullable(
                        http.get().uri("/users/{id}", id).retrieve().body(Account.class));
            } catch (HttpClientErrorException.NotFound _) {
                return Optional.empty();
            }
        });
    }

    /** All who have exactly this membership. */
    List<Account> with(Membership membership) {
        var query = "memberships:\"" + Worker.text(membership) + "\"";
        return search("/users?q={query}&max={max}", query, MOST_OF_ONE_ROLE);
    }

    /** The account with this mail address. */
    Optional<Account> withEmail(String email) {
        return search("/users?email={email}&exact=true&max=1", email).stream().findFirst();
    }

    private List<Account> search(String uri, Object... values) {
        var found = repeatable(() -> http.get().uri(uri, values).retrieve().body(ACCOUNTS));
        return Objects.requireNonNullElse(found, List.of());
    }

    /** @return the new account's id; empty when there is one with this mail address */
    Optional<UUID> create(Account account) {
        return once(() -> {
            try {
                var answer = http.post()
                        .uri("/users")
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(account)
                        .retrieve()
                        .toBodilessEntity();
                return Optional.of(madeAt(answer.getHeaders().getLocation()));
            } catch (HttpClientErrorException.Conflict _) {
                return Optional.empty();
            }
        });
    }

    private static UUID madeAt(@Nullable URI location) {
        try {
            var path = Objects.requireNonNullElse(location, URI.create("/")).getPath();
            return UUID.fromString(path.substring(path.lastIndexOf('/') + 1));
        } catch (IllegalArgumentException e) {
            throw unavailable(e); // it is not Keycloak that answers like this
        }
    }

    /** @return false when another account has this mail address */
    boolean change(UUID id, Account account) {
        return repeatable(() -> {
            try {
                http.put()
                        .uri("/users/{id}", id)
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(account)
                        .retrieve()
                        .toBodilessEntity();
                return true;
            } catch (HttpClientErrorException.Conflict _) {
                return false;
            }
        });
    }

    /** Ends the sessions of one who may no longer log in. */
    void logOut(UUID id) {
        repeatable(() -> http.post().uri("/users/{id}/logout", id).retrieve().toBodilessEntity());
    }

    /**
     * Lets Keycloak send its own mail, by which the person chooses a password. Past the breaker: a mail server that is
     * away says nothing of Keycloak.
     *
     * @return whether it was sent
     */
    boolean invite(UUID id) {
        try {
            patientHttp
                    .put()
                    .uri(
                            "/users/{id}/execute-actions-email?client_id=gateway&lifespan={seconds}",
                            id,
                            INVITATION_VALID.toSeconds())
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(List.of("UPDATE_PASSWORD"))
                    .retrieve()
                    .toBodilessEntity();
            return true;
        } catch (RestClientException | OAuth2AuthorizationException e) {
            log.warn("The invitation of {} was not sent: {}", id, e.getClass().getSimpleName());
            return false;
        }
    }

    private <T extends @Nullable Object> T repeatable(Supplier<T> call) {
        return answered(Retry.decorateSupplier(retry, CircuitBreaker.decorateSupplier(breaker, call)));
    }

    private <T extends @Nullable Object> T once(Supplier<T> call) {
        return answered(CircuitBreaker.decorateSupplier(breaker, call));
    }

    private <T extends @Nullable Object> T answered(Supplier<T> call) {
        try {
            return call.get();
        } catch (HttpClientErrorException.BadRequest wrong) {
            throw refusal(wrong);
        } catch (CallNotPermittedException | RestClientException | OAuth2AuthorizationException e) {
            throw unavailable(e);
        }
    }

    /** What Keycloak finds wrong with a name or an address is for the one who typed it. */
    private Refusal refusal(HttpClientErrorException wrong) {
        try {
            var said = json.readValue(wrong.getResponseBodyAsByteArray(), Wrong.class);
            var all = new ArrayList<>(Objects.requireNonNullElse(said.errors(), List.<Wrong>of()));
            all.add(said);
            var errors = new Errors();
            for (var each : all) {
                var pointer = POINTERS.get(Objects.requireNonNullElse(each.field(), ""));
                if (pointer != null) {
                    errors.add(pointer, "not-usable", "Dit kan niet worden gebruikt voor een account.");
                }
            }
            return errors.found().isEmpty() ? unavailable(wrong) : new Refusal.Invalid(errors.found());
        } catch (JacksonException e) {
            return unavailable(e); // it is not Keycloak that speaks like this
        }
    }

    private static final Map<String, String> POINTERS = Map.of(
            "firstName", "/name/given",
            "lastName", "/name/surname",
            "email", "/email",
            "username", "/email",
            "memberships", "/memberships");

    private static Refusal unavailable(Exception e) {
        log.warn("Keycloak's accounts cannot be reached: {}", e.getClass().getSimpleName());
        return new Refusal.Unavailable(
                "accounts-unavailable",
                "Accounts zijn nu even niet te bereiken. Probeer het zo nog eens.",
                RETRY_AFTER);
    }
}
