package nl.wijkschakel.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import nl.wijkschakel.servers.ChildProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What another process is told of a stack that runs. */
class RunningTest {

    @TempDir
    Path folder;

    @Test
    void oneStackPerFolder() throws IOException {
        var home = Home.create(folder);
        var first = RunLock.take(home).orElseThrow();
        assertThat(RunLock.take(home)).isEmpty();
        first.close();
        try (var second = RunLock.take(home).orElseThrow()) {
            assertThat(second).isNotNull();
        }
    }

    @Test
    void theTableSaysWhichProcessRunsWithItsMemoryAndWhichHasEnded() throws IOException {
        var home = Home.create(folder);
        var process = new ChildProcess(
                "sleeper", List.of("sleep", "60"), Map.of(), home.log("sleeper"), home.record("sleeper"));
        var part = new ChildPart("sleeper", "http://127.0.0.1:1", process, 1, "http://127.0.0.1:1");
        process.start();
        Listing.write(home, List.of(part, new OutsidePart("mongod", "mongodb://elsewhere", "MONGODB_URI")));

        long pid = process.pid();
        assertThat(table(home)).contains("sleeper                up       %8d".formatted(pid));
        assertThat(table(home)).contains("mongod                 outside").contains("named by MONGODB_URI");
        assertThat(part.residentMegabytes()).isPositive();

        process.kill();
        assertThat(table(home)).contains("sleeper                down");
    }

    private static String table(Home home) throws IOException {
        return Listing.read(home).orElseThrow().table(home);
    }
}
