package nl.wijkschakel.local.demo;

import static nl.wijkschakel.local.api.Json.json;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import nl.wijkschakel.local.api.Person;
import nl.wijkschakel.local.api.Platform;
import nl.wijkschakel.local.demo.DemoDirectory.Room;
import nl.wijkschakel.local.demo.DemoDirectory.Weeks;

/**
 * Fills a new platform with half a year of work. Each moment of the plan in turn is the services' present, and all of
 * that moment happens at once. What people were told more than a week ago is marked as read.
 */
public final class Demo {

    private static final String FIRST_ORGANISATION = "/api/referral/v1/organisations/" + DemoDirectory.organisation(1);
    private static final List<String> WITH_CLOCK = List.of("client", "referral");
    private static final int AT_ONCE = 6;
    private static final int TOLD_EVERY = 20;
    private static final int READ_UNTIL = 5 * Moments.PER_DAY;
    private static final Duration TO_SETTLE = Duration.ofSeconds(20);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);

    /** What there is now. */
    public record Loaded(int organisations, int services, int clients, int referrals, Duration took) {}

    private final Player player;
    private final Moments moments;
    private final LocalDate today;
    private final List<Course> courses;
    private final PrintStream out;
    private final TreeMap<Integer, List<Runnable>> agenda = new TreeMap<>();
    private final AtomicInteger begun = new AtomicInteger();

    private Demo(Platform platform, LocalDate today, PrintStream out) {
        this.today = today;
        this.moments = Moments.before(today);
        this.courses = Plan.of(moments);
        this.player = new Player(platform, moments, courses);
        this.out = out;
    }

    /**
     * @param platform the services themselves, in their profile {@code demo}: the gateway has no clock, and a limit
     * @throws IllegalStateException when there is data already
     */
    public static Loaded load(Platform platform, Clock clock, PrintStream out) {
        return new Demo(platform, LocalDate.ofInstant(clock.instant(), Moments.ZONE), out).load();
    }

    private Loaded load() {
        long start = System.nanoTime();
        requireEmpty();
        plan();
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            run(threads, player.staff().stream().<Runnable>map(it -> it::logIn).toList());
            try {
                agenda.forEach((moment, deeds) -> {
                    run(threads, clocks("\"" + moments.instant(moment) + "\""));
                    run(threads, deeds);
                });
            } finally {
                run(threads, clocks("null"));
            }
        }
        settle();
        return new Loaded(
                DemoDirectory.demo().organisations().size(),
                DemoDirectory.demo().services().size(),
                DemoClient.all().size(),
                courses.size(),
                Duration.ofNanos(System.nanoTime() - start));
    }

    /** Half a load cannot be told from work that somebody did since, so nothing is guessed. */
    private void requireEmpty() {
        if (player.hugo().get(FIRST_ORGANISATION).status() != 404) {
            throw new IllegalStateException(
                    "there is data already, of a load that was broken off or of somebody's own");
        }
    }

    private void plan() {
        at(0, () -> {
            DemoDirectory.fill(player.hugo());
        });
        rooms();
        var registered = new TreeMap<Integer, Integer>();
        courses.forEach(it -> registered.merge(it.client(), it.begins(), Math::min));
        registered.forEach((client, first) -> at(first - 1 - client % 3, () -> player.register(client, today)));
        for (var course : courses) {
            var events = course.events();
            for (int i = 0; i < events.size(); i++) {
                var event = events.get(i);
                var next = i + 1 < events.size() ? events.get(i + 1) : null;
                at(event.moment(), () -> player.play(course, event, next));
            }
            at(course.begins(), this::tell);
        }
        at(moments.count() - READ_UNTIL, () -> {
            settle();
            player.staff().forEach(Demo::readAll);
        });
    }

    /** Each service says now and then how long people wait; some have not said it for long. */
    private void rooms() {
        var random = new Random(30);
        for (var service : DemoDirectory.demo().services()) {
            at(1, () -> player.sayRoom(service, service.capacity()));
            boolean stale = service.number() % 4 == 0;
            int last = moments.count() - 1 - (stale ? 95 + random.nextInt(60) : random.nextInt(70));
            for (int moment = last; moment > Plan.FIRST_MOMENT; moment -= 70 + random.nextInt(60)) {
                var room = moment == last ? service.capacity() : around(service.capacity(), random);
                at(moment, () -> player.sayRoom(service, room));
            }
        }
    }

    private static Room around(Room room, Random random) {
        int shift = random.nextInt(3);
        return new Room(
                room.status(),
                new Weeks(room.waitWeeks().from() + shift, room.waitWeeks().to() + 2 * shift));
    }

    private void at(int moment, Runnable deed) {
        agenda.computeIfAbsent(moment, _ -> new ArrayList<>()).add(deed);
    }

    private void tell() {
        int count = begun.incrementAndGet();
        if (count % TOLD_EVERY == 0) {
            out.println("Demo data: %d of %d referrals".formatted(count, courses.size()));
        }
    }

    private static void readAll(Person person) {
        person.send("POST", "/api/notification/v1/notifications/read", null, Map.of())
                .require(204);
    }

    /** Waits until everybody has been told what there is to tell. */
    private void settle() {
        long end = System.nanoTime() + TO_SETTLE.toNanos();
        var before = List.<String>of();
        var now = unread();
        while (!now.equals(before) && System.nanoTime() < end) {
            sleep();
            before = now;
            now = unread();
        }
    }

    private List<String> unread() {
        return player.staff().stream()
                .map(it -> it.get("/api/notification/v1/notifications/count")
                        .require(200)
                        .text())
                .toList();
    }

    private List<Runnable> clocks(String now) {
        return WITH_CLOCK.stream()
                .<Runnable>map(service -> () -> player.hugo()
                        .send(
                                "PUT",
                                "/api/" + service + "/internal/demo/clock",
                                json("{\"now\": " + now + "}"),
                                Map.of())
                        .require(200))
                .toList();
    }

    private static void run(ExecutorService threads, Collection<Runnable> deeds) {
        try {
            for (var done :
                    threads.invokeAll(deeds.stream().map(Executors::callable).toList())) {
                done.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(BETWEEN_LOOKS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
