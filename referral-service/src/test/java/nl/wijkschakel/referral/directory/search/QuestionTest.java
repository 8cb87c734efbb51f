package nl.wijkschakel.referral.directory.search;

import static nl.wijkschakel.referral.directory.DirectoryFixture.TODAY;
import static nl.wijkschakel.referral.directory.DirectoryFixture.room;
import static nl.wijkschakel.referral.directory.DirectoryFixture.service;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import nl.wijkschakel.referral.directory.Capacity;
import nl.wijkschakel.referral.directory.Capacity.Status;
import nl.wijkschakel.referral.directory.Capacity.Weeks;
import nl.wijkschakel.referral.directory.DirectoryFixture.ServiceFixture;
import nl.wijkschakel.referral.directory.Theme;
import nl.wijkschakel.referral.directory.Urgency;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules by which a service fits, each in its words. */
class QuestionTest {

    private static final Question ANY = question(null, null, null, null);

    private static Question question(
            @Nullable Theme theme, @Nullable Integer age, @Nullable String language, @Nullable Urgency urgency) {
        return new Question(theme, age, language, urgency, null, null);
    }

    private static Question forWhom(String targetGroup) {
        return new Question(null, null, null, null, targetGroup, null);
    }

    private static Question withinWeeks(int most) {
        return new Question(null, null, null, null, null, most);
    }

    private static Match match(Question question, ServiceFixture service) {
        return question.match(service.build(), TODAY, null);
    }

    private static List<String> codes(List<Match.Reason> reasons) {
        return reasons.stream().map(Match.Reason::code).toList();
    }

    private static List<String> texts(List<Match.Reason> reasons) {
        return reasons.stream().map(Match.Reason::text).toList();
    }

    @Test
    void everythingThatFitsIsSaid() {
        var question = question(Theme.DEBT_AND_INCOME, 34, "ar", Urgency.CRISIS);
        var match = match(question, service().crisisPhone("088 123 45 67"));
        assertThat(match.fits()).isTrue();
        assertThat(match.warnings()).isEmpty();
        assertThat(match.because())
                .containsExactly(
                        new Match.Reason("THEME_FITS", "Past bij schulden en inkomen"),
                        new Match.Reason("MUNICIPALITY_FITS", "Werkt in uw gemeente"),
                        new Match.Reason("AGE_FITS", "Voor 18 jaar en ouder"),
                        new Match.Reason("LANGUAGE_FITS", "Helpt in het Arabisch"),
                        new Match.Reason("CRISIS_PHONE", "Bel bij een crisis eerst 088 123 45 67"),
                        new Match.Reason("HAS_CAPACITY", "Heeft plek"));
    }

    @Test
    void whatWasNotAskedIsNotSaid() {
        var match = match(ANY, service().ages(80, 90));
        assertThat(match.fits()).isTrue();
        assertThat(codes(match.because())).containsExactly("MUNICIPALITY_FITS", "HAS_CAPACITY");
        assertThat(match.warnings()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void everyThemeHasItsWords(Theme theme) {
        var match = match(question(theme, null, null, null), service().about(theme));
        assertThat(texts(match.because())).contains("Past bij " + theme.words());
        assertThat(theme.words()).matches("[a-z][a-zé ]+");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # age, least, most, code, text
            18, 18, 26, AGE_FITS,     Voor mensen van 18 tot en met 26 jaar
            26, 18, 26, AGE_FITS,     Voor mensen van 18 tot en met 26 jaar
            17, 18, 26, AGE_TOO_LOW,  Let op: voor mensen van 18 tot en met 26 jaar; deze persoon is 17
            34, 18, 26, AGE_TOO_HIGH, Let op: voor mensen van 18 tot en met 26 jaar; deze persoon is 34
            17, 18,   , AGE_TOO_LOW,  Let op: voor 18 jaar en ouder; deze persoon is 17
            99, 18,   , AGE_FITS,     Voor 18 jaar en ouder
             0,   ,  3, AGE_FITS,     Voor mensen tot en met 3 jaar
             4,   ,  3, AGE_TOO_HIGH, Let op: voor mensen tot en met 3 jaar; deze persoon is 4
            12, 12, 12, AGE_FITS,     Voor mensen van 12 jaar
            50,   ,   , AGE_FITS,     Voor alle leeftijden
            """)
    void theAgeAdvises(int age, @Nullable Integer least, @Nullable Integer most, String code, String text) {
        var match = match(question(null, age, null, null), service().ages(least, most));
        boolean fits = code.equals("AGE_FITS");
        assertThat(match.fits()).isEqualTo(fits);
        assertThat(fits ? match.because() : match.warnings()).contains(new Match.Reason(code, text));
        assertThat(codes(fits ? match.warnings() : match.because())).noneMatch(it -> it.startsWith("AGE"));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            nl,    true,  Helpt in het Nederlands
            NL-be, true,  Helpt in het Nederlands
            ar-SY, true,  Helpt in het Arabisch
            uk,    false, Let op: Oekraïens staat niet bij de talen; regel een tolk
            """)
    void theLanguageAdvises(String language, boolean fits, String text) {
        var match = match(question(null, null, language, null), service());
        assertThat(match.fits()).isEqualTo(fits);
        assertThat(texts(fits ? match.because() : match.warnings())).contains(text);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # status, from, to, urgency, fits, warnings
            HAS_CAPACITY,      0,  0, ROUTINE, true,
            HAS_CAPACITY,      1,  3, ROUTINE, true,  Let op: wachttijd 1 tot 3 weken
            HAS_CAPACITY,      0,  0, URGENT,  true,
            HAS_CAPACITY,      1,  3, URGENT,  false, Let op: wachttijd 1 tot 3 weken
            WAITLIST,          8, 12,        , true,  Let op: wachttijd 8 tot 12 weken
            WAITLIST,          8, 12, SOON,    true,  Let op: wachttijd 8 tot 12 weken
            WAITLIST,          8, 12, URGENT,  false, Let op: wachttijd 8 tot 12 weken
            WAITLIST,          1,  1, ROUTINE, true,  Let op: wachttijd 1 week
            WAITLIST,          4,  4, ROUTINE, true,  Let op: wachttijd 4 weken
            WAITLIST,          0,  1, ROUTINE, true,  Let op: wachttijd hoogstens 1 week
            WAITLIST,          0,  6, ROUTINE, true,  Let op: wachttijd hoogstens 6 weken
            WAITLIST,          0,  0, ROUTINE, true,  Let op: er is een wachtlijst
            NO_CAPACITY,       0,  0, ROUTINE, false, Let op: heeft nu geen plek
            NO_CAPACITY,      10, 20, URGENT,  false, Let op: heeft nu geen plek
            ASSESSMENT_FIRST,  0,  0, URGENT,  true,  Let op: eerst is er een gesprek of dit past
            ASSESSMENT_FIRST,  2,  2, URGENT,  false, Let op: wachttijd 2 weken|Let op: eerst is er een gesprek of dit past
            """)
    void theRoomAdvises(
            Status status, int from, int to, @Nullable Urgency urgency, boolean fits, @Nullable String warnings) {
        var match = match(question(null, null, null, urgency), service().with(room(status, from, to)));
        assertThat(match.fits()).isEqualTo(fits);
        assertThat(texts(match.warnings()))
                .isEqualTo(warnings == null ? List.of() : List.of(warnings.split("\\|", -1)));
        assertThat(codes(match.because()).contains("HAS_CAPACITY")).isEqualTo(status == Status.HAS_CAPACITY);
    }

    @Test
    void aCrisisNeedsANumberToCall() {
        var match = match(question(null, null, null, Urgency.CRISIS), service());
        assertThat(match.fits()).isFalse();
        assertThat(match.warnings())
                .containsExactly(new Match.Reason("NO_CRISIS_PHONE", "Let op: geen telefoonnummer voor een crisis"));
    }

    @ParameterizedTest
    @CsvSource({"0, false", "30, false", "31, true", "45, true"})
    void whatWasSaidLongAgoIsSaidToBeOld(int days, boolean outdated) {
        var capacity = new Capacity(Status.HAS_CAPACITY, new Weeks(0, 0), TODAY.minusDays(days));
        var match = match(ANY, service().with(capacity));
        assertThat(match.fits()).isTrue();
        assertThat(texts(match.warnings()))
                .isEqualTo(outdated ? List.of("De wachttijd is " + days + " dagen geleden bijgewerkt") : List.of());
    }

    static Stream<Arguments> orders() {
        var adults = service().ages(18, null);
        return Stream.of(
                Arguments.of(
                        "what fits, however long it takes, before what does not",
                        adults.with(room(Status.WAITLIST, 20, 30)),
                        service().ages(0, 17)),
                Arguments.of(
                        "who helps sooner",
                        adults.with(room(Status.WAITLIST, 2, 4)),
                        adults.with(room(Status.WAITLIST, 3, 4))),
                Arguments.of(
                        "the middle of the range counts",
                        adults.with(room(Status.WAITLIST, 3, 4)),
                        adults.with(room(Status.WAITLIST, 0, 12))),
                Arguments.of(
                        "no room is longer than any wait",
                        service().ages(0, 17).with(room(Status.WAITLIST, 50, 52)),
                        adults.with(room(Status.NO_CAPACITY, 0, 0))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("orders")
    void theOrderIsNeutral(String rule, ServiceFixture first, ServiceFixture second) {
        var question = question(null, 40, null, null);
        var better = match(question, first);
        var worse = match(question, second);
        assertThat(Stream.of(worse, better).sorted(Match.NEUTRAL)).containsExactly(better, worse);
        assertThat(Stream.of(better, worse).sorted(Match.NEUTRAL)).containsExactly(better, worse);
    }

    @Test
    void equalsStayInTheOrderOfTheirNames() {
        var a = match(ANY, service().named("A"));
        var b = match(ANY, service().named("B"));
        assertThat(Stream.of(a, b).sorted(Match.NEUTRAL)).containsExactly(a, b);
        assertThat(Stream.of(b, a).sorted(Match.NEUTRAL)).containsExactly(b, a);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            volwassenen        | true  | TARGET_GROUP_FITS    | Bedoeld voor: Volwassenen met schulden
            SCHULDEN volwassen | true  | TARGET_GROUP_FITS    | Bedoeld voor: Volwassenen met schulden
            ondernemers        | false | NOT_FOR              | Let op: niet bedoeld voor: Ondernemers
            jonge moeders      | true  | TARGET_GROUP_UNCLEAR | Kijk of dit past; bedoeld voor: Volwassenen met schulden
            """)
    void theTargetGroupAdvises(String asked, boolean fits, String code, String text) {
        var match = match(forWhom(asked), service().notFor("Ondernemers"));
        assertThat(match.fits()).isEqualTo(fits);
        assertThat(code.equals("TARGET_GROUP_FITS") ? match.because() : match.warnings())
                .contains(new Match.Reason(code, text));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            2, 4, 4, true,
            2, 4, 3, true,  Let op: wachten kan langer duren dan 3 weken
            2, 4, 1, false, Let op: wachten duurt langer dan 1 week
            """)
    void aWaitThatIsTooLongIsSaid(int from, int to, int most, boolean fits, @Nullable String text) {
        var match = match(withinWeeks(most), service().with(room(Status.WAITLIST, from, to)));
        assertThat(match.fits()).isEqualTo(fits);
        if (text == null) {
            assertThat(codes(match.warnings())).containsExactly("WAITLIST");
        } else {
            assertThat(texts(match.warnings())).contains(text);
        }
    }

    @Test
    void thatItEndsIsSaid() {
        var match = match(ANY, service().stoppingOn(TODAY.plusDays(10)));
        assertThat(match.fits()).isTrue();
        assertThat(match.warnings()).containsExactly(new Match.Reason("STOPS", "Let op: stopt op 1 december 2026"));
    }

    @Test
    void thatItIsTheOwnOrganisationsIsSaidAndCountsForNothing() {
        var service = service().build();
        var own = ANY.match(service, TODAY, service.organisation());
        assertThat(own.fits()).isTrue();
        assertThat(own.warnings())
                .containsExactly(new Match.Reason("OWN_ORGANISATION", "Dit is aanbod van uw eigen organisatie"));
        var other = match(ANY, service());
        assertThat(Match.NEUTRAL.compare(own, other)).isZero();
    }

    @Test
    void whatWasConfirmedLatelyComesBeforeWhatIsOld() {
        var old = match(ANY, service().with(new Capacity(Status.HAS_CAPACITY, new Weeks(0, 0), TODAY.minusDays(31))));
        var fresh = match(ANY, service());
        assertThat(Stream.of(old, fresh).sorted(Match.NEUTRAL)).containsExactly(fresh, old);
    }
}
