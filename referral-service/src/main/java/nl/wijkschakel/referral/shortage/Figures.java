package nl.wijkschakel.referral.shortage;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import nl.wijkschakel.referral.directory.Theme;
import org.jspecify.annotations.Nullable;

/**
 * How often nothing fitted in one calendar year (DOMAIN P24). A number below ten is left out. A total is left out where
 * it would give such a number away: what is not shown below it must be ten or more together. Numbers form a tree (quarter,
 * theme's year, year), so there is no second way to add up to one; and only quarters that are over count, so that two
 * looks at different days cannot be subtracted.
 *
 * @param quarters those of the year that are over
 * @param total over all themes and the whole year; absent while it runs, or where it gives too much away
 */
@Schema(name = "ShortageFigures")
@JsonInclude(JsonInclude.Include.NON_NULL)
record Figures(
        String municipality,
        int year,
        List<String> quarters,
        List<Row> themes,
        @Nullable Long total) {

    static final long FEWEST = 10;

    /**
     * @param counts one for each of the quarters; null for fewer than ten
     * @param year absent while it runs, or where it gives too much away
     */
    @Schema(name = "ShortageFiguresOfTheme")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Row(
            Theme theme,

            @JsonInclude(content = JsonInclude.Include.ALWAYS)
            List<@Nullable Long> counts,

            @Nullable Long year) {

        /** Absent in a row of which nothing may be shown: then it counts in the total only. */
        boolean isEmpty() {
            return year == null && counts.stream().allMatch(it -> it == null);
        }
    }

    /** A number, and how much of it is not shown further down. */
    private record Sum(long all, long hidden, boolean anyHidden) {

        boolean mayBeShown() {
            return all >= FEWEST && (!anyHidden || hidden >= FEWEST);
        }
    }

    /**
     * @param counts for each theme and number of quarter, where there are any
     * @param over how many quarters of the year are over
     */
    static Figures of(String municipality, int year, Map<Theme, Map<Integer, Long>> counts, int over) {
        var rows = new ArrayList<Row>();
        long all = 0;
        long hidden = 0;
        boolean anyHidden = false;
        boolean whole = over == Quarter.IN_A_YEAR;
        for (var entry : new EnumMap<>(withEach(counts)).entrySet()) {
            var cells = cells(entry.getValue(), over);
            var sum = sum(cells);
            boolean shown = whole && sum.mayBeShown();
            all += sum.all();
            if (!shown && sum.anyHidden()) {
                hidden += sum.hidden();
                anyHidden = true;
            }
            var row = new Row(entry.getKey(), shown(cells), shown ? Long.valueOf(sum.all()) : null);
            if (!row.isEmpty()) {
                rows.add(row);
            }
        }
        boolean totalShown = whole && new Sum(all, hidden, anyHidden).mayBeShown();
        var quarters = IntStream.rangeClosed(1, over)
                .mapToObj(number -> new Quarter(year, number).text())
                .toList();
        return new Figures(municipality, year, quarters, List.copyOf(rows), totalShown ? all : null);
    }

    /** A theme of which nothing is known counts as one that is hidden: that there were none is not told either. */
    private static Map<Theme, Map<Integer, Long>> withEach(Map<Theme, Map<Integer, Long>> counts) {
        var each = new EnumMap<Theme, Map<Integer, Long>>(Theme.class);
        for (var theme : Theme.values()) {
            each.put(theme, counts.getOrDefault(theme, Map.of()));
        }
        return each;
    }

    private static List<Long> cells(Map<Integer, Long> counts, int over) {
        return IntStream.rangeClosed(1, over)
                .mapToObj(number -> counts.getOrDefault(number, 0L))
                .toList();
    }

    private static List<@Nullable Long> shown(List<Long> cells) {
        var shown = new ArrayList<@Nullable Long>();
        cells.forEach(it -> shown.add(it < FEWEST ? null : it));
        return shown;
    }

    private static Sum sum(List<Long> cells) {
        long all = cells.stream().mapToLong(Long::longValue).sum();
        long hidden = cells.stream()
                .filter(it -> it < FEWEST)
                .mapToLong(Long::longValue)
                .sum();
        return new Sum(all, hidden, cells.stream().anyMatch(it -> it < FEWEST));
    }
}
