package nl.wijkschakel.local.journey;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import nl.wijkschakel.local.api.Answer;
import nl.wijkschakel.local.api.LiveStream;
import nl.wijkschakel.local.api.LiveStream.Notice;
import nl.wijkschakel.local.api.Person;

/** Where a story is played: who listens, which step it is, and what has been heard so far. */
final class Stage implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String TYPES = "nl.wijkschakel.attempt.";

    private final PrintStream out;
    private final long start = System.nanoTime();
    private final Map<Person, LiveStream> streams = new LinkedHashMap<>();
    private final Set<UUID> expected = new HashSet<>();
    private final List<Duration> latencies = new ArrayList<>();
    private int steps;

    Stage(PrintStream out) {
        this.out = out;
        print("", "who", "what", "HTTP", "attempt", "event, and who was told after how long", "");
    }

    /** From now on it is noticed what this person is told. */
    void opens(Person person) {
        streams.put(person, person.listen());
    }

    Step step(Person who, String does) {
        return new Step(this, ++steps, who, does);
    }

    /** Waits until the person is told of what the answer brought about; not for the same notice twice. */
    Notice hear(Person person, String event, UUID attempt, Answer cause) {
        var notice = Objects.requireNonNull(streams.get(person), person.name())
                .await(
                        it -> it.type().equals(TYPES + event)
                                && it.attempt().equals(attempt)
                                && !expected.contains(it.id()),
                        PATIENCE)
                .orElseThrow(() -> new Failed(
                        "%s to be told of \"%s\" within %d s".formatted(person.name(), event, PATIENCE.toSeconds()),
                        "nothing"));
        expected.add(notice.id());
        latencies.add(latency(notice, cause));
        return notice;
    }

    /** From the moment the request left, so the whole of what the two people would notice. */
    static Duration latency(Notice notice, Answer cause) {
        return Duration.ofNanos(notice.heardAt() - cause.sentAt());
    }

    /** What this person was told of the referral beside what the story expects: a doubled or stray notice. */
    List<Notice> unexpected(Person person, UUID referral) {
        return Objects.requireNonNull(streams.get(person), person.name()).heard().stream()
                .filter(it -> it.referral().equals(referral) && !expected.contains(it.id()))
                .toList();
    }

    void print(String number, String who, String what, String status, String attempt, String event, String mark) {
        out.println("%2s %-5s %-68s %4s %-21s %-37s %s"
                .formatted(number, who, what, status, attempt, event, mark)
                .stripTrailing());
    }

    void say(String text) {
        out.println(text);
    }

    void summarise() {
        var sorted = latencies.stream().sorted().toList();
        say("");
        say(String.format(
                Locale.ROOT,
                "%d steps in %.1f s, each as expected. %d notifications, half within %d ms, all within %d ms.",
                steps,
                Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0,
                sorted.size(),
                sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2).toMillis(),
                sorted.isEmpty() ? 0 : sorted.getLast().toMillis()));
    }

    @Override
    public void close() {
        streams.values().forEach(LiveStream::close);
    }

    /** A step did not go as the story says. */
    static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final String wanted;
        private final String came;

        Failed(String wanted, String came) {
            super("expected " + wanted + ", came " + came);
            this.wanted = wanted;
            this.came = came;
        }

        String report() {
            return "     expected: %s%n     came:     %s"
                    .formatted(wanted, came.replace("\n", System.lineSeparator() + "               "));
        }
    }
}
