package nl.wijkschakel.referral.absence;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import nl.wijkschakel.kit.event.Events;
import nl.wijkschakel.kit.outbox.Message;
import nl.wijkschakel.referral.absence.Absence.Who;
import nl.wijkschakel.servers.Folders;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The published form of absences' events: {@code contracts/} holds a schema and an example of each. */
class ContractTest {

    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");

    private static final Absence ABSENCE = new Absence(
            id("0199e000-0000-7000-8000-000000000011"),
            new Who(id("0199e000-0000-7000-8000-000000000013"), "Anna"),
            new Who(id("0199e000-0000-7000-8000-000000000014"), "Milan"),
            LocalDate.parse("2026-03-09"),
            LocalDate.parse("2026-03-20"));

    private final JsonMapper json = JsonMapper.shared();

    private final AbsenceEvents events = new AbsenceEvents(
            new Events("urn:nld:oin:00000000000000000000:systeem:wijkschakel-referral-service", json));

    private Message message(String name) {
        return switch (name) {
            case "set" -> events.set(ABSENCE, 1, NOW);
            case "ended" -> events.ended(ABSENCE.person().person(), ABSENCE.organisation(), 2, NOW);
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** Days end at 24:00 in Amsterdam. */
    @ParameterizedTest
    @ValueSource(strings = {"set", "ended"})
    void theExampleIsWhatTheCodeMakes(String name) {
        var message = message(name);
        var event = (ObjectNode) json.readTree(message.body());
        var example = json.readTree(read(name, "example"));
        event.set("id", example.path("id"));
        event.remove("traceparent");
        assertThat(example).isEqualTo(event);
        assertThat(wrong(name, event)).isEmpty();
        assertThat(message.topic()).isEqualTo("referral.events.v1");
        assertThat(message.key()).isEqualTo(event.path("subject").stringValue());
    }

    /** DOMAIN P13: ids and routing attributes only. */
    @ParameterizedTest
    @ValueSource(strings = {"set", "ended"})
    void p13NoOtherFieldIsAllowedAnywhere(String name) {
        for (var place : List.of("", "/data")) {
            for (var field : List.of("name", "client", "reason", "replacementName")) {
                var event = json.readTree(read(name, "example"));
                ((ObjectNode) event.at(place)).put(field, "Anna");
                assertThat(wrong(name, event)).as("%s in %s", field, place).isNotEmpty();
            }
        }
    }

    private static List<com.networknt.schema.Error> wrong(String name, JsonNode event) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(read(name, "schema"))
                .validate(event, context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
    }

    private static String read(String name, String part) {
        try {
            return Files.readString(
                    Folders.root().resolve("contracts").resolve("absence-" + name + "." + part + ".json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static UUID id(String text) {
        return UUID.fromString(text);
    }
}
