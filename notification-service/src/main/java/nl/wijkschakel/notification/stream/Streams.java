package nl.wijkschakel.notification.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import nl.wijkschakel.kit.web.Refusal;
import nl.wijkschakel.notification.notification.Notification;
import nl.wijkschakel.notification.notification.Recipient;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The streams that are open on this replica. */
@Component
final class Streams implements SmartLifecycle {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final Set<Stream> streams = ConcurrentHashMap.newKeySet();
    private final ConcurrentMap<Recipient, Set<Stream>> byRecipient = new ConcurrentHashMap<>();
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
        streams.add(stream);
        for (var recipient : stream.lists()) {
            byRecipient.compute(recipient, (_, those) -> {
                var all = those == null ? ConcurrentHashMap.<Stream>newKeySet() : those;
                all.add(stream);
                return all;
            });
        }
        if (!running) {
            stream.end(); // it came while the others were ended
        }
    }

    void close(Stream stream) {
        if (streams.remove(stream)) {
            open.decrementAndGet();
        }
        for (var recipient : stream.lists()) {
            byRecipient.computeIfPresent(recipient, (_, those) -> {
                those.remove(stream);
                return those.isEmpty() ? null : those;
            });
        }
    }

    void tell(Notification notification) {
        var those = byRecipient.getOrDefault(notification.recipient(), Set.of());
        if (those.isEmpty()) {
            return;
        }
        var frame = Frame.notification(notification, json);
        those.forEach(stream -> tell(stream, frame));
    }

    /** Everybody asks again. */
    void resync() {
        streams.forEach(stream -> tell(stream, Frame.RESYNC));
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
        streams.forEach(Stream::end);
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
