package nl.wijkschakel.local.journey;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import nl.wijkschakel.local.api.Answer;
import nl.wijkschakel.local.api.Person;
import nl.wijkschakel.local.journey.Stage.Failed;
import tools.jackson.databind.JsonNode;

/** One line of a story: what somebody does, and everything that has to come of it. */
final class Step {

    private final Stage stage;
    private final int number;
    private final Person who;
    private final String does;
    private final List<String> told = new ArrayList<>();
    private final List<Answer> answers = new ArrayList<>();

    Step(Stage stage, int number, Person who, String does) {
        this.stage = stage;
        this.number = number;
        this.who = who;
        this.does = does;
    }

    /** The request, which has just been made, and its status; a step may have several. */
    Step gets(int status, Answer came) {
        answers.add(came);
        check(came.status() == status, "HTTP " + status, "HTTP " + came.status() + " on " + came.request());
        return this;
    }

    /** @param pointer to a value of the last answer, as JSON Pointer (RFC 6901) */
    Step shows(String pointer, Object expected) {
        var value = value(pointer);
        check(text(value).equals(expected.toString()), pointer + " is " + expected, at(pointer, value));
        return this;
    }

    Step shows(String pointer) {
        var value = value(pointer);
        check(!value.isMissingNode(), "something at " + pointer, "nothing there");
        return this;
    }

    Step lacks(String pointer) {
        var value = value(pointer);
        check(value.isMissingNode(), "nothing at " + pointer, at(pointer, value));
        return this;
    }

    /** @param pointer to a list */
    Step lists(String pointer, List<?> expected) {
        var found = StreamSupport.stream(value(pointer).spliterator(), false)
                .map(Step::text)
                .toList();
        check(found.equals(expected), pointer + " is " + expected, pointer + " is " + found);
        return this;
    }

    /** @param secrets nothing of which may stand anywhere in the answers */
    Step hides(List<String> secrets) {
        for (var secret : secrets) {
            answers.forEach(it -> check(
                    !it.text().contains(secret),
                    "nowhere \"" + secret + "\"",
                    "it stands in the answer to " + it.request()));
        }
        return this;
    }

    Step holds(boolean condition, String expectation) {
        check(condition, expectation, "it is not so");
        return this;
    }

    /** The person's screen rings. */
    Step tells(Person person, String event, UUID attempt) {
        try {
            var notice = stage.hear(person, event, attempt, last());
            told.add("%s → %s %d ms"
                    .formatted(
                            event, person.name(), Stage.latency(notice, last()).toMillis()));
        } catch (Failed e) {
            print("✗");
            throw e;
        }
        return this;
    }

    /** All of it was as expected. */
    Answer done() {
        print("✓");
        return last();
    }

    private Answer last() {
        return answers.getLast();
    }

    private JsonNode value(String pointer) {
        return last().json().at(pointer);
    }

    private void check(boolean holds, String expected, String came) {
        if (!holds) {
            print("✗");
            throw new Failed(expected, came + "\n" + last().pretty());
        }
    }

    private void print(String mark) {
        stage.print(
                String.valueOf(number),
                who.name(),
                does,
                String.valueOf(last().status()),
                attemptStatus(),
                String.join(", ", told),
                mark);
    }

    /** Of an attempt its own, of a referral its newest attempt's. */
    private String attemptStatus() {
        var json = last().json();
        var attempts = json.path("attempts");
        var status = attempts.isArray() && !attempts.isEmpty()
                ? attempts.get(attempts.size() - 1).path("status")
                : json.path("status");
        return status.isString() ? status.asString() : "";
    }

    private static String at(String pointer, JsonNode value) {
        return pointer + " is " + (value.isMissingNode() ? "missing" : text(value));
    }

    private static String text(JsonNode value) {
        return value.isString() ? value.asString() : value.toString();
    }
}
