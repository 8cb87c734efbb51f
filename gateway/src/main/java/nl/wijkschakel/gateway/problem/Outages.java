package nl.wijkschakel.gateway.problem;

import com.mongodb.MongoException;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.stereotype.Component;

/**
 * The last word on what nothing else has answered, also for what goes wrong in a filter, such as a session that cannot be
 * read. An outage of MongoDB or Keycloak is 503 and the cookie stays; the rest is a bug, told without its inside.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class Outages implements Filter {

    private static final Logger LOG = LoggerFactory.getLogger(Outages.class);
    private static final Duration WAIT = Duration.ofSeconds(5);

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            chain.doFilter(request, response);
        } catch (IOException | ServletException | RuntimeException e) {
            if (response.isCommitted()) {
                throw e; // Tomcat breaks the connection off, so that half an answer is not taken for a whole one
            }
            problem(e).write((HttpServletRequest) request, (HttpServletResponse) response);
        }
    }

    private static Problem problem(Exception e) {
        if (hasCause(e, InvalidParameterException.class)) {
            return Problem.invalid(
                    "Het adres bevat een waarde die niet te lezen is."); // not logged: it repeats the value
        }
        if (hasCause(e, MongoException.class)) {
            LOG.error("The session store does not answer: {}", rootName(e));
            return Problem.unavailable("De opslag van sessies is niet bereikbaar.", WAIT);
        }
        if (hasCause(e, AuthenticationServiceException.class)) {
            LOG.error("Keycloak does not answer: {}", rootName(e));
            return Problem.unavailable("De inlogdienst is niet bereikbaar.", WAIT);
        }
        LOG.error("Unexpected failure", e);
        return Problem.of(HttpStatus.INTERNAL_SERVER_ERROR);
    }

    private static boolean hasCause(@Nullable Throwable e, Class<? extends Throwable> type) {
        return e != null && (type.isInstance(e) || hasCause(e.getCause(), type));
    }

    /** The driver's messages are pages long. */
    private static String rootName(Throwable e) {
        return e.getCause() == null ? e.getClass().getSimpleName() : rootName(e.getCause());
    }
}
