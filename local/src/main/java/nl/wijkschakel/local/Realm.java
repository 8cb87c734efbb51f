package nl.wijkschakel.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The realm as Keycloak imports it: the one for production with the demo's users and clients laid over it. Both files
 * lie in {@code keycloak/} at the root and not among this module's resources, because they are configuration of the
 * deployment: the chart takes the first, this module takes both. Their {@code ${NAME}} are filled by Keycloak from its
 * environment while it imports, so no secret is in a file.
 */
final class Realm {

    private static final JsonMapper JSON = new JsonMapper();

    private final String json;

    private Realm(String json) {
        this.json = json;
    }

    static Realm demo(Path root) throws IOException {
        var folder = root.resolve("keycloak");
        var realm = (ObjectNode) JSON.readTree(Files.readString(folder.resolve("wijkschakel-realm.json")));
        layOver(realm, (ObjectNode) JSON.readTree(Files.readString(folder.resolve("demo-users.json"))));
        return new Realm(realm.toPrettyString());
    }

    String json() {
        return json;
    }

    /** Moved into place whole: another stack may be reading. */
    void write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        var half = Files.createTempFile(file.getParent(), "realm", ".new");
        Files.writeString(half, json);
        Files.move(half, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Objects are merged; in lists, what has the same clientId, username or name is merged and the rest is added. */
    private static void layOver(ObjectNode below, ObjectNode above) {
        for (var property : above.properties()) {
            var name = property.getKey();
            if (property.getValue() instanceof ObjectNode object && below.get(name) instanceof ObjectNode there) {
                layOver(there, object);
            } else if (property.getValue() instanceof ArrayNode array && below.get(name) instanceof ArrayNode there) {
                layOver(there, array);
            } else {
                below.set(name, property.getValue());
            }
        }
    }

    private static void layOver(ArrayNode below, ArrayNode above) {
        for (var element : above) {
            var same = StreamSupport.stream(below.spliterator(), false)
                    .filter(there ->
                            !identity(there).isEmpty() && identity(there).equals(identity(element)))
                    .findFirst();
            if (same.isPresent()) {
                layOver((ObjectNode) same.get(), (ObjectNode) element);
            } else {
                below.add(element);
            }
        }
    }

    private static String identity(JsonNode element) {
        for (var key : new String[] {"clientId", "username", "name"}) {
            if (element.path(key).isString()) {
                return element.path(key).asString();
            }
        }
        return "";
    }
}
