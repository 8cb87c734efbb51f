package nl.wijkschakel.gateway;

import java.util.HashMap;
import java.util.Map;
import nl.wijkschakel.servers.MongoServer;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** One more gateway beside that of the test, with the same neighbours. */
public final class Replica implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private Replica(ConfigurableApplicationContext context) {
        this.context = context;
    }

    public static Replica of(String... changes) {
        var properties = new HashMap<String, Object>(Map.of(
                "server.port",
                0,
                "server.address",
                "127.0.0.1",
                "spring.mongodb.uri",
                MongoServer.ofTests().uri(),
                "spring.mongodb.database",
                GatewayTest.DATABASE,
                "keycloak.issuer",
                GatewayTest.KEYCLOAK.issuer(),
                "keycloak.client-secret",
                "secret",
                "session.key",
                GatewayTest.SESSION_KEY,
                "routes.client",
                GatewayTest.CLIENT.baseUrl(),
                "routes.referral",
                GatewayTest.REFERRAL.baseUrl(),
                "routes.notification",
                GatewayTest.NOTIFICATION.baseUrl()));
        for (var change : changes) {
            properties.put(change.substring(0, change.indexOf('=')), change.substring(change.indexOf('=') + 1));
        }
        return new Replica(new SpringApplicationBuilder(GatewayApplication.class, GatewayTest.Time.class)
                .properties("spring.main.banner-mode=off")
                .initializers(it ->
                        it.getEnvironment().getPropertySources().addFirst(new MapPropertySource("replica", properties)))
                .run());
    }

    public int port() {
        var server = ((WebServerApplicationContext) context).getWebServer();
        return server == null ? -1 : server.getPort();
    }

    @Override
    public void close() {
        context.close();
    }
}
