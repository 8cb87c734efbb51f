package nl.wijkschakel.servers;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What happens when this JVM ends. Shutdown hooks run side by side in no order, so all of it is one hook: first whoever
 * wants to stop servers in order does so, then what still runs is killed.
 */
public final class AtExit {

    private static final Deque<Runnable> STOPS = new ArrayDeque<>();
    private static final Set<ChildProcess> CHILDREN = ConcurrentHashMap.newKeySet();

    private static volatile boolean ending;

    static {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(AtExit::run));
    }

    /** Runs at the end of the JVM; what was registered last runs first. */
    public static void run(Runnable stop) {
        synchronized (STOPS) {
            STOPS.push(stop);
        }
    }

    static void kill(ChildProcess child) {
        CHILDREN.add(child);
    }

    static void forget(ChildProcess child) {
        CHILDREN.remove(child);
    }

    /** Whether this JVM is ending: what fails from then on fails because of that. */
    public static boolean isEnding() {
        return ending;
    }

    private static void run() {
        ending = true;
        try {
            synchronized (STOPS) {
                STOPS.forEach(Runnable::run);
            }
        } finally {
            CHILDREN.forEach(ChildProcess::kill);
        }
    }

    private AtExit() {}
}
