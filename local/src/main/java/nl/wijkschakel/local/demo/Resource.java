package nl.wijkschakel.local.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What the demo tells, as files that can be read and changed by who does not program. */
final class Resource {

    private static final JsonMapper JSON = new JsonMapper();

    static <T> T read(String name, TypeReference<T> type) {
        try (var file = Resource.class.getResourceAsStream("/demo/" + name)) {
            return JSON.readValue(Objects.requireNonNull(file, name), type);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    private Resource() {}
}
