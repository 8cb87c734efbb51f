package nl.wijkschakel.local;

import java.nio.file.Path;
import java.util.Optional;

/** What an environment variable names in place of an own part. It is not ours to start or end. */
final class OutsidePart extends Part {

    private final String variable;

    OutsidePart(String name, String address, String variable) {
        super(name, address);
        this.variable = variable;
    }

    @Override
    public void start() {
        throw notOurs();
    }

    @Override
    public void stop() {
        throw notOurs();
    }

    @Override
    public void kill() {
        throw notOurs();
    }

    private IllegalStateException notOurs() {
        return new IllegalStateException(variable + " names " + name() + ", which is not ours to start or end");
    }

    /** Not known: who runs it sees to it. */
    @Override
    public boolean isUp() {
        return true;
    }

    @Override
    public Optional<Long> pid() {
        return Optional.empty();
    }

    @Override
    public Optional<Path> log() {
        return Optional.empty();
    }

    @Override
    String note() {
        return "named by " + variable;
    }
}
