package nl.wijkschakel.client.agreement;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.util.List;
import java.util.OptionalInt;
import nl.wijkschakel.client.client.PersonalData;
import org.jspecify.annotations.Nullable;

/**
 * What a receiver may know of the person before the claim (DOMAIN P4): nothing that tells who it is.
 *
 * @param companions the age groups of who comes along, so also how many they are; absent where nobody does
 * @param postcode4 absent with a secrecy or safety flag, and where there is no fixed address
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record CoreData(
        String ageGroup,
        String language,
        boolean interpreterNeeded,
        @Nullable String postcode4,
        String municipality,
        @Nullable List<String> companions) {

    static CoreData of(PersonalData person, List<PersonalData> companions, boolean guarded, LocalDate today) {
        return new CoreData(
                ageGroup(person.age(today)),
                person.language(),
                person.interpreterNeeded(),
                guarded ? null : person.postcode4().orElse(null),
                person.municipality(),
                companions.isEmpty()
                        ? null
                        : companions.stream().map(it -> ageGroup(it.age(today))).toList());
    }

    /** The borders are those at which other help begins: school, of age, the end of youth help, the pension. */
    static String ageGroup(OptionalInt age) {
        if (age.isEmpty()) {
            return "unknown";
        }
        int years = age.getAsInt();
        if (years < 4) {
            return "0-3";
        }
        if (years < 12) {
            return "4-11";
        }
        if (years < 18) {
            return "12-17";
        }
        if (years < 23) {
            return "18-22";
        }
        if (years < 27) {
            return "23-26";
        }
        return years < 65 ? "27-64" : "65+";
    }
}
