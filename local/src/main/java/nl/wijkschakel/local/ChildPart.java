package nl.wijkschakel.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import nl.wijkschakel.servers.ChildProcess;
import nl.wijkschakel.servers.Ports;

/** A part that is a process of its own and says over HTTP that it is ready: Keycloak and the services. */
final class ChildPart extends Part {

    /** A cold start of everything at once on a busy machine. */
    private static final Duration TO_START = Duration.ofMinutes(4);

    private static final Duration TO_STOP = Duration.ofSeconds(30);

    private final ChildProcess process;
    private final int port;
    private final String readyAt;

    /** @param readyAt answers 200 once the part is ready */
    ChildPart(String name, String address, ChildProcess process, int port, String readyAt) {
        super(name, address);
        this.process = process;
        this.port = port;
        this.readyAt = readyAt;
    }

    @Override
    public void start() {
        Ports.requireFree(port, name());
        try {
            process.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        process.await(TO_START, () -> Http.answers(readyAt));
    }

    @Override
    public void stop() {
        process.stop(TO_STOP);
    }

    @Override
    public void kill() {
        process.kill();
    }

    @Override
    public boolean isUp() {
        return process.isAlive();
    }

    @Override
    public Optional<Long> pid() {
        return process.isAlive() ? Optional.of(process.pid()) : Optional.empty();
    }

    @Override
    public Optional<Path> log() {
        return Optional.of(process.log());
    }
}
