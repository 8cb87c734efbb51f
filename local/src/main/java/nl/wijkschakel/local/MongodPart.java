package nl.wijkschakel.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import nl.wijkschakel.servers.MongoServer;

final class MongodPart extends Part {

    private final MongoServer server;
    private final Path log;
    private final String note;

    MongodPart(MongoServer server, String address, Path log) throws IOException {
        super("mongod", address);
        this.server = server;
        this.log = log;
        var binary = server.binary().orElseThrow();
        this.note = "version " + binary.version() + ", " + binary.path() + ", " + binary.origin();
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

    @Override
    String note() {
        return note;
    }
}
