package nl.wijkschakel.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import nl.wijkschakel.gateway.GatewayTest;
import nl.wijkschakel.gateway.RawHttp;
import nl.wijkschakel.gateway.Replica;
import nl.wijkschakel.gateway.TestBrowser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamTest extends GatewayTest {

    private static StreamingService service;
    private static Replica gateway;

    @BeforeAll
    static void start() throws IOException {
        service = new StreamingService();
        gateway = Replica.of("NOTIFICATION_SERVICE=" + service.url(), "routes.answer=300ms");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        service.close();
    }

    @BeforeEach
    void nobodyListens() {
        await().atMost(Duration.ofSeconds(10)).until(() -> service.open() == 0);
    }

    @Test
    void eventsComeAsTheyHappenAndTheStreamHasNoEnd() throws Exception {
        try (var stream = new Listener(gateway.port(), "Authorization: Bearer " + KEYCLOAK.accessToken(bram()))) {
            assertThat(stream.headers()).contains("Content-Type: text/event-stream", "HTTP/1.1 200");
            stream.awaitLine("event: resync");
            for (int i = 0; i < 4; i++) {
                stream.listenFor(Duration.ofMillis(200)); // far beyond the time limit of other calls
                service.send("event-" + i);
                stream.awaitLine("data: event-" + i);
            }
        }
    }

    @Test
    void aBrowserListensByItsSession() throws Exception {
        var browser = new TestBrowser(KEYCLOAK, gateway.port()).login(bram());
        try (var stream = new Listener(gateway.port(), "Cookie: __Host-session=" + browser.cookie("__Host-session"))) {
            stream.awaitLine("event: resync");
            assertThat(service.authorization).startsWith("Bearer ey");
        }
    }

    @Test
    void whoLeavesIsNotListenedForAnyLonger() throws Exception {
        try (var stream = new Listener(gateway.port(), "Authorization: Bearer " + KEYCLOAK.accessToken(bram()))) {
            stream.awaitLine("event: resync");
            assertThat(service.open()).isEqualTo(1);
        }
        await().atMost(Duration.ofSeconds(5)).until(() -> service.open() == 0);
    }

    @Test
    void manyCanListenAtOnceAndOrdinaryCallsGoOn() throws Exception {
        var streams = new ArrayList<Listener>();
        var token = "Authorization: Bearer " + KEYCLOAK.accessToken(bram());
        try {
            for (int i = 0; i < 300; i++) {
                streams.add(new Listener(gateway.port(), token));
            }
            await().atMost(Duration.ofSeconds(20)).until(() -> service.open() == 300);
            assertThat(RawHttp.get(gateway.port(), "/api/client/v1/clients", token)
                            .status())
                    .isEqualTo(200);
        } finally {
            for (var stream : streams) {
                stream.close();
            }
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> service.open() == 0);
    }

    @Test
    void aStrangerHearsNothing() throws Exception {
        assertThat(RawHttp.get(gateway.port(), "/api/notification/v1/stream").status())
                .isEqualTo(401);
    }

    @Test
    void aGatewayThatStopsEndsItsStreamsFirst() throws Exception {
        var token = "Authorization: Bearer " + KEYCLOAK.accessToken(bram());
        try (var stopping = Replica.of("NOTIFICATION_SERVICE=" + service.url());
                var stream = new Listener(stopping.port(), token)) {
            stream.awaitLine("event: resync");
            var stopped = Thread.startVirtualThread(stopping::close);
            stream.awaitEnd();
            assertThat(stopped.join(Duration.ofSeconds(10)))
                    .as("a graceful stop does not wait for its 20 s")
                    .isTrue();
        }
    }

    /** A browser's end of the stream. */
    private static final class Listener implements AutoCloseable {

        private final Socket socket;
        private final BufferedReader reader;
        private final StringBuilder headers = new StringBuilder();

        Listener(int port, String header) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(5_000);
            socket.getOutputStream()
                    .write("GET /api/notification/v1/stream HTTP/1.1\r\nHost: localhost\r\n%s\r\n\r\n"
                            .formatted(header)
                            .getBytes(StandardCharsets.US_ASCII));
            reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        String headers() throws IOException {
            for (var line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {
                headers.append(line).append('\n');
            }
            return headers.toString();
        }

        void awaitLine(String expected) throws IOException {
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.equals(expected)) {
                    return;
                }
            }
            throw new AssertionError("The stream ended before " + expected);
        }

        void listenFor(Duration time) throws IOException {
            var end = System.nanoTime() + time.toNanos();
            while (System.nanoTime() < end) {
                assertThat(reader.readLine()).isNotNull();
            }
        }

        void awaitEnd() throws IOException {
            while (reader.readLine() != null) {
                // what was under way
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
