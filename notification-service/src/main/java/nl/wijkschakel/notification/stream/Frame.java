package nl.wijkschakel.notification.stream;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import nl.wijkschakel.notification.notification.Notification;
import nl.wijkschakel.notification.notification.Subject;
import tools.jackson.databind.json.JsonMapper;

/** Server-sent events as they go over the line (HTML Living Standard §9.2.6). */
final class Frame {

    /** Ask again: something may have been missed. */
    static final byte[] RESYNC = bytes("event: resync\ndata: {}\n\n");

    /** A comment: the browser passes over it. */
    static final byte[] HEARTBEAT = bytes(": heartbeat\n\n");

    /** That something happened, and no more: the browser asks for the rest with its own token. */
    record Told(UUID id, String type, @JsonUnwrapped Subject subject) {}

    static byte[] notification(Notification it, JsonMapper json) {
        var told = json.writeValueAsString(new Told(it.id(), it.type(), it.subject()));
        return bytes("event: notification\nid: " + it.id() + "\ndata: " + told + "\n\n");
    }

    /** So long a browser waits before it comes back. */
    static byte[] retry(Duration pause) {
        return bytes("retry: " + pause.toMillis() + "\n\n");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Frame() {}
}
