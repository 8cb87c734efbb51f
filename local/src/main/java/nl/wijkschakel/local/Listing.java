package nl.wijkschakel.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import nl.wijkschakel.servers.RunRecord;
import nl.wijkschakel.servers.RunRecord.Running;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a running stack consists of, on disk, for {@code status} and {@code stop}, which are other processes.
 *
 * @param launcher the process that runs the stack
 */
record Listing(Running launcher, List<Line> parts) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String ROW = "%-22s %-8s %8s %7s  %-58s %s%n";

    enum Kind {
        OWN_PROCESS,
        IN_THE_LAUNCHER,
        OUTSIDE
    }

    record Line(String name, Kind kind, String address, String note) {

        static Line of(Part part) {
            var kind = switch (part) {
                case MongodPart _, KafkaPart _, ChildPart _ -> Kind.OWN_PROCESS;
                case InsidePart _ -> Kind.IN_THE_LAUNCHER;
                case OutsidePart _ -> Kind.OUTSIDE;
            };
            return new Line(part.name(), kind, part.address(), part.note());
        }
    }

    static void write(Home home, List<Part> parts) throws IOException {
        var listing = new Listing(
                Running.of(ProcessHandle.current()),
                parts.stream().map(Line::of).toList());
        var half = Files.createTempFile(home.run(), "parts", ".new");
        Files.writeString(half, JSON.writeValueAsString(listing));
        Files.move(half, file(home), StandardCopyOption.REPLACE_EXISTING);
    }

    static Optional<Listing> read(Home home) throws IOException {
        var file = file(home);
        return Files.exists(file)
                ? Optional.of(JSON.readValue(Files.readString(file), Listing.class))
                : Optional.empty();
    }

    static void delete(Home home) throws IOException {
        Files.deleteIfExists(file(home));
    }

    private static Path file(Home home) {
        return home.run().resolve("parts");
    }

    /** As a table, with the memory of each and of all together. */
    String table(Home home) {
        var table = new StringBuilder(String.format(Locale.ROOT, ROW, "part", "state", "pid", "MB", "address", ""));
        long total = 0;
        for (var part : parts) {
            var process = process(home, part);
            long megabytes = process.map(each -> Memory.megabytes(each.pid())).orElse(0L);
            total += megabytes;
            table.append(String.format(
                    Locale.ROOT,
                    ROW,
                    part.name(),
                    state(part, process),
                    process.map(each -> String.valueOf(each.pid())).orElse(""),
                    megabytes == 0 ? "" : String.valueOf(megabytes),
                    part.address(),
                    part.note()));
        }
        long own = launcher.handle().map(each -> Memory.own(each.pid())).orElse(0L);
        table.append(String.format(
                Locale.ROOT,
                ROW,
                "launcher",
                launcher.handle().isPresent() ? "up" : "down",
                launcher.pid(),
                own,
                "",
                ""));
        table.append(String.format(Locale.ROOT, ROW, "together", "", "", total + own, "", ""));
        return table.toString();
    }

    private String state(Line part, Optional<ProcessHandle> process) {
        return switch (part.kind()) {
            case OWN_PROCESS -> process.isPresent() ? "up" : "down";
            case IN_THE_LAUNCHER -> launcher.handle().isPresent() ? "up" : "down";
            case OUTSIDE -> "outside";
        };
    }

    private static Optional<ProcessHandle> process(Home home, Line part) {
        return switch (part.kind()) {
            case OWN_PROCESS ->
                RunRecord.read(home.record(part.name())).map(RunRecord::process).flatMap(Running::handle);
            case IN_THE_LAUNCHER, OUTSIDE -> Optional.empty();
        };
    }
}
