package nl.wijkschakel.gateway;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import nl.wijkschakel.gateway.login.BearerTokens;
import nl.wijkschakel.gateway.login.LoginGuard;
import nl.wijkschakel.gateway.login.LogoutAtKeycloak;
import nl.wijkschakel.gateway.login.ReturnPage;
import nl.wijkschakel.gateway.problem.Problem;
import nl.wijkschakel.gateway.session.BackChannelLogout;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.savedrequest.NullRequestCache;

/** Two kinds of callers: systems with a bearer token and no state here, browsers with a session and no token. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    private static final String DESCRIPTIONS = "/api/*/v1/openapi.json";

    @Bean
    @Order(1)
    SecurityFilterChain systems(HttpSecurity http, JwtDecoder decoder) {
        return http.securityMatcher(request -> BearerTokens.presentedBy(request)
                        && request.getRequestURI().startsWith("/api/"))
                .authorizeHttpRequests(requests -> requests.requestMatchers(HttpMethod.GET, DESCRIPTIONS)
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .oauth2ResourceServer(server -> server.bearerTokenResolver(new BearerTokens())
                        .jwt(jwt -> jwt.decoder(decoder))
                        .authenticationEntryPoint((request, response, _) -> Problem.unauthenticated()
                                .with(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"")
                                .write(request, response))
                        .accessDeniedHandler(SecurityConfiguration::forbidden))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                // a page elsewhere cannot make a browser send this header, and no cookie counts here
                .csrf(AbstractHttpConfigurer::disable)
                .headers(HeadersConfigurer::disable) // SecurityHeaders
                .requestCache(cache -> cache.requestCache(new NullRequestCache()))
                .logout(AbstractHttpConfigurer::disable)
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain browsers(
            HttpSecurity http,
            ClientRegistrationRepository registrations,
            OAuth2AuthorizedClientRepository authorizedClients,
            BackChannelLogout backChannel) {
        return http.authorizeHttpRequests(requests -> requests.requestMatchers(HttpMethod.GET, DESCRIPTIONS)
                        .permitAll()
                        .requestMatchers("/api/**", "/organisation")
                        .authenticated()
                        .anyRequest() // pages and files; the rest is not found
                        .permitAll())
                .oauth2Login(login -> login.loginPage(LoginGuard.LOGIN)
                        .clientRegistrationRepository(registrations)
                        .authorizedClientRepository(authorizedClients)
                        .successHandler(new ReturnPage())
                        .failureHandler((_, response, _) -> response.sendRedirect("/?login=failed")))
                .oidcLogout(oidc -> oidc.clientRegistrationRepository(registrations)
                        .oidcSessionRegistry(backChannel)
                        .backChannel(logout -> logout.logoutHandler(backChannel)))
                .logout(logout -> logout.logoutSuccessHandler(new LogoutAtKeycloak(registrations)))
                // never a redirect: a favicon fetched beside the login would start a second login and spoil the first
                .exceptionHandling(refused -> refused.authenticationEntryPoint((request, response, _) ->
                                Problem.unauthenticated().write(request, response))
                        .accessDeniedHandler(SecurityConfiguration::forbidden))
                .csrf(csrf -> csrf.spa().csrfTokenRepository(csrfCookie()))
                .headers(HeadersConfigurer::disable) // SecurityHeaders
                .requestCache(cache -> cache.requestCache(new NullRequestCache()))
                .build();
    }

    /** Read by the app's script and sent back as a header, so not HttpOnly. */
    private static CookieCsrfTokenRepository csrfCookie() {
        var cookie = CookieCsrfTokenRepository.withHttpOnlyFalse();
        cookie.setCookieCustomizer(
                builder -> builder.secure(true).sameSite("Lax").path("/"));
        return cookie;
    }

    private static void forbidden(HttpServletRequest request, HttpServletResponse response, Exception refusal)
            throws IOException {
        Problem.forbidden(
                        refusal instanceof CsrfException
                                ? "De header X-XSRF-TOKEN ontbreekt of hoort niet bij de cookie XSRF-TOKEN."
                                : null)
                .write(request, response);
    }

    /** Requests whose address can be read in two ways, such as one with {@code //}, {@code ;} or {@code %2F}. */
    @Bean
    RequestRejectedHandler rejected() {
        return (request, response, _) ->
                Problem.invalid("Het adres bevat tekens die hier niet mogen.").write(request, response);
    }

    /** Strict about the address; the check of header values is a plain loop, a fifth of the cost of its default. */
    @Bean
    HttpFirewall firewall() {
        var firewall = new StrictHttpFirewall();
        firewall.setAllowedHeaderNames(SecurityConfiguration::hasNoControls);
        firewall.setAllowedHeaderValues(SecurityConfiguration::hasNoControls);
        return firewall;
    }

    private static boolean hasNoControls(String text) {
        for (int i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (Character.isISOControl(c) && c != '\t') {
                return false;
            }
        }
        return true;
    }

    /** HTTP metrics tell enough; these would cost a fifth of a request. */
    @Bean
    SecurityObservationSettings noSecurityObservations() {
        return SecurityObservationSettings.noObservations();
    }
}
