package nl.wijkschakel.referral.insight;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import nl.wijkschakel.referral.attempt.Action;
import nl.wijkschakel.referral.attempt.Action.Side;
import nl.wijkschakel.referral.attempt.Courses.Course;
import nl.wijkschakel.referral.attempt.Courses.Waiting;
import nl.wijkschakel.referral.attempt.Status;
import nl.wijkschakel.referral.calendar.WorkingDays;
import org.jspecify.annotations.Nullable;

/**
 * A coordinator's own figures, in full (DOMAIN P24): of the attempts that were sent in the period, as they stand now.
 *
 * @param statuses how many stand where
 * @param receipt from sending until somebody claimed it
 * @param decision from sending until the first decision
 * @param decidedInTime of how many the first decision came within the term
 * @param answer from a question until its answer
 * @param start from sending until help started
 * @param outcomes of what was completed; the referrer's side counts only what the client agreed to tell
 * @param now who waits at this moment, whenever they were sent
 * @param links where the cases behind a figure are
 */
@Schema(name = "OwnFigures")
record OwnFigures(
        Side side,
        YearMonth from,
        YearMonth to,
        Instant at,
        long attempts,
        Map<Status, Long> statuses,
        List<Month> months,
        Days receipt,
        Days decision,
        long decidedInTime,
        Days answer,
        Days start,
        List<Count> returns,
        List<Count> outcomes,
        List<Count> endedEarly,
        List<Count> withdrawals,
        List<OfService> services,
        Waiting now,
        Map<String, String> links) {

    /** @param month in which they were sent */
    @Schema(name = "InsightMonth")
    record Month(YearMonth month, long attempts, Map<Status, Long> statuses) {}

    @Schema(name = "InsightCount")
    record Count(String code, long count) {}

    /** @param start from sending until help started */
    @Schema(name = "InsightOfService")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record OfService(UUID service, @Nullable String name, long attempts, long returned, Days decision, Days start) {}

    /** Takes in one attempt after the other. */
    static final class Counting {

        private final Side side;
        private final YearMonth from;
        private final YearMonth to;
        private final Map<YearMonth, Map<Status, Long>> months = new TreeMap<>();
        private final Map<Action, Map<String, Long>> reasons = new EnumMap<>(Action.class);
        private final Map<UUID, Part> services = new LinkedHashMap<>();
        private final Part all = new Part();
        private final List<Long> receipts = new ArrayList<>();
        private final List<Long> answers = new ArrayList<>();
        private long inTime;

        Counting(Side side, YearMonth from, YearMonth to) {
            this.side = side;
            this.from = from;
            this.to = to;
            for (var month = from; !month.isAfter(to); month = month.plusMonths(1)) {
                months.put(month, new EnumMap<>(Status.class));
            }
        }

        void add(Course course) {
            var facts = new Facts(course, Instant.MAX);
            all.add(facts);
            services.computeIfAbsent(course.service(), _ -> new Part()).add(facts);
            var month = YearMonth.from(WorkingDays.date(course.sentAt()));
            months.computeIfAbsent(month, _ -> new EnumMap<>(Status.class)).merge(facts.status(), 1L, Long::sum);
            facts.daysUntilClaimed().ifPresent(receipts::add);
            facts.daysToAnswer().forEach(answers::add);
            inTime += facts.decidedInTime().orElse(false) ? 1 : 0;
            var last = facts.last();
            boolean told = last.action() != Action.COMPLETE || side == Side.RECEIVER || course.outcomeTold();
            if (last.reason() != null && told) {
                reasons.computeIfAbsent(last.action(), _ -> new TreeMap<>()).merge(last.reason(), 1L, Long::sum);
            }
        }

        Set<UUID> services() {
            return services.keySet();
        }

        /** @param names of services */
        OwnFigures figures(Instant at, Waiting now, Map<UUID, String> names, Map<String, String> links) {
            return new OwnFigures(
                    side,
                    from,
                    to,
                    at,
                    all.count,
                    all.statuses,
                    months.entrySet().stream()
                            .map(it -> new Month(it.getKey(), sum(it.getValue()), it.getValue()))
                            .toList(),
                    Days.of(receipts),
                    Days.of(all.decisions),
                    inTime,
                    Days.of(answers),
                    Days.of(all.starts),
                    counts(Action.RETURN),
                    counts(Action.COMPLETE),
                    counts(Action.END_EARLY),
                    counts(Action.WITHDRAW),
                    services.entrySet().stream()
                            .map(it -> it.getValue().of(it.getKey(), names.get(it.getKey())))
                            .sorted(Comparator.comparingLong(OfService::attempts)
                                    .reversed()
                                    .thenComparing(OfService::service))
                            .toList(),
                    now,
                    links);
        }

        private List<Count> counts(Action action) {
            return reasons.getOrDefault(action, Map.of()).entrySet().stream()
                    .map(it -> new Count(it.getKey(), it.getValue()))
                    .sorted(Comparator.comparingLong(Count::count).reversed().thenComparing(Count::code))
                    .toList();
        }

        private static long sum(Map<Status, Long> counts) {
            return counts.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    private static final class Part {

        private final Map<Status, Long> statuses = new EnumMap<>(Status.class);
        private final List<Long> decisions = new ArrayList<>();
        private final List<Long> starts = new ArrayList<>();
        private long count;

        void add(Facts facts) {
            count++;
            statuses.merge(facts.status(), 1L, Long::sum);
            keep(facts.daysUntilDecided(), decisions);
            keep(facts.daysUntilStarted(), starts);
        }

        private static void keep(OptionalLong days, List<Long> in) {
            days.ifPresent(in::add);
        }

        OfService of(UUID service, @Nullable String name) {
            return new OfService(
                    service,
                    name,
                    count,
                    statuses.getOrDefault(Status.RETURNED, 0L),
                    Days.of(decisions),
                    Days.of(starts));
        }
    }
}
