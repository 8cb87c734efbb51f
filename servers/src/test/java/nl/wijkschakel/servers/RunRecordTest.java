package nl.wijkschakel.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import nl.wijkschakel.servers.RunRecord.Running;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunRecordTest {

    private static final Running GONE = new Running(Long.MAX_VALUE, Instant.EPOCH);
    private static final Running ME = Running.of(ProcessHandle.current());

    @TempDir
    Path folder;

    private Process child;

    @BeforeEach
    void startAChild() throws IOException {
        child = new ProcessBuilder("sleep", "60").start();
    }

    @AfterEach
    void endTheChild() {
        child.destroyForcibly();
    }

    @Test
    void endsWhatAnOwnerThatIsGoneLeft() throws IOException {
        var record = new RunRecord("sleeper", Running.of(child.toHandle()), GONE);
        record.write(folder.resolve("sleeper.json"));

        assertThat(RunRecord.endLeftovers(folder)).containsExactly(record);
        assertThat(child.isAlive()).isFalse();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void leavesWhatHasAnOwner() throws IOException {
        new RunRecord("sleeper", Running.of(child.toHandle()), ME).write(folder.resolve("sleeper.json"));

        assertThat(RunRecord.endLeftovers(folder)).isEmpty();
        assertThat(child.isAlive()).isTrue();
        assertThat(RunRecord.all(folder)).hasSize(1);
    }

    @Test
    void leavesAnotherProcessThatGotTheSameId() throws IOException {
        var earlier = Running.of(child.toHandle()).startedAt().minusSeconds(60);
        new RunRecord("sleeper", new Running(child.pid(), earlier), GONE).write(folder.resolve("sleeper.json"));

        assertThat(RunRecord.endLeftovers(folder)).isEmpty();
        assertThat(child.isAlive()).isTrue();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void anUnreadableRecordEndsNothing() throws IOException {
        Files.writeString(folder.resolve("broken.json"), "{\"name\":");

        assertThat(RunRecord.endLeftovers(folder)).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }
}
