package nl.wijkschakel.gateway.session;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.OAuth2AccessToken;

/** Where Spring Security leaves the tokens of a login; it would keep them in this process. */
final class AuthorizedClients implements OAuth2AuthorizedClientRepository {

    private final Tokens tokens;
    private final Browser browser;
    private final ClientRegistration registration;

    AuthorizedClients(Tokens tokens, Browser browser, ClientRegistration registration) {
        this.tokens = tokens;
        this.browser = browser;
        this.registration = registration;
    }

    @Override
    public void saveAuthorizedClient(
            OAuth2AuthorizedClient client,
            Authentication principal,
            HttpServletRequest request,
            HttpServletResponse response) {
        removeAuthorizedClient(client.getClientRegistration().getRegistrationId(), principal, request, response);
        var access = client.getAccessToken();
        var refresh = client.getRefreshToken();
        var id = tokens.add(new Tokens.Issued(
                access.getTokenValue(), validFor(access), refresh == null ? null : refresh.getTokenValue()));
        request.getSession().setAttribute(Attributes.TOKENS, id);
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // so says the interface; there is only one kind
    public <T extends OAuth2AuthorizedClient> @Nullable T loadAuthorizedClient(
            String registrationId, Authentication principal, HttpServletRequest request) {
        if (!(browser.token(request) instanceof TokenState.Usable(AccessToken token))) {
            return null;
        }
        var access = new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, token.value(), null, token.expires());
        return (T) new OAuth2AuthorizedClient(registration, principal.getName(), access);
    }

    @Override
    public void removeAuthorizedClient(
            String registrationId, Authentication principal, HttpServletRequest request, HttpServletResponse response) {
        var session = request.getSession(false);
        if (session != null && session.getAttribute(Attributes.TOKENS) instanceof String id) {
            tokens.delete(id);
            session.removeAttribute(Attributes.TOKENS);
        }
    }

    /** Keycloak says for how long; Spring makes moments of it by the system's clock. */
    static Duration validFor(OAuth2AccessToken token) {
        Instant issued = token.getIssuedAt();
        Instant expires = token.getExpiresAt();
        return issued == null || expires == null ? Duration.ofMinutes(1) : Duration.between(issued, expires);
    }
}
