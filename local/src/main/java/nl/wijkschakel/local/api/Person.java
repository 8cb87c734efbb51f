package nl.wijkschakel.local.api;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** A demo user at work for one organisation, with a token of their own. */
public final class Person {

    private static final Duration TIME_LIMIT = Duration.ofSeconds(30);
    private static final String MERGE_PATCH = "application/merge-patch+json";
    private static final String JSON = "application/json";

    private final Platform platform;
    private final String name;
    private final @Nullable UUID organisation;
    private final Tokens tokens;

    private Person(Platform platform, String name, @Nullable UUID organisation) {
        this.platform = platform;
        this.name = name;
        this.organisation = organisation;
        this.tokens = new Tokens(platform.issuer(), name);
    }

    /** Who works for one organisation only, or for none. */
    public static Person of(Platform platform, String name) {
        return new Person(platform, name, null);
    }

    public static Person of(Platform platform, String name, UUID organisation) {
        return new Person(platform, name, organisation);
    }

    public String name() {
        return name;
    }

    /** Fetches a token, so that no later request waits for one. */
    public void logIn() {
        var _ = tokens.token();
    }

    public Answer get(String path) {
        return send("GET", path, null, Map.of());
    }

    public Answer post(String path, JsonNode body) {
        return send("POST", path, body, Map.of());
    }

    /** @param seen the version this builds on */
    public Answer post(String path, String seen, JsonNode body) {
        return send("POST", path, body, Map.of("If-Match", seen));
    }

    /** Without a body. */
    public Answer post(String path, String seen) {
        return send("POST", path, null, Map.of("If-Match", seen));
    }

    public Answer patch(String path, String seen, JsonNode change) {
        return send("PATCH", path, change, Map.of("If-Match", seen));
    }

    public Answer put(String path, String seen, JsonNode body) {
        return send("PUT", path, body, Map.of("If-Match", seen));
    }

    /** Only where there is none yet. */
    public Answer create(String path, JsonNode body) {
        return send("PUT", path, body, Map.of("If-None-Match", "*"));
    }

    public Answer delete(String path, String seen) {
        return send("DELETE", path, null, Map.of("If-Match", seen));
    }

    /** Any request. */
    public Answer send(String method, String path, @Nullable JsonNode body, Map<String, String> headers) {
        var request = request(path)
                .timeout(TIME_LIMIT)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()));
        if (body != null) {
            request.header("Content-Type", method.equals("PATCH") ? MERGE_PATCH : JSON);
        }
        headers.forEach(request::header);
        long sentAt = System.nanoTime();
        var answer = Http.send(request.build(), BodyHandlers.ofString());
        return new Answer(
                name + " " + method + " " + path,
                answer.statusCode(),
                answer.headers().firstValue("ETag").orElse(null),
                answer.body(),
                parsed(answer.body()),
                sentAt,
                Duration.ofNanos(System.nanoTime() - sentAt));
    }

    /** Opens the live stream; returns when the platform has said that what happens from now on will be told. */
    public LiveStream listen() {
        return LiveStream.open(name, request("/api/notification/v1/stream"));
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(platform.uri(path)).header("Authorization", "Bearer " + tokens.token());
        if (organisation != null) {
            request.header("Wijkschakel-Organisation", organisation.toString());
        }
        return request;
    }

    private static JsonNode parsed(String body) {
        try {
            return body.isBlank() ? MissingNode.getInstance() : Json.MAPPER.readTree(body);
        } catch (JacksonException _) {
            return MissingNode.getInstance();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
