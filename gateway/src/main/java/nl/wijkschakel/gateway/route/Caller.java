package nl.wijkschakel.gateway.route;

import java.security.Principal;
import java.time.Duration;
import nl.wijkschakel.gateway.me.Memberships;
import nl.wijkschakel.gateway.problem.Problem;
import nl.wijkschakel.gateway.session.AccessToken;
import nl.wijkschakel.gateway.session.Browser;
import nl.wijkschakel.gateway.session.TokenState;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.servlet.function.HandlerFilterFunction;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** In whose name a request goes on; {@link RelayedHeaders} writes it down. */
final class Caller {

    private static final Duration WAIT = Duration.ofSeconds(5);

    private final Browser browser;

    Caller(Browser browser) {
        this.browser = browser;
    }

    HandlerFilterFunction<ServerResponse, ServerResponse> relayed() {
        return this::relay;
    }

    /** For what the app asks by itself, without a person at the keys. */
    HandlerFilterFunction<ServerResponse, ServerResponse> unattended() {
        return (request, next) -> {
            if (!(request.principal().orElse(null) instanceof JwtAuthenticationToken)) {
                browser.unattended(request.servletRequest());
            }
            return relay(request, next);
        };
    }

    private ServerResponse relay(ServerRequest request, HandlerFunction<ServerResponse> next) throws Exception {
        Principal principal = request.principal().orElse(null);
        if (principal == null) {
            RelayedHeaders.stranger(request);
            return next.handle(request);
        }
        if (principal instanceof JwtAuthenticationToken) {
            RelayedHeaders.bearer(request);
            return next.handle(request);
        }
        return switch (browser.token(request.servletRequest())) {
            case TokenState.Usable(AccessToken token) -> {
                var chosen = browser.organisation(request.servletRequest());
                RelayedHeaders.browser(
                        request,
                        token.value(),
                        Memberships.of(token.memberships()).organisation(chosen));
                yield next.handle(request);
            }
            case TokenState.Ended _ -> Problem.sessionEnded().response();
            case TokenState.Unavailable _ ->
                Problem.unavailable("De inlogdienst is niet bereikbaar; uw sessie blijft.", WAIT)
                        .response();
        };
    }
}
