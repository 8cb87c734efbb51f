package nl.wijkschakel.local.api;

import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What came back.
 *
 * @param request method and path
 * @param etag the version that was read, as it is sent back in {@code If-Match}
 * @param text the body as it came
 * @param json the body; missing where it is no JSON
 * @param sentAt {@link System#nanoTime} when the request left
 */
public record Answer(
        String request, int status, @Nullable String etag, String text, JsonNode json, long sentAt, Duration took) {

    /** @throws Unexpected when it is another one */
    public Answer require(int expected) {
        if (status != expected) {
            throw new Unexpected("%s: expected %d, came %d%n%s".formatted(request, expected, status, pretty()));
        }
        return this;
    }

    /** The id of what was made or read. */
    public UUID id() {
        return id("/id");
    }

    public UUID id(String pointer) {
        return UUID.fromString(string(pointer));
    }

    public String string(String pointer) {
        var found = json.at(pointer);
        if (!found.isString()) {
            throw new Unexpected("%s: no text at %s%n%s".formatted(request, pointer, pretty()));
        }
        return found.asString();
    }

    /** @throws Unexpected when there is none */
    public String version() {
        if (etag == null) {
            throw new Unexpected(request + ": no ETag came");
        }
        return etag;
    }

    public String pretty() {
        return json.isMissingNode() ? text : json.toPrettyString();
    }

    /** The platform did what nobody expects of it. */
    public static final class Unexpected extends RuntimeException {
        private static final long serialVersionUID = 1;

        public Unexpected(String message) {
            super(message);
        }
    }
}
