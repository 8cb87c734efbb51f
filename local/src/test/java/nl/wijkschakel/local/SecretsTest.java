package nl.wijkschakel.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {

    @TempDir
    Path folder;

    @Test
    void areMadeOnceAndStayTheSame() throws IOException {
        var first = Secrets.in(folder, Map.of()).vaultMasterKey(Service.CLIENT);
        assertThat(Base64.getDecoder().decode(first)).hasSize(96);
        assertThat(Secrets.in(folder, Map.of()).vaultMasterKey(Service.CLIENT)).isEqualTo(first);
    }

    @Test
    void aServiceCannotOpenWhatAnotherSealed() throws IOException {
        var secrets = Secrets.in(folder, Map.of());
        assertThat(secrets.vaultMasterKey(Service.CLIENT)).isNotEqualTo(secrets.vaultMasterKey(Service.REFERRAL));
    }

    @Test
    void onlyTheOwnerReadsThem() throws IOException {
        var secrets = Secrets.in(folder.resolve("secrets"), Map.of());
        secrets.sessionKey();
        secrets.keycloakAdmin();
        assertThat(permissions(folder.resolve("secrets"))).isEqualTo("rwx------");
        try (var files = Files.list(folder.resolve("secrets"))) {
            assertThat(files.toList())
                    .hasSize(2)
                    .allSatisfy(file -> assertThat(permissions(file)).isEqualTo("rw-------"));
        }
    }

    @Test
    void theEnvironmentGoesBeforeTheFile() throws IOException {
        var secrets = Secrets.in(folder, Map.of("GATEWAY_CLIENT_SECRET", "given", "SESSION_KEY", " "));
        assertThat(secrets.gatewayClient()).isEqualTo("given");
        assertThat(secrets.sessionKey()).isNotBlank();
        assertThat(folder.resolve("gateway-client-secret")).doesNotExist();
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
