package nl.wijkschakel.client.worker;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.web.Refusal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/** What referral-service knows of whom accounts are for: its directory, and the work that somebody has in hand. */
@Component
class ReferralService {

    private static final Logger log = LoggerFactory.getLogger(ReferralService.class);
    private static final String NAME = "referrals";
    private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Organisation(UUID id, List<String> municipalities) {

        /** An answer without these is none. */
        Organisation {
            Objects.requireNonNull(id, "id");
            municipalities = List.copyOf(municipalities);
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Team(UUID id, UUID organisation) {

        Team {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(organisation, "organisation");
        }
    }

    /** @param open referrals and attempts that wait for this person, on either side */
    @JsonIgnoreProperties(ignoreUnknown = true)
    private record OpenWork(@Nullable Long open) {}

    private final RestClient asTheCaller;
    private final RestClient asOurselves;
    private final CircuitBreaker breaker;
    private final Retry retry;

    ReferralService(
            RestClient referralsHttp,
            RestClient referralsHttpAsOurselves,
            CircuitBreakerRegistry breakers,
            RetryRegistry retries) {
        this.asTheCaller = referralsHttp;
        this.asOurselves = referralsHttpAsOurselves;
        this.breaker = breakers.circuitBreaker(NAME);
        this.retry = retries.retry(NAME);
    }

    Optional<Organisation> organisation(UUID id, Caller caller) {
        return entry("/v1/organisations/{id}", id, Organisation.class, caller);
    }

    Optional<Team> team(UUID id, Caller caller) {
        return entry("/v1/teams/{id}", id, Team.class, caller);
    }

    private <T> Optional<T> entry(String path, UUID id, Class<T> type, Caller caller) {
        try {
            return guarded(() -> {
                try {
                    return Optional.ofNullable(asTheCaller
                            .get()
                            .uri(path, id)
                            .header(HttpHeaders.AUTHORIZATION, "Bearer " + caller.token())
                            .headers(it -> {
                                if (caller.chosen() != null) {
                                    it.set(
                                            Caller.ORGANISATION_HEADER,
                                            caller.chosen().toString());
                                }
                            })
                            .retrieve()
                            .body(type));
                } catch (HttpClientErrorException.NotFound _) {
                    return Optional.empty();
                }
            });
        } catch (CallNotPermittedException | RestClientException e) {
            throw unavailable(
                    "directory-unavailable",
                    "De sociale kaart is nu even niet te bereiken. Probeer het zo nog eens.",
                    e);
        }
    }

    /**
     * How much work somebody has in hand at an organisation. Not knowing is not none: then nothing is closed.
     *
     * @throws Refusal.Unavailable when nobody can tell
     */
    long openWork(UUID person, UUID organisation) {
        try {
            var answer = guarded(() -> asOurselves
                    .get()
                    .uri("/internal/v1/workers/{person}/open-work?organisation={organisation}", person, organisation)
                    .retrieve()
                    .body(OpenWork.class));
            if (answer != null && answer.open() != null) {
                return answer.open();
            }
            throw unknownWork(new RestClientException("an answer without a number"));
        } catch (CallNotPermittedException | RestClientException | OAuth2AuthorizationException e) {
            throw unknownWork(e);
        }
    }

    private static Refusal unknownWork(Exception e) {
        return unavailable(
                "open-work-unknown",
                "Wij kunnen nu niet nagaan of deze persoon nog open werk heeft. Daarom is er niets gewijzigd.",
                e);
    }

    private <T extends @Nullable Object> T guarded(Supplier<T> call) {
        return Retry.decorateSupplier(retry, CircuitBreaker.decorateSupplier(breaker, call))
                .get();
    }

    private static Refusal unavailable(String type, String title, Exception e) {
        log.warn("referral-service does not tell ({}): {}", type, e.getClass().getSimpleName());
        return new Refusal.Unavailable(type, title, RETRY_AFTER);
    }
}
