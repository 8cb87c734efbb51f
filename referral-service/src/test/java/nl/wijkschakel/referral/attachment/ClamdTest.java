package nl.wijkschakel.referral.attachment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The daemon is a stub that speaks its protocol. */
class ClamdTest {

    private static final Duration LIMIT = Duration.ofMillis(500);

    @Test
    void sendsAllOfItAndHearsThatItIsClean() throws Exception {
        var file = "x".repeat(200_000).getBytes(StandardCharsets.US_ASCII);
        try (var stub = new Stub("stream: OK\0")) {
            assertThat(stub.clamd().isClean(new ByteArrayInputStream(file))).isTrue();
            assertThat(stub.heard()).isEqualTo(file);
        }
    }

    @Test
    void hearsOfAVirus() throws Exception {
        try (var stub = new Stub("stream: Win.Test.EICAR_HDB-1 FOUND\0")) {
            assertThat(stub.clamd().isClean(new ByteArrayInputStream(Files.PDF)))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"INSTREAM size limit exceeded. ERROR\0", "", "UNKNOWN COMMAND\0"})
    void anythingElseIsNoVerdict(String answer) throws Exception {
        try (var stub = new Stub(answer)) {
            assertThatIOException().isThrownBy(() -> stub.clamd().isClean(new ByteArrayInputStream(Files.PDF)));
        }
    }

    @Test
    void doesNotWaitForEver() throws Exception {
        try (var stub = new Stub(null)) {
            assertThatIOException().isThrownBy(() -> stub.clamd().isClean(new ByteArrayInputStream(Files.PDF)));
        }
    }

    @Test
    void oneThatIsAwayGivesNoVerdict() throws Exception {
        var stub = new Stub("stream: OK\0");
        stub.close();
        assertThatIOException().isThrownBy(() -> stub.clamd().isClean(new ByteArrayInputStream(Files.PDF)));
    }

    /** Takes one call and says what it was given to say; null says nothing and keeps the line open. */
    private static final class Stub implements AutoCloseable {

        private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        private final CompletableFuture<byte[]> heard = new CompletableFuture<>();
        private final ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor();

        Stub(@Nullable String answer) throws IOException {
            thread.execute(() -> answer(answer));
        }

        private void answer(@Nullable String answer) {
            try {
                var socket = server.accept();
                var in = new DataInputStream(socket.getInputStream());
                assertThat(in.readNBytes(10)).isEqualTo("zINSTREAM\0".getBytes(StandardCharsets.US_ASCII));
                var all = new ByteArrayOutputStream();
                for (int length = in.readInt(); length > 0; length = in.readInt()) {
                    all.write(in.readNBytes(length));
                }
                if (answer != null) {
                    socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                    socket.close();
                }
                heard.complete(all.toByteArray());
            } catch (IOException | AssertionError e) {
                heard.completeExceptionally(e);
            }
        }

        Clamd clamd() {
            return new Clamd(InetSocketAddress.createUnresolved("127.0.0.1", server.getLocalPort()), LIMIT);
        }

        byte[] heard() throws InterruptedException, ExecutionException {
            return heard.get();
        }

        @Override
        public void close() throws IOException {
            server.close();
            thread.close();
        }
    }
}
