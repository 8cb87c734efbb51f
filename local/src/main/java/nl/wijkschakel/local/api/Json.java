package nl.wijkschakel.local.api;

import java.util.Collection;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Bodies as one would type them. */
public final class Json {

    public static final JsonMapper MAPPER = new JsonMapper();

    /** @param template JSON in which each {@code %s} stands for a whole value */
    public static JsonNode json(String template, Object... values) {
        var parts = template.split("%s", -1);
        if (parts.length != values.length + 1) {
            throw new IllegalArgumentException(
                    "%d values for %d places in %s".formatted(values.length, parts.length - 1, template));
        }
        var text = new StringBuilder(parts[0]);
        for (int i = 0; i < values.length; i++) {
            text.append(value(values[i])).append(parts[i + 1]);
        }
        return MAPPER.readTree(text.toString());
    }

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    public static ArrayNode array(Collection<?> values) {
        var array = MAPPER.createArrayNode();
        values.forEach(value -> array.add(node(value)));
        return array;
    }

    private static String value(Object value) {
        return MAPPER.writeValueAsString(node(value));
    }

    private static JsonNode node(Object value) {
        return switch (value) {
            case JsonNode node -> node;
            case Collection<?> values -> array(values);
            case Boolean _, Number _ -> MAPPER.valueToTree(value);
            default -> MAPPER.valueToTree(value.toString());
        };
    }

    private Json() {}
}
