package nl.wijkschakel.notification.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import nl.wijkschakel.kit.web.Refusal;
import nl.wijkschakel.notification.notification.Notification;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The streams that are open on this replica. */
@Component
final class Streams implements SmartLifecycle {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final ConcurrentMap<UUID, Set<Stream>> byOrganisation = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();
    private final int most;
    private final JsonMapper json;
    private final Counter letGo;
    private volatile boolean running;

    Streams(StreamProperties properties, JsonMapper json, MeterRegistry metrics) {
        this.most = properties.mostThatFit();
        this.json = json;
        this.letGo = Counter.builder("wijkschakel.streams.let.go")
                .description("Streams that were ended because the browser did not keep up")
                .register(metrics);
        Gauge.builder("wijkschakel.streams.open", open, AtomicInteger::get)
                .description("Browsers that are connected to this replica")
                .register(metrics);
    }

    /** @throws Refusal.Unavailable when this replica is full or about to stop */
    void open(Stream stream) {
        if (open.incrementAndGet() > most || !running) {
            open.decrementAndGet();
            throw unavailable();
        }
        byOrganisation.compute(stream.organisation(), (_, streams) -> {
            var all = streams == null ? ConcurrentHashMap.<Stream>newKeySet() : streams;
            all.add(stream);
            return all;
        });
        if (!running) {
            stream.end(); // it came while the others were ended
        }
    }

    void close(Stream stream) {
        byOrganisation.computeIfPresent(stream.organisation(), (_, streams) -> {
            if (streams.remove(stream)) {
                open.decrementAndGet();
            }
            return streams.isEmpty() ? null : streams;
        });
    }

    void tell(Notification notification) {
        var streams = byOrganisation.getOrDefault(notification.recipient().organisation(), Set.of());
        if (streams.isEmpty()) {
            return;
        }
        var frame = Frame.notification(notification, json);
        for (var stream : streams) {
            if (stream.concerns(notification.recipient())) {
                tell(stream, frame);
            }
        }
    }

    /** Everybody asks again. */
    void resync() {
        byOrganisation.values().forEach(streams -> streams.forEach(stream -> tell(stream, Frame.RESYNC)));
    }

    private void tell(Stream stream, byte[] frame) {
        if (!stream.tell(frame)) {
            letGo.increment();
        }
    }

    @Override
    public void start() {
        running = true;
    }

    /** The phase is the last to start, so the first to stop: the web server waits for requests, and these would not end. */
    @Override
    public void stop() {
        running = false;
        byOrganisation.values().forEach(streams -> streams.forEach(Stream::end));
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private static Refusal.Unavailable unavailable() {
        return new Refusal.Unavailable(
                "stream-unavailable",
                "Meldingen komen even niet vanzelf binnen. Wij proberen het zo opnieuw.",
                RETRY_AFTER);
    }
}
