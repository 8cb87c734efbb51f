package nl.wijkschakel.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import nl.wijkschakel.servers.ChildProcess;
import nl.wijkschakel.servers.Folders;

/** A real Keycloak from its distribution, which the build unpacks. Its database is a file of this stack. */
final class KeycloakServer {

    static final String REALM = "wijkschakel";

    private static final String PREFIX = "keycloak-";
    private static final List<String> BUILT_WITH = List.of("--db=dev-file", "--cache=local");
    private static final Duration TO_BUILD = Duration.ofMinutes(5);

    private final Settings settings;
    private final Home home;
    private final Secrets secrets;
    private final Progress progress;

    KeycloakServer(Settings settings, Home home, Secrets secrets, Progress progress) {
        this.settings = settings;
        this.home = home;
        this.secrets = secrets;
        this.progress = progress;
    }

    /** Builds it once, gives it the realm and starts it. */
    ChildPart start() throws IOException {
        var distribution = distribution();
        var script = distribution.resolve(Path.of("bin", "kc.sh"));
        var realm = Realm.demo(settings.root());
        try (var channel = FileChannel.open(
                        settings.cache().resolve("keycloak.lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
                var _ = channel.lock()) {
            build(distribution, script);
            realm.write(distribution.resolve(Path.of("data", "import", REALM + "-realm.json")));
        }
        var placeholders = placeholders();
        forgetAnotherRealm(realm, placeholders);
        var part = part(script, placeholders);
        part.start();
        return part;
    }

    private Path distribution() throws IOException {
        try (var folders = Files.list(settings.cache())) {
            return folders.filter(folder -> folder.getFileName().toString().matches(PREFIX + "[0-9.]+"))
                    .filter(folder -> Files.exists(folder.resolve(Path.of("bin", "kc.sh"))))
                    .max(Comparator.comparing(KeycloakServer::version))
                    .orElseThrow(() -> new IllegalStateException(
                            "No Keycloak in " + settings.cache() + ": the build of module local unpacks it there"));
        }
    }

    private static Runtime.Version version(Path folder) {
        return Runtime.Version.parse(folder.getFileName().toString().substring(PREFIX.length()));
    }

    /** Keycloak compiles its choice of database and cache into itself; without that each start takes three times as long. */
    private void build(Path distribution, Path script) throws IOException {
        var built = distribution.resolve("built-with");
        var options = String.join(" ", BUILT_WITH);
        if (Files.exists(built) && Files.readString(built).equals(options)) {
            return;
        }
        progress.say("keycloak", "building it, once");
        var command = new ArrayList<>(List.of("bash", script.toString(), "build"));
        command.addAll(BUILT_WITH);
        var build = new ChildProcess(
                "Keycloak's build", command, java(), home.log("keycloak-build"), home.record("keycloak-build"));
        build.start();
        build.awaitEnd(TO_BUILD);
        Files.writeString(built, options);
    }

    /**
     * Keycloak imports a realm once. When the files of the realm, or what they are filled with, have changed since, the
     * database starts anew; people keep their ids, which stand in the file.
     */
    private void forgetAnotherRealm(Realm realm, Map<String, String> placeholders) throws IOException {
        var data = home.data().resolve("keycloak");
        var hash = new Sha256().text(realm.json());
        new TreeMap<>(placeholders).forEach((name, value) -> hash.text(name).text(value));
        var imported = data.resolve("imported");
        var now = hash.hex();
        if (Files.exists(imported) && !Files.readString(imported).equals(now)) {
            progress.say("keycloak", "the realm has changed: its database starts anew");
            Folders.delete(data);
        }
        Files.createDirectories(data);
        Files.writeString(imported, now);
    }

    private ChildPart part(Path script, Map<String, String> placeholders) throws IOException {
        var ports = settings.ports();
        var address = "http://localhost:" + ports.keycloak();
        var environment = new TreeMap<>(java());
        environment.putAll(placeholders);
        environment.putAll(Map.of(
                "KC_DB_URL",
                "jdbc:h2:file:" + home.data().resolve(Path.of("keycloak", "keycloak"))
                        + ";NON_KEYWORDS=VALUE;DB_CLOSE_ON_EXIT=0",
                "KC_BOOTSTRAP_ADMIN_USERNAME",
                "admin",
                "KC_BOOTSTRAP_ADMIN_PASSWORD",
                secrets.keycloakAdmin()));
        var command = List.of(
                "bash",
                script.toString(),
                "start",
                "--optimized",
                "--import-realm",
                "--cache=local",
                "--http-enabled=true",
                "--hostname=" + address,
                "--http-host=127.0.0.1",
                "--http-port=" + ports.keycloak());
        var process = new ChildProcess("Keycloak", command, environment, home.log("keycloak"), home.record("keycloak"));
        return new ChildPart(
                "keycloak",
                address,
                process,
                ports.keycloak(),
                "http://127.0.0.1:" + ports.keycloak() + "/realms/" + REALM + "/.well-known/openid-configuration");
    }

    private Map<String, String> placeholders() throws IOException {
        int gateway = settings.ports().service(Service.GATEWAY, 0);
        return Map.ofEntries(
                Map.entry("GATEWAY_CLIENT_SECRET", secrets.gatewayClient()),
                Map.entry("SERVICE_CLIENT_SECRET", secrets.serviceClient()),
                Map.entry("CLIENT_SERVICE_CLIENT_SECRET", secrets.clientServiceClient()),
                Map.entry("ACCOUNTS_CLIENT_SECRET", secrets.accountsClient()),
                Map.entry("SYSTEM_CLIENT_SECRET", secrets.systemClient()),
                Map.entry("GATEWAY_URL", "http://localhost:" + gateway),
                Map.entry("GATEWAY_BACKCHANNEL_URL", "http://127.0.0.1:" + gateway),
                Map.entry("SMTP_HOST", "127.0.0.1"),
                Map.entry("SMTP_PORT", String.valueOf(settings.ports().smtp())),
                Map.entry("SMTP_STARTTLS", "false"),
                Map.entry("SMTP_AUTH", "false"),
                Map.entry("MAIL_FROM", "wijkschakel@wijkschakel.example"));
    }

    /** JAVA_OPTS whole: what is only appended cannot change the collector, which the script fixes. */
    private static Map<String, String> java() {
        var options = Stream.concat(
                        Java.SMALL.stream(), Stream.of("-XX:MaxMetaspaceSize=256m", "-Dfile.encoding=UTF-8"))
                .toList();
        return Map.of(
                "JAVA_HOME", Java.home().toString(), "JAVA", Java.executable(), "JAVA_OPTS", String.join(" ", options));
    }
}
