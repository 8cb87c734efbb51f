package nl.wijkschakel.local.api;

import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What a person's screen hears while it is open (server-sent events). */
public final class LiveStream implements AutoCloseable {

    private static final Duration TO_OPEN = Duration.ofSeconds(10);

    /**
     * Something happened.
     *
     * @param heardAt {@link System#nanoTime}
     */
    public record Notice(UUID id, String type, UUID attempt, UUID referral, long heardAt) {}

    private final List<Notice> notices = new ArrayList<>();
    private final Stream<String> lines;
    private boolean ready;
    private String event = "";

    private LiveStream(Stream<String> lines) {
        this.lines = lines;
    }

    static LiveStream open(String name, HttpRequest.Builder request) {
        var answer = Http.send(request.header("Accept", "text/event-stream").build(), BodyHandlers.ofLines());
        if (answer.statusCode() != 200) {
            throw new Answer.Unexpected("%s GET %s: expected 200, came %d%n%s"
                    .formatted(
                            name,
                            answer.uri().getPath(),
                            answer.statusCode(),
                            String.join("\n", answer.body().toList())));
        }
        var stream = new LiveStream(answer.body());
        Thread.ofVirtual().name("stream of " + name).start(stream::listen);
        if (!stream.isReadyWithin(TO_OPEN)) {
            stream.close();
            throw new Answer.Unexpected("The stream of " + name + " does not begin with resync");
        }
        return stream;
    }

    private void listen() {
        try {
            lines.forEach(this::hear);
        } catch (UncheckedIOException _) {
            // it was closed, by us or by the other side; who waits for a notice hears that none came
        }
    }

    private void hear(String line) {
        if (line.startsWith("event:")) {
            event = line.substring("event:".length()).strip();
        } else if (line.startsWith("data:")) {
            told(event, line.substring("data:".length()).strip());
        }
    }

    private synchronized void told(String what, String data) {
        if (what.equals("resync")) {
            ready = true;
        } else if (what.equals("notification")) {
            var json = Json.MAPPER.readTree(data);
            notices.add(new Notice(
                    UUID.fromString(json.path("id").asString()),
                    json.path("type").asString(),
                    UUID.fromString(json.path("attempt").asString()),
                    UUID.fromString(json.path("referral").asString()),
                    System.nanoTime()));
        }
        notifyAll();
    }

    private synchronized boolean isReadyWithin(Duration limit) {
        return waitUntil(System.nanoTime() + limit.toNanos(), () -> ready);
    }

    /** Waits for the first that fits, also among those that were heard already. */
    public synchronized Optional<Notice> await(Predicate<Notice> wanted, Duration limit) {
        waitUntil(System.nanoTime() + limit.toNanos(), () -> notices.stream().anyMatch(wanted));
        return notices.stream().filter(wanted).findFirst();
    }

    public synchronized List<Notice> heard() {
        return List.copyOf(notices);
    }

    private interface Condition {
        boolean holds();
    }

    private synchronized boolean waitUntil(long end, Condition condition) {
        while (!condition.holds()) {
            long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
            if (left <= 0) {
                return false;
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
        return true;
    }

    @Override
    public void close() {
        lines.close();
    }
}
