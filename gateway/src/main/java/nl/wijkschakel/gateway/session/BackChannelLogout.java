package nl.wijkschakel.gateway.session;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.oidc.authentication.logout.OidcLogoutToken;
import org.springframework.security.oauth2.client.oidc.session.OidcSessionInformation;
import org.springframework.security.oauth2.client.oidc.session.OidcSessionRegistry;
import org.springframework.security.web.authentication.logout.LogoutHandler;

/**
 * Keycloak says that a session is over: it is removed from the store, and with that from every replica. Spring Security's
 * own registry lives in one process and calls itself over HTTP for each session; this one has nothing to remember, since
 * a session is stored with Keycloak's id for it.
 */
public final class BackChannelLogout implements LogoutHandler, OidcSessionRegistry {

    private final Sessions sessions;

    BackChannelLogout(Sessions sessions) {
        this.sessions = sessions;
    }

    /** A token that names a session ends that one; a token without ends all of the person's (Back-Channel Logout 2.4). */
    @Override
    public void logout(
            HttpServletRequest request, HttpServletResponse response, @Nullable Authentication authentication) {
        if (authentication != null && authentication.getPrincipal() instanceof OidcLogoutToken token) {
            removeSessionInformation(token);
        }
    }

    @Override
    public Iterable<OidcSessionInformation> removeSessionInformation(OidcLogoutToken token) {
        var session = token.getSessionId();
        var person = token.getSubject();
        if (session != null) {
            sessions.endAllOf(session);
        } else if (person != null) {
            sessions.endAllOfPerson(person);
        }
        return List.of();
    }

    @Override
    public void saveSessionInformation(OidcSessionInformation info) {}

    @Override
    public @Nullable OidcSessionInformation removeSessionInformation(String clientSessionId) {
        return null;
    }
}
