package nl.wijkschakel.local.demo;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** The moments at which something happens: four in each working day of the last six months, of which today is none. */
final class Moments {

    static final int PER_DAY = 4;
    static final ZoneId ZONE = ZoneId.of("Europe/Amsterdam");

    private static final int MONTHS = 6;
    private static final List<LocalTime> TIMES =
            List.of(LocalTime.of(9, 5), LocalTime.of(10, 50), LocalTime.of(13, 20), LocalTime.of(15, 10));
    private static final int MINUTES_LATER = 75;

    /** Those on a fixed day; nobody will miss the others. */
    private static final Set<MonthDay> HOLIDAYS =
            Set.of(MonthDay.of(1, 1), MonthDay.of(4, 27), MonthDay.of(12, 25), MonthDay.of(12, 26));

    private final List<LocalDate> days;

    private Moments(List<LocalDate> days) {
        this.days = days;
    }

    static Moments before(LocalDate today) {
        return new Moments(today.minusMonths(MONTHS)
                .datesUntil(today)
                .filter(Moments::isWorkingDay)
                .toList());
    }

    private static boolean isWorkingDay(LocalDate day) {
        return day.getDayOfWeek() != DayOfWeek.SATURDAY
                && day.getDayOfWeek() != DayOfWeek.SUNDAY
                && !HOLIDAYS.contains(MonthDay.from(day));
    }

    int count() {
        return days.size() * PER_DAY;
    }

    LocalDate date(int moment) {
        return days.get(moment / PER_DAY);
    }

    Instant instant(int moment) {
        int minutes = new Random(date(moment).toEpochDay() * PER_DAY + moment % PER_DAY).nextInt(MINUTES_LATER);
        return date(moment)
                .atTime(TIMES.get(moment % PER_DAY).plusMinutes(minutes))
                .atZone(ZONE)
                .toInstant();
    }
}
