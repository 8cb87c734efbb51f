package nl.wijkschakel.referral.calendar;

import de.focus_shift.jollyday.core.HolidayCalendar;
import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.HolidayType;
import de.focus_shift.jollyday.core.ManagerParameters;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * Monday to Friday, without the Dutch public holidays; a day ends at 24:00 in Amsterdam (DESIGN §3).
 *
 * <p>The holidays are those of the Algemene termijnenwet, art. 3.1: Liberation Day is one each year and not each fifth,
 * whatever a collective agreement says; the King's birthday is kept on the Saturday before when it is a Sunday. Good Friday,
 * which art. 3.2 adds for the terms of the law itself, is worked: these are terms that people promise each other.
 */
public final class WorkingDays {

    /** Where every term of this platform is counted. */
    public static final ZoneId ZONE = ZoneId.of("Europe/Amsterdam");

    private static final LocalTime WORK_BEGINS = LocalTime.of(8, 0);

    /** It has no state, so one serves all. */
    public static final WorkingDays DUTCH = new WorkingDays();

    private final HolidayManager holidays =
            HolidayManager.getInstance(ManagerParameters.create(HolidayCalendar.NETHERLANDS));

    public boolean includes(LocalDate day) {
        return day.getDayOfWeek() != DayOfWeek.SATURDAY
                && day.getDayOfWeek() != DayOfWeek.SUNDAY
                && !holidays.isHoliday(day, HolidayType.PUBLIC_HOLIDAY);
    }

    /** The end of the {@code days}th working day after the day of {@code from}; with 0 the first one not before it. */
    public Instant endOf(Instant from, int days) {
        var day = date(from);
        while (days == 0 && !includes(day)) {
            day = day.plusDays(1);
        }
        for (int left = days; left > 0; ) {
            day = day.plusDays(1);
            left -= includes(day) ? 1 : 0;
        }
        return endOf(day);
    }

    /** 24:00 of that day. */
    public static Instant endOf(LocalDate day) {
        return day.plusDays(1).atStartOfDay(ZONE).toInstant();
    }

    /** When people come to work on the last day of a term. */
    public static Instant morningOfLastDay(Instant term) {
        return date(term.minusNanos(1)).atTime(WORK_BEGINS).atZone(ZONE).toInstant();
    }

    /** How many working days are left after the day of {@code now}; none when the term has passed. */
    public int left(Instant now, Instant term) {
        int days = 0;
        var last = date(term.minusNanos(1));
        for (var day = date(now).plusDays(1); !day.isAfter(last); day = day.plusDays(1)) {
            days += includes(day) ? 1 : 0;
        }
        return days;
    }

    public static LocalDate date(Instant instant) {
        return LocalDate.ofInstant(instant, ZONE);
    }
}
