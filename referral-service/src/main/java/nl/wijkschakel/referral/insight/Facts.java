package nl.wijkschakel.referral.insight;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import nl.wijkschakel.referral.attempt.Action;
import nl.wijkschakel.referral.attempt.Courses.Course;
import nl.wijkschakel.referral.attempt.Courses.Step;
import nl.wijkschakel.referral.attempt.Status;

/** What figures ask of one attempt's course. */
final class Facts {

    private static final Set<Action> DECISIONS = Set.of(Action.ACCEPT, Action.WAITLIST, Action.RETURN, Action.FORWARD);

    private final Course course;
    private final List<Step> steps;

    /** @param until what came then or later does not count */
    Facts(Course course, Instant until) {
        this.course = course;
        this.steps = course.steps().stream()
                .filter(it ->
                        it.at().isBefore(until) || it.equals(course.steps().getFirst()))
                .toList();
    }

    OptionalLong daysUntilClaimed() {
        return daysUntil(it -> it.action() == Action.CLAIM);
    }

    OptionalLong daysUntilDecided() {
        return daysUntil(it -> DECISIONS.contains(it.action()));
    }

    OptionalLong daysUntilStarted() {
        return daysUntil(it -> it.action() == Action.START);
    }

    /** Whether the first decision came in time; none where there is no decision yet. */
    Optional<Boolean> decidedInTime() {
        return first(it -> DECISIONS.contains(it.action())).map(it -> it.at().isBefore(course.decisionDue()));
    }

    /** Each answer the referrer gave, in days. */
    Stream<Long> daysToAnswer() {
        return Stream.iterate(1, it -> it < steps.size(), it -> it + 1)
                .filter(it -> steps.get(it).action() == Action.ANSWER)
                .flatMap(it -> steps.subList(0, it).reversed().stream()
                        .filter(asked -> asked.action() == Action.ASK)
                        .findFirst()
                        .map(asked -> Days.between(asked.at(), steps.get(it).at()))
                        .stream());
    }

    /** The last step; the reason of an end stands in it. */
    Step last() {
        return steps.getLast();
    }

    Status status() {
        return last().to();
    }

    private OptionalLong daysUntil(Predicate<Step> which) {
        return first(which)
                .map(it -> OptionalLong.of(Days.between(course.sentAt(), it.at())))
                .orElseGet(OptionalLong::empty);
    }

    private Optional<Step> first(Predicate<Step> which) {
        return steps.stream().filter(which).findFirst();
    }
}
