package nl.wijkschakel.referral.attachment;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** ClamAV's daemon, asked over its socket: the command INSTREAM, parts with their length before them, then one of none. */
final class Clamd implements Scanner {

    private static final int PART = 64 * 1024;
    private static final int LONGEST_ANSWER = 4096;

    private final InetSocketAddress address;
    private final Duration timeLimit;

    /** @param timeLimit to connect, and for the verdict after the last part */
    Clamd(InetSocketAddress address, Duration timeLimit) {
        this.address = address;
        this.timeLimit = timeLimit;
    }

    @Override
    public boolean isThere() {
        return true;
    }

    @Override
    public boolean isClean(InputStream content) throws IOException {
        try (var socket = new Socket()) {
            // an address is resolved each time: the daemon may have moved
            socket.connect(
                    new InetSocketAddress(address.getHostString(), address.getPort()), (int) timeLimit.toMillis());
            socket.setSoTimeout((int) timeLimit.toMillis());
            var out = new DataOutputStream(socket.getOutputStream());
            out.write("zINSTREAM\0".getBytes(StandardCharsets.US_ASCII));
            var part = new byte[PART];
            for (int read = content.readNBytes(part, 0, PART); read > 0; read = content.readNBytes(part, 0, PART)) {
                out.writeInt(read);
                out.write(part, 0, read);
            }
            out.writeInt(0);
            out.flush();
            return verdict(new String(socket.getInputStream().readNBytes(LONGEST_ANSWER), StandardCharsets.US_ASCII));
        }
    }

    private static boolean verdict(String answer) throws IOException {
        var said = answer.replace("\0", "").strip();
        if (said.endsWith("OK")) {
            return true;
        }
        if (said.endsWith("FOUND")) {
            return false;
        }
        throw new IOException("clamd gives no verdict"); // such as a size limit of its own
    }
}
