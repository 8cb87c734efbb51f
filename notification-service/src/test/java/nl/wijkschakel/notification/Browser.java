package nl.wijkschakel.notification;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a stream as a browser's EventSource does. */
public final class Browser implements AutoCloseable {

    /** @param at nanoseconds, to measure with */
    public record Received(String name, JsonNode data, long at) {}

    private final HttpResponse<InputStream> response;
    private final List<Received> events = new CopyOnWriteArrayList<>();
    private final List<String> comments = new CopyOnWriteArrayList<>();
    private final Thread reader;

    private Browser(HttpResponse<InputStream> response) {
        this.response = response;
        this.reader = Thread.ofVirtual().start(this::read);
    }

    static Browser open(HttpClient http, HttpRequest request) {
        try {
            return new Browser(http.send(request, BodyHandlers.ofInputStream()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public HttpResponse<InputStream> response() {
        return response;
    }

    public List<Received> events() {
        return events;
    }

    public List<String> names() {
        return events.stream().map(Received::name).toList();
    }

    /** The attempts that notifications named, in order. */
    public List<String> attempts() {
        return events.stream()
                .filter(it -> it.name().equals("notification"))
                .map(it -> it.data().path("attempt").asString())
                .toList();
    }

    public List<String> comments() {
        return comments;
    }

    public boolean hasEnded() {
        return !reader.isAlive();
    }

    private void read() {
        try (var lines =
                new java.io.BufferedReader(new java.io.InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            var name = "";
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("event: ")) {
                    name = line.substring("event: ".length());
                } else if (line.startsWith("data: ")) {
                    var data = JsonMapper.shared().readTree(line.substring("data: ".length()));
                    events.add(new Received(name, data, System.nanoTime()));
                } else if (line.startsWith(":")) {
                    comments.add(line);
                }
            }
        } catch (IOException _) {
            // closed, by this side or by the other
        }
    }

    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
