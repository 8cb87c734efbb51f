package nl.wijkschakel.servers;

import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** What a server runs as: a child of this JVM or, when the tests ask for that, a container. */
sealed interface ServerProcess permits ChildProcess, ContainerProcess {

    /** Whether tests run their servers in containers, which the Maven profile {@code containers} asks for. */
    static boolean inContainers() {
        return Boolean.getBoolean("servers.in.containers");
    }

    String name();

    /** Starts it, again on the same data after {@link #stop} or {@link #kill}. */
    void start() throws IOException;

    /** Asks it to end and waits; what does not end in that time is killed. */
    void stop(Duration patience);

    /** As kill -9 does: no goodbye, nothing is written any more. */
    void kill();

    boolean isAlive();

    /** The end of what it said. */
    String tail();

    /** Waits until the condition holds. @throws IllegalStateException with the log's end when it ended or took too long */
    default void await(Duration patience, BooleanSupplier ready) {
        boolean came = Await.until(patience, () -> !isAlive() || ready.getAsBoolean());
        if (!isAlive()) {
            throw new IllegalStateException(name() + " ended while it started. Its log ends with:\n" + tail());
        }
        if (!came) {
            throw new IllegalStateException(
                    name() + " is not up after " + patience.toSeconds() + " s. Its log ends with:\n" + tail());
        }
    }
}
