package nl.wijkschakel.referral.clients;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.client.AuthorizedClientServiceOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.InMemoryOAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.web.client.RestClient;

/** The way to client-service, with a token of our own that is fetched when first needed and kept until it ends. */
@Configuration(proxyBeanMethods = false)
class ClientServiceConfiguration {

    private static final String REGISTRATION = "referral-service";

    @Bean
    RestClient clientServiceHttp(
            RestClient.Builder http,
            @Value("${clients.uri}") String uri,
            @Value("${tokens.token-uri}") String tokenUri,
            @Value("${tokens.service-secret}") String secret) {
        var registration = ClientRegistration.withRegistrationId(REGISTRATION)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .clientId(REGISTRATION)
                .clientSecret(secret)
                .tokenUri(tokenUri)
                .build();
        // not beans: as beans they would make this service a place to log in at
        var registrations = new InMemoryClientRegistrationRepository(registration);
        var tokens = new AuthorizedClientServiceOAuth2AuthorizedClientManager(
                registrations, new InMemoryOAuth2AuthorizedClientService(registrations));
        var request = OAuth2AuthorizeRequest.withClientRegistrationId(REGISTRATION)
                .principal(REGISTRATION)
                .build();
        return http.baseUrl(uri)
                .requestInterceptor((call, body, execution) -> {
                    var authorized = tokens.authorize(request);
                    if (authorized != null) {
                        call.getHeaders()
                                .setBearerAuth(authorized.getAccessToken().getTokenValue());
                    }
                    return execution.execute(call, body);
                })
                .build();
    }
}
