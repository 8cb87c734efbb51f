package nl.wijkschakel.notification.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import nl.wijkschakel.notification.notification.Reader;
import org.junit.jupiter.api.Test;

class StreamTest {

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final byte[] FRAME = "event: notification\ndata: {}\n\n".getBytes(StandardCharsets.UTF_8);

    private final Clock clock = Clock.systemUTC();

    @Test
    void beginsWithResyncAndWritesWhatItIsTold() throws Exception {
        var stream = stream(LONG);
        stream.tell(FRAME);
        var out = new ByteArrayOutputStream();
        var writer = start(stream, out);
        await().untilAsserted(() -> assertThat(out.toString(StandardCharsets.UTF_8))
                .matches("retry: [1-3]\\d{3}\n\nevent: resync\ndata: \\{}\n\nevent: notification\ndata: \\{}\n\n"));
        stream.end();
        writer.join();
    }

    @Test
    void isNeverSilentForLongerThanAHeartbeat() throws Exception {
        var stream = stream(LONG);
        var out = new ByteArrayOutputStream();
        var writer = Thread.ofVirtual().start(() -> write(stream, out, Duration.ofMillis(20)));
        await().untilAsserted(() ->
                assertThat(out.toString(StandardCharsets.UTF_8)).contains(": heartbeat\n\n: heartbeat\n\n"));
        stream.end();
        writer.join();
    }

    @Test
    void endsWithTheToken() throws Exception {
        var writer = start(stream(Duration.ofMillis(50)), new ByteArrayOutputStream());
        assertThat(writer.join(Duration.ofSeconds(20))).isTrue();
    }

    @Test
    void aTokenThatHasEndedGetsResyncAndNoMore() throws Exception {
        var out = new ByteArrayOutputStream();
        stream(Duration.ofSeconds(-1)).write(out, LONG, clock);
        assertThat(out.toString(StandardCharsets.UTF_8)).endsWith("event: resync\ndata: {}\n\n");
    }

    @Test
    void whoeverTellsNeverWaitsAndABrowserThatDoesNotKeepUpIsLetGo() throws Exception {
        var stuck = new CountDownLatch(1);
        var stream = stream(LONG);
        var writer = start(stream, new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                try {
                    stuck.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
        });
        int told = 0;
        while (stream.tell(FRAME)) {
            told++;
            assertThat(told).isLessThan(1_000);
        }
        assertThat(told).isGreaterThan(10);
        assertThat(stream.tell(FRAME)).as("let go once").isTrue();

        stuck.countDown();
        assertThat(writer.join(Duration.ofSeconds(20))).isTrue();
    }

    private Thread start(Stream stream, OutputStream out) {
        return Thread.ofVirtual().start(() -> write(stream, out, LONG));
    }

    private void write(Stream stream, OutputStream out, Duration heartbeat) {
        try {
            stream.write(out, heartbeat, clock);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Stream stream(Duration life) {
        return new Stream(new Reader(new UUID(1, 1), Set.of()), Instant.now().plus(life));
    }
}
