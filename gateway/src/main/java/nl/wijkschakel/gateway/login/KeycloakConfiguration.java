package nl.wijkschakel.gateway.login;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.endpoint.OAuth2RefreshTokenGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.RestClientRefreshTokenTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.web.client.RestClient;

/** Nothing here speaks to Keycloak before the first login or token: the gateway starts without it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(KeycloakProperties.class)
class KeycloakConfiguration {

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    /** What an access token must be meant for. */
    private static final String AUDIENCE = "wijkschakel";

    /** The addresses are written out: discovery would ask Keycloak at the start, and by the road that browsers take. */
    @Bean
    ClientRegistration keycloak(KeycloakProperties properties) {
        var endpoints = properties.issuer() + "/protocol/openid-connect";
        return ClientRegistration.withRegistrationId("keycloak")
                .clientId("gateway")
                .clientSecret(properties.clientSecret())
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUri("{baseUrl}/login/oauth2/code/{registrationId}")
                .scope("openid", "profile")
                .issuerUri(properties.issuer())
                .authorizationUri(endpoints + "/auth")
                .tokenUri(properties.tokenUri())
                .jwkSetUri(properties.jwksUri())
                .userNameAttributeName("sub")
                .providerConfigurationMetadata(Map.of("end_session_endpoint", endpoints + "/logout"))
                .build();
    }

    @Bean
    ClientRegistrationRepository registrations(ClientRegistration keycloak) {
        return new InMemoryClientRegistrationRepository(keycloak);
    }

    @Bean
    OAuth2AccessTokenResponseClient<OAuth2AuthorizationCodeGrantRequest> codeGrant() {
        var client = new RestClientAuthorizationCodeTokenResponseClient();
        client.setRestClient(tokenEndpoint());
        return client;
    }

    @Bean
    OAuth2AccessTokenResponseClient<OAuth2RefreshTokenGrantRequest> refreshGrant() {
        var client = new RestClientRefreshTokenTokenResponseClient();
        client.setRestClient(tokenEndpoint());
        return client;
    }

    /** After the session's filter, since it remembers something, and before Spring Security's, which leads away. */
    @Bean
    FilterRegistrationBean<LoginGuard> loginGuard(KeycloakProperties properties, Clock clock) {
        var client = RestClient.builder().requestFactory(impatient()).build();
        var guard = new FilterRegistrationBean<>(new LoginGuard(client, URI.create(properties.jwksUri()), clock));
        guard.addUrlPatterns(LoginGuard.LOGIN);
        guard.setOrder(SecurityFilterProperties.DEFAULT_FILTER_ORDER - 1);
        return guard;
    }

    /** Keys outlive an outage of Keycloak, as tokens do. */
    @Bean
    JWKSource<SecurityContext> keys(KeycloakProperties properties) throws MalformedURLException {
        var retriever = new DefaultResourceRetriever(
                Math.toIntExact(CONNECT.toMillis()), Math.toIntExact(ANSWER.toMillis()), 100_000);
        return JWKSourceBuilder.<SecurityContext>create(
                        URI.create(properties.jwksUri()).toURL(), retriever)
                .refreshAheadCache(false)
                .retrying(true)
                .outageTolerant(Duration.ofHours(4).toMillis())
                .build();
    }

    /** For the tokens that systems send. */
    @Bean
    JwtDecoder accessTokens(JWKSource<SecurityContext> keys, KeycloakProperties properties, Clock clock) {
        var decoder = NimbusJwtDecoder.withJwkSource(keys).build();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                timestamps(clock),
                new JwtIssuerValidator(properties.issuer()),
                new JwtClaimValidator<List<String>>(
                        "aud", audience -> audience != null && audience.contains(AUDIENCE))));
        return new CachedTokens(decoder, clock);
    }

    @Bean
    JwtDecoderFactory<ClientRegistration> idTokens(JWKSource<SecurityContext> keys, Clock clock) {
        return registration -> {
            var idToken = new OidcIdTokenValidator(registration);
            idToken.setClock(clock);
            var decoder = NimbusJwtDecoder.withJwkSource(keys).build();
            decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(timestamps(clock), idToken));
            decoder.setClaimSetConverter(OidcIdTokenDecoderFactory.createDefaultClaimTypeConverter());
            return decoder;
        };
    }

    private static JwtTimestampValidator timestamps(Clock clock) {
        var timestamps = new JwtTimestampValidator(Duration.ofSeconds(10));
        timestamps.setClock(clock);
        return timestamps;
    }

    private static RestClient tokenEndpoint() {
        return RestClient.builder()
                .requestFactory(impatient())
                .configureMessageConverters(converters -> converters
                        .addCustomConverter(new FormHttpMessageConverter())
                        .addCustomConverter(new OAuth2AccessTokenResponseHttpMessageConverter()))
                .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
                .build();
    }

    private static JdkClientHttpRequestFactory impatient() {
        var client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .build();
        var factory = new JdkClientHttpRequestFactory(client);
        factory.setReadTimeout(ANSWER);
        return factory;
    }
}
