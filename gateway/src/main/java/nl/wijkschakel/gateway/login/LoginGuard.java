package nl.wijkschakel.gateway.login;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import nl.wijkschakel.gateway.problem.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Stands before the login: while Keycloak is down a person reads that, and is not sent to an address that does not
 * answer. Also remembers the page to come back to.
 */
public final class LoginGuard extends OncePerRequestFilter {

    /** Where a login begins. */
    public static final String LOGIN = "/oauth2/authorization/keycloak";

    private static final Logger LOG = LoggerFactory.getLogger(LoginGuard.class);

    /** So long one good answer stands for the next logins. */
    private static final Duration TRUST = Duration.ofSeconds(5);

    private static final Duration WAIT = Duration.ofSeconds(30);

    private final RestClient client;
    private final URI keys;
    private final Clock clock;
    private volatile Instant trustedUntil = Instant.MIN;

    LoginGuard(RestClient client, URI keys, Clock clock) {
        this.client = client;
        this.keys = keys;
        this.clock = clock;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!keycloakAnswers()) {
            Problem.unavailable("Inloggen kan nu niet: de inlogdienst is niet bereikbaar.", WAIT)
                    .write(request, response);
            return;
        }
        ReturnPage.remember(request);
        chain.doFilter(request, response);
    }

    private boolean keycloakAnswers() {
        if (clock.instant().isBefore(trustedUntil)) {
            return true;
        }
        try {
            client.get().uri(keys).retrieve().toBodilessEntity();
        } catch (RestClientException e) {
            LOG.warn("Keycloak does not answer, no login begins: {}", e.toString());
            return false;
        }
        trustedUntil = clock.instant().plus(TRUST);
        return true;
    }
}
