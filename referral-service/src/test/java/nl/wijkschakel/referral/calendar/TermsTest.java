package nl.wijkschakel.referral.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import nl.wijkschakel.referral.directory.Urgency;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Working days of the Netherlands; moments are written as they are on the clock in Amsterdam. */
class TermsTest {

    private final WorkingDays days = new WorkingDays();
    private final Terms terms = new Terms(days);

    /** Algemene termijnenwet art. 3; the King's birthday moves to the Saturday when it is a Sunday. */
    @ParameterizedTest
    @CsvSource({
        "2026-01-01, New Year",
        "2026-04-06, Easter Monday",
        "2026-04-27, the King's birthday",
        "2026-05-05, Liberation",
        "2026-05-14, Ascension",
        "2026-05-25, Whit Monday",
        "2026-12-25, Christmas",
        "2025-12-26, the day after",
        "2027-03-29, Easter Monday another year",
        "2025-04-26, the King's birthday on a Saturday",
        "2026-03-07, Saturday",
        "2026-03-08, Sunday",
    })
    void noWorkIsDoneOn(LocalDate day, String why) {
        assertThat(days.includes(day)).as(why).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-02, Monday",
        "2026-04-03, Good Friday is no public holiday",
        "2026-12-24, the day before Christmas",
        "2026-12-31, the last of the year",
        "2025-04-28, the Monday after the King's birthday",
    })
    void workIsDoneOn(LocalDate day, String why) {
        assertThat(days.includes(day)).as(why).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-02T10:00, 2026-03-10T00:00, a weekend between",
        "2026-03-06T10:00, 2026-03-14T00:00, sent on a Friday",
        "2026-03-07T10:00, 2026-03-14T00:00, sent on a Saturday",
        "2026-03-08T23:59, 2026-03-14T00:00, sent on a Sunday",
        "2026-04-02T10:00, 2026-04-11T00:00, Easter",
        "2026-04-24T10:00, 2026-05-05T00:00, the King's birthday",
        "2026-04-28T10:00, 2026-05-07T00:00, Liberation",
        "2026-03-26T10:00, 2026-04-03T00:00, into summer time",
        "2026-10-22T10:00, 2026-10-30T00:00, out of summer time",
        "2026-12-23T10:00, 2027-01-01T00:00, Christmas",
        "2026-12-24T10:00, 2027-01-05T00:00, the turn of the year",
        "2026-03-02T23:59:59, 2026-03-10T00:00, one second before midnight",
        "2026-03-03T00:00, 2026-03-11T00:00, midnight itself",
    })
    void aDecisionIsDueAtTheEndOfTheFifthWorkingDay(LocalDateTime sent, LocalDateTime due, String why) {
        for (var urgency : new Urgency[] {Urgency.ROUTINE, Urgency.SOON}) {
            assertThat(terms.decision(urgency, at(sent))).as(why).isEqualTo(at(due));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "URGENT, 2026-03-02T10:00, 2026-03-04T00:00",
        "URGENT, 2026-03-06T10:00, 2026-03-10T00:00",
        "URGENT, 2026-12-24T10:00, 2026-12-29T00:00",
        "CRISIS, 2026-03-02T10:00, 2026-03-03T00:00",
        "CRISIS, 2026-03-02T23:59, 2026-03-03T00:00",
        "CRISIS, 2026-03-07T10:00, 2026-03-10T00:00",
        "CRISIS, 2026-04-27T10:00, 2026-04-29T00:00",
    })
    void whatIsPressingIsDueSooner(Urgency urgency, LocalDateTime sent, LocalDateTime due) {
        assertThat(terms.decision(urgency, at(sent))).isEqualTo(at(due));
    }

    @ParameterizedTest
    @CsvSource({"2026-03-02T10:00, 2026-03-21T00:00", "2026-04-21T10:00, 2026-05-14T00:00"})
    void itIsEscalatedAfterFourteen(LocalDateTime sent, LocalDateTime due) {
        assertThat(terms.escalation(at(sent))).isEqualTo(at(due));
    }

    @ParameterizedTest
    @CsvSource({"2026-03-02T10:00, 2026-03-05T00:00", "2026-04-02T10:00, 2026-04-08T00:00"})
    void itIsTakenUpInTwo(LocalDateTime sent, LocalDateTime due) {
        assertThat(terms.receipt(at(sent))).isEqualTo(at(due));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-02T10:00, 2026-03-02, 2026-03-03T00:00, today",
        "2026-03-02T10:00, 2026-03-07, 2026-03-08T00:00, a Saturday that was promised",
        "2026-03-02T10:00, 2026-03-16, 2026-03-17T00:00, the last day",
        "2026-03-02T10:00, 2026-03-17, 2026-03-17T00:00, later than the term",
        "2026-12-21T10:00, 2027-02-01, 2027-01-07T00:00, over the turn of the year",
    })
    void theFirstContactIsAsPromisedAndInTen(
            LocalDateTime accepted, LocalDate promised, LocalDateTime due, String why) {
        assertThat(terms.firstContact(at(accepted), promised)).as(why).isEqualTo(at(due));
    }

    /** Of the law's own terms; a collective agreement may give it each fifth year only. */
    @ParameterizedTest
    @ValueSource(ints = {2025, 2026, 2027, 2028, 2029, 2030})
    void liberationIsAHolidayEachYear(int year) {
        assertThat(days.includes(LocalDate.of(year, 5, 5))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"2026-03-02T10:00, 2026-03-10T00:00"})
    void theReferrerHasFiveToAnswerAndToFollowUp(LocalDateTime from, LocalDateTime due) {
        assertThat(terms.answer(at(from))).isEqualTo(at(due));
        assertThat(terms.followUp(at(from))).isEqualTo(at(due));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-02T10:00, 2026-03-10T00:00, 5",
        "2026-03-02T23:59, 2026-03-10T00:00, 5",
        "2026-03-03T00:00, 2026-03-10T00:00, 4",
        "2026-03-06T10:00, 2026-03-10T00:00, 1",
        "2026-03-07T10:00, 2026-03-10T00:00, 1",
        "2026-03-09T10:00, 2026-03-10T00:00, 0",
        "2026-03-20T10:00, 2026-03-10T00:00, 0",
        "2026-04-02T10:00, 2026-04-11T00:00, 5",
    })
    void whatIsLeftIsCountedInWorkingDays(LocalDateTime now, LocalDateTime due, int left) {
        assertThat(terms.left(at(now), at(due))).isEqualTo(left);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-12T10:00, 3, 2026-03-18T00:00",
        "2026-03-12T10:00, 0, 2026-03-13T00:00",
        "2026-03-14T10:00, 0, 2026-03-17T00:00",
    })
    void aClockThatRunsAgainHasWhatWasLeft(LocalDateTime now, int left, LocalDateTime due) {
        assertThat(terms.resumed(at(now), left)).isEqualTo(at(due));
    }

    /** What is stopped and goes on at once has lost and won nothing. */
    @ParameterizedTest
    @CsvSource({"2026-03-02T10:00", "2026-03-06T10:00", "2026-03-07T10:00", "2026-12-24T10:00", "2026-04-02T10:00"})
    void stoppingForAMomentChangesNothing(LocalDateTime now) {
        var due = terms.decision(Urgency.ROUTINE, at(now));
        assertThat(terms.resumed(at(now), terms.left(at(now), due))).isEqualTo(due);
    }

    private static Instant at(LocalDateTime inAmsterdam) {
        return inAmsterdam.atZone(WorkingDays.ZONE).toInstant();
    }
}
