package nl.wijkschakel.notification.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A mail server that answers the end of each mail with one line, or goes without a word. */
final class RudeServer implements AutoCloseable {

    /** It may have taken the mail. */
    static final String SILENCE = "";

    private final ServerSocket socket;
    private final String answer;
    private final AtomicInteger heard = new AtomicInteger();

    RudeServer(String answer) throws IOException {
        this.answer = answer;
        this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return socket.getLocalPort();
    }

    /** How many mails it was handed. */
    int heard() {
        return heard.get();
    }

    private void accept() {
        try {
            while (true) {
                var connection = socket.accept();
                Thread.ofVirtual().start(() -> converse(connection));
            }
        } catch (IOException _) {
            // closed
        }
    }

    private void converse(Socket connection) {
        try (connection;
                var in = new BufferedReader(
                        new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII))) {
            say(connection, "220 rude");
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                if (line.equals("DATA")) {
                    say(connection, "354 go on");
                    while (!".".equals(in.readLine())) {
                        // what it says does not matter
                    }
                    heard.incrementAndGet();
                    if (answer.equals(SILENCE)) {
                        return;
                    }
                    say(connection, answer);
                } else if (line.equals("QUIT")) {
                    say(connection, "221 bye");
                    return;
                } else {
                    say(connection, "250 ok");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void say(Socket connection, String line) throws IOException {
        connection.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
