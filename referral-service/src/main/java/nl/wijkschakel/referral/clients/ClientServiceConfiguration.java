package nl.wijkschakel.referral.clients;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.client.AuthorizedClientServiceOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.InMemoryOAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProviderBuilder;
import org.springframework.security.oauth2.client.endpoint.RestClientClientCredentialsTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.client.OAuth2ClientHttpRequestInterceptor;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.web.client.RestClient;

/** The way to client-service, with a token of our own: fetched when first needed, kept until it ends or is refused. */
@Configuration(proxyBeanMethods = false)
class ClientServiceConfiguration {

    /** Marks a request that carries a worker's token and keeps it. */
    static final String WORKERS_OWN = "workers-own-token";

    private static final String REGISTRATION = "referral-service";

    private static final Authentication OURSELVES = new AnonymousAuthenticationToken(
            REGISTRATION, REGISTRATION, AuthorityUtils.createAuthorityList("ROLE_SERVICE"));

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
        var authorized = new InMemoryOAuth2AuthorizedClientService(registrations);
        var manager = new AuthorizedClientServiceOAuth2AuthorizedClientManager(registrations, authorized);
        manager.setAuthorizedClientProvider(OAuth2AuthorizedClientProviderBuilder.builder()
                .clientCredentials(it -> it.accessTokenResponseClient(keycloak(http.clone())))
                .build());
        var tokens = new OAuth2ClientHttpRequestInterceptor(manager);
        tokens.setClientRegistrationIdResolver(it -> it.getAttributes().containsKey(WORKERS_OWN) ? null : REGISTRATION);
        tokens.setPrincipalResolver(_ -> OURSELVES);
        tokens.setAuthorizationFailureHandler(
                OAuth2ClientHttpRequestInterceptor.authorizationFailureHandler(authorized));
        return http.baseUrl(uri).requestInterceptor(tokens).build();
    }

    /** As it is by itself, but with the time limits that every call of ours has. */
    private static RestClientClientCredentialsTokenResponseClient keycloak(RestClient.Builder http) {
        var client = new RestClientClientCredentialsTokenResponseClient();
        client.setRestClient(http.configureMessageConverters(it -> it.addCustomConverter(new FormHttpMessageConverter())
                        .addCustomConverter(new OAuth2AccessTokenResponseHttpMessageConverter()))
                .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
                .build());
        return client;
    }
}
