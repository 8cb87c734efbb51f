package nl.wijkschakel.referral.calendar;

import de.focus_shift.jollyday.core.HolidayCalendar;
import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.HolidayType;
import de.focus_shift.jollyday.core.ManagerParameters;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** Monday to Friday, without the Dutch public holidays; a day ends at 24:00 in Amsterdam (DESIGN §3). */
public final class WorkingDays {

    /** Where every term of this platform is counted. */
    public static final ZoneId ZONE = ZoneId.of("Europe/Amsterdam");

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
        return day.plusDays(1).atStartOfDay(ZONE).toInstant();
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
