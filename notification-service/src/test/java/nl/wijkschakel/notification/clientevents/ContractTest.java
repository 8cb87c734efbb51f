package nl.wijkschakel.notification.clientevents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import nl.wijkschakel.kit.event.Events;
import nl.wijkschakel.servers.Folders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The examples that the publisher's test writes are what this consumer reads. */
class ContractTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Events events = new Events("urn:nld:oin:00000000000000000000:systeem:test", JSON);

    private static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(Folders.root().resolve("contracts"))) {
            return files.filter(file -> file.getFileName().toString().matches("client-.*\\.example\\.json"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void thereIsAnExampleOfEachTypeAndATypeForEachExample() throws IOException {
        var types = examples().stream().map(file -> read(file).path("type").asString());
        assertThat(types)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(What.values()).map(What::type).toList());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void anExampleIsReadAlsoWithAFieldOfALaterRelease(Path file) {
        var example = read(file);
        example.put("later", true);
        ((ObjectNode) example.path("data")).putObject("later").put("deeper", 1);

        var event = events.read(example.toString());
        var data = events.data(event, ClientEvent.class);
        assertThat(data.client()).isEqualTo(event.subject());
        assertThat(WhoIsTold.of(What.of(event.type()).orElseThrow(), data)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void eachTypeIsFoundByItsName(What what) {
        assertThat(What.of(what.type())).contains(what);
    }

    private static ObjectNode read(Path file) {
        return (ObjectNode) JSON.readTree(file.toFile());
    }
}
