package nl.wijkschakel.referral.attempt;

import static nl.wijkschakel.referral.attempt.AttemptFixture.ANNA;
import static nl.wijkschakel.referral.attempt.AttemptFixture.BRAM;
import static nl.wijkschakel.referral.attempt.AttemptFixture.NOW;
import static nl.wijkschakel.referral.attempt.AttemptFixture.TERMS;
import static nl.wijkschakel.referral.attempt.AttemptFixture.act;
import static nl.wijkschakel.referral.attempt.AttemptFixture.born;
import static nl.wijkschakel.referral.attempt.AttemptFixture.inReview;
import static nl.wijkschakel.referral.attempt.AttemptFixture.informationRequested;
import static nl.wijkschakel.referral.attempt.AttemptFixture.pausedTogether;
import static nl.wijkschakel.referral.attempt.AttemptFixture.sent;
import static nl.wijkschakel.referral.attempt.AttemptFixture.sentOn;
import static nl.wijkschakel.referral.attempt.AttemptFixture.started;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoClientSettings;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import nl.wijkschakel.kit.event.Events;
import nl.wijkschakel.kit.outbox.Message;
import nl.wijkschakel.referral.attempt.AttemptState.PutBackReason;
import nl.wijkschakel.referral.directory.Urgency;
import nl.wijkschakel.servers.Folders;
import org.bson.Document;
import org.bson.UuidRepresentation;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.configuration.CodecRegistries;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The published form of attempts' events: {@code contracts/} holds a schema and an example of each. The examples are what
 * the code makes; with {@code -Dcontracts.write=true} they are written anew.
 */
class ContractTest {

    /** What is told of an attempt beside its transitions. */
    static final List<String> TOLD = List.of("message-posted", "attachment-added", "attachment-removed");

    private final JsonMapper json = JsonMapper.shared();

    private final Events events =
            new Events("urn:nld:oin:00000000000000000000:systeem:wijkschakel-referral-service", json);

    /** A change for each action, as it comes about; an action without one stops the build. */
    private static Change change(Action action) {
        return switch (action) {
            case SEND, RESEND -> Attempt.send(born(sent().id(), sent().referral(), Urgency.ROUTINE), ANNA, NOW, TERMS);
            case CLAIM -> act(action, sent(), BRAM, NOW);
            case ASK, RETURN, ACCEPT -> act(action, inReview(), BRAM, NOW);
            case PUT_BACK -> inReview().putBack(PutBackReason.KNOWS_CLIENT, null, BRAM, NOW);
            case ANSWER -> act(action, informationRequested(), ANNA, NOW);
            case FORWARD -> act(action, inReview(), BRAM, NOW);
            case SEND_FORWARDED -> sentOn(inReview());
            case WAITLIST -> act(action, inReview(), BRAM, NOW);
            case START, UNDO_ACCEPT -> act(action, AttemptFixture.accepted(), BRAM, NOW);
            case PAUSE, COMPLETE, END_EARLY -> act(action, started(), BRAM, NOW);
            case RESUME -> act(action, AttemptFixture.paused(), BRAM, NOW);
            case WITHDRAW, HAND_OVER -> act(action, inReview(), ANNA, NOW);
            case ASSIGN -> act(action, inReview(), BRAM, NOW);
            case CHANGE_CONTACT -> act(action, AttemptFixture.accepted(), BRAM, NOW);
        };
    }

    /** What is sent on tells the same as what is sent, of another attempt. */
    @Test
    void whatIsSentOnHasTheFormOfWhatIsSent() {
        var event = json.readTree(
                new AttemptEvents(events).message(change(Action.SEND_FORWARDED)).body());
        assertThat(wrong(Action.SEND, event)).isEmpty();
        assertThat(event.at("/data/receiverAccess").stringValue()).isEqualTo("CORE");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SEND_FORWARDED")
    void theExampleIsWhatTheCodeMakes(Action action) {
        var message = new AttemptEvents(events).message(change(action));
        var event = (ObjectNode) json.readTree(message.body());
        assertThat(event.path("id").stringValue()).as("a time-ordered id").matches("[0-9a-f-]{14}7.*");
        event.put("id", exampleId(action.event()));
        event.remove("traceparent");
        if (Boolean.getBoolean("contracts.write")) {
            write(action.event(), event);
        }
        assertThat(example(action)).isEqualTo(event);
        assertThat(wrong(action, event)).isEmpty();
        assertThat(message.topic()).isEqualTo("referral.events.v1");
        assertThat(message.key()).isEqualTo(event.path("subject").stringValue());
        assertThat(message.at()).isEqualTo(NOW);
    }

    static List<String> told() {
        return TOLD;
    }

    @ParameterizedTest
    @MethodSource("told")
    void theExampleOfWhatIsNoTransitionIsWhatTheCodeMakes(String name) {
        var about = inReview();
        var message = new AttemptEvents(events).message(name, about, about.sequence() + 1, ANNA, NOW);
        var event = (ObjectNode) json.readTree(message.body());
        event.put("id", exampleId(name));
        event.remove("traceparent");
        if (Boolean.getBoolean("contracts.write")) {
            write(name, event);
        }
        assertThat(json.readTree(read(name, "example"))).isEqualTo(event);
        assertThat(wrong(name, event)).isEmpty();
        assertThat(message.topic()).isEqualTo("referral.events.v1");
        assertThat(message.key()).isEqualTo(event.path("subject").stringValue());
        for (var status : Status.values()) {
            var other = AttemptFixture.in(status);
            var body =
                    new AttemptEvents(events).message(name, other, 9, BRAM, NOW).body();
            assertThat(wrong(name, json.readTree(body))).as(status.name()).isEmpty();
        }
    }

    /** DOMAIN P13: ids and routing attributes only. */
    @ParameterizedTest
    @MethodSource("told")
    void p13NoOtherFieldIsAllowedInWhatIsNoTransition(String name) {
        for (var place : List.of("", "/data", "/data/sender", "/data/receiver", "/data/by")) {
            for (var field : List.of("name", "client", "bsn", "text", "message", "thirdParties")) {
                var event = json.readTree(read(name, "example"));
                ((ObjectNode) event.at(place)).put(field, "Sanne");
                assertThat(wrong(name, event)).as("%s in %s", field, place).isNotEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Alarm.class)
    void theExampleOfWhatAClockTellsIsWhatTheCodeMakes(Alarm alarm) {
        var message = rung(alarm, stored(alarm));
        var event = (ObjectNode) json.readTree(message.body());
        event.put(
                "id",
                "0199e000-0000-7000-8000-0000000003%02d"
                        .formatted(List.of(Alarm.values()).indexOf(alarm) + 1));
        event.remove("traceparent");
        if (Boolean.getBoolean("contracts.write")) {
            write(alarm.event(), event);
        }
        assertThat(json.readTree(read(alarm.event(), "example"))).isEqualTo(event);
        assertThat(wrong(alarm.event(), event)).isEmpty();
        assertThat(message.topic()).isEqualTo("referral.events.v1");
        assertThat(message.key()).isEqualTo(event.path("subject").stringValue());
    }

    /** DOMAIN P13: ids and routing attributes only; and nobody did it. */
    @ParameterizedTest
    @EnumSource(Alarm.class)
    void p13NoOtherFieldIsAllowedInWhatAClockTells(Alarm alarm) {
        for (var place : List.of("", "/data", "/data/sender", "/data/receiver")) {
            for (var field : List.of("name", "client", "bsn", "question", "by", "reason")) {
                var event = json.readTree(read(alarm.event(), "example"));
                ((ObjectNode) event.at(place)).put(field, "Sanne");
                assertThat(wrong(alarm.event(), event))
                        .as("%s in %s", field, place)
                        .isNotEmpty();
            }
        }
    }

    /** Where it can be told of several statuses, each is allowed. */
    @Test
    void everyFormOfWhatAClockTellsIsAllowed() {
        for (var status : Status.values()) {
            for (var urgency : Urgency.values()) {
                var attempt = AttemptFixture.in(status, urgency);
                for (var due : attempt.clocks().alarms(attempt)) {
                    var body = new AttemptEvents(events)
                            .message(due, plain(attempt), 9, NOW)
                            .body();
                    assertThat(wrong(due.alarm().event(), json.readTree(body)))
                            .as("%s %s %s", due.alarm(), status, urgency)
                            .isEmpty();
                }
            }
        }
    }

    /** An attempt of which the clock can tell this; one that nothing sets stops the test. */
    private static Attempt stored(Alarm alarm) {
        return Stream.concat(Stream.of(Status.values()).map(AttemptFixture::in), Stream.of(pausedTogether()))
                .filter(it -> it.clocks().alarms(it).stream().anyMatch(due -> due.alarm() == alarm))
                .findFirst()
                .orElseThrow();
    }

    private Message rung(Alarm alarm, Attempt attempt) {
        var due = attempt.clocks().alarms(attempt).stream()
                .filter(it -> it.alarm() == alarm)
                .findFirst()
                .orElseThrow();
        return new AttemptEvents(events).message(due, plain(attempt), attempt.sequence() + 1, due.at());
    }

    /** What of it is stored plainly. */
    private static Document plain(Attempt attempt) {
        var registry = CodecRegistries.withUuidRepresentation(
                MongoClientSettings.getDefaultCodecRegistry(), UuidRepresentation.STANDARD);
        var bson = AttemptDocuments.plain(attempt).toBsonDocument(Document.class, registry);
        return registry.get(Document.class)
                .decode(bson.asBsonReader(), DecoderContext.builder().build());
    }

    @Test
    void eachEventHasASchemaAndAnExampleAndNoOtherHas() throws IOException {
        var expected = Stream.of(
                        Stream.of(Action.values()).map(Action::event),
                        Stream.of(Alarm.values()).map(Alarm::event),
                        TOLD.stream())
                .flatMap(it -> it)
                .distinct()
                .flatMap(it -> Stream.of("attempt-" + it + ".schema.json", "attempt-" + it + ".example.json"));
        try (var files = Files.newDirectoryStream(contracts(), "attempt-*")) {
            var names = new java.util.ArrayList<String>();
            files.forEach(it -> names.add(it.getFileName().toString()));
            assertThat(names).containsExactlyInAnyOrderElementsOf(expected.toList());
        }
    }

    /** With a traceparent, a moment until which it can be read, without a deadline: every form is allowed. */
    @ParameterizedTest
    @EnumSource(Action.class)
    void everyFormOfAnEventIsAllowed(Action action) {
        for (var urgency : Urgency.values()) {
            for (var status : Status.values()) {
                var attempt = AttemptFixture.in(status, urgency);
                for (var by : List.of(ANNA, BRAM)) {
                    if (attempt.actions(by, NOW).contains(action)) {
                        var change = act(action, attempt, by, NOW);
                        var event = json.readTree(
                                new AttemptEvents(events).message(change).body());
                        assertThat(wrong(action, event))
                                .as("%s %s", urgency, status)
                                .isEmpty();
                    }
                }
            }
        }
        var traced = ((ObjectNode) example(action).deepCopy())
                .put("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        assertThat(wrong(action, traced)).isEmpty();
    }

    /** It goes with its referral, wherever it stands. */
    @Test
    void everyFormOfAHandoverIsAllowed() {
        for (var status : Status.values()) {
            var change = act(Action.HAND_OVER, AttemptFixture.in(status), ANNA, NOW);
            var event = json.readTree(new AttemptEvents(events).message(change).body());
            assertThat(wrong(Action.HAND_OVER, event)).as(status.name()).isEmpty();
            assertThat(event.at("/data/sender/worker").stringValue())
                    .isEqualTo(AttemptFixture.MILAN.person().toString());
        }
    }

    /** DOMAIN P13: ids and routing attributes only. */
    @ParameterizedTest
    @EnumSource(Action.class)
    void p13NoOtherFieldIsAllowedAnywhere(Action action) {
        for (var place : List.of("", "/data", "/data/sender", "/data/receiver", "/data/by")) {
            for (var field : List.of("name", "client", "bsn", "question", "note", "reason")) {
                var event = example(action).deepCopy();
                ((ObjectNode) event.at(place)).put(field, "Sanne");
                assertThat(wrong(action, event)).as("%s in %s", field, place).isNotEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/id",
                "/time",
                "/subject",
                "/source",
                "/sequence",
                "/dataref",
                "/data/attempt",
                "/data/deadline",
                "/data/municipality",
                "/data/urgency",
                "/data/status",
                "/data/receiverAccess",
                "/data/sender/worker",
                "/data/excludedWorkers/0"
            })
    void formatsAreChecked(String pointer) {
        var event = change(Action.PUT_BACK);
        var tree = (ObjectNode)
                json.readTree(new AttemptEvents(events).message(event).body());
        assertThat(wrong(Action.PUT_BACK, tree)).isEmpty();
        var at = pointer.lastIndexOf('/');
        switch (tree.at(pointer.substring(0, at))) {
            case ObjectNode object -> object.put(pointer.substring(at + 1), "Sanne de Vries");
            case tools.jackson.databind.node.ArrayNode array -> array.set(0, "Sanne de Vries");
            case JsonNode other -> throw new AssertionError(other);
        }
        assertThat(wrong(Action.PUT_BACK, tree)).isNotEmpty();
    }

    /** What a consumer may rely on. */
    @Test
    void anEventSaysWhatTheReceiverMaySeeFromThenOn() {
        for (var action : Action.values()) {
            var change = change(action);
            var data = example(action).path("data");
            assertThat(data.path("receiverAccess").stringValue())
                    .isEqualTo(change.next().receiverAccess().name());
            assertThat(data.has("accessUntil")).isEqualTo(action == Action.COMPLETE || action == Action.END_EARLY);
            assertThat(data.path("excludedWorkers").size()).isEqualTo(action == Action.PUT_BACK ? 1 : 0);
        }
    }

    private static List<com.networknt.schema.Error> wrong(Action action, JsonNode event) {
        return wrong(action.event(), event);
    }

    private static List<com.networknt.schema.Error> wrong(String name, JsonNode event) {
        return schema(name)
                .validate(event, context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
    }

    private static Schema schema(String name) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(read(name, "schema"));
    }

    private JsonNode example(Action action) {
        return json.readTree(read(action.event(), "example"));
    }

    private static String read(String name, String part) {
        try {
            return Files.readString(file(name, part));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Random in truth; here it follows from the name alone, so that a new event leaves the other examples as they are. */
    private static String exampleId(String name) {
        return "0199e000-0000-7000-8000-%012x".formatted(Integer.toUnsignedLong(name.hashCode()));
    }

    private void write(String name, JsonNode event) {
        var printer = new DefaultPrettyPrinter(Separators.createDefaultInstance()
                        .withObjectNameValueSpacing(Separators.Spacing.AFTER)
                        .withObjectEmptySeparator("")
                        .withArrayEmptySeparator(""))
                .withArrayIndenter(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
        try {
            Files.writeString(file(name, "example"), json.writer().with(printer).writeValueAsString(event) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path file(String name, String part) {
        return contracts().resolve("attempt-" + name + "." + part + ".json");
    }

    private static Path contracts() {
        return Folders.root().resolve("contracts");
    }
}
