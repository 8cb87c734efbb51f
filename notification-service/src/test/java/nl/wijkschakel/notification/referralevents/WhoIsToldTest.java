package nl.wijkschakel.notification.referralevents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.wijkschakel.kit.caller.Role;
import nl.wijkschakel.notification.notification.Recipient;
import nl.wijkschakel.notification.notification.Recipient.Organisation;
import nl.wijkschakel.notification.notification.Recipient.Person;
import nl.wijkschakel.notification.notification.Recipient.RoleAtOrganisation;
import nl.wijkschakel.notification.referralevents.AttemptEvent.By;
import nl.wijkschakel.notification.referralevents.AttemptEvent.Receiver;
import nl.wijkschakel.notification.referralevents.AttemptEvent.Sender;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class WhoIsToldTest {

    private static final UUID WIJKTEAM = new UUID(1, 0);
    private static final UUID REFERRER = new UUID(1, 1);
    private static final UUID SPECIALISTS = new UUID(2, 0);
    private static final UUID SPECIALIST = new UUID(2, 1);
    private static final UUID SOMEBODY = new UUID(9, 9);

    private static final Recipient THE_REFERRER = new Person(REFERRER, WIJKTEAM);
    private static final Recipient THE_SPECIALIST = new Person(SPECIALIST, SPECIALISTS);
    private static final Recipient ALL_SPECIALISTS = new Organisation(SPECIALISTS);

    private static final Recipient COORDINATORS_OF_THE_WIJKTEAM = new RoleAtOrganisation(WIJKTEAM, Role.COORDINATOR);
    private static final Recipient COORDINATORS_OF_SPECIALISTS = new RoleAtOrganisation(SPECIALISTS, Role.COORDINATOR);

    /** What happened; who is told while somebody handles it; who is told while nobody does. */
    private static List<Arguments> table() {
        return List.of(
                row(What.SENT, ALL_SPECIALISTS, ALL_SPECIALISTS),
                row(What.PUT_BACK, THE_REFERRER, THE_REFERRER),
                row(What.INFORMATION_REQUESTED, THE_REFERRER, THE_REFERRER),
                row(What.ANSWERED, THE_SPECIALIST, ALL_SPECIALISTS),
                row(What.ACCEPTED, THE_REFERRER, THE_REFERRER),
                row(What.ACCEPTANCE_UNDONE, THE_REFERRER, THE_REFERRER),
                row(What.WAITLISTED, THE_REFERRER, THE_REFERRER),
                row(What.RETURNED, THE_REFERRER, THE_REFERRER),
                row(What.FORWARDED, THE_REFERRER, THE_REFERRER),
                row(What.STARTED, THE_REFERRER, THE_REFERRER),
                row(What.PAUSED, THE_REFERRER, THE_REFERRER),
                row(What.RESUMED, THE_REFERRER, THE_REFERRER),
                row(What.COMPLETED, THE_REFERRER, THE_REFERRER),
                row(What.ENDED_EARLY, THE_REFERRER, THE_REFERRER),
                row(What.WITHDRAWN, THE_SPECIALIST, ALL_SPECIALISTS),
                row(What.MESSAGE_POSTED, THE_SPECIALIST, ALL_SPECIALISTS), // by the sender's side
                row(What.ATTACHMENT_ADDED, THE_SPECIALIST, ALL_SPECIALISTS), // the same
                row(What.ATTACHMENT_REMOVED, THE_SPECIALIST, ALL_SPECIALISTS), // the same
                row(What.CONTACT_CHANGED, THE_REFERRER, THE_REFERRER),
                both(What.RECEIPT_OVERDUE),
                row(What.DECISION_REMINDER, THE_SPECIALIST, ALL_SPECIALISTS),
                both(What.DECISION_OVERDUE),
                escalated(),
                row(What.ANSWER_REMINDER, THE_REFERRER, THE_REFERRER),
                both(What.ANSWER_OVERDUE),
                row(What.FOLLOW_UP_REMINDER, THE_REFERRER, THE_REFERRER),
                row(What.FOLLOW_UP_OVERDUE, THE_REFERRER, THE_REFERRER), // the receiver may not look any more
                row(What.FIRST_CONTACT_REMINDER, THE_SPECIALIST, ALL_SPECIALISTS),
                both(What.FIRST_CONTACT_OVERDUE),
                row(What.WAITING_CONTACT_REMINDER, THE_SPECIALIST, ALL_SPECIALISTS), // who keeps contact
                both(What.WAITING_CONTACT_OVERDUE),
                row(What.EXPECTATION_STALE, THE_SPECIALIST, ALL_SPECIALISTS),
                row(What.REVIEW_REMINDER, THE_SPECIALIST, ALL_SPECIALISTS),
                both(What.REVIEW_OVERDUE));
    }

    private static Arguments row(What what, Recipient whenHandled, Recipient whenNot) {
        return Arguments.of(what, Set.of(whenHandled), Set.of(whenNot));
    }

    private static Arguments both(What what) {
        return Arguments.of(what, Set.of(THE_SPECIALIST, THE_REFERRER), Set.of(ALL_SPECIALISTS, THE_REFERRER));
    }

    private static Arguments escalated() {
        var both = Set.of(COORDINATORS_OF_THE_WIJKTEAM, COORDINATORS_OF_SPECIALISTS);
        return Arguments.of(What.ESCALATED, both, both);
    }

    /** What concerns who has it in hand on either side. */
    private static final Set<What> OF_BOTH = EnumSet.of(What.CLAIMED, What.ASSIGNED, What.HANDED_OVER);

    @ParameterizedTest
    @MethodSource("table")
    void tellsWhomItConcerns(What what, Set<Recipient> whenHandled, Set<Recipient> whenNot) {
        assertThat(WhoIsTold.of(what, event(SPECIALIST, SOMEBODY))).isEqualTo(whenHandled);
        assertThat(WhoIsTold.of(what, event(null, SOMEBODY))).isEqualTo(whenNot);
    }

    @ParameterizedTest
    @MethodSource("table")
    void tellsNobodyOfTheOwnActButThoseWhoAreToldTogether(
            What what, Set<Recipient> whenHandled, Set<Recipient> whenNot) {
        for (var by : List.of(REFERRER, SPECIALIST)) {
            assertThat(WhoIsTold.of(what, event(SPECIALIST, by))).isEqualTo(without(by, whenHandled));
            assertThat(WhoIsTold.of(what, event(null, by))).isEqualTo(without(by, whenNot));
        }
    }

    private static Set<Recipient> without(UUID person, Set<Recipient> all) {
        return all.stream()
                .filter(it -> !(it instanceof Person one && one.id().equals(person)))
                .collect(Collectors.toSet());
    }

    /** Of one organisation that is both sides, one group of coordinators. */
    @Test
    void withinOneOrganisationItsCoordinatorsAreToldOnce() {
        var event = new AttemptEvent(
                new UUID(3, 0),
                new UUID(3, 1),
                new Sender(WIJKTEAM, REFERRER),
                new Receiver(WIJKTEAM, REFERRER),
                "SHARED",
                null,
                null);
        assertThat(WhoIsTold.of(What.ESCALATED, event)).containsExactly(COORDINATORS_OF_THE_WIJKTEAM);
        assertThat(WhoIsTold.of(What.DECISION_OVERDUE, event)).containsExactly(THE_REFERRER);
    }

    @Test
    void whoHasItInHandIsToldOnBothSidesButNotOfTheOwnAct() {
        for (var what : OF_BOTH) {
            assertThat(WhoIsTold.of(what, event(SPECIALIST, SOMEBODY)))
                    .containsExactlyInAnyOrder(THE_REFERRER, THE_SPECIALIST);
            assertThat(WhoIsTold.of(what, event(SPECIALIST, SPECIALIST, SPECIALISTS)))
                    .containsExactly(THE_REFERRER);
            assertThat(WhoIsTold.of(what, event(SPECIALIST, REFERRER))).containsExactly(THE_SPECIALIST);
            assertThat(WhoIsTold.of(what, event(null, SOMEBODY)))
                    .as("nobody of the receiver has")
                    .containsExactly(THE_REFERRER);
        }
    }

    @Test
    void whereOneHasItOnBothSidesTheyAreToldOnce() {
        var sender = new Sender(WIJKTEAM, REFERRER);
        var receiver = new Receiver(WIJKTEAM, REFERRER);
        assertThat(WhoIsTold.of(What.ASSIGNED, event(sender, receiver, new By(SOMEBODY, WIJKTEAM))))
                .containsExactly(THE_REFERRER);
    }

    @Test
    void ofWhatIsOverForTheReceiverOnlyTheReferrerIsToldThatItIsTheirs() {
        var event = new AttemptEvent(
                new UUID(3, 0),
                new UUID(3, 1),
                new Sender(WIJKTEAM, REFERRER),
                new Receiver(SPECIALISTS, SPECIALIST),
                "NONE",
                new By(SOMEBODY, WIJKTEAM),
                null);
        assertThat(WhoIsTold.of(What.HANDED_OVER, event)).containsExactly(THE_REFERRER);
    }

    @Test
    void ofAMessageTheSideIsToldThatDidNotWriteIt() {
        assertThat(WhoIsTold.of(What.MESSAGE_POSTED, event(SPECIALIST, SPECIALIST, SPECIALISTS)))
                .containsExactly(THE_REFERRER);
        assertThat(WhoIsTold.of(What.MESSAGE_POSTED, event(SPECIALIST, SOMEBODY, SPECIALISTS)))
                .as("a colleague of the receiver wrote it")
                .containsExactly(THE_REFERRER);
        assertThat(WhoIsTold.of(What.MESSAGE_POSTED, event(SPECIALIST, REFERRER, WIJKTEAM)))
                .containsExactly(THE_SPECIALIST);
    }

    /** An organisation that refers to a service of its own. */
    @Test
    void withinOneOrganisationTheHandlingWorkerWritesAsTheReceiver() {
        var sender = new Sender(WIJKTEAM, REFERRER);
        var receiver = new Receiver(WIJKTEAM, SPECIALIST);
        assertThat(WhoIsTold.of(What.MESSAGE_POSTED, event(sender, receiver, new By(SPECIALIST, WIJKTEAM))))
                .containsExactly(THE_REFERRER);
        assertThat(WhoIsTold.of(What.MESSAGE_POSTED, event(sender, receiver, new By(REFERRER, WIJKTEAM))))
                .containsExactly(new Person(SPECIALIST, WIJKTEAM));
    }

    @Test
    void whatAClockDidIsNobodysOwnAct() {
        var event = new AttemptEvent(
                new UUID(3, 0),
                new UUID(3, 1),
                new Sender(WIJKTEAM, REFERRER),
                new Receiver(SPECIALISTS, SPECIALIST),
                "SHARED",
                null,
                null);
        assertThat(WhoIsTold.of(What.RETURNED, event)).containsExactly(THE_REFERRER);
    }

    @Test
    void whoeverKeepsContactIsReminded() {
        var event = new AttemptEvent(
                new UUID(3, 0),
                new UUID(3, 1),
                new Sender(WIJKTEAM, REFERRER),
                new Receiver(SPECIALISTS, SPECIALIST),
                "SHARED",
                null,
                AttemptEvent.SENDER);
        assertThat(WhoIsTold.of(What.WAITING_CONTACT_REMINDER, event)).containsExactly(THE_REFERRER);
    }

    @Test
    void theTableIsWhole() {
        assertThat(Stream.concat(table().stream().map(row -> row.get()[0]), OF_BOTH.stream()))
                .containsExactlyInAnyOrderElementsOf(Arrays.asList(What.values()));
    }

    @ParameterizedTest
    @EnumSource
    void eachTypeIsFoundByItsName(What what) {
        assertThat(What.of(what.type())).contains(what);
    }

    @Test
    void aTypeOfALaterReleaseIsNone() {
        assertThat(Stream.of("nl.wijkschakel.attempt.admired", "nl.wijkschakel.referral.sent", "sent", "")
                        .flatMap(type -> What.of(type).stream()))
                .isEmpty();
    }

    private static AttemptEvent event(@Nullable UUID handler, UUID by) {
        return event(handler, by, WIJKTEAM);
    }

    private static AttemptEvent event(@Nullable UUID handler, UUID by, UUID organisation) {
        return event(new Sender(WIJKTEAM, REFERRER), new Receiver(SPECIALISTS, handler), new By(by, organisation));
    }

    private static AttemptEvent event(Sender sender, Receiver receiver, By by) {
        return new AttemptEvent(new UUID(3, 0), new UUID(3, 1), sender, receiver, "SHARED", by, null);
    }
}
