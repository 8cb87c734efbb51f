package nl.wijkschakel.local;

import java.io.PrintStream;
import java.util.Locale;

/** Says per part what is done and how long it took since the start. */
final class Progress {

    private final PrintStream out;
    private final long start = System.nanoTime();

    Progress(PrintStream out) {
        this.out = out;
    }

    void say(String part, String what) {
        double seconds = (System.nanoTime() - start) / 1e9;
        out.println(String.format(Locale.ROOT, "%6.1f s  %-22s %s", seconds, part, what));
    }
}
