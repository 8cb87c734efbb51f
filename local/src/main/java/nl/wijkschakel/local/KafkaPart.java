package nl.wijkschakel.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import nl.wijkschakel.servers.KafkaServer;

final class KafkaPart extends Part {

    private final KafkaServer server;
    private final Path log;

    KafkaPart(KafkaServer server, Path log) {
        super("kafka", server.bootstrapServers());
        this.server = server;
        this.log = log;
    }

    @Override
    public void start() {
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        server.stop();
    }

    @Override
    public void kill() {
        server.kill();
    }

    @Override
    public boolean isUp() {
        return server.pid().isPresent();
    }

    @Override
    public Optional<Long> pid() {
        return server.pid();
    }

    @Override
    public Optional<Path> log() {
        return Optional.of(log);
    }
}
