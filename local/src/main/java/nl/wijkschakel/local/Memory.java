package nl.wijkschakel.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** How much memory a process holds resident. */
final class Memory {

    /** Of the process and all it started, in megabytes. */
    static long megabytes(long pid) {
        return ProcessHandle.of(pid)
                .map(process -> Stream.concat(Stream.of(process), process.descendants())
                        .mapToLong(each -> kilobytes(each.pid()))
                        .sum())
                .map(kilobytes -> Math.round(kilobytes / 1024.0))
                .orElse(0L);
    }

    /** Of the process alone, in megabytes. */
    static long own(long pid) {
        return Math.round(kilobytes(pid) / 1024.0);
    }

    private static long kilobytes(long pid) {
        var status = Path.of("/proc", String.valueOf(pid), "status");
        try {
            return Files.exists(status) ? fromProc(Files.readAllLines(status)) : fromPs(pid);
        } catch (IOException _) {
            return 0; // it has just ended
        }
    }

    private static long fromProc(List<String> status) {
        return status.stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }

    /** Where there is no /proc. */
    private static long fromPs(long pid) throws IOException {
        var ps = new ProcessBuilder("ps", "-o", "rss=", "-p", String.valueOf(pid)).start();
        try (var said = ps.inputReader()) {
            return said.lines()
                    .map(String::strip)
                    .filter(line -> line.matches("\\d+"))
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElse(0);
        }
    }

    private Memory() {}
}
