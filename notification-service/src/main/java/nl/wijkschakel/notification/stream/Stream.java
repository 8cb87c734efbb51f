package nl.wijkschakel.notification.stream;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import nl.wijkschakel.notification.notification.Reader;
import nl.wijkschakel.notification.notification.Recipient;

/**
 * One browser's open stream. The thread of its request writes, and waits for the browser where it must; whoever has
 * something to tell puts it in a queue and never waits. A browser that does not keep up is let go: it comes back and
 * asks for everything.
 */
final class Stream {

    private static final int MOST_WAITING = 64;
    private static final byte[] END = {};
    private static final Duration SHORTEST_RETRY = Duration.ofSeconds(1);
    private static final long RETRY_SPREAD_MILLIS = 3_000;

    private final Reader reader;
    private final Instant expires;
    private final BlockingQueue<byte[]> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private volatile boolean ended;

    /** @param expires when the token ends that it was opened with */
    Stream(Reader reader, Instant expires) {
        this.reader = reader;
        this.expires = expires;
    }

    /** Those whose notifications it tells. */
    Set<Recipient> lists() {
        return reader.lists();
    }

    /** Never waits. False when the browser did not keep up and is let go. */
    boolean tell(byte[] frame) {
        if (!ended && !waiting.offer(frame)) {
            end();
            return false;
        }
        return true;
    }

    void end() {
        ended = true;
        waiting.clear();
        waiting.offer(END);
    }

    /**
     * Writes until it is ended or the token ends.
     *
     * @param clock tells the true time, by which tokens live
     * @throws IOException when the browser is gone
     */
    void write(OutputStream out, Duration heartbeat, Clock clock) throws IOException, InterruptedException {
        out.write(Frame.retry(retry()));
        out.write(Frame.RESYNC);
        out.flush();
        while (!ended) {
            var left = Duration.between(clock.instant(), expires);
            if (!left.isPositive()) {
                return;
            }
            var pause = left.compareTo(heartbeat) < 0 ? left : heartbeat;
            var frame = waiting.poll(pause.toMillis() + 1, TimeUnit.MILLISECONDS);
            write(out, frame == null ? Frame.HEARTBEAT : frame);
        }
    }

    /** All that waits goes in one packet. */
    private void write(OutputStream out, byte[] first) throws IOException {
        for (var frame = first; frame != null; frame = waiting.poll()) {
            out.write(frame);
        }
        out.flush();
    }

    /** Not all at the same moment: when a replica goes, its browsers come to the others. */
    private static Duration retry() {
        return SHORTEST_RETRY.plusMillis(ThreadLocalRandom.current().nextLong(RETRY_SPREAD_MILLIS));
    }
}
