package nl.wijkschakel.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import nl.wijkschakel.servers.Folders;
import nl.wijkschakel.servers.ServerFiles;

/** The folder of one stack: its data, logs, secrets and which processes run. What is fetched or built once lies in the cache. */
record Home(Path folder) {

    static Home create(Path folder) throws IOException {
        var home = new Home(folder.toAbsolutePath().normalize());
        for (var each : List.of(home.data(), home.logs(), home.run())) {
            Files.createDirectories(each);
        }
        return home;
    }

    Path data() {
        return folder.resolve("data");
    }

    Path logs() {
        return folder.resolve("logs");
    }

    /** Which processes run, see {@link nl.wijkschakel.servers.RunRecord}. */
    Path run() {
        return folder.resolve("run");
    }

    Path secrets() {
        return folder.resolve("secrets");
    }

    ServerFiles files(String part) {
        return new ServerFiles(data().resolve(part), log(part), record(part));
    }

    Path log(String part) {
        return logs().resolve(part + ".log");
    }

    Path record(String part) {
        return run().resolve(part + ".json");
    }

    /** Logs of the run before are kept once, so that the log of a start that failed is not gone with the next try. */
    void keepEarlierLogs() throws IOException {
        var earlier = logs().resolve("earlier");
        Folders.delete(earlier);
        Files.createDirectories(earlier);
        try (var logs = Files.newDirectoryStream(logs(), "*.log")) {
            for (var log : logs) {
                Files.move(log, earlier.resolve(log.getFileName()));
            }
        }
    }

    /** The secrets stay: without the data they open nothing, and with an outside database they are still needed. */
    void forget() throws IOException {
        Folders.delete(data());
        Folders.delete(logs());
    }
}
