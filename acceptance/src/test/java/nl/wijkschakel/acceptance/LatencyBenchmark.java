package nl.wijkschakel.acceptance;

import static nl.wijkschakel.acceptance.World.act;
import static nl.wijkschakel.acceptance.World.sent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nl.wijkschakel.local.api.Answer;
import nl.wijkschakel.local.api.LiveStream;
import org.junit.jupiter.api.Test;

/**
 * Prints how long it takes from a person's request to the screens of the other side: the write, the relay, Kafka, the
 * notification, the change stream and the live stream, with two replicas of referral- and notification-service. {@code
 * ./wijkschakel benchmark} runs it; no test fails on a figure, only on an event that does not arrive.
 */
class LatencyBenchmark {

    private static final int STREAMS_PER_REPLICA = 20;
    private static final int ATTEMPTS = 10;
    private static final int WARM_UP_ROUNDS = 10;
    private static final int ROUNDS = 40;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** A request that somebody else hears of. */
    private record Told(String attempt, String type, long sentAt, long answeredAt) {}

    @Test
    void fromRequestToTheScreensOfTheOtherSide() {
        var anna = List.of(Person.direct("anna", 0, 0), Person.direct("anna", 1, 1));
        var bram = List.of(Person.direct("bram", 0, 0), Person.direct("bram", 1, 1));
        var attempts = IntStream.range(0, ATTEMPTS)
                .mapToObj(number -> sent("Meting" + number))
                .toList();
        attempts.forEach(attempt -> act(bram.getFirst(), attempt, "claim", "{}").require(200));
        var annasScreens = screens(anna);
        var bramsScreens = screens(bram);
        try {
            for (int round = 0; round < WARM_UP_ROUNDS; round++) {
                play(attempts, anna, bram);
            }
            var toAnna = new ArrayList<Told>();
            var toBram = new ArrayList<Told>();
            for (int round = 0; round < ROUNDS; round++) {
                for (var told : play(attempts, anna, bram)) {
                    (told.type().endsWith("answered") ? toBram : toAnna).add(told);
                }
            }
            var fromRequest = new ArrayList<Double>();
            var fromAnswer = new ArrayList<Double>();
            measure(toAnna, annasScreens, fromRequest, fromAnswer);
            measure(toBram, bramsScreens, fromRequest, fromAnswer);
            print("from the request", fromRequest);
            print("from its answer", fromAnswer);
        } finally {
            Stream.concat(annasScreens.stream(), bramsScreens.stream()).forEach(LiveStream::close);
        }
    }

    private static List<LiveStream> screens(List<Person> replicas) {
        return replicas.stream()
                .flatMap(person -> IntStream.range(0, STREAMS_PER_REPLICA).mapToObj(_ -> person.listen()))
                .toList();
    }

    /** One question and one answer about each, by turns on either replica. */
    private static List<Told> play(List<String> attempts, List<Person> anna, List<Person> bram) {
        var told = new ArrayList<Told>();
        for (int i = 0; i < attempts.size(); i++) {
            var attempt = attempts.get(i);
            var replica = i % 2;
            told.add(told(
                    attempt,
                    "information-requested",
                    act(
                            bram.get(replica),
                            attempt,
                            "information-request",
                            "{\"question\":\"Hoe hoog?\",\"why\":\"Voor het plan\"}")));
            LockSupport.parkNanos(PAUSE_NANOS);
            told.add(told(attempt, "answered", act(anna.get(replica), attempt, "answer", "{\"answer\":\"Hoog\"}")));
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return told;
    }

    private static Told told(String attempt, String type, Answer answer) {
        answer.require(200);
        return new Told(
                attempt, type, answer.sentAt(), answer.sentAt() + answer.took().toNanos());
    }

    /** The n-th event of a kind about an attempt is the n-th that each screen hears of it. */
    private static void measure(
            List<Told> told, List<LiveStream> screens, List<Double> fromRequest, List<Double> fromAnswer) {
        for (var screen : screens) {
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() ->
                            assertThat(times(screen).values()).allMatch(it -> it.size() == WARM_UP_ROUNDS + ROUNDS));
            var times = times(screen);
            var next = new HashMap<String, Integer>();
            for (var it : told) {
                var key = it.attempt() + it.type();
                int place = next.merge(key, 1, Integer::sum) - 1;
                long heardAt = times.getOrDefault(key, List.of()).get(WARM_UP_ROUNDS + place);
                fromRequest.add((heardAt - it.sentAt()) / 1e6);
                fromAnswer.add((heardAt - it.answeredAt()) / 1e6);
            }
        }
    }

    private static Map<String, List<Long>> times(LiveStream screen) {
        var times = new HashMap<String, List<Long>>();
        for (var notice : screen.heard()) {
            var type = notice.type().substring(notice.type().lastIndexOf('.') + 1);
            times.computeIfAbsent(notice.attempt() + type, _ -> new ArrayList<>())
                    .add(notice.heardAt());
        }
        return times;
    }

    private static void print(String since, List<Double> took) {
        var sorted = took.stream().sorted().toList();
        System.out.printf(
                "%-17s %d deliveries on %d screens of 2 replicas: p50 %.0f ms, p99 %.0f ms, most %.0f ms%n",
                since,
                sorted.size(),
                4 * STREAMS_PER_REPLICA,
                sorted.get(sorted.size() / 2),
                sorted.get((int) (sorted.size() * 0.99)),
                sorted.getLast());
    }
}
