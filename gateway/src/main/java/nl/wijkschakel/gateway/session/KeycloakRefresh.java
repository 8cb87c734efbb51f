package nl.wijkschakel.gateway.session;

import java.time.Duration;
import java.time.Instant;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2RefreshTokenGrantRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;

/** The refresh grant, by Spring Security's client. */
final class KeycloakRefresh implements Tokens.Refresh {

    private final OAuth2AccessTokenResponseClient<OAuth2RefreshTokenGrantRequest> keycloak;
    private final ClientRegistration registration;

    KeycloakRefresh(
            OAuth2AccessTokenResponseClient<OAuth2RefreshTokenGrantRequest> keycloak, ClientRegistration registration) {
        this.keycloak = keycloak;
        this.registration = registration;
    }

    @Override
    public Tokens.Issued refresh(String refreshToken) {
        // the request wants an access token too, and uses none of it
        var spent = new OAuth2AccessToken(
                OAuth2AccessToken.TokenType.BEARER, "spent", Instant.EPOCH, Instant.EPOCH.plus(Duration.ofSeconds(1)));
        var response = keycloak.getTokenResponse(
                new OAuth2RefreshTokenGrantRequest(registration, spent, new OAuth2RefreshToken(refreshToken, null)));
        var next = response.getRefreshToken();
        return new Tokens.Issued(
                response.getAccessToken().getTokenValue(),
                AuthorizedClients.validFor(response.getAccessToken()),
                next == null ? null : next.getTokenValue());
    }
}
