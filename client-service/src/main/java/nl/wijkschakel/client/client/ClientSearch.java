package nl.wijkschakel.client.client;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import nl.wijkschakel.client.grant.SharedPart;
import nl.wijkschakel.kit.ReferenceNumber;
import nl.wijkschakel.kit.web.Errors;
import nl.wijkschakel.kit.web.Text;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * By whom to find: a BSN, a surname, or a number. With a birth date, a surname's first three letters are enough, so that
 * a name that was heard wrong is found too (DESIGN §2.10).
 */
record ClientSearch(
        @Nullable String bsn,
        @Nullable String surname,
        @Nullable LocalDate birthDate,
        @Nullable String number) {

    private static final int LONGEST_NAME = 200;

    void check() {
        var errors = new Errors();
        long ways = Stream.of(bsn, surname, number).filter(Objects::nonNull).count();
        errors.addIf(ways == 0, "", "required", "Zoek op burgerservicenummer, achternaam of cliëntnummer.");
        errors.addIf(ways > 1, "", "one-of", "Zoek op één ding tegelijk.");
        errors.addIf(
                birthDate != null && surname == null,
                "/surname",
                "required",
                "Geef bij een geboortedatum ook de achternaam.");
        if (bsn != null) {
            ElevenTest.check(errors, "/bsn", bsn);
        }
        var wrong = surname == null ? null : Text.Check.wrong(surname, LONGEST_NAME);
        if (wrong != null) {
            errors.add("/surname", wrong.code(), wrong.detail());
        }
        if (number != null) {
            errors.addIf(!ReferenceNumber.isValid(number), "/number", "pattern", "Dit is geen cliëntnummer.");
        }
        errors.refuse();
    }

    /** Only who may see what is searched by may find by it; else the search itself would tell. */
    Set<SharedPart> parts() {
        if (bsn != null) {
            return Set.of(SharedPart.BSN);
        }
        if (surname != null) {
            return birthDate == null ? Set.of(SharedPart.NAME) : Set.of(SharedPart.NAME, SharedPart.BIRTH_DATE);
        }
        return Set.of();
    }

    Bson filter(SearchHashes hashes) {
        if (bsn != null) {
            return among(hashes.bsn(bsn));
        }
        if (surname != null) {
            return among(birthDate == null ? hashes.surname(surname) : hashes.surnameAndBirthDate(surname, birthDate));
        }
        return eq("number", ReferenceNumber.normalised(Objects.requireNonNull(number, "checked before")));
    }

    /** One of them but while a key is replaced; then an equality keeps the index's order. */
    private static Bson among(List<String> values) {
        return values.size() == 1 ? eq("hashes", values.getFirst()) : in("hashes", values);
    }
}
