package nl.wijkschakel.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** Folders on disk. */
public final class Folders {

    /** The root of the repository, which is where {@code .mvn} lies, seen from any module; else where we are. */
    public static Path root() {
        var working = Path.of("").toAbsolutePath();
        for (Path folder = working; folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve(".mvn"))) {
                return folder;
            }
        }
        return working;
    }

    /** The folder for what a build fetches and for the data of the platform on one machine. */
    public static Path local() {
        return root().resolve(".local");
    }

    /** Deletes the folder and all in it; one that does not exist is fine. */
    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var tree = Files.walk(folder)) {
            for (var path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    private Folders() {}
}
