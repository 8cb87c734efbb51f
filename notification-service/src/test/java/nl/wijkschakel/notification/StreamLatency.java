package nl.wijkschakel.notification;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nl.wijkschakel.servers.MongoServer;

/** Prints how long an event takes from Kafka to the browsers of two replicas. It is run by hand and asserts nothing. */
final class StreamLatency {

    private static final int BROWSERS_PER_REPLICA = 100;
    private static final int WARM_UP = 300;
    private static final int EVENTS = 1_500;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    static void main() {
        var mongo = MongoServer.ofTests();
        var database = mongo.emptyDatabase(StreamLatency.class);
        try (var one = RunningService.start(mongo.uri(), database);
                var two = RunningService.start(mongo.uri(), database);
                var sender = new Sender()) {
            var organisation = UUID.randomUUID();
            var browsers = Stream.of(one, two)
                    .flatMap(replica -> IntStream.range(0, BROWSERS_PER_REPLICA)
                            .mapToObj(_ -> replica.browser(Tokens.ofSpecialist(UUID.randomUUID(), organisation))))
                    .toList();
            await().until(() -> browsers.stream().allMatch(it -> it.names().contains("resync")));
            send(sender, organisation, browsers, WARM_UP);
            print(send(sender, organisation, browsers, EVENTS));
            browsers.forEach(Browser::close);
        }
        System.exit(0); // the servers of tests go with the JVM
    }

    /** The milliseconds that each event took to each browser. */
    private static double[] send(Sender sender, UUID organisation, List<Browser> browsers, int count) {
        var sent = new HashMap<String, Long>();
        var before = browsers.getFirst().attempts().size();
        for (int i = 0; i < count; i++) {
            var event = EventFixture.of("sent").to(organisation);
            sent.put(event.attempt().toString(), System.nanoTime());
            sender.send(event.json());
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        await().atMost(Duration.ofMinutes(2))
                .until(() -> browsers.stream().allMatch(it -> it.attempts().size() == before + count));
        var took = new ArrayList<Double>();
        for (var browser : browsers) {
            for (var event : browser.events()) {
                var since = sent.get(event.data().path("attempt").asString());
                if (since != null) {
                    took.add((event.at() - since) / 1e6);
                }
            }
        }
        return took.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }

    private static void print(double[] sorted) {
        System.out.printf(
                "%d deliveries of %d events to %d browsers on 2 replicas: p50 %.0f ms, p99 %.0f ms, most %.0f ms%n",
                sorted.length,
                EVENTS,
                2 * BROWSERS_PER_REPLICA,
                sorted[sorted.length / 2],
                sorted[(int) (sorted.length * 0.99)],
                Arrays.stream(sorted).max().orElse(0));
    }

    private StreamLatency() {}
}
