package nl.wijkschakel.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a server of tests keeps its data: a folder per JVM, so that builds of one module side by side do no harm. */
record TestFolder(Path path) {

    /** A new folder. What a JVM that was killed left behind, processes and data, goes first. */
    static TestFolder create(String server) throws IOException {
        var parent = Files.createDirectories(Path.of("target", "servers").toAbsolutePath());
        try (var folders = Files.newDirectoryStream(parent, server + "-*")) {
            for (var folder : folders) {
                RunRecord.endLeftovers(folder);
                if (RunRecord.all(folder).isEmpty() && isOfAnEndedProcess(folder)) {
                    Folders.delete(folder);
                }
            }
        }
        return new TestFolder(Files.createDirectories(
                parent.resolve(server + "-" + ProcessHandle.current().pid())));
    }

    private static boolean isOfAnEndedProcess(Path folder) {
        var name = folder.getFileName().toString();
        long pid = Long.parseLong(name.substring(name.lastIndexOf('-') + 1));
        return pid == ProcessHandle.current().pid() || ProcessHandle.of(pid).isEmpty();
    }

    Path data() {
        return path.resolve("data");
    }

    void delete() {
        try {
            Folders.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
