package nl.wijkschakel.gateway.session;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The way to a server, which a test can cut and mend. It begins cut, and keeps its port. */
final class Tunnel implements AutoCloseable {

    private final int target;
    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private @Nullable ServerSocket entrance;

    Tunnel(int target) throws IOException {
        this.target = target;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = free.getLocalPort();
        }
    }

    int port() {
        return port;
    }

    void mend() throws IOException {
        var listening = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        entrance = listening;
        Thread.startVirtualThread(() -> {
            while (!listening.isClosed()) {
                try {
                    connect(listening.accept());
                } catch (IOException _) {
                    return; // cut
                }
            }
        });
    }

    void cut() {
        try {
            if (entrance != null) {
                entrance.close();
            }
            for (var socket : open) {
                socket.close();
            }
            open.clear();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        cut();
    }

    private void connect(Socket from) throws IOException {
        var to = new Socket(InetAddress.getLoopbackAddress(), target);
        open.add(from);
        open.add(to);
        Thread.startVirtualThread(() -> copy(from, to));
        Thread.startVirtualThread(() -> copy(to, from));
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException _) {
            // cut, or one of the two has gone: the other goes too
        }
    }
}
