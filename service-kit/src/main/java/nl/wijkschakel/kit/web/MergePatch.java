package nl.wijkschakel.kit.web;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Changes part of a record: what is null goes, what is absent stays (RFC 7396). */
public final class MergePatch {

    private final JsonMapper json;

    public MergePatch(JsonMapper json) {
        this.json = json;
    }

    /** The record as it will be; a wrong type or unknown field is refused as in any other body. */
    public <T> T apply(T present, JsonNode patch, Class<T> type) {
        if (!patch.isObject()) {
            throw new Refusal.Invalid(new Errors()
                    .add("", "wrong-type", "Hier hoort een JSON-object.")
                    .found());
        }
        return json.treeToValue(merged(json.valueToTree(present), patch), type);
    }

    private JsonNode merged(JsonNode target, JsonNode patch) {
        if (!patch.isObject()) {
            return patch;
        }
        var result = target.isObject() ? (ObjectNode) target : json.createObjectNode();
        patch.properties().forEach(field -> {
            if (field.getValue().isNull()) {
                result.remove(field.getKey());
            } else {
                var old = result.get(field.getKey());
                result.set(field.getKey(), merged(old == null ? json.createObjectNode() : old, field.getValue()));
            }
        });
        return result;
    }
}
