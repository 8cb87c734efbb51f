package nl.wijkschakel.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import nl.wijkschakel.servers.ChildProcess;
import nl.wijkschakel.servers.Folders;

/**
 * A service's jar, made quick to start: unpacked, and with a cache of what the JVM makes of its classes (JEP 483, 514),
 * which is trained once per jar. That takes a service from 13 seconds of processor time to 3.
 *
 * @param arguments what java is called with
 */
record ServiceJar(List<String> arguments) {

    private static final Duration TO_TRAIN = Duration.ofMinutes(4);
    private static final Duration KEPT_UNUSED = Duration.ofDays(7);

    /**
     * Takes some time at the first call for a jar, next to none later.
     *
     * @param environment what the service runs with: it is started for the training, up to where it would listen
     */
    static ServiceJar prepare(
            Service service, Settings settings, Home home, Map<String, String> environment, Progress progress)
            throws IOException {
        var jar = service.jar(settings.root());
        var caches = Files.createDirectories(settings.cache().resolve("cache"));
        var folder = caches.resolve(service.module() + "-" + key(jar));
        try (var channel = FileChannel.open(
                        caches.resolve(service.module() + ".lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
                var _ = channel.lock()) {
            var unpacked = unpack(service, jar, folder, home);
            var cache = folder.resolve("service.aot");
            var trained = folder.resolve("trained");
            if (!Files.exists(trained)) {
                progress.say(service.module(), "making its AOT cache, once per build");
                try {
                    train(service, unpacked, cache, home, environment);
                    Files.createFile(trained);
                } catch (IllegalStateException e) {
                    progress.say(service.module(), "no AOT cache, it starts slower: " + e.getMessage());
                }
            }
            Files.setLastModifiedTime(folder, FileTime.from(Clock.systemUTC().instant()));
            deleteUnused(caches, service);
            return Files.exists(trained)
                    ? new ServiceJar(List.of("-XX:AOTCache=" + cache, "-jar", unpacked.toString()))
                    : new ServiceJar(List.of("-jar", unpacked.toString()));
        }
    }

    /** Same jar, same JVM, same flags: only then is the cache of use. */
    private static String key(Path jar) throws IOException {
        return new Sha256()
                .file(jar)
                .text(Java.home().toString())
                .text(Runtime.version().toString())
                .text(String.join(" ", Java.SMALL))
                .hex()
                .substring(0, 16);
    }

    private static Path unpack(Service service, Path jar, Path folder, Home home) throws IOException {
        var unpacked = folder.resolve(jar.getFileName());
        var done = folder.resolve("unpacked");
        if (!Files.exists(done)) {
            Folders.delete(folder);
            Files.createDirectories(folder);
            var command = List.of(
                    Java.executable(),
                    "-XX:TieredStopAtLevel=1",
                    "-Djarmode=tools",
                    "-jar",
                    jar.toString(),
                    "extract",
                    "--force",
                    "--destination",
                    folder.toString());
            run(home, service.module() + "-unpacking", command, Map.of());
            Files.createFile(done);
        }
        return unpacked;
    }

    private static void train(Service service, Path unpacked, Path cache, Home home, Map<String, String> environment)
            throws IOException {
        var command = new ArrayList<String>();
        command.add(Java.executable());
        command.addAll(Java.SMALL);
        command.addAll(
                List.of("-XX:AOTCacheOutput=" + cache, "-Dspring.context.exit=onRefresh", "-jar", unpacked.toString()));
        run(home, service.module() + "-training", command, environment);
        if (!Files.exists(cache)) {
            throw new IllegalStateException("the JVM wrote none, see " + home.log(service.module() + "-training"));
        }
    }

    private static void run(Home home, String name, List<String> command, Map<String, String> environment)
            throws IOException {
        var process = new ChildProcess(name, command, environment, home.log(name), home.record(name));
        process.start();
        process.awaitEnd(TO_TRAIN);
    }

    /** Not at once: another stack may still run what was built before. */
    private static void deleteUnused(Path caches, Service service) throws IOException {
        var before = Clock.systemUTC().instant().minus(KEPT_UNUSED);
        try (var folders = Files.newDirectoryStream(caches, service.module() + "-*")) {
            for (var folder : folders) {
                if (Files.getLastModifiedTime(folder).toInstant().isBefore(before)) {
                    Folders.delete(folder);
                }
            }
        }
    }
}
