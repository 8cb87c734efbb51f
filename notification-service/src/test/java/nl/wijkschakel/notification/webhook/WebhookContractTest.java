package nl.wijkschakel.notification.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import nl.wijkschakel.kit.event.Events;
import nl.wijkschakel.servers.Folders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What subscribers get has the published form, whatever happens to an attempt. */
class WebhookContractTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Path CONTRACTS = Folders.root().resolve("contracts");

    private final Events events = new Events("urn:nld:oin:00000000000000000000:systeem:test", JSON);
    private final Envelope envelope = new Envelope(JSON, URI.create("https://wijkschakel.example"));

    private static List<Path> events() throws IOException {
        try (Stream<Path> files = Files.list(CONTRACTS)) {
            return files.filter(file -> file.getFileName().toString().matches("attempt-.*\\.example\\.json"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("events")
    void eachEventHasThePublishedForm(Path example) {
        assertThat(wrong(sent(example))).isEmpty();
    }

    @Test
    void theExampleIsWhatTheCodeMakes() {
        assertThat(JSON.readTree(
                        CONTRACTS.resolve("webhook-attempt.example.json").toFile()))
                .isEqualTo(sent(CONTRACTS.resolve("attempt-accepted.example.json")));
    }

    /** DOMAIN P13: ids and routing attributes only, and no person is among them. */
    @Test
    void p13NoOtherFieldIsAllowedAnywhere() {
        for (var place : List.of("", "/data", "/data/sender", "/data/receiver")) {
            for (var field : List.of("name", "client", "worker", "team", "by", "person")) {
                var event = sent(CONTRACTS.resolve("attempt-accepted.example.json"));
                ((ObjectNode) event.at(place)).put(field, "0199e000-0000-7000-8000-000000000013");
                assertThat(wrong(event)).as("%s in %s", field, place).isNotEmpty();
            }
        }
    }

    private JsonNode sent(Path example) {
        var event = events.read(JSON.readTree(example.toFile()).toString());
        var routing = events.data(event, Routing.class);
        return JSON.readTree(envelope.of(new RoutedEvent(event, routing)));
    }

    private static List<?> wrong(JsonNode event) {
        try {
            var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(Files.readString(CONTRACTS.resolve("webhook-attempt.schema.json")));
            return schema.validate(event);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
