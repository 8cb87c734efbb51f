package nl.wijkschakel.referral.insight;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nl.wijkschakel.referral.attempt.AttemptState;
import nl.wijkschakel.referral.attempt.Courses.Course;
import nl.wijkschakel.referral.attempt.Status;
import nl.wijkschakel.referral.calendar.WorkingDays;
import nl.wijkschakel.referral.directory.Theme;
import org.jspecify.annotations.Nullable;

/**
 * The fixed tables of one municipality and calendar year, without the few (DOMAIN P24; {@link Tally} says how). Only
 * quarters that are over are counted, and how attempts ended is told as it stood when the year was over, so that two looks
 * on different days tell no more than one. Each table parts the same attempts in one way only.
 *
 * @param quarters those of the year that are over
 * @param sent attempts by theme and quarter in which they were sent
 * @param endings the same attempts by how they stood at the end of the year; absent while it runs
 * @param waits how long it took, for themes with ten persons or more; absent while the year runs
 */
@Schema(name = "PolicyFigures")
@JsonInclude(JsonInclude.Include.NON_NULL)
record PolicyFigures(
        String municipality,
        int year,
        List<String> quarters,
        Sent sent,
        @Nullable Endings endings,
        @Nullable List<Wait> waits) {

    /** @param total absent while the year runs, or where it would give too much away */
    @Schema(name = "PolicyFiguresSent")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Sent(List<OfTheme> themes, @Nullable Long total) {}

    /** @param counts one for each of the quarters; null for fewer than ten persons */
    @Schema(name = "PolicyFiguresOfTheme")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record OfTheme(
            Theme theme,

            @JsonInclude(content = JsonInclude.Include.ALWAYS)
            List<@Nullable Long> counts,

            @Nullable Long year) {

        boolean isEmpty() {
            return year == null && counts.stream().allMatch(it -> it == null);
        }
    }

    @Schema(name = "PolicyFiguresEndings")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Endings(List<Ending> statuses, @Nullable Long total) {}

    /** @param reasons why; empty where the status has none, or too few of each */
    @Schema(name = "PolicyFiguresEnding")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Ending(Status status, @Nullable Long count, List<OwnFigures.Count> reasons) {

        boolean isEmpty() {
            return count == null && reasons.isEmpty();
        }
    }

    /** Calendar days from sending: half took no longer. */
    @Schema(name = "PolicyFiguresWait")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Wait(
            Theme theme,
            @Nullable Long medianDaysToDecision,
            @Nullable Long medianDaysToStart) {}

    private static final int QUARTERS = 4;

    /** Takes in one attempt after the other. */
    static final class Counting {

        private final String municipality;
        private final int year;
        private final int over;
        private final Instant end;
        private final Tally sent = new Tally();
        private final Tally endings = new Tally();
        private final Map<Theme, Took> decisions = new EnumMap<>(Theme.class);
        private final Map<Theme, Took> starts = new EnumMap<>(Theme.class);

        /** @param over how many quarters of the year are over */
        Counting(String municipality, int year, int over, Instant end) {
            this.municipality = municipality;
            this.year = year;
            this.over = over;
            this.end = end;
            // what is none is not told either, so it is there from the beginning
            for (var theme : Theme.values()) {
                IntStream.rangeClosed(1, over)
                        .forEach(it -> sent.part(theme.name()).part(quarter(it)));
            }
            for (var status : Status.values()) {
                codes(status).forEach(it -> endings.part(status.name()).part(it));
            }
        }

        private static Stream<String> codes(Status status) {
            return switch (status) {
                case RETURNED -> Stream.of(AttemptState.ReturnReason.values()).map(Enum::name);
                case COMPLETED -> Stream.of(AttemptState.Outcome.values()).map(Enum::name);
                case ENDED_EARLY ->
                    Stream.of(AttemptState.EarlyEndReason.values()).map(Enum::name);
                case WITHDRAWN ->
                    Stream.of(AttemptState.WithdrawalReason.values()).map(Enum::name);
                case SENT, IN_REVIEW, INFORMATION_REQUESTED, ACCEPTED, WAITLISTED, STARTED, PAUSED, FORWARDED ->
                    Stream.of("");
            };
        }

        void add(Course course) {
            int quarter = WorkingDays.date(course.sentAt()).get(IsoFields.QUARTER_OF_YEAR);
            if (quarter > over) {
                return;
            }
            sent.add(course.client(), course.theme().name(), quarter(quarter));
            var facts = new Facts(course, end);
            var last = facts.last();
            var reason = Objects.requireNonNullElse(last.reason(), "");
            endings.add(course.client(), last.to().name(), codes(last.to()).anyMatch(reason::equals) ? reason : "");
            facts.daysUntilDecided().ifPresent(it -> keep(decisions, course, it));
            facts.daysUntilStarted().ifPresent(it -> keep(starts, course, it));
        }

        private static void keep(Map<Theme, Took> in, Course course, long days) {
            in.computeIfAbsent(course.theme(), _ -> new Took()).add(course.client(), days);
        }

        PolicyFigures figures() {
            boolean whole = over == QUARTERS;
            var quarters = IntStream.rangeClosed(1, over)
                    .mapToObj(Counting::quarter)
                    .map(it -> year + "-" + it)
                    .toList();
            return new PolicyFigures(
                    municipality,
                    year,
                    quarters,
                    new Sent(themes(whole), whole ? sent.shown() : null),
                    whole ? new Endings(statuses(), endings.shown()) : null,
                    whole ? waits() : null);
        }

        private List<OfTheme> themes(boolean whole) {
            return Stream.of(Theme.values())
                    .map(theme -> {
                        var of = sent.part(theme.name());
                        var counts = new ArrayList<@Nullable Long>();
                        IntStream.rangeClosed(1, over)
                                .forEach(it -> counts.add(of.part(quarter(it)).shown()));
                        return new OfTheme(theme, counts, whole ? of.shown() : null);
                    })
                    .filter(it -> !it.isEmpty())
                    .toList();
        }

        private List<Ending> statuses() {
            return Stream.of(Status.values())
                    .map(status -> {
                        var of = endings.part(status.name());
                        var reasons = codes(status)
                                .filter(it -> !it.isEmpty())
                                .flatMap(it -> Stream.ofNullable(of.part(it).shown())
                                        .map(count -> new OwnFigures.Count(it, count)))
                                .toList();
                        return new Ending(status, of.shown(), reasons);
                    })
                    .filter(it -> !it.isEmpty())
                    .toList();
        }

        private List<Wait> waits() {
            return Stream.of(Theme.values())
                    .map(it -> new Wait(it, median(decisions.get(it)), median(starts.get(it))))
                    .filter(it -> it.medianDaysToDecision() != null || it.medianDaysToStart() != null)
                    .toList();
        }

        private static @Nullable Long median(@Nullable Took took) {
            return took == null || took.persons.size() < Tally.FEWEST
                    ? null
                    : Days.of(took.days).median();
        }

        static String quarter(int number) {
            return "Q" + number;
        }
    }

    private static final class Took {
        private final List<Long> days = new ArrayList<>();
        private final Set<UUID> persons = new HashSet<>();

        void add(UUID person, long took) {
            days.add(took);
            persons.add(person);
        }
    }

    /** When a calendar year begins here. */
    static Instant beginOf(int year) {
        return LocalDate.of(year, 1, 1).atStartOfDay(WorkingDays.ZONE).toInstant();
    }
}
