package nl.wijkschakel.referral.shortage;

import java.time.LocalDate;
import java.time.temporal.IsoFields;

/** Three months of a calendar year; figures are of these, since a day or a week may tell of one person. */
record Quarter(int year, int number) implements Comparable<Quarter> {

    static final int IN_A_YEAR = 4;

    static Quarter of(LocalDate day) {
        return new Quarter(day.getYear(), day.get(IsoFields.QUARTER_OF_YEAR));
    }

    /** As it is stored and shown, such as 2026-Q4. */
    String text() {
        return year + "-Q" + number;
    }

    @Override
    public int compareTo(Quarter other) {
        return Integer.compare(year * IN_A_YEAR + number, other.year * IN_A_YEAR + other.number);
    }
}
