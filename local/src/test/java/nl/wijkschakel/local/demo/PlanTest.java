package nl.wijkschakel.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.wijkschakel.local.demo.Course.Ending;
import nl.wijkschakel.local.demo.Course.Event;
import nl.wijkschakel.local.demo.Deed.GiveBack;
import nl.wijkschakel.local.demo.DemoDirectory.Service;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 25);

    private final Moments moments = Moments.before(TODAY);
    private final List<Course> plan = Plan.of(moments);

    @Test
    void isTheSameForTheSameDay() {
        assertThat(Plan.of(Moments.before(TODAY))).isEqualTo(plan);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-01-01", "2026-03-01", "2027-02-28", "2028-02-29", "2028-08-31"})
    void canBeMadeOnAnyDay(LocalDate day) {
        var other = Moments.before(day);
        assertThat(Plan.of(other))
                .hasSize(200)
                .allSatisfy(course -> assertThat(course.events())
                        .allMatch(it -> it.moment() >= Plan.FIRST_MOMENT && it.moment() < other.count()));
    }

    @Test
    void leavesReferralsInEveryState() {
        assertThat(plan).hasSize(200);
        assertThat(plan.stream().map(Course::ending).collect(Collectors.toSet()))
                .isEqualTo(EnumSet.allOf(Ending.class));
        assertThat(plan).filteredOn(it -> it.ending() == Ending.DRAFT).hasSizeGreaterThanOrEqualTo(10);
    }

    @Test
    void usesEveryTransitionAndEveryReason() {
        assertThat(plan.stream().flatMap(PlanTest::deeds).map(Object::getClass).collect(Collectors.toSet()))
                .isEqualTo(Set.of(Deed.class.getPermittedSubclasses()));
        assertThat(said(GiveBack.class, GiveBack::reason))
                .isEqualTo(Words.all().returnNotes().keySet());
        assertThat(said(Deed.PutBack.class, Deed.PutBack::reason))
                .isEqualTo(Words.all().putBack().keySet());
        assertThat(said(Deed.Complete.class, Deed.Complete::outcome)).hasSize(6);
    }

    private <D extends Deed> Set<String> said(Class<D> type, Function<D, String> reason) {
        return plan.stream()
                .flatMap(PlanTest::deeds)
                .filter(type::isInstance)
                .map(type::cast)
                .map(reason)
                .collect(Collectors.toSet());
    }

    private static Stream<Deed> deeds(Course course) {
        return course.events().stream().map(Event::deed);
    }

    @Test
    void hasAnEventInEveryWeekAndReferralsInEveryMonth() {
        var byMonth = plan.stream()
                .collect(Collectors.groupingBy(it -> YearMonth.from(moments.date(it.begins())), Collectors.counting()));
        assertThat(byMonth.entrySet())
                .filteredOn(it -> it.getKey().isAfter(YearMonth.from(TODAY.minusMonths(6))))
                .hasSize(6)
                .allSatisfy(it -> assertThat(it.getValue()).isGreaterThanOrEqualTo(10));
        var weeks = plan.stream()
                .flatMap(it -> it.events().stream())
                .map(it -> moments.date(it.moment()).with(DayOfWeek.MONDAY))
                .distinct();
        assertThat(weeks).hasSizeGreaterThanOrEqualTo(25);
    }

    @Test
    void doesOneThingAfterTheOther() {
        assertThat(plan)
                .allSatisfy(course -> assertThat(course.events().stream().map(Event::moment))
                        .isSorted()
                        .doesNotHaveDuplicates());
    }

    @Test
    void keepsNoDraftThatWouldBeDeleted() {
        assertThat(plan)
                .filteredOn(it -> it.ending() == Ending.DRAFT)
                .allSatisfy(it ->
                        assertThat(moments.date(it.events().getLast().moment())).isAfter(TODAY.minusDays(13)));
    }

    @ParameterizedTest
    @EnumSource(
            value = Ending.class,
            names = {"SENT", "IN_REVIEW", "INFORMATION_REQUESTED", "ACCEPTED", "STARTED", "COMPLETED"})
    void givesTheOrganisationsOfTheMainUsersWorkInEveryQueue(Ending ending) {
        assertThat(plan.stream()
                        .filter(it -> it.ending() == ending)
                        .map(it -> it.considered().organisation())
                        .collect(Collectors.toSet()))
                .contains(5, 6, 7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"anna", "milan", "eva"})
    void givesReferrersWorkInEveryQueue(String user) {
        var endings = plan.stream()
                .filter(it -> it.sender().user().equals(user))
                .map(Course::ending)
                .collect(Collectors.toSet());
        assertThat(endings).contains(Ending.DRAFT, Ending.SENT, Ending.ACCEPTED, Ending.STARTED, Ending.COMPLETED);
        assertThat(endings).containsAnyOf(Ending.INFORMATION_REQUESTED, Ending.RETURNED, Ending.WITHDRAWN);
    }

    @Test
    void usesEveryServiceAndEveryClient() {
        assertThat(plan.stream().map(Course::considered).map(Service::number).collect(Collectors.toSet()))
                .hasSize(DemoDirectory.demo().services().size());
        assertThat(plan.stream().map(Course::client).collect(Collectors.toSet()))
                .hasSize(DemoClient.all().size());
    }

    @Test
    void putsBackToAColleague() {
        for (var course : plan) {
            var deeds = deeds(course).toList();
            for (int i = 0; i + 1 < deeds.size(); i++) {
                if (deeds.get(i) instanceof Deed.PutBack one && deeds.get(i + 1) instanceof Deed.Claim other) {
                    assertThat(other.by().user()).isNotEqualTo(one.by().user());
                    assertThat(other.by().organisation()).isEqualTo(one.by().organisation());
                }
            }
        }
    }

    @Test
    void leavesNoPlaceInATextOpenAndSaysNothingTwice() {
        assertThat(plan.stream().flatMap(PlanTest::texts)).noneMatch(it -> it.matches(".*[{}|\\[\\]].*"));
        assertThat(plan.stream().filter(it -> it.legitimation() == null).map(it -> it.client() + it.question()))
                .doesNotHaveDuplicates();
    }

    private static Stream<String> texts(Course course) {
        var texts = new ArrayList<>(List.of(course.question(), course.situation(), course.tried(), course.doubts()));
        texts.addAll(course.goals());
        deeds(course).forEach(deed -> {
            switch (deed) {
                case Deed.Ask it -> texts.addAll(List.of(it.question(), it.why()));
                case Deed.Answer it -> texts.add(it.answer());
                case Deed.HeardAnswer it -> texts.add(it.answer());
                case Deed.Resend it -> texts.add(it.whatChanged());
                case Deed.PutBack it -> texts.add(it.note());
                case GiveBack it -> texts.addAll(List.of(it.note(), it.noAdvice()));
                case Deed.Complete it ->
                    Stream.of(it.feedback(), it.aftercare(), it.stepDown()).forEach(text -> {
                        if (text != null) {
                            texts.add(text);
                        }
                    });
                case Deed.Withdraw it -> texts.add(it.note());
                case Deed.WithdrawWhole it -> texts.add(it.note());
                case Deed.Draft _, Deed.Edit _, Deed.Send _, Deed.Claim _, Deed.Accept _, Deed.Start _ -> {}
            }
        });
        return texts.stream();
    }

    @Test
    void tellsOfEachThemeInSeveralWays() {
        var themes = DemoDirectory.demo().services().stream()
                .flatMap(it -> it.themes().stream())
                .collect(Collectors.toSet());
        assertThat(Story.all().keySet()).isEqualTo(themes).hasSize(16);
        assertThat(Story.all().values()).allMatch(it -> it.size() >= 4);
    }

    @Test
    void knowsPeopleWithoutBsnOrAddressOrSafety() {
        var clients = DemoClient.all();
        assertThat(clients).hasSize(40);
        assertThat(clients).filteredOn(it -> !it.hasBsn()).hasSizeGreaterThanOrEqualTo(3);
        assertThat(clients).filteredOn(it -> it.noAddress() != null).hasSizeGreaterThanOrEqualTo(2);
        assertThat(clients).filteredOn(it -> !it.isSafe()).hasSizeGreaterThanOrEqualTo(3);
        assertThat(clients).filteredOn(it -> it.secrecy() != null).isNotEmpty();
        assertThat(clients).filteredOn(it -> it.estimatedBirth() != null).isNotEmpty();
    }

    @Test
    void motivatesWhatIsAskedAgainAndOnlyThat() {
        var repeats = new Repeats(plan);
        var seen = new HashSet<List<Object>>();
        for (var course : plan) {
            for (var event : course.events()) {
                if (event.deed().asked().size() == 1 && !repeats.include(course, event)) {
                    assertThat(seen.add(List.of(
                                    course.client(),
                                    event.deed().asked().getFirst().number())))
                            .isTrue();
                }
            }
        }
        assertThat(seen).isNotEmpty();
    }
}
