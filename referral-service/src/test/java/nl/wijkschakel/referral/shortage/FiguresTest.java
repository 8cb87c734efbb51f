package nl.wijkschakel.referral.shortage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import nl.wijkschakel.referral.directory.Theme;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** DOMAIN P24: no number below ten, whichever way one adds and subtracts. */
class FiguresTest {

    private static Figures figures(Map<Theme, List<Long>> counts, int over) {
        var byQuarter = new EnumMap<Theme, Map<Integer, Long>>(Theme.class);
        counts.forEach((theme, cells) -> {
            var row = new HashMap<Integer, Long>();
            for (int i = 0; i < cells.size(); i++) {
                row.put(i + 1, cells.get(i));
            }
            byQuarter.put(theme, row);
        });
        return Figures.of("9901", 2026, byQuarter, over);
    }

    private static List<@Nullable Long> cells(@Nullable Long... cells) {
        return Arrays.asList(cells);
    }

    @Test
    void p24ANumberBelowTenIsLeftOutAndRollsUpToTheYear() {
        var figures = figures(
                Map.of(Theme.ADDICTION, List.of(10L, 9L, 4L, 12L), Theme.LONELINESS, List.of(1L, 2L, 3L, 4L)), 4);
        assertThat(figures.themes())
                .containsExactly(
                        new Figures.Row(Theme.ADDICTION, cells(10L, null, null, 12L), 35L),
                        new Figures.Row(Theme.LONELINESS, cells(null, null, null, null), 10L));
    }

    @Test
    void p24ATotalThatGivesASmallNumberAwayIsLeftOut() {
        var figures = figures(Map.of(Theme.ADDICTION, List.of(10L, 9L, 20L, 12L)), 4);
        assertThat(figures.themes())
                .containsExactly(new Figures.Row(Theme.ADDICTION, cells(10L, null, 20L, 12L), null));
        assertThat(figures.total()).isNull();
    }

    @Test
    void p24ARowOfWhichNothingMayBeKnownIsNotThere() {
        var few =
                figures(Map.of(Theme.ADDICTION, List.of(1L, 0L, 2L, 3L), Theme.LONELINESS, List.of(2L, 2L, 0L, 0L)), 4);
        assertThat(few.themes()).isEmpty();
        assertThat(few.total()).isEqualTo(10L);
        assertThat(figures(Map.of(Theme.ADDICTION, List.of(1L, 0L, 2L, 3L)), 4).total())
                .isNull();
    }

    @Test
    void p24AYearThatRunsHasNoTotalSinceTwoOfThemCouldBeSubtracted() {
        var figures = figures(Map.of(Theme.ADDICTION, List.of(20L, 30L, 40L)), 2);
        assertThat(figures.quarters()).containsExactly("2026-Q1", "2026-Q2");
        assertThat(figures.themes()).containsExactly(new Figures.Row(Theme.ADDICTION, cells(20L, 30L), null));
        assertThat(figures.total()).isNull();
    }

    /** Whatever was counted: each shown number minus all that is shown below it is nothing that was hidden, or ten. */
    @RepeatedTest(50)
    void p24NoSubtractionLeavesASmallNumber(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        var counts = new EnumMap<Theme, List<Long>>(Theme.class);
        for (var theme : Theme.values()) {
            counts.put(theme, random.longs(4, 0, 25).boxed().toList());
        }
        var figures = figures(counts, 4);
        long known = 0;
        boolean allKnown = figures.themes().size() == Theme.values().length;
        for (var row : figures.themes()) {
            assertThat(row.counts())
                    .allSatisfy(it -> assertThat(it == null || it >= 10).isTrue());
            long shown = row.counts().stream()
                    .filter(Objects::nonNull)
                    .mapToLong(Long::longValue)
                    .sum();
            boolean hidden = row.counts().contains(null);
            var year = row.year();
            if (year != null) {
                assertThat(year - shown).matches(it -> hidden ? it >= 10 : it == 0);
            }
            known += year == null ? shown : year;
            allKnown &= year != null;
        }
        var total = figures.total();
        if (total != null) {
            boolean whole = allKnown;
            assertThat(total - known).matches(it -> whole ? it == 0 : it >= 10);
        }
    }
}
