package nl.wijkschakel.kit.caller;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import nl.wijkschakel.kit.web.Problem;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AuthenticationEntryPointFailureHandler;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

/** Nobody gets in without a token of Keycloak's, and no further than {@link Allowed} says. */
@Configuration(proxyBeanMethods = false)
public class CallerConfiguration {

    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class); // it comes from the token
    }

    private static final String AUDIENCE = "wijkschakel";

    /** Keys are fetched at the first token, so a service starts while Keycloak is down. Tokens live by the true time. */
    @Bean
    @ConditionalOnMissingBean
    JwtDecoder tokens(@Value("${tokens.issuer}") String issuer, @Value("${tokens.jwks-uri}") String keys) {
        var decoder = NimbusJwtDecoder.withJwkSetUri(keys).build();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                JwtValidators.createDefaultWithIssuer(issuer),
                new JwtClaimValidator<List<String>>(
                        JwtClaimNames.AUD, audiences -> audiences != null && audiences.contains(AUDIENCE))));
        return new RememberedTokens(decoder, Clock.systemUTC());
    }

    @Bean
    Callers callers(JwtDecoder tokens) {
        return new Callers(tokens);
    }

    /** They cost a fifth of a small request and tell nothing that the request's own metrics do not. */
    @Bean
    SecurityObservationSettings noObservationsOfSecurity() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    SecurityFilterChain tokensOnly(HttpSecurity http, JsonMapper json) throws Exception {
        var refused = refused(json);
        return http.authorizeHttpRequests(requests -> requests.requestMatchers(
                                "/actuator/health/**", "/actuator/prometheus", "/v1/openapi.json", "/error")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .oauth2ResourceServer(server -> server.jwt(_ -> {})
                        .authenticationEntryPoint(refused)
                        .withObjectPostProcessor(answered(refused)))
                .exceptionHandling(handling -> handling.authenticationEntryPoint(refused))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(CsrfConfigurer::disable)
                .headers(headers -> headers.contentSecurityPolicy(
                        policy -> policy.policyDirectives("default-src 'none'; frame-ancestors 'none'")))
                .build();
    }

    /** An address that tries to be another than it looks is refused before anything reads it. */
    @Bean
    RequestRejectedHandler noTricks(JsonMapper json) {
        return (_, response, _) -> answer(
                json, response, Problem.of(HttpStatus.BAD_REQUEST, "malformed-request", "Dit verzoek klopt niet."));
    }

    private static AuthenticationEntryPoint refused(JsonMapper json) {
        return (_, response, refusal) -> {
            if (isOutage(refusal)) {
                response.setHeader("Retry-After", "30");
                answer(
                        json,
                        response,
                        Problem.of(
                                HttpStatus.SERVICE_UNAVAILABLE,
                                "login-unavailable",
                                "Inloggen is even niet mogelijk. Probeer het zo nog eens."));
            } else {
                response.setHeader("WWW-Authenticate", "Bearer");
                answer(
                        json,
                        response,
                        Problem.of(
                                HttpStatus.UNAUTHORIZED,
                                "not-logged-in",
                                "U bent niet ingelogd, of uw sessie is verlopen."));
            }
        };
    }

    /** By itself the filter throws an outage of the key server on, and that ends as a failure of ours. */
    private static ObjectPostProcessor<BearerTokenAuthenticationFilter> answered(AuthenticationEntryPoint refused) {
        var handler = new AuthenticationEntryPointFailureHandler(refused);
        handler.setRethrowAuthenticationServiceException(false);
        return new ObjectPostProcessor<>() {
            @Override
            public <O extends BearerTokenAuthenticationFilter> O postProcess(O filter) {
                filter.setAuthenticationFailureHandler(handler);
                return filter;
            }
        };
    }

    /** The decoder says the same class for a key server that is away as for a bug, and another for a bad token. */
    private static boolean isOutage(AuthenticationException refusal) {
        return refusal instanceof AuthenticationServiceException;
    }

    private static void answer(JsonMapper json, HttpServletResponse response, Problem problem) throws IOException {
        response.setStatus(problem.status());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.getOutputStream().write(json.writeValueAsBytes(problem));
    }

    @Bean
    WebMvcConfigurer gate() {
        var gate = new Gate();
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry interceptors) {
                interceptors
                        .addInterceptor(gate)
                        .addPathPatterns("/v1/**", "/internal/**")
                        .excludePathPatterns("/v1/openapi.json");
            }

            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(gate);
            }
        };
    }
}
