package nl.wijkschakel.gateway.login;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param issuer as browsers and tokens know it; the addresses that a browser visits lie below it
 * @param jwksUri where this process finds the keys: inside a cluster by another road than browsers take
 * @param tokenUri where this process asks for tokens
 * @param clientSecret of the client {@code gateway}, from GATEWAY_CLIENT_SECRET
 */
@ConfigurationProperties("keycloak")
record KeycloakProperties(String issuer, String jwksUri, String tokenUri, String clientSecret) {

    KeycloakProperties {
        if (clientSecret.isBlank()) {
            throw new IllegalStateException(
                    "GATEWAY_CLIENT_SECRET is missing: the secret of the client \"gateway\" in Keycloak");
        }
    }

    @Override
    public String toString() {
        return "KeycloakProperties[issuer=" + issuer + "]"; // without the secret
    }
}
