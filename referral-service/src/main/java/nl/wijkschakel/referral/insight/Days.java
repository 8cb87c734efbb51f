package nl.wijkschakel.referral.insight;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import nl.wijkschakel.referral.calendar.WorkingDays;
import org.jspecify.annotations.Nullable;

/**
 * How long something took, in calendar days (0 is the same day).
 *
 * @param count how many it happened to
 * @param median half took no longer; absent where there are none
 * @param ninetieth nine of ten took no longer
 */
@Schema(name = "InsightDays")
@JsonInclude(JsonInclude.Include.NON_NULL)
record Days(long count, @Nullable Long median, @Nullable Long ninetieth) {

    private static final int HALF = 50;
    private static final int MOST = 90;
    private static final int ALL = 100;

    static long between(Instant from, Instant to) {
        return ChronoUnit.DAYS.between(WorkingDays.date(from), WorkingDays.date(to));
    }

    static Days of(List<Long> took) {
        var sorted = took.stream().sorted().toList();
        return new Days(sorted.size(), at(sorted, HALF), at(sorted, MOST));
    }

    /** The nearest rank. */
    private static @Nullable Long at(List<Long> sorted, int percent) {
        return sorted.isEmpty() ? null : sorted.get((sorted.size() * percent + ALL - 1) / ALL - 1);
    }
}
