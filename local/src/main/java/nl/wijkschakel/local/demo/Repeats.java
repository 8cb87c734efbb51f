package nl.wijkschakel.local.demo;

import java.util.List;
import nl.wijkschakel.local.demo.Course.Event;

/** Which referrals ask a service for somebody for whom it was asked before: they need a motivation (DOMAIN T2). */
final class Repeats {

    private record Asked(int client, DemoDirectory.Service service, int moment) {}

    private final List<Asked> all;

    Repeats(List<Course> courses) {
        this.all = courses.stream()
                .flatMap(course -> course.events().stream().flatMap(event -> asked(course, event).stream()))
                .toList();
    }

    /** Two at the same moment come in either order, so both are repeats. */
    boolean include(Course course, Event event) {
        return asked(course, event).stream()
                .anyMatch(
                        it -> all.stream().filter(other -> isNoLater(other, it)).count() > 1);
    }

    private static boolean isNoLater(Asked other, Asked it) {
        return other.client() == it.client() && other.service().equals(it.service()) && other.moment() <= it.moment();
    }

    private static List<Asked> asked(Course course, Event event) {
        return event.deed().asked().stream()
                .map(service -> new Asked(course.client(), service, event.moment()))
                .toList();
    }
}
