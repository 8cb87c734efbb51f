package nl.wijkschakel.servers;

import java.nio.file.Path;

/**
 * Where a server keeps things.
 *
 * @param data its folder
 * @param log what it says
 * @param record which process it is, see {@link RunRecord}
 */
public record ServerFiles(Path data, Path log, Path record) {

    public static ServerFiles beside(Path data) {
        return new ServerFiles(data, sibling(data, ".log"), sibling(data, ".json"));
    }

    private static Path sibling(Path data, String suffix) {
        return data.resolveSibling(data.getFileName() + suffix);
    }
}
