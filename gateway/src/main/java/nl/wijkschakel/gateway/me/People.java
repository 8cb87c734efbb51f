package nl.wijkschakel.gateway.me;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import nl.wijkschakel.gateway.problem.Problem;
import nl.wijkschakel.gateway.problem.Refused;
import nl.wijkschakel.gateway.session.AccessToken;
import nl.wijkschakel.gateway.session.Browser;
import nl.wijkschakel.gateway.session.TokenState;
import org.springframework.stereotype.Component;

/** Finds out who sits at the browser that asks, by the token that also opens the services. */
@Component
public final class People {

    private static final Duration WAIT = Duration.ofSeconds(5);

    private final Browser browser;

    People(Browser browser) {
        this.browser = browser;
    }

    /** @throws Refused when the session has ended, or Keycloak does not answer and the token has expired */
    public AccessToken token(HttpServletRequest request) {
        return switch (browser.token(request)) {
            case TokenState.Usable(AccessToken token) -> token;
            case TokenState.Ended _ -> throw new Refused(Problem.sessionEnded());
            case TokenState.Unavailable _ ->
                throw new Refused(Problem.unavailable("De inlogdienst is niet bereikbaar; uw sessie blijft.", WAIT));
        };
    }

    /** @throws Refused as {@link #token} */
    public Person person(HttpServletRequest request) {
        return person(request, token(request));
    }

    public Person person(HttpServletRequest request, AccessToken token) {
        return Person.of(token.name(), Memberships.of(token.memberships()), browser.organisation(request));
    }

    /** @throws Refused when the person is not a member of it, or as {@link #token} */
    public Person choose(HttpServletRequest request, String organisation) {
        var token = token(request);
        if (!Memberships.of(token.memberships()).include(organisation)) {
            throw new Refused(Problem.invalid(new Problem.Field(
                    "/organisation", "not-a-member", "U werkt niet voor deze organisatie, of zij bestaat niet.")));
        }
        browser.choose(request, organisation);
        return person(request, token);
    }
}
