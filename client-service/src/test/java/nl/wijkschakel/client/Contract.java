package nl.wijkschakel.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import nl.wijkschakel.kit.outbox.Message;
import nl.wijkschakel.servers.Folders;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A published event: its schema and its example in {@code contracts/}. The example is what the code makes; with
 * {@code -Dcontracts.write=true} it is written anew.
 */
public final class Contract {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final String name;

    public Contract(String name) {
        this.name = name;
    }

    /** The example is this message, but for its id. */
    public void isShownBy(Message message, String id) {
        var event = (ObjectNode) JSON.readTree(message.body());
        event.put("id", id).remove("traceparent");
        if (Boolean.getBoolean("contracts.write")) {
            write(event);
        }
        assertThat(JSON.readTree(read("example"))).isEqualTo(event);
        assertThat(allows(event)).isTrue();
        assertThat(message.key()).isEqualTo(event.path("subject").stringValue());
    }

    public JsonNode example() {
        return JSON.readTree(read("example"));
    }

    public boolean allows(JsonNode event) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(read("schema"))
                .validate(event)
                .isEmpty();
    }

    private String read(String part) {
        try {
            return Files.readString(file(part));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(JsonNode event) {
        var printer = new DefaultPrettyPrinter(Separators.createDefaultInstance()
                        .withObjectNameValueSpacing(Separators.Spacing.AFTER)
                        .withObjectEmptySeparator("")
                        .withArrayEmptySeparator(""))
                .withArrayIndenter(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
        try {
            Files.writeString(file("example"), JSON.writer().with(printer).writeValueAsString(event) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(String part) {
        return Folders.root().resolve("contracts").resolve(name + "." + part + ".json");
    }
}
