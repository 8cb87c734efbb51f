package nl.wijkschakel.client.brp;

import java.time.LocalDate;
import java.time.YearMonth;
import nl.wijkschakel.client.client.PersonalData.BirthDate;
import nl.wijkschakel.client.client.PersonalData.WhyNoBirthDate;
import org.jspecify.annotations.Nullable;

/** A date as far as the BRP knows it; each form comes in its answers. */
sealed interface BrpDate {

    record Day(LocalDate on) implements BrpDate {}

    record Month(YearMonth in) implements BrpDate {}

    record Year(int year) implements BrpDate {}

    record Unknown() implements BrpDate {}

    /** ISO 8601 as far as it is known: {@code 1941-07-03}, {@code 1941-07}, {@code 1941}; null when nothing is. */
    default @Nullable String text() {
        return switch (this) {
            case Day it -> it.on().toString();
            case Month it -> it.in().toString();
            case Year it -> "%04d".formatted(it.year());
            case Unknown _ -> null;
        };
    }

    /** As a client's record keeps it. */
    default BirthDate asBirthDate() {
        return switch (this) {
            case Day it -> new BirthDate(it.on(), null, null, null);
            case Month _, Year _, Unknown _ -> new BirthDate(null, WhyNoBirthDate.NOT_KNOWN, null, text());
        };
    }
}
