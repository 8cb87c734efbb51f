package nl.wijkschakel.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Ports of the loopback address. */
public final class Ports {

    private static final String LISTENING = "0A";

    /** The process that listens on a port. */
    public record Holder(long pid, String command) {

        @Override
        public String toString() {
            return "process " + pid + " (" + command + ")";
        }
    }

    public static int free() {
        return free(1).getFirst();
    }

    /** Different ports that nobody listens on now. */
    public static List<Integer> free(int count) {
        var sockets = new ArrayList<ServerSocket>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return sockets.stream().map(ServerSocket::getLocalPort).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            for (var socket : sockets) {
                close(socket);
            }
        }
    }

    /** Whether somebody listens on the port. */
    public static boolean isOpen(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /**
     * A server that is started on a taken port fails, or worse: the one that is there answers in its place.
     *
     * @throws IllegalStateException that names the holder
     */
    public static void requireFree(int port, String forWhat) {
        if (isOpen(port)) {
            throw new IllegalStateException("Port " + port + " for " + forWhat + " is taken by "
                    + holder(port).map(Holder::toString).orElse("a process of another user"));
        }
    }

    /** Who listens on the port, as far as the system lets this user know. */
    public static Optional<Holder> holder(int port) {
        var sockets = listeningSockets(port);
        if (sockets.isEmpty()) {
            return fromLsof(port);
        }
        return ProcessHandle.allProcesses()
                .filter(process -> holdsOneOf(process.pid(), sockets))
                .findFirst()
                .map(process -> new Holder(process.pid(), command(process.pid())));
    }

    /** The command with its first arguments: a whole Java class path helps nobody. */
    static String command(long pid) {
        var words = ProcessHandle.of(pid)
                .map(ProcessHandle::info)
                .map(info -> Stream.concat(
                                info.command().stream(),
                                info.arguments().stream().flatMap(Arrays::stream))
                        .toList())
                .orElse(List.of());
        var text = String.join(" ", words);
        return text.length() > 120 ? text.substring(0, 120) + "…" : text;
    }

    /** Linux: the inodes of the sockets that listen on the port. */
    private static Set<String> listeningSockets(int port) {
        var suffix = ":%04X".formatted(port);
        return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
                .flatMap(table -> lines(Path.of(table)))
                .map(line -> line.strip().split("\\s+"))
                .filter(columns -> columns.length > 9 && columns[1].endsWith(suffix) && columns[3].equals(LISTENING))
                .map(columns -> "socket:[" + columns[9] + "]")
                .collect(Collectors.toSet());
    }

    private static Stream<String> lines(Path table) {
        try {
            return Files.exists(table) ? Files.readAllLines(table).stream() : Stream.empty();
        } catch (IOException _) {
            return Stream.empty();
        }
    }

    private static boolean holdsOneOf(long pid, Set<String> sockets) {
        try (var descriptors = Files.newDirectoryStream(Path.of("/proc", String.valueOf(pid), "fd"))) {
            for (var descriptor : descriptors) {
                if (pointsTo(descriptor, sockets)) {
                    return true;
                }
            }
            return false;
        } catch (IOException _) {
            return false; // another user's process, or one that has just ended
        }
    }

    private static boolean pointsTo(Path descriptor, Set<String> sockets) {
        try {
            return sockets.contains(Files.readSymbolicLink(descriptor).toString());
        } catch (IOException _) {
            return false; // closed meanwhile
        }
    }

    /** Where there is no /proc. */
    private static Optional<Holder> fromLsof(int port) {
        if (Files.exists(Path.of("/proc/net/tcp"))) {
            return Optional.empty();
        }
        try {
            var lsof = new ProcessBuilder("lsof", "-nP", "-t", "-iTCP:" + port, "-sTCP:LISTEN")
                    .redirectErrorStream(true)
                    .start();
            try (var said = lsof.inputReader()) {
                return said.lines()
                        .filter(line -> line.chars().allMatch(Character::isDigit))
                        .findFirst()
                        .map(Long::valueOf)
                        .map(pid -> new Holder(pid, command(pid)));
            }
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Ports() {}
}
