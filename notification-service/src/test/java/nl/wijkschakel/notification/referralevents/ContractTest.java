package nl.wijkschakel.notification.referralevents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import nl.wijkschakel.kit.event.Events;
import nl.wijkschakel.servers.Folders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The examples that the publisher's test writes are what this consumer reads. */
class ContractTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Events events = new Events("urn:nld:oin:00000000000000000000:systeem:test", JSON);

    private static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(Folders.root().resolve("contracts"))) {
            return files.filter(file -> file.getFileName().toString().matches("attempt-.*\\.example\\.json"))
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
    void anExampleTellsSomebodyOrIsTheirOwnAct(Path file) {
        var example = read(file);
        var event = events.read(example.toString());
        var data = events.data(event, AttemptEvent.class);
        var told = WhoIsTold.of(What.of(event.type()).orElseThrow(), data);

        assertThat(data.attempt()).isEqualTo(event.subject());
        assertThat(told.isEmpty())
                .isEqualTo(data.by() != null && isOwnAct(What.of(event.type()).orElseThrow(), data));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void anExampleWithAFieldOfALaterReleaseIsReadAsWell(Path file) {
        var example = read(file);
        example.put("later", true);
        ((ObjectNode) example.path("data")).putObject("later").put("deeper", 1);

        var event = events.read(example.toString());
        assertThat(events.data(event, AttemptEvent.class).attempt()).isEqualTo(event.subject());
    }

    private static boolean isOwnAct(What what, AttemptEvent data) {
        if (what == What.CLAIMED || what == What.ASSIGNED || what == What.HANDED_OVER) {
            return false; // both sides' workers are told, and nobody is both in the examples
        }
        var toReceiver = EnumSet.of(
                        What.ANSWERED,
                        What.WITHDRAWN,
                        What.MESSAGE_POSTED,
                        What.ATTACHMENT_ADDED,
                        What.ATTACHMENT_REMOVED)
                .contains(what);
        var concerned = toReceiver ? data.receiver().worker() : data.sender().worker();
        return what != What.SENT && Objects.requireNonNull(data.by()).person().equals(concerned);
    }

    private static ObjectNode read(Path file) {
        return (ObjectNode) JSON.readTree(file.toFile());
    }
}
