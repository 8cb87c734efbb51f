package nl.wijkschakel.servers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A server as a child process: ended softly or at once, with everything it started, and started again in the same way. It
 * goes with this JVM; {@link RunRecord} is for a JVM that is killed. Its output is appended to the log.
 */
public final class ChildProcess implements ServerProcess, AutoCloseable {

    private final String name;
    private final List<String> command;
    private final Map<String, String> environment;
    private final Path log;
    private final Path record;
    private @Nullable Process process;

    /**
     * Starts nothing yet.
     *
     * @param record where it is written down which process runs, see {@link RunRecord#endLeftovers}
     */
    public ChildProcess(String name, List<String> command, Map<String, String> environment, Path log, Path record) {
        this.name = name;
        this.command = List.copyOf(command);
        this.environment = Map.copyOf(environment);
        this.log = log;
        this.record = record;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public synchronized void start() throws IOException {
        if (isAlive()) {
            throw new IllegalStateException(name + " runs already");
        }
        if (AtExit.isEnding()) {
            throw new IllegalStateException(name + " is not started any more: this JVM ends");
        }
        Files.createDirectories(log.toAbsolutePath().getParent());
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        var started = builder.start();
        process = started;
        AtExit.kill(this);
        new RunRecord(name, RunRecord.Running.of(started.toHandle()), RunRecord.Running.of(ProcessHandle.current()))
                .write(record);
    }

    /** Waits for one that does its work and ends. @throws IllegalStateException when it fails or takes too long */
    public void awaitEnd(Duration patience) {
        if (!Await.until(patience, () -> !isAlive())) {
            kill();
            throw new IllegalStateException(
                    name + " is not done after " + patience.toSeconds() + " s. Its log ends with:\n" + tail());
        }
        kill();
        if (exitCode().orElse(0) != 0) {
            throw new IllegalStateException(name + " failed. Its log ends with:\n" + tail());
        }
    }

    @Override
    public synchronized void stop(Duration patience) {
        var running = process;
        if (running == null) {
            return;
        }
        var tree = tree(running);
        tree.forEach(ProcessHandle::destroy);
        try {
            if (!running.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                running.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        end(tree);
    }

    @Override
    public void kill() {
        var running = process;
        if (running != null) {
            end(tree(running));
        }
    }

    private void end(List<ProcessHandle> tree) {
        tree.forEach(ProcessHandle::destroyForcibly);
        Await.ended(tree);
        AtExit.forget(this);
        try {
            Files.deleteIfExists(record);
        } catch (IOException _) {
            // a record of a process that is gone ends nothing later on
        }
    }

    /** Children first: a script's child would outlive it otherwise. */
    private static List<ProcessHandle> tree(Process process) {
        return Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
    }

    @Override
    public boolean isAlive() {
        var running = process;
        return running != null && running.isAlive();
    }

    /** Its process id. @throws IllegalStateException when it does not run */
    public long pid() {
        var running = process;
        if (running == null || !running.isAlive()) {
            throw new IllegalStateException(name + " does not run");
        }
        return running.pid();
    }

    /** How it ended; empty while it runs and before it was started. */
    public OptionalInt exitCode() {
        var ended = process;
        return ended == null || ended.isAlive() ? OptionalInt.empty() : OptionalInt.of(ended.exitValue());
    }

    public Path log() {
        return log;
    }

    @Override
    public String tail() {
        try {
            var lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
        } catch (IOException e) {
            return log + " cannot be read: " + e.getMessage();
        }
    }

    @Override
    public void close() {
        stop(Duration.ofSeconds(30));
    }
}
