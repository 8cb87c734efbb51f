package nl.wijkschakel.notification.stream;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How live streams behave.
 *
 * @param heartbeat so long a stream is silent at most, or a proxy would end it
 * @param most so many are open at once on a replica; left out, as many as half the heap holds
 */
@ConfigurationProperties("stream")
record StreamProperties(Duration heartbeat, @Nullable Integer most) {

    /** Measured: Tomcat's buffers for a request under way, and a fifth for the thread that waits. */
    private static final long BYTES_EACH = 140 * 1024;

    /** More would end the service for everybody, for want of memory. */
    int mostThatFit() {
        return most != null ? most : (int) Math.min(Runtime.getRuntime().maxMemory() / 2 / BYTES_EACH, 100_000);
    }
}
