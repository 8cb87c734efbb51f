package nl.wijkschakel.referral.clock;

import static nl.wijkschakel.referral.clock.ClockJob.BATCH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import nl.wijkschakel.kit.mongo.Lease;
import nl.wijkschakel.referral.ServiceTest;
import nl.wijkschakel.servers.MongoServer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class ClockJobTest extends ServiceTest {

    private final MongoDatabase own;
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Heap heap = new Heap("heap");

    @Autowired
    ClockJobTest(MongoClient mongo) {
        this.own = mongo.getDatabase(MongoServer.ofTests().emptyDatabase(ClockJobTest.class));
    }

    @Test
    void itGoesOnUntilNothingIsLeft() {
        heap.dueIs(2 * BATCH + 1);
        job(heap).run();
        assertThat(heap.rounds).containsExactly(BATCH, BATCH, 1);
        assertThat(heap.due).isEmpty();
    }

    @Test
    void whoDoesNotLeadRaisesNothing() {
        var leader = new Lease(own, "clock", Duration.ofMinutes(1));
        assertThat(leader.hold()).isTrue();
        heap.dueIs(1);
        job(heap).run();
        assertThat(heap.rounds).isEmpty();
        leader.release();
        job(heap).run();
        assertThat(heap.rounds).containsExactly(1);
    }

    /** A killed leader gives nothing up: its lease runs out, and what is due is still due. */
    @Test
    void afterAKilledLeaderAnotherGoesOnWhereItWas() {
        heap.dueIs(2 * BATCH);
        heap.killedAfter = 1;
        assertThatExceptionOfType(Error.class).isThrownBy(() -> job(heap).run());
        assertThat(heap.due).hasSize(BATCH);
        var heir = job(heap);
        heir.run();
        assertThat(heap.due).as("the lease is the dead one's").hasSize(BATCH);
        own.getCollection("leases").updateOne(Filters.eq("_id", "clock"), Updates.set("until", Instant.EPOCH));
        heir.run();
        assertThat(heap.due).isEmpty();
    }

    @Test
    void whatBreaksOffDoesNotStopTheOthersAndIsCounted() {
        var broken = new Heap("broken") {
            @Override
            public Round raise(int most) {
                throw new IllegalStateException("broken");
            }
        };
        var job = job(broken, heap);
        heap.dueIs(3);
        job.run();
        assertThat(heap.due).isEmpty();
        assertThat(metrics.counter("wijkschakel.clocks.failures").count()).isEqualTo(1);
        heap.dueIs(5);
        heap.failing = 2;
        job.run();
        assertThat(metrics.counter("wijkschakel.clocks.failures").count()).isEqualTo(4);
    }

    @Test
    void theGaugesSayHowFarItIsBehind() {
        clock.set(NOW);
        new ClockMetrics().clockGauges(List.of(heap), clock).bindTo(metrics);
        assertThat(gauge("wijkschakel.clocks.overdue")).isZero();
        assertThat(gauge("wijkschakel.clocks.oldest")).isZero();
        heap.dueIs(4);
        heap.oldest = NOW.minus(Duration.ofMinutes(3));
        assertThat(gauge("wijkschakel.clocks.overdue")).isEqualTo(4);
        assertThat(gauge("wijkschakel.clocks.oldest")).isEqualTo(180);
    }

    /** Of the running service: what an alert looks at is there. */
    @Test
    void theServiceShowsThem(@Autowired MeterRegistry running) {
        assertThat(running.find("wijkschakel.clocks.overdue")
                        .tag("clock", "attempts")
                        .gauge())
                .isNotNull();
        assertThat(running.find("wijkschakel.clocks.oldest")
                        .tag("clock", "attempts")
                        .gauge())
                .isNotNull();
        assertThat(running.find("wijkschakel.clocks.failures").counter()).isNotNull();
    }

    private double gauge(String name) {
        return Objects.requireNonNull(metrics.find(name).tag("clock", "heap").gauge())
                .value();
    }

    private ClockJob job(Clockwork... clockworks) {
        return new ClockJob(List.of(clockworks), own, metrics);
    }

    /** What is due here is gone once it is raised. */
    private static class Heap implements Clockwork {
        private final String name;
        final Deque<Integer> due = new ArrayDeque<>();
        final List<Integer> rounds = new ArrayList<>();
        int killedAfter = Integer.MAX_VALUE;
        int failing;
        Instant oldest = Instant.EPOCH;

        Heap(String name) {
            this.name = name;
        }

        void dueIs(int many) {
            for (int i = 0; i < many; i++) {
                due.add(i);
            }
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Round raise(int most) {
            if (rounds.size() == killedAfter) {
                killedAfter = Integer.MAX_VALUE;
                throw new Error("killed");
            }
            int found = Math.min(most, due.size());
            for (int i = 0; i < found; i++) {
                due.remove();
            }
            rounds.add(found);
            return new Round(found, failing);
        }

        @Override
        public Overdue overdue() {
            return due.isEmpty() ? Overdue.NOTHING : new Overdue(due.size(), oldest);
        }
    }
}
