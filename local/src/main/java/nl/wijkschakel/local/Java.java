package nl.wijkschakel.local;

import java.nio.file.Path;
import java.util.List;

/** The JVM of this process, which runs the services and Keycloak too. */
final class Java {

    /**
     * Small and quick to start, for a machine that runs everything: less compilation costs peak speed, which nobody
     * measures here. Part of what an AOT cache is made for: it is of use only to a JVM with the same ones.
     */
    static final List<String> SMALL = List.of(
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-XX:TieredStopAtLevel=1",
            "-Xms32m",
            "-Xmx256m",
            "-Xss512k",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    static Path home() {
        return Path.of(System.getProperty("java.home"));
    }

    static String executable() {
        return home().resolve("bin").resolve("java").toString();
    }

    private Java() {}
}
