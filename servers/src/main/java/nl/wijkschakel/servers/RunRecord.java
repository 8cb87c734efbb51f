package nl.wijkschakel.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.json.JsonParseException;

/**
 * Which process a launcher started, on disk, so that a later run can end what a launcher that was killed left behind. A
 * process id comes back for another process, so the start times of both are kept: only the very same process is ended.
 */
public record RunRecord(String name, Running process, Running owner) {

    /** A process, and when it started. */
    public record Running(long pid, Instant startedAt) {

        /** The system derives start times from the clock, which may be set right meanwhile. */
        private static final Duration TOLERANCE = Duration.ofSeconds(2);

        public static Running of(ProcessHandle process) {
            return new Running(process.pid(), process.info().startInstant().orElse(Instant.EPOCH));
        }

        /** The process, if it is still that one. */
        public Optional<ProcessHandle> handle() {
            return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::startedThen);
        }

        private boolean startedThen(ProcessHandle process) {
            return process.info()
                    .startInstant()
                    .map(instant -> Duration.between(startedAt, instant).abs().compareTo(TOLERANCE) <= 0)
                    .orElse(false);
        }

        private Document document() {
            return new Document("pid", pid).append("startedAt", startedAt.toString());
        }

        private static Running of(Document document) {
            return new Running(
                    document.get("pid", Number.class).longValue(), Instant.parse(document.getString("startedAt")));
        }
    }

    /** Written whole, so that a reader never sees half of it. */
    void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        var half = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(
                half,
                new Document("name", name)
                        .append("process", process.document())
                        .append("owner", owner.document())
                        .toJson());
        Files.move(half, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Empty where there is none, or one that nobody can read. */
    public static Optional<RunRecord> read(Path file) {
        try {
            var document = Document.parse(Files.readString(file));
            return Optional.of(new RunRecord(
                    document.getString("name"),
                    Running.of(document.get("process", Document.class)),
                    Running.of(document.get("owner", Document.class))));
        } catch (NoSuchFileException | JsonParseException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All records in the folder. */
    public static List<RunRecord> all(Path folder) {
        return files(folder).flatMap(file -> read(file).stream()).toList();
    }

    /**
     * Ends the processes that are recorded in the folder and whose owner is gone, at once: who would end them softly is no
     * longer there, and each of these servers keeps its data through a kill.
     *
     * @return what was ended
     */
    public static List<RunRecord> endLeftovers(Path folder) throws IOException {
        var ended = new ArrayList<RunRecord>();
        var dying = new ArrayList<ProcessHandle>();
        for (var file : files(folder).toList()) {
            var found = read(file);
            if (found.isPresent() && found.get().owner().handle().isPresent()) {
                continue;
            }
            found.ifPresent(left -> left.process().handle().ifPresent(handle -> {
                var tree =
                        Stream.concat(handle.descendants(), Stream.of(handle)).toList();
                tree.forEach(ProcessHandle::destroyForcibly);
                dying.addAll(tree);
                ended.add(left);
            }));
            Files.deleteIfExists(file);
        }
        Await.ended(dying);
        return ended;
    }

    private static Stream<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Stream.empty();
        }
        try (var files = Files.newDirectoryStream(folder, "*.json")) {
            var found = new ArrayList<Path>();
            files.forEach(found::add);
            return found.stream().sorted();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
