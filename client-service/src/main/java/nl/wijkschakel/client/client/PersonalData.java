package nl.wijkschakel.client.client;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.time.Month;
import java.time.Period;
import java.time.YearMonth;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import nl.wijkschakel.kit.web.Errors;
import nl.wijkschakel.kit.web.Text;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a person, as it is sent, sealed and changed. BSN, birth date and address may each be unknown, with a
 * reason (DOMAIN P8). What comes from outside holds only after {@link #check}.
 *
 * @param municipality the four digits Statistics Netherlands gives it
 * @param language as BCP 47 writes it
 * @param secrecy the person's address is kept from everybody by law (DOMAIN P9)
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PersonalData(
        Name name,
        Bsn bsn,
        BirthDate birthDate,
        Address address,
        String municipality,
        @Nullable Contact contact,
        String language,
        Boolean interpreterNeeded,
        SafeContact safeContact,
        Boolean secrecy) {

    public static final int LONGEST_NAME = 200;
    private static final int LONGEST_PREFIX = 50;
    private static final int LONGEST_HOUSE_NUMBER = 20;
    private static final int LONGEST_EMAIL = 254;
    private static final int LONGEST_LANGUAGE = 35;
    private static final int LONGEST_AGREED_WAY = 1000;
    private static final int OLDEST = 130;
    private static final int YEAR = 4;
    private static final int LAST_OF_DECEMBER = 31;

    private static final Pattern MUNICIPALITY = Pattern.compile("[0-9]{4}");
    private static final Pattern PART_OF_DATE = Pattern.compile("[0-9]{4}(-(0[1-9]|1[0-2]))?");
    private static final Pattern POSTCODE = Pattern.compile("[1-9][0-9]{3} ?[A-Za-z]{2}");
    private static final Pattern PHONE = Pattern.compile("\\+?[0-9 ()./-]{6,25}");
    private static final Pattern EMAIL = Pattern.compile("[^\\s@]+@[^\\s@.]+(\\.[^\\s@.]+)+");

    public PersonalData {
        language = Objects.requireNonNullElse(language, "nl");
        interpreterNeeded = Objects.requireNonNullElse(interpreterNeeded, false);
        secrecy = Objects.requireNonNullElse(secrecy, false);
    }

    /** @param prefix such as {@code van der} */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Name(@Nullable String given, @Nullable String prefix, String surname) {}

    /** Either of the two. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Bsn(@Nullable String value, @Nullable WhyNoBsn unknownBecause) {}

    public enum WhyNoBsn {
        NONE,
        NOT_SHOWN,
        NOT_NEEDED
    }

    /**
     * Either of the first two.
     *
     * @param knownPart of a date that nobody knows in full: a year ({@code 1993}) or a month ({@code 1941-07})
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record BirthDate(
            @Nullable LocalDate value,
            @Nullable WhyNoBirthDate unknownBecause,
            @Nullable Integer estimatedAge,
            @Nullable String knownPart) {

        /** How old somebody is at least on that day: of a part of a date its last day counts. */
        public OptionalInt age(LocalDate today) {
            if (estimatedAge != null) {
                return OptionalInt.of(estimatedAge);
            }
            return latest().map(born -> OptionalInt.of(
                            Math.max(0, Period.between(born, today).getYears())))
                    .orElseGet(OptionalInt::empty);
        }

        /** The last day on which it may have been. */
        private Optional<LocalDate> latest() {
            if (value != null || knownPart == null) {
                return Optional.ofNullable(value);
            }
            return Optional.of(
                    knownPart.length() == YEAR
                            ? LocalDate.of(Integer.parseInt(knownPart), Month.DECEMBER, LAST_OF_DECEMBER)
                            : YearMonth.parse(knownPart).atEndOfMonth());
        }

        private void check(Errors errors, LocalDate today) {
            if (value != null) {
                errors.addIf(
                        value.isAfter(today),
                        "/birthDate/value",
                        "in-future",
                        "Een geboortedatum ligt niet in de toekomst.");
                errors.addIf(
                        value.isBefore(today.minusYears(OLDEST)),
                        "/birthDate/value",
                        "too-long-ago",
                        "Zo lang geleden kan iemand niet geboren zijn.");
            }
            checkEstimate(errors);
            checkKnownPart(errors, today);
        }

        private void checkEstimate(Errors errors) {
            boolean estimated = unknownBecause == WhyNoBirthDate.ESTIMATED;
            if (estimatedAge == null) {
                errors.addIf(estimated, "/birthDate/estimatedAge", "required", "Vul dit in.");
                return;
            }
            errors.addIf(
                    !estimated,
                    "/birthDate/estimatedAge",
                    "not-expected",
                    "Een geschatte leeftijd hoort bij een geschatte geboortedatum.");
            errors.addIf(
                    estimatedAge < 0 || estimatedAge > OLDEST,
                    "/birthDate/estimatedAge",
                    "out-of-range",
                    "Een leeftijd ligt tussen 0 en " + OLDEST + " jaar.");
        }

        private void checkKnownPart(Errors errors, LocalDate today) {
            if (knownPart == null) {
                return;
            }
            errors.addIf(
                    unknownBecause != WhyNoBirthDate.NOT_KNOWN,
                    "/birthDate/knownPart",
                    "not-expected",
                    "Een deel van een geboortedatum hoort bij een geboortedatum die niemand helemaal weet.");
            if (PART_OF_DATE.matcher(knownPart).matches()) {
                int year = Integer.parseInt(knownPart.substring(0, YEAR));
                errors.addIf(
                        year > today.getYear() || year < today.getYear() - OLDEST,
                        "/birthDate/knownPart",
                        "out-of-range",
                        "In dat jaar kan iemand niet geboren zijn.");
            } else {
                errors.add(
                        "/birthDate/knownPart", "pattern", "Schrijf een jaar (1993) of een jaar en maand (1993-07).");
            }
        }
    }

    public enum WhyNoBirthDate {
        ESTIMATED,
        NOT_TOLD,
        /** Nobody knows it, the BRP neither. */
        NOT_KNOWN
    }

    /** Either of the two. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Address(@Nullable Place value, @Nullable WhyNoAddress unknownBecause) {}

    public record Place(String street, String houseNumber, String postcode, String city) {

        /** Postcodes are compared, so there is one way to write them. */
        public Place {
            if (postcode != null) {
                postcode = postcode.replace(" ", "").toUpperCase(Locale.ROOT);
            }
        }
    }

    public enum WhyNoAddress {
        NO_FIXED_PLACE,
        POSTAL_ADDRESS_ONLY,
        NOT_TOLD,
        ABROAD,
        /** Nobody knows it, the BRP neither. */
        NOT_KNOWN,
        /** It is known and deliberately not written down here (DOMAIN P9). */
        KEPT_SECRET
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Contact(
            @Nullable String phone,
            @Nullable String email,
            @Nullable Preference preference) {}

    public enum Preference {
        PHONE,
        EMAIL,
        LETTER,
        VISIT
    }

    /** @param agreedWay how the person may be reached where it is not safe to call or write (DOMAIN P10) */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record SafeContact(Boolean safe, @Nullable String agreedWay) {}

    /** Names everything that is wrong with it. */
    void check(Errors errors, LocalDate today) {
        if (present(errors, name, "/name")) {
            text(errors, "/name/given", name.given(), LONGEST_NAME);
            text(errors, "/name/prefix", name.prefix(), LONGEST_PREFIX);
            required(errors, "/name/surname", name.surname(), LONGEST_NAME);
        }
        if (present(errors, bsn, "/bsn")
                && either(errors, "/bsn", bsn.value(), bsn.unknownBecause())
                && bsn.value() != null) {
            ElevenTest.check(errors, "/bsn/value", bsn.value());
        }
        if (present(errors, birthDate, "/birthDate")
                && either(errors, "/birthDate", birthDate.value(), birthDate.unknownBecause())) {
            birthDate.check(errors, today);
        }
        if (present(errors, address, "/address")
                && either(errors, "/address", address.value(), address.unknownBecause())
                && address.value() != null) {
            checkPlace(errors, address.value());
        }
        if (present(errors, municipality, "/municipality")) {
            errors.addIf(
                    !MUNICIPALITY.matcher(municipality).matches(),
                    "/municipality",
                    "pattern",
                    "Een gemeentecode heeft vier cijfers.");
        }
        if (contact != null) {
            checkContact(errors, contact);
        }
        errors.addIf(!isLanguage(language), "/language", "pattern", "Deze taalcode bestaat niet.");
        if (present(errors, safeContact, "/safeContact") && present(errors, safeContact.safe(), "/safeContact/safe")) {
            checkSafeContact(errors);
        }
    }

    private static void checkPlace(Errors errors, Place place) {
        required(errors, "/address/value/street", place.street(), LONGEST_NAME);
        required(errors, "/address/value/houseNumber", place.houseNumber(), LONGEST_HOUSE_NUMBER);
        required(errors, "/address/value/city", place.city(), LONGEST_NAME);
        if (present(errors, place.postcode(), "/address/value/postcode")) {
            errors.addIf(
                    !POSTCODE.matcher(place.postcode()).matches(),
                    "/address/value/postcode",
                    "pattern",
                    "Een postcode heeft vier cijfers en twee letters.");
        }
    }

    private static void checkContact(Errors errors, Contact contact) {
        var phone = contact.phone();
        if (phone != null) {
            errors.addIf(!isPhone(phone), "/contact/phone", "pattern", "Dit is geen telefoonnummer.");
        }
        var email = contact.email();
        if (email != null) {
            boolean wrong =
                    email.length() > LONGEST_EMAIL || !EMAIL.matcher(email).matches();
            errors.addIf(wrong, "/contact/email", "pattern", "Dit is geen e-mailadres.");
            if (!wrong) {
                text(errors, "/contact/email", email, LONGEST_EMAIL);
            }
        }
    }

    private void checkSafeContact(Errors errors) {
        var agreedWay = safeContact.agreedWay();
        if (agreedWay != null) {
            text(errors, "/safeContact/agreedWay", agreedWay, LONGEST_AGREED_WAY);
        } else {
            errors.addIf(
                    !safeContact.safe(),
                    "/safeContact/agreedWay",
                    "required",
                    "Schrijf op hoe contact wel veilig kan.");
        }
    }

    /** Addresses, phones and places of this person stay out of lists and out of a receiver's sight (DOMAIN P9). */
    @JsonIgnore
    public boolean isGuarded() {
        return secrecy || !safeContact.safe();
    }

    public OptionalInt age(LocalDate today) {
        return birthDate.age(today);
    }

    /** The digits of the postcode; empty where there is no fixed address or it is kept secret. */
    public Optional<String> postcode4() {
        return isGuarded()
                ? Optional.empty()
                : Optional.ofNullable(address.value())
                        .map(place -> place.postcode().substring(0, 4));
    }

    private static boolean present(Errors errors, @Nullable Object value, String pointer) {
        errors.required(value != null, pointer);
        return value != null;
    }

    private static boolean either(
            Errors errors, String pointer, @Nullable Object value, @Nullable Object unknownBecause) {
        long given = Stream.of(Optional.ofNullable(value), Optional.ofNullable(unknownBecause))
                .filter(Optional::isPresent)
                .count();
        errors.addIf(given == 0, pointer, "required", "Vul dit in, of zeg waarom het niet bekend is.");
        errors.addIf(given == 2, pointer, "one-of", "Vul dit in óf zeg waarom het niet bekend is, niet allebei.");
        return given == 1;
    }

    private static void required(Errors errors, String pointer, @Nullable String value, int max) {
        if (present(errors, value, pointer)) {
            text(errors, pointer, value, max);
        }
    }

    private static void text(Errors errors, String pointer, @Nullable String value, int max) {
        var wrong = value == null ? null : Text.Check.wrong(value, max);
        if (wrong != null) {
            errors.add(pointer, wrong.code(), wrong.detail());
        }
    }

    private static boolean isPhone(String phone) {
        return PHONE.matcher(phone).matches()
                && phone.chars().filter(Character::isDigit).count() >= 6;
    }

    private static boolean isLanguage(String language) {
        try {
            return !language.isEmpty()
                    && language.length() <= LONGEST_LANGUAGE
                    && !new Locale.Builder()
                            .setLanguageTag(language)
                            .build()
                            .getLanguage()
                            .isEmpty();
        } catch (IllformedLocaleException _) {
            return false;
        }
    }
}
