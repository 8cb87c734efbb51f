package nl.wijkschakel.gateway;

import java.util.HashMap;
import java.util.Map;
import nl.wijkschakel.servers.MongoServer;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** One more gateway beside that of the test, with the same neighbours, set up by the environment as in production. */
public final class Replica implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private Replica(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** @param changes {@code NAME=value}; an empty value is as good as none */
    public static Replica of(String... changes) {
        var environment = new HashMap<String, Object>(Map.of(
                "PORT",
                "0",
                "server.address",
                "127.0.0.1",
                "MONGODB_URI",
                MongoServer.ofTests().uri(),
                "MONGODB_DATABASE",
                GatewayTest.DATABASE,
                "ISSUER",
                GatewayTest.KEYCLOAK.issuer(),
                "GATEWAY_CLIENT_SECRET",
                "secret",
                "SESSION_KEY",
                GatewayTest.SESSION_KEY,
                "CLIENT_SERVICE",
                GatewayTest.CLIENT.baseUrl(),
                "REFERRAL_SERVICE",
                GatewayTest.REFERRAL.baseUrl(),
                "NOTIFICATION_SERVICE",
                GatewayTest.NOTIFICATION.baseUrl()));
        for (var change : changes) {
            environment.put(change.substring(0, change.indexOf('=')), change.substring(change.indexOf('=') + 1));
        }
        return new Replica(new SpringApplicationBuilder(GatewayApplication.class, GatewayTest.Time.class)
                .properties("spring.main.banner-mode=off")
                .initializers(it -> it.getEnvironment()
                        .getPropertySources()
                        .addFirst(new MapPropertySource("environment of the replica", environment)))
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
