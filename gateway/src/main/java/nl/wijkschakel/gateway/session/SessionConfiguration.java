package nl.wijkschakel.gateway.session;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import jakarta.servlet.DispatcherType;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.boot.mongodb.autoconfigure.MongoProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2RefreshTokenGrantRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.session.web.http.CookieHttpSessionIdResolver;
import org.springframework.session.web.http.DefaultCookieSerializer;
import org.springframework.session.web.http.SessionRepositoryFilter;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SessionProperties.class)
class SessionConfiguration {

    /** A person waits for this: better a quick "not now" than the driver's patience of half a minute. */
    @Bean
    MongoClientSettingsBuilderCustomizer impatience() {
        return settings -> settings.applyToClusterSettings(
                        cluster -> cluster.serverSelectionTimeout(3, TimeUnit.SECONDS))
                .applyToSocketSettings(
                        socket -> socket.connectTimeout(2, TimeUnit.SECONDS).readTimeout(5, TimeUnit.SECONDS));
    }

    @Bean
    MongoDatabase database(MongoClient client, MongoProperties properties) {
        return client.getDatabase(String.valueOf(properties.getDatabase()));
    }

    @Bean
    Seal seal(SessionProperties properties) {
        return Seal.of(properties.key());
    }

    @Bean
    Tokens tokens(
            MongoDatabase database,
            OAuth2AccessTokenResponseClient<OAuth2RefreshTokenGrantRequest> keycloak,
            ClientRegistration registration,
            Seal seal,
            Clock clock,
            SessionProperties properties) {
        return new Tokens(
                database.getCollection("tokens"),
                new KeycloakRefresh(keycloak, registration),
                seal,
                clock,
                properties.absolute());
    }

    @Bean
    Sessions sessions(MongoDatabase database, Tokens tokens, Seal seal, Clock clock, SessionProperties properties) {
        return new Sessions(
                database.getCollection("sessions"), tokens, seal, clock, properties.idle(), properties.absolute());
    }

    @Bean
    Browser browser(Tokens tokens) {
        return new Browser(tokens);
    }

    @Bean
    OAuth2AuthorizedClientRepository authorizedClients(
            Tokens tokens, Browser browser, ClientRegistration registration) {
        return new AuthorizedClients(tokens, browser, registration);
    }

    @Bean
    BackChannelLogout backChannelLogout(Sessions sessions) {
        return new BackChannelLogout(sessions);
    }

    @Bean
    FilterRegistrationBean<SessionRepositoryFilter<BrowserSession>> sessionFilter(Sessions sessions) {
        var cookie = new DefaultCookieSerializer();
        cookie.setCookieName("__Host-session");
        cookie.setCookiePath("/");
        cookie.setUseSecureCookie(true); // also on http://localhost, which browsers treat as secure
        cookie.setUseHttpOnlyCookie(true);
        cookie.setSameSite("Lax");
        cookie.setUseBase64Encoding(false);
        var ids = new CookieHttpSessionIdResolver();
        ids.setCookieSerializer(cookie);
        var filter = new SessionRepositoryFilter<>(sessions);
        filter.setHttpSessionIdResolver(ids);
        var registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(SessionRepositoryFilter.DEFAULT_ORDER);
        registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR);
        return registration;
    }
}
