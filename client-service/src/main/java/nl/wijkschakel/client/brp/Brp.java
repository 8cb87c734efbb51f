package nl.wijkschakel.client.brp;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import nl.wijkschakel.kit.web.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks the BRP for persons by BSN. The number travels in the body only, and nothing that was asked or answered is logged:
 * not even a failure's message, which repeats the answer.
 */
@Component
class Brp {

    private static final Logger log = LoggerFactory.getLogger(Brp.class);
    private static final String NAME = "brp";
    private static final String API_KEY = "X-API-KEY";
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration LATER = Duration.ofHours(1);

    private record Question(String type, List<String> burgerservicenummer, List<String> fields) {}

    private final RestClient http;
    private final CircuitBreaker breaker;
    private final Retry retry;
    private final JsonMapper json = JsonMapper.shared();

    Brp(
            RestClient.Builder http,
            CircuitBreakerRegistry breakers,
            RetryRegistry retries,
            @Value("${brp.uri}") String uri,
            @Value("${brp.api-key}") String key) {
        var client = http.baseUrl(uri);
        this.http = (key.isBlank() ? client : client.defaultHeader(API_KEY, key)).build();
        this.breaker = breakers.circuitBreaker(NAME);
        this.retry = retries.retry(NAME);
    }

    /**
     * None, one or several persons: all whom the BRP has of those numbers, and nobody else. Their number is always asked,
     * so that no answer is taken for somebody else's.
     *
     * @throws Refusal.Unavailable when the BRP does not answer, or not as it should; the type says which
     */
    List<BrpPerson> find(List<String> bsns, Set<BrpField> fields) {
        var asked = fields.stream().sorted().flatMap(field -> field.asked().stream());
        var question = new Question(
                BrpAnswer.BY_BSN,
                bsns,
                Stream.concat(Stream.of(BrpAnswer.BSN), asked).toList());
        try {
            return BrpAnswer.read(
                    bsns,
                    json.readTree(guarded(() -> http.post()
                            .contentType(MediaType.APPLICATION_JSON)
                            .accept(MediaType.APPLICATION_JSON)
                            .body(json.writeValueAsBytes(question))
                            .retrieve()
                            .requiredBody(byte[].class))));
        } catch (HttpClientErrorException e) {
            throw refused(e);
        } catch (CallNotPermittedException | RestClientException e) {
            log.warn("The BRP does not answer: {}", e.getClass().getSimpleName());
            throw unavailable();
        } catch (BrpAnswer.Unreadable e) {
            log.error("The BRP's answer has another form than ours, at {}", e.getMessage());
            throw unreadable();
        } catch (JacksonException | IllegalStateException e) { // no JSON; no body
            log.error("The BRP's answer is none: {}", e.getClass().getSimpleName());
            throw unreadable();
        }
    }

    private <T> T guarded(Supplier<T> call) {
        return Retry.decorateSupplier(retry, CircuitBreaker.decorateSupplier(breaker, call))
                .get();
    }

    private static Refusal refused(RestClientResponseException refusal) {
        int status = refusal.getStatusCode().value();
        log.error("The BRP refuses our question: {}", status);
        return switch (status) {
            case 401, 403 ->
                new Refusal.Unavailable(
                        "brp-not-allowed",
                        "De BRP laat Wijkschakel niet toe. Uw beheerder moet dit oplossen; vul de gegevens zelf in.",
                        LATER);
            case 429 ->
                new Refusal.Unavailable(
                        "brp-busy",
                        "Er wordt nu te veel aan de BRP gevraagd. Probeer het zo nog eens.",
                        after(refusal));
            default -> // 400, 406, 415 and whatever else: our own question is wrong
                new Refusal.Unavailable(
                        "brp-question-refused",
                        "De BRP begrijpt de vraag van Wijkschakel niet. Meld dit bij uw beheerder; vul de gegevens zelf in.",
                        LATER);
        };
    }

    private static Duration after(RestClientResponseException refusal) {
        var headers = refusal.getResponseHeaders();
        var seconds = headers == null ? null : headers.getFirst(HttpHeaders.RETRY_AFTER);
        return seconds != null && seconds.matches("[0-9]{1,5}") ? Duration.ofSeconds(Long.parseLong(seconds)) : SOON;
    }

    private static Refusal unavailable() {
        return new Refusal.Unavailable(
                "brp-unavailable",
                "De BRP geeft nu geen antwoord. Probeer het zo nog eens, of vul de gegevens zelf in.",
                SOON);
    }

    private static Refusal unreadable() {
        return new Refusal.Unavailable(
                "brp-answer-unreadable",
                "De BRP geeft een antwoord dat Wijkschakel niet begrijpt. Meld dit bij uw beheerder; vul de gegevens zelf in.",
                LATER);
    }
}
