package nl.wijkschakel.local;

import java.nio.file.Path;
import java.util.Optional;

/** A part of the running platform, which a test can end softly or at once and start again on the same data. */
public abstract sealed class Part permits MongodPart, KafkaPart, ChildPart, InsidePart, OutsidePart {

    private final String name;
    private final String address;

    Part(String name, String address) {
        this.name = name;
        this.address = address;
    }

    public final String name() {
        return name;
    }

    public final String address() {
        return address;
    }

    /** Starts it again and waits until it answers. */
    public abstract void start();

    /** Asks it to end, and waits. */
    public abstract void stop();

    /** As a crash does. */
    public abstract void kill();

    public abstract boolean isUp();

    /** Its own process; empty where it has none or does not run. */
    public abstract Optional<Long> pid();

    /** What it says; empty where it says it elsewhere. */
    public abstract Optional<Path> log();

    /** What {@code status} says besides: where it came from, or that it is not ours. */
    String note() {
        return "";
    }

    public final void restart() {
        stop();
        start();
    }

    /** Of its own process; 0 where it has none. */
    public final long residentMegabytes() {
        return pid().map(Memory::megabytes).orElse(0L);
    }
}
