package nl.wijkschakel.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import nl.wijkschakel.servers.Folders;
import org.junit.jupiter.api.Test;

/** What docs/admin-setup.md says is what a functional admin can do. */
class AdminSetupIT {

    private static final Pattern BLOCK = Pattern.compile("^```sh\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final long MINUTES = 2;

    @Test
    void thePageForAdminsRunsAsItStands() throws IOException, InterruptedException {
        var page = Files.readString(Folders.root().resolve("docs").resolve("admin-setup.md"));
        var blocks = BLOCK.matcher(page).results().map(block -> block.group(1)).collect(Collectors.joining());
        var script = Files.createTempFile("admin-setup", ".sh");
        var said = Files.createTempFile("admin-setup", ".txt");
        try {
            Files.writeString(script, "set -euo pipefail\n" + blocks);
            var bash = new ProcessBuilder("bash", script.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile());
            bash.environment().put("WIJKSCHAKEL", TestPlatform.address());
            bash.environment()
                    .put("KEYCLOAK_URL", TestPlatform.stack().keycloak().address());
            var running = bash.start();
            boolean ended = running.waitFor(MINUTES, TimeUnit.MINUTES);
            if (!ended) {
                running.destroyForcibly();
            }
            assertThat(ended && running.exitValue() == 0)
                    .as(Files.readString(said))
                    .isTrue();
            assertThat(Files.readString(said))
                    .contains("\"invitation\":\"SENT\"", "\"name\":\"Budgetcoach aan huis\"", "\"stopped\":true");
        } finally {
            Files.delete(script);
            Files.delete(said);
        }
    }
}
