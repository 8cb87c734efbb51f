package nl.wijkschakel.client.worker;

import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Indexes.ascending;

import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import io.micrometer.common.KeyValues;
import java.time.Duration;
import java.util.List;
import nl.wijkschakel.kit.mongo.Indexed;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.observation.ClientRequestObservationContext;
import org.springframework.http.client.observation.DefaultClientRequestObservationConvention;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
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

/**
 * The ways to Keycloak's admin API and to referral-service. Each token of our own is for one of them: the one that manages
 * users never leaves for a neighbour.
 */
@Configuration(proxyBeanMethods = false)
class WorkerConfiguration {

    /** Keycloak answers an invitation once its mail is on the way; and the gateway waits ten seconds for all of it. */
    private static final HttpClientSettings PATIENT =
            HttpClientSettings.defaults().withTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(5));

    /** Keycloak's own way of looking for a mail address puts it into the address, and that is not for a trace. */
    private static final DefaultClientRequestObservationConvention WITHOUT_ADDRESS =
            new DefaultClientRequestObservationConvention() {
                @Override
                public KeyValues getHighCardinalityKeyValues(ClientRequestObservationContext context) {
                    return KeyValues.empty();
                }
            };

    @Bean
    RestClient accountsHttp(
            RestClient.Builder http,
            @Value("${accounts.uri}") String uri,
            @Value("${accounts.secret}") String secret,
            @Value("${tokens.token-uri}") String tokenUri) {
        return http.clone()
                .baseUrl(uri)
                .observationConvention(WITHOUT_ADDRESS)
                .requestInterceptor(tokenOf("accounts", secret, tokenUri, http))
                .build();
    }

    @Bean
    RestClient patientAccountsHttp(RestClient accountsHttp) {
        return accountsHttp
                .mutate()
                .requestFactory(ClientHttpRequestFactoryBuilder.detect().build(PATIENT))
                .build();
    }

    @Bean
    RestClient referralsHttp(RestClient.Builder http, @Value("${referrals.uri}") String uri) {
        return http.baseUrl(uri).build();
    }

    @Bean
    RestClient referralsHttpAsOurselves(
            RestClient.Builder http,
            @Value("${referrals.uri}") String uri,
            @Value("${tokens.service-secret}") String secret,
            @Value("${tokens.token-uri}") String tokenUri) {
        return http.clone()
                .baseUrl(uri)
                .requestInterceptor(tokenOf("client-service", secret, tokenUri, http))
                .build();
    }

    @Bean
    Indexed indexesOfWorkers() {
        return new Indexed(
                Workers.COLLECTION,
                List.of(new IndexModel(
                        ascending("creation.person", "creation.key"),
                        new IndexOptions().unique(true).partialFilterExpression(exists("creation.key")))));
    }

    /** Fetched when first needed, kept until it ends or is refused. */
    private static OAuth2ClientHttpRequestInterceptor tokenOf(
            String client, String secret, String tokenUri, RestClient.Builder http) {
        var registration = ClientRegistration.withRegistrationId(client)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .clientId(client)
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
        var ourselves =
                new AnonymousAuthenticationToken(client, client, AuthorityUtils.createAuthorityList("ROLE_SERVICE"));
        var tokens = new OAuth2ClientHttpRequestInterceptor(manager);
        tokens.setClientRegistrationIdResolver(_ -> client);
        tokens.setPrincipalResolver(_ -> ourselves);
        tokens.setAuthorizationFailureHandler(
                OAuth2ClientHttpRequestInterceptor.authorizationFailureHandler(authorized));
        return tokens;
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
