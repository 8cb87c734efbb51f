package nl.wijkschakel.local;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import nl.wijkschakel.servers.ChildProcess;

/** The four services as processes: their jars, and the environment that each gets (it has no other configuration). */
final class Services {

    private final Settings settings;
    private final Home home;
    private final Secrets secrets;
    private final Progress progress;
    private final Map<Service, ServiceJar> jars = new ConcurrentHashMap<>();

    /** Where the services find the parts they stand on. */
    record Ground(String mongodb, String kafka, String keycloak) {

        String issuer() {
            return keycloak + "/realms/" + KeycloakServer.REALM;
        }
    }

    Services(Settings settings, Home home, Secrets secrets, Progress progress) {
        this.settings = settings;
        this.home = home;
        this.secrets = secrets;
        this.progress = progress;
    }

    /** So that the service starts quickly. Needs the database, at most: nothing listens and nothing is sent. */
    void prepare(Service service, Ground ground) throws IOException {
        jars.put(service, ServiceJar.prepare(service, settings, home, environment(service, 0, ground), progress));
    }

    /**
     * Not yet started.
     *
     * @param replica 0 is the one that the gateway calls
     */
    ChildPart part(Service service, int replica, Ground ground, Map<String, String> more) throws IOException {
        var jar = jars.get(service);
        if (jar == null) {
            throw new IllegalStateException(service.module() + " is not prepared");
        }
        var command = new ArrayList<String>();
        command.add(Java.executable());
        command.addAll(Java.SMALL);
        command.addAll(jar.arguments());
        var environment = environment(service, replica, ground);
        environment.putAll(more);
        int port = settings.ports().service(service, replica);
        var name = replica == 0 ? service.module() : service.module() + "-" + (replica + 1);
        var process = new ChildProcess(name, command, environment, home.log(name), home.record(name));
        return new ChildPart(
                name,
                address(service, replica),
                process,
                port,
                address(service, replica) + "/actuator/health/readiness");
    }

    private String address(Service service, int replica) {
        return "http://127.0.0.1:" + settings.ports().service(service, replica);
    }

    private Map<String, String> environment(Service service, int replica, Ground ground) throws IOException {
        var variables = new TreeMap<String, String>();
        variables.put("PORT", String.valueOf(settings.ports().service(service, replica)));
        variables.put("SERVER_ADDRESS", "127.0.0.1");
        variables.put("MONGODB_URI", ground.mongodb());
        variables.put("KAFKA_BOOTSTRAP_SERVERS", ground.kafka());
        variables.put("ISSUER", ground.issuer());
        variables.put("CLIENT_SERVICE", address(Service.CLIENT, 0));
        variables.put("REFERRAL_SERVICE", address(Service.REFERRAL, 0));
        variables.put("NOTIFICATION_SERVICE", address(Service.NOTIFICATION, 0));
        variables.put("SPRING_PROFILES_ACTIVE", "demo");
        // glibc keeps a pool per thread otherwise, which costs a Java process tens of megabytes
        variables.put("MALLOC_ARENA_MAX", "2");
        variables.putAll(own(service));
        variables.putAll(settings.environment(service));
        return variables;
    }

    private Map<String, String> own(Service service) throws IOException {
        return switch (service) {
            case CLIENT ->
                Map.of(
                        "VAULT_MASTER_KEY", secrets.vaultMasterKey(service),
                        "HASH_KEYS", secrets.hashKeys(),
                        "CLIENT_SERVICE_CLIENT_SECRET", secrets.clientServiceClient(),
                        "ACCOUNTS_CLIENT_SECRET", secrets.accountsClient(),
                        "BRP_URL", BrpPart.address(settings.ports().brp()));
            case REFERRAL ->
                Map.of(
                        "VAULT_MASTER_KEY", secrets.vaultMasterKey(service),
                        "SERVICE_CLIENT_SECRET", secrets.serviceClient());
            case NOTIFICATION ->
                Map.of(
                        "VAULT_MASTER_KEY",
                        secrets.vaultMasterKey(service),
                        "SMTP_HOST",
                        "127.0.0.1",
                        "SMTP_PORT",
                        String.valueOf(settings.ports().smtp()),
                        "SMTP_STARTTLS",
                        "false",
                        "WEBHOOKS_LOCAL",
                        "true",
                        "WEB_ADDRESS",
                        "http://localhost:" + settings.ports().service(Service.GATEWAY, 0));
            case GATEWAY ->
                Map.of(
                        "GATEWAY_CLIENT_SECRET", secrets.gatewayClient(),
                        "SESSION_KEY", secrets.sessionKey());
        };
    }
}
