package nl.wijkschakel.kit.web;

import jakarta.validation.Validator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Changes part of a record: what is null goes, what is absent stays (RFC 7396). */
public final class MergePatch {

    private final JsonMapper json;
    private final Validator validator;

    public MergePatch(JsonMapper json, Validator validator) {
        this.json = json;
        this.validator = validator;
    }

    /** The record as it will be; a wrong type, an unknown field or a broken rule is refused as in any other body. */
    public <T> T apply(T present, JsonNode patch, Class<T> type) {
        if (!patch.isObject()) {
            throw new Refusal.Invalid(new Errors()
                    .add("", "wrong-type", "Hier hoort een JSON-object.")
                    .found());
        }
        var result = json.treeToValue(merged(json.valueToTree(present), patch), type);
        var errors = validator.validate(result).stream().map(Problems::error).toList();
        if (!errors.isEmpty()) {
            throw new Refusal.Invalid(errors);
        }
        return result;
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
