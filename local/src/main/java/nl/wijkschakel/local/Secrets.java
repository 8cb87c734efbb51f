package nl.wijkschakel.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;

/**
 * The secrets of one stack: made at its first start, kept in files that only their owner may read. An environment
 * variable of the same name goes before the file, for who brings an own Keycloak or database.
 */
final class Secrets {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path folder;
    private final Map<String, String> environment;

    private Secrets(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = environment;
    }

    static Secrets in(Path folder, Map<String, String> environment) throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        return new Secrets(folder, environment);
    }

    /** Base64 of 96 bytes, as the driver's local key provider wants it. Each service that seals has its own. */
    String vaultMasterKey(Service service) throws IOException {
        return secret("VAULT_MASTER_KEY", service.module() + "-vault-master-key", 96);
    }

    String hashKeys() throws IOException {
        return secret("HASH_KEYS", "hash-key", 32);
    }

    String sessionKey() throws IOException {
        return secret("SESSION_KEY", "session-key", 32);
    }

    String gatewayClient() throws IOException {
        return secret("GATEWAY_CLIENT_SECRET", "gateway-client-secret", 33);
    }

    String serviceClient() throws IOException {
        return secret("SERVICE_CLIENT_SECRET", "service-client-secret", 33);
    }

    String clientServiceClient() throws IOException {
        return secret("CLIENT_SERVICE_CLIENT_SECRET", "client-service-client-secret", 33);
    }

    String accountsClient() throws IOException {
        return secret("ACCOUNTS_CLIENT_SECRET", "accounts-client-secret", 33);
    }

    String systemClient() throws IOException {
        return secret("SYSTEM_CLIENT_SECRET", "system-client-secret", 33);
    }

    String keycloakAdmin() throws IOException {
        return secret("KC_BOOTSTRAP_ADMIN_PASSWORD", "keycloak-admin-password", 18);
    }

    private synchronized String secret(String variable, String file, int bytes) throws IOException {
        var given = environment.get(variable);
        if (given != null && !given.isBlank()) {
            return given;
        }
        var path = folder.resolve(file);
        if (!Files.exists(path)) {
            make(path, bytes);
        }
        return Files.readString(path).strip();
    }

    /** Under its name only when it is whole: half a key would seal data that nobody can open later. */
    private static void make(Path path, int bytes) throws IOException {
        var random = new byte[bytes];
        RANDOM.nextBytes(random);
        var half = path.resolveSibling(path.getFileName() + ".new");
        Files.deleteIfExists(half);
        Files.createFile(half, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(half, Base64.getEncoder().encodeToString(random));
        Files.move(half, path);
    }
}
