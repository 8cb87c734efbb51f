package nl.wijkschakel.client.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.OptionalInt;
import nl.wijkschakel.client.client.PersonalData.Address;
import nl.wijkschakel.client.client.PersonalData.BirthDate;
import nl.wijkschakel.client.client.PersonalData.Bsn;
import nl.wijkschakel.client.client.PersonalData.Contact;
import nl.wijkschakel.client.client.PersonalData.Name;
import nl.wijkschakel.client.client.PersonalData.Place;
import nl.wijkschakel.client.client.PersonalData.SafeContact;
import nl.wijkschakel.client.client.PersonalData.WhyNoAddress;
import nl.wijkschakel.client.client.PersonalData.WhyNoBirthDate;
import nl.wijkschakel.client.client.PersonalData.WhyNoBsn;
import nl.wijkschakel.kit.web.Errors;
import nl.wijkschakel.kit.web.FieldError;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PersonalDataTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 3, 2);
    private static final BirthDate BORN = new BirthDate(LocalDate.of(1988, 3, 3), null, null, null);
    private static final Address HOME = new Address(new Place("Dorpsstraat", "12a", "1234 ab", "Waterwijk"), null);
    private static final SafeContact SAFE = new SafeContact(true, null);

    @Test
    void aWholePersonIsFine() {
        assertThat(errors(person(BORN, HOME, null, "nl", SAFE, false))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nl", "ar", "nl-BE", "zh-Hant-TW", "ti"})
    void takesLanguages(String language) {
        assertThat(errors(person(BORN, HOME, null, language, SAFE, false))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "n", "nederlands!", "nl_BE", "-", "und-€"})
    void refusesWhatIsNoLanguage(String language) {
        assertThat(errors(person(BORN, HOME, null, language, SAFE, false))).containsExactly("/language pattern");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0612345678", "+31 6 1234 5678", "(020) 123-4567", "112112"})
    void takesPhones(String phone) {
        assertThat(errors(person(BORN, HOME, new Contact(phone, null, null), "nl", SAFE, false)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bel me", "06", "------------", "06123456780612345678061234567806"})
    void refusesWhatIsNoPhone(String phone) {
        assertThat(errors(person(BORN, HOME, new Contact(phone, null, null), "nl", SAFE, false)))
                .containsExactly("/contact/phone pattern");
    }

    @Test
    void aBirthDateLiesWithinALife() {
        assertThat(errors(person(born(TODAY), HOME, null, "nl", SAFE, false))).isEmpty();
        assertThat(errors(person(born(TODAY.minusYears(130)), HOME, null, "nl", SAFE, false)))
                .isEmpty();
        assertThat(errors(person(born(TODAY.plusDays(1)), HOME, null, "nl", SAFE, false)))
                .containsExactly("/birthDate/value in-future");
        assertThat(errors(person(born(TODAY.minusYears(130).minusDays(1)), HOME, null, "nl", SAFE, false)))
                .containsExactly("/birthDate/value too-long-ago");
    }

    @Test
    void anEstimateHasAnAge() {
        assertThat(errors(person(estimated(null), HOME, null, "nl", SAFE, false)))
                .containsExactly("/birthDate/estimatedAge required");
        assertThat(errors(person(estimated(131), HOME, null, "nl", SAFE, false)))
                .containsExactly("/birthDate/estimatedAge out-of-range");
        assertThat(errors(person(estimated(0), HOME, null, "nl", SAFE, false))).isEmpty();
        assertThat(errors(person(
                        new BirthDate(null, WhyNoBirthDate.NOT_TOLD, null, null), HOME, null, "nl", SAFE, false)))
                .isEmpty();
    }

    @Test
    void p10AnUnsafeContactNamesTheAgreedWay() {
        assertThat(errors(person(BORN, HOME, null, "nl", new SafeContact(false, null), false)))
                .containsExactly("/safeContact/agreedWay required");
        assertThat(errors(person(BORN, HOME, null, "nl", new SafeContact(false, "Bel na tienen"), false)))
                .isEmpty();
    }

    @Test
    void knowsTheAgeOnADay() {
        assertThat(person(BORN, HOME, null, "nl", SAFE, false).age(TODAY)).isEqualTo(OptionalInt.of(37));
        assertThat(person(BORN, HOME, null, "nl", SAFE, false).age(TODAY.plusDays(1)))
                .isEqualTo(OptionalInt.of(38));
        assertThat(person(estimated(35), HOME, null, "nl", SAFE, false).age(TODAY))
                .isEqualTo(OptionalInt.of(35));
        assertThat(person(new BirthDate(null, WhyNoBirthDate.NOT_TOLD, null, null), HOME, null, "nl", SAFE, false)
                        .age(TODAY))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1988,37", "1988-02,38", "1988-03,37", "2026,0", "2026-12,0"})
    void aPartOfADateIsTheYoungestThatItCanBe(String known, int age) {
        var person = person(knownPart(known), HOME, null, "nl", SAFE, false);
        assertThat(errors(person)).isEmpty();
        assertThat(person.age(TODAY)).isEqualTo(OptionalInt.of(age));
    }

    @ParameterizedTest
    @CsvSource({
        "88,pattern",
        "1988-13,pattern",
        "1988-4,pattern",
        "1988-04-01,pattern",
        "2027,out-of-range",
        "1895-12,out-of-range"
    })
    void refusesWhatIsNoPartOfADate(String known, String code) {
        assertThat(errors(person(knownPart(known), HOME, null, "nl", SAFE, false)))
                .containsExactly("/birthDate/knownPart " + code);
    }

    @Test
    void aPartOfADateHasThatReason() {
        var told = new BirthDate(null, WhyNoBirthDate.NOT_TOLD, null, "1988");
        assertThat(errors(person(told, HOME, null, "nl", SAFE, false)))
                .containsExactly("/birthDate/knownPart not-expected");
    }

    private static BirthDate knownPart(String known) {
        return new BirthDate(null, WhyNoBirthDate.NOT_KNOWN, null, known);
    }

    @Test
    void p4GivesThePostcodesDigitsUnlessSomethingForbidsIt() {
        assertThat(person(BORN, HOME, null, "nl", SAFE, false).postcode4()).contains("1234");
        assertThat(person(BORN, HOME, null, "nl", SAFE, true).postcode4()).isEmpty();
        assertThat(person(BORN, HOME, null, "nl", new SafeContact(false, "Via de buurvrouw"), false)
                        .postcode4())
                .isEmpty();
        var nowhere = new Address(null, WhyNoAddress.NO_FIXED_PLACE);
        assertThat(person(BORN, nowhere, null, "nl", SAFE, false).postcode4()).isEmpty();
    }

    private static BirthDate born(LocalDate day) {
        return new BirthDate(day, null, null, null);
    }

    private static BirthDate estimated(@Nullable Integer age) {
        return new BirthDate(null, WhyNoBirthDate.ESTIMATED, age, null);
    }

    private static PersonalData person(
            BirthDate birthDate,
            Address address,
            @Nullable Contact contact,
            String language,
            SafeContact safeContact,
            boolean secrecy) {
        return new PersonalData(
                new Name("Sanne", null, "Smit"),
                new Bsn(null, WhyNoBsn.NOT_NEEDED),
                birthDate,
                address,
                "9901",
                contact,
                language,
                false,
                safeContact,
                secrecy);
    }

    private static List<String> errors(PersonalData person) {
        var errors = new Errors();
        person.check(errors, TODAY);
        return errors.found().stream().map(PersonalDataTest::text).toList();
    }

    private static String text(FieldError error) {
        return error.pointer() + " " + error.code();
    }
}
