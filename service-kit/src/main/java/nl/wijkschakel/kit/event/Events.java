package nl.wijkschakel.kit.event;

import io.opentelemetry.api.trace.Span;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import nl.wijkschakel.kit.TimeOrderedIds;
import nl.wijkschakel.kit.outbox.Message;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Writes and reads events. */
public final class Events {

    private static final String SPEC_VERSION = "1.0";

    private final String source;
    private final JsonMapper json;

    /** @param source {@code urn:nld:oin:<OIN>:systeem:<name>} */
    public Events(String source, JsonMapper json) {
        this.source = source;
        this.json = json.rebuild()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
    }

    /** A message for the outbox of the document that this event tells of. */
    public Message message(
            String topic, String type, UUID subject, long sequence, @Nullable String dataref, Object data, Instant at) {
        var body = json.createObjectNode()
                .put("specversion", SPEC_VERSION)
                .put("id", TimeOrderedIds.next().toString())
                .put("source", source)
                .put("type", type)
                .put("subject", subject.toString())
                .put("time", at.toString())
                .put("sequence", String.valueOf(sequence))
                .put("datacontenttype", "application/json");
        if (dataref != null) {
            body.put("dataref", dataref);
        }
        var traceparent = traceparent();
        if (traceparent != null) {
            body.put("traceparent", traceparent);
        }
        body.set("data", json.valueToTree(data));
        return Message.to(topic, subject.toString(), json.writeValueAsString(body), at);
    }

    /** @throws Unreadable when it is no event of ours */
    public Event read(@Nullable String body) {
        if (body == null) {
            throw new Unreadable("empty");
        }
        try {
            var envelope = json.readTree(body);
            if (!SPEC_VERSION.equals(text(envelope, "specversion"))) {
                throw new Unreadable("specversion");
            }
            return new Event(
                    UUID.fromString(text(envelope, "id")),
                    text(envelope, "source"),
                    text(envelope, "type"),
                    Instant.parse(text(envelope, "time")),
                    UUID.fromString(text(envelope, "subject")),
                    Long.parseLong(text(envelope, "sequence")),
                    envelope.has("dataref") ? text(envelope, "dataref") : null,
                    envelope.path("data"));
        } catch (JacksonException | IllegalArgumentException | java.time.DateTimeException e) {
            throw new Unreadable(e.getClass().getSimpleName());
        }
    }

    /** The fields a consumer uses; the publisher may add others. @throws Unreadable when one is missing or of another kind */
    public <T> T data(Event event, Class<T> type) {
        try {
            return Objects.requireNonNull(json.treeToValue(event.data(), type));
        } catch (JacksonException | NullPointerException e) {
            throw new Unreadable(e.getClass().getSimpleName());
        }
    }

    private static String text(JsonNode envelope, String field) {
        var value = envelope.path(field);
        if (!value.isString()) {
            throw new Unreadable(field);
        }
        return value.stringValue();
    }

    /** So that a trace goes on where the event is handled (W3C Trace Context). */
    private static @Nullable String traceparent() {
        var context = Span.current().getSpanContext();
        return context.isValid()
                ? "00-%s-%s-%s"
                        .formatted(
                                context.getTraceId(),
                                context.getSpanId(),
                                context.getTraceFlags().asHex())
                : null;
    }

    /** It can never be handled, however often it is tried. */
    public static final class Unreadable extends RuntimeException {
        public Unreadable(String what) {
            super("No event of ours: " + what, null, false, false);
        }
    }
}
