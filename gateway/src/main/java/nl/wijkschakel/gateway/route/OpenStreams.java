package nl.wijkschakel.gateway.route;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The answers under way. A graceful shutdown waits for requests to end, which a live stream does not do by itself: so the
 * streams are ended first, and their browsers connect to another replica.
 */
final class OpenStreams implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(OpenStreams.class);

    private final Set<InputStream> open = ConcurrentHashMap.newKeySet();
    private volatile boolean running;

    void add(InputStream stream) {
        open.add(stream);
    }

    void remove(InputStream stream) {
        open.remove(stream);
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        for (var stream : open) {
            try {
                stream.close();
            } catch (IOException e) {
                LOG.warn("A stream did not close: {}", e.toString());
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Stopped before the web server, which is near the highest. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
