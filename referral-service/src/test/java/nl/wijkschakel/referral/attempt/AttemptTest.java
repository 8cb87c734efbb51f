package nl.wijkschakel.referral.attempt;

import static nl.wijkschakel.referral.attempt.AttemptFixture.ANNA;
import static nl.wijkschakel.referral.attempt.AttemptFixture.BRAM;
import static nl.wijkschakel.referral.attempt.AttemptFixture.CARLA;
import static nl.wijkschakel.referral.attempt.AttemptFixture.CONTACT;
import static nl.wijkschakel.referral.attempt.AttemptFixture.KEEPER;
import static nl.wijkschakel.referral.attempt.AttemptFixture.NOW;
import static nl.wijkschakel.referral.attempt.AttemptFixture.NO_ADVICE;
import static nl.wijkschakel.referral.attempt.AttemptFixture.OTHER_RECEIVER;
import static nl.wijkschakel.referral.attempt.AttemptFixture.RECEIVER;
import static nl.wijkschakel.referral.attempt.AttemptFixture.SENDER;
import static nl.wijkschakel.referral.attempt.AttemptFixture.SERVICE;
import static nl.wijkschakel.referral.attempt.AttemptFixture.STRANGER;
import static nl.wijkschakel.referral.attempt.AttemptFixture.TERMS;
import static nl.wijkschakel.referral.attempt.AttemptFixture.TODAY;
import static nl.wijkschakel.referral.attempt.AttemptFixture.TOLD;
import static nl.wijkschakel.referral.attempt.AttemptFixture.accepted;
import static nl.wijkschakel.referral.attempt.AttemptFixture.act;
import static nl.wijkschakel.referral.attempt.AttemptFixture.born;
import static nl.wijkschakel.referral.attempt.AttemptFixture.completed;
import static nl.wijkschakel.referral.attempt.AttemptFixture.in;
import static nl.wijkschakel.referral.attempt.AttemptFixture.inReview;
import static nl.wijkschakel.referral.attempt.AttemptFixture.informationRequested;
import static nl.wijkschakel.referral.attempt.AttemptFixture.later;
import static nl.wijkschakel.referral.attempt.AttemptFixture.paused;
import static nl.wijkschakel.referral.attempt.AttemptFixture.reached;
import static nl.wijkschakel.referral.attempt.AttemptFixture.request;
import static nl.wijkschakel.referral.attempt.AttemptFixture.returned;
import static nl.wijkschakel.referral.attempt.AttemptFixture.sent;
import static nl.wijkschakel.referral.attempt.AttemptFixture.sentOn;
import static nl.wijkschakel.referral.attempt.AttemptFixture.started;
import static nl.wijkschakel.referral.attempt.AttemptFixture.waitlisted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.wijkschakel.kit.web.FieldError;
import nl.wijkschakel.kit.web.Refusal;
import nl.wijkschakel.referral.attempt.AttemptState.Accepted;
import nl.wijkschakel.referral.attempt.AttemptState.Advice;
import nl.wijkschakel.referral.attempt.AttemptState.Completed;
import nl.wijkschakel.referral.attempt.AttemptState.Contact;
import nl.wijkschakel.referral.attempt.AttemptState.EarlyEndReason;
import nl.wijkschakel.referral.attempt.AttemptState.FirstContact;
import nl.wijkschakel.referral.attempt.AttemptState.GoalResult;
import nl.wijkschakel.referral.attempt.AttemptState.Keeper;
import nl.wijkschakel.referral.attempt.AttemptState.Outcome;
import nl.wijkschakel.referral.attempt.AttemptState.PutBackReason;
import nl.wijkschakel.referral.attempt.AttemptState.ReturnReason;
import nl.wijkschakel.referral.attempt.AttemptState.Started;
import nl.wijkschakel.referral.attempt.AttemptState.Teller;
import nl.wijkschakel.referral.attempt.AttemptState.Waitlisted;
import nl.wijkschakel.referral.attempt.AttemptState.Wish;
import nl.wijkschakel.referral.attempt.AttemptState.WithdrawalReason;
import nl.wijkschakel.referral.attempt.Question.Reply;
import nl.wijkschakel.referral.attempt.Request.SharedData;
import nl.wijkschakel.referral.attempt.Status.Access;
import nl.wijkschakel.referral.attempt.Status.ReceiverQueue;
import nl.wijkschakel.referral.attempt.Status.SenderQueue;
import nl.wijkschakel.referral.directory.Urgency;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** DOMAIN §2 as it is written there; nothing of it is taken from the code under test. */
class AttemptTest {

    /** A row of DOMAIN §2's table of transitions, as far as built; without a number, what changes hands where it stands. */
    private record Row(String number, String action, Set<String> from, String to, Set<String> actors) {

        static Row of(String line) {
            var cells = Arrays.stream(line.split("\\|")).map(String::strip).toList();
            return new Row(cells.get(0), cells.get(1), words(cells.get(2)), cells.get(3), words(cells.get(4)));
        }

        private static Set<String> words(String cell) {
            return Arrays.stream(cell.split(",")).map(String::strip).collect(Collectors.toSet());
        }
    }

    private static final List<Row> TABLE = """
            T3  | CLAIM       | SENT                                                    | IN_REVIEW             | receiver
            T4  | ASK         | IN_REVIEW                                               | INFORMATION_REQUESTED | receiver
            T5  | ANSWER      | INFORMATION_REQUESTED                                   | IN_REVIEW             | referrer, receiver
            T6  | ACCEPT      | IN_REVIEW, INFORMATION_REQUESTED                        | ACCEPTED              | receiver
            T7  | WAITLIST    | IN_REVIEW, INFORMATION_REQUESTED, ACCEPTED              | WAITLISTED            | receiver
            T8  | ACCEPT      | WAITLISTED                                              | ACCEPTED              | receiver
            T8  | START       | WAITLISTED                                              | STARTED               | receiver
            T9  | RETURN      | SENT, IN_REVIEW, INFORMATION_REQUESTED, WAITLISTED, ACCEPTED | RETURNED         | receiver
            T10 | START       | ACCEPTED                                                | STARTED               | receiver
            T11 | PAUSE       | STARTED                                                 | PAUSED                | receiver
            T11 | RESUME      | PAUSED                                                  | STARTED               | receiver
            T12 | COMPLETE    | STARTED                                                 | COMPLETED             | receiver
            T13 | END_EARLY   | ACCEPTED, WAITLISTED, STARTED, PAUSED                   | ENDED_EARLY           | receiver
            T14 | FORWARD     | IN_REVIEW, INFORMATION_REQUESTED                        | FORWARDED             | receiver
            T15 | WITHDRAW    | SENT, IN_REVIEW, INFORMATION_REQUESTED, ACCEPTED, WAITLISTED, STARTED, PAUSED, RETURNED | WITHDRAWN | referrer
            T20 | UNDO_ACCEPT | ACCEPTED                                                | IN_REVIEW             | receiver
            T22 | PUT_BACK    | IN_REVIEW                                               | SENT                  | receiver
            -   | ASSIGN      | IN_REVIEW, INFORMATION_REQUESTED, ACCEPTED, WAITLISTED, STARTED, PAUSED | - | receiver
            -   | CHANGE_CONTACT | ACCEPTED, STARTED, PAUSED                            | -                     | receiver
            """.lines().map(Row::of).toList();

    /** T2, T16 and half of T14 make an attempt, and it is handed over with its referral: none is in a status from which they go. */
    private static final Set<Action> OF_THE_REFERRAL =
            EnumSet.of(Action.SEND, Action.RESEND, Action.SEND_FORWARDED, Action.HAND_OVER);

    private static final Map<String, Actor> WHO = Map.of("referrer", ANNA, "receiver", BRAM, "stranger", STRANGER);

    @TestFactory
    Stream<DynamicTest> everyPairOfStatusAndActionForEachSide() {
        return Stream.of(Status.values())
                .flatMap(status -> Stream.of(Action.values())
                        .filter(action -> !OF_THE_REFERRAL.contains(action))
                        .flatMap(action -> WHO.entrySet().stream()
                                .map(who -> DynamicTest.dynamicTest(
                                        "%s, %s by %s".formatted(status, action, who.getKey()),
                                        () -> check(status, action, who.getKey(), who.getValue())))));
    }

    private static void check(Status status, Action action, String who, Actor by) {
        var attempt = in(status);
        var allowed = allowed(status, who);
        assertThat(attempt.actions(by, NOW)).containsExactlyInAnyOrderElementsOf(allowed);
        if (allowed.contains(action)) {
            var row = row(action, status);
            var change = act(action, attempt, by, NOW);
            assertThat(change.next().status().name()).isEqualTo(row.to().equals("-") ? status.name() : row.to());
            assertThat(change.action()).isEqualTo(action);
            assertThat(change.action().transition(change.from()))
                    .isEqualTo(row.number().equals("-") ? null : row.number());
            assertThat(change.from()).isEqualTo(status);
            assertThat(change.by()).isEqualTo(by);
            assertThat(change.next().version()).isEqualTo(attempt.version() + 1);
            assertThat(change.next().sequence()).isEqualTo(attempt.sequence() + 1);
            assertThat(change.next().changedAt()).isEqualTo(NOW);
        } else {
            var refusal = catchThrowableOfType(Refusal.Conflict.class, () -> act(action, attempt, by, NOW));
            assertThat(refusal).as("refused").isNotNull();
            assertThat(refusal.type()).isEqualTo("transition-not-allowed");
            assertThat(refusal.more()).containsOnlyKeys("actions");
            assertThat(refusal.more().get("actions")).isEqualTo(attempt.actions(by, NOW));
        }
    }

    private static Set<Action> allowed(Status status, String who) {
        return TABLE.stream()
                .filter(row ->
                        row.from().contains(status.name()) && row.actors().contains(who))
                .map(row -> Action.valueOf(row.action()))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Action.class)));
    }

    private static Row row(Action action, Status from) {
        return TABLE.stream()
                .filter(it -> it.action().equals(action.name()) && it.from().contains(from.name()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theTableHasEveryActionThatIsBuilt() {
        var built = EnumSet.allOf(Action.class);
        built.removeAll(OF_THE_REFERRAL);
        assertThat(TABLE.stream().map(Row::action).distinct())
                .containsExactlyInAnyOrderElementsOf(
                        built.stream().map(Enum::name).toList());
    }

    @Test
    void everyKindOfStateHasAStatusAndIsReached() {
        var kinds = Arrays.stream(AttemptState.class.getPermittedSubclasses()).collect(Collectors.toSet());
        assertThat(Stream.of(Status.values()).<Class<?>>map(it -> in(it).state().getClass()))
                .as("a state that no fixture reaches, or two statuses of one state")
                .containsExactlyInAnyOrderElementsOf(kinds);
        for (var status : Status.values()) {
            assertThat(in(status).status()).isEqualTo(status);
        }
    }

    /** DOMAIN §2, queues. */
    @Test
    void eachStatusStandsInItsQueues() {
        var queues = Map.ofEntries(
                Map.entry("SENT", List.of("NEW", "SENT")),
                Map.entry("IN_REVIEW", List.of("IN_REVIEW", "SENT")),
                Map.entry("INFORMATION_REQUESTED", List.of("WAITING_FOR_ANSWER", "ACTION")),
                Map.entry("ACCEPTED", List.of("ACCEPTED", "RUNNING")),
                Map.entry("WAITLISTED", List.of("WAITLIST", "WAITLIST")),
                Map.entry("STARTED", List.of("RUNNING", "RUNNING")),
                Map.entry("PAUSED", List.of("RUNNING", "RUNNING")),
                Map.entry("COMPLETED", List.of("DONE", "DONE")),
                Map.entry("ENDED_EARLY", List.of("DONE", "ACTION")),
                Map.entry("RETURNED", List.of("DONE", "ACTION")),
                Map.entry("FORWARDED", List.of("DONE", "DONE")),
                Map.entry("WITHDRAWN", List.of("DONE", "ACTION")));
        for (var status : Status.values()) {
            var attempt = in(status);
            assertThat(List.of(
                            attempt.receiverQueue().name(),
                            attempt.senderQueue().name()))
                    .as(status.name())
                    .isEqualTo(queues.get(status.name()));
        }
    }

    /** DOMAIN P4, P6. */
    @Test
    void theReceiverSeesMoreOnlyFromTheClaimToTheEnd() {
        var access = Map.ofEntries(
                Map.entry("SENT", Access.CORE),
                Map.entry("IN_REVIEW", Access.SHARED),
                Map.entry("INFORMATION_REQUESTED", Access.SHARED),
                Map.entry("ACCEPTED", Access.SHARED),
                Map.entry("WAITLISTED", Access.SHARED),
                Map.entry("STARTED", Access.SHARED),
                Map.entry("PAUSED", Access.SHARED),
                Map.entry("COMPLETED", Access.SHARED),
                Map.entry("ENDED_EARLY", Access.SHARED),
                Map.entry("RETURNED", Access.NONE),
                Map.entry("FORWARDED", Access.NONE),
                Map.entry("WITHDRAWN", Access.NONE));
        var readOn = Set.of(Status.COMPLETED, Status.ENDED_EARLY);
        for (var status : Status.values()) {
            assertThat(in(status).receiverAccess()).as(status.name()).isEqualTo(access.get(status.name()));
            assertThat(in(status).readableUntil())
                    .as(status.name())
                    .isEqualTo(readOn.contains(status) ? later(90) : null);
        }
    }

    @Test
    void whoReceivesFromThemselvesIsBothSides() {
        var own = Attempt.send(
                        born(
                                UUID.randomUUID(),
                                UUID.randomUUID(),
                                Urgency.SOON,
                                SENDER,
                                SENDER,
                                request(List.of("Rust"))),
                        ANNA,
                        NOW,
                        TERMS)
                .next();
        assertThat(own.actions(ANNA, NOW)).containsExactlyInAnyOrder(Action.CLAIM, Action.RETURN, Action.WITHDRAW);
        assertThat(own.claim(ANNA, NOW).next().status()).isEqualTo(Status.IN_REVIEW);
    }

    // T2, T16

    @Test
    void sendingStartsTheClocks() {
        var change = Attempt.send(born(UUID.randomUUID(), UUID.randomUUID(), Urgency.ROUTINE), ANNA, NOW, TERMS);
        assertThat(change.action()).isEqualTo(Action.SEND);
        assertThat(change.from()).isNull();
        assertThat(change.next().version()).isEqualTo(1);
        assertThat(change.next().sequence()).isEqualTo(1);
        assertThat(change.next().deadline())
                .as("five working days on, at 24:00")
                .isEqualTo(Instant.parse("2026-03-09T23:00:00Z"));
        assertThat(change.next().escalationDue()).isEqualTo(Instant.parse("2026-03-20T23:00:00Z"));
    }

    @ParameterizedTest
    @EnumSource(Urgency.class)
    void theMoreUrgentTheSooner(Urgency urgency) {
        var due = Map.of(
                "ROUTINE", "2026-03-09T23:00:00Z",
                "SOON", "2026-03-09T23:00:00Z",
                "URGENT", "2026-03-03T23:00:00Z",
                "CRISIS", "2026-03-02T23:00:00Z");
        assertThat(sent(urgency).deadline()).isEqualTo(due.get(urgency.name()));
    }

    @Test
    void sendingAgainSaysSo() {
        var first = request(List.of("Rust"));
        var again = new Request(
                first.question(),
                first.goals(),
                null,
                null,
                null,
                null,
                null,
                "Er is nu een uitkering",
                first.agreement(),
                first.sharedData(),
                true,
                first.shown(),
                null,
                null,
                null);
        var change = Attempt.send(
                born(UUID.randomUUID(), UUID.randomUUID(), Urgency.ROUTINE, SENDER, RECEIVER, again), ANNA, NOW, TERMS);
        assertThat(change.action()).isEqualTo(Action.RESEND);
        assertThat(change.action().event())
                .as("as far as others are concerned it is sent")
                .isEqualTo("sent");
    }

    // T3

    @Test
    void whoClaimsHasItInHand() {
        var claimed = sent().claim(CARLA, NOW).next();
        assertThat(claimed.state().worker()).isEqualTo(CARLA.worker());
        assertThat(claimed.deadline()).as("the answer clock runs on").isEqualTo(sent().deadline());
    }

    @Test
    void aColleagueTakesOverWithoutChangingWhoHandlesIt() {
        var accepted = act(Action.ACCEPT, inReview(), CARLA, NOW);
        assertThat(accepted.by()).isEqualTo(CARLA);
        assertThat(accepted.next().state().worker()).isEqualTo(BRAM.worker());
    }

    // T4, T5

    @Test
    void whileTheReferrerHasToAnswerTheReceiversClockStandsStill() {
        var asked = inReview()
                .ask("Is er een uitkering?", "Dat bepaalt wie helpt", BRAM, later(2), TERMS)
                .next();
        assertThat(asked.deadline()).as("the referrer's five days").isEqualTo(Instant.parse("2026-03-11T23:00:00Z"));
        var answered = asked.answer(new Reply.Answer("Ja", null, later(8)), ANNA, later(8), TERMS)
                .next();
        assertThat(answered.deadline())
                .as("three of five working days were left")
                .isEqualTo(Instant.parse("2026-03-13T23:00:00Z"));
        assertThat(answered.escalationDue()).as("the escalation never stops").isEqualTo(sent().escalationDue());
        assertThat(answered.state().worker()).isEqualTo(BRAM.worker());
    }

    @Test
    void aTermThatHadPassedIsDueOnTheDayOfTheAnswer() {
        var asked = inReview().ask("Wat?", "Daarom", BRAM, later(10), TERMS).next();
        var answered = asked.answer(new Reply.Answer("Dit", null, later(11)), ANNA, later(11), TERMS)
                .next();
        assertThat(answered.deadline()).isEqualTo(Instant.parse("2026-03-13T23:00:00Z"));
    }

    @Test
    void questionsAndAnswersAreKept() {
        var once = act(Action.ANSWER, informationRequested(), ANNA, later(1)).next();
        var twice = once.ask("En schulden?", "Dat telt mee", BRAM, later(2), TERMS)
                .next()
                .answer(new Reply.CannotShare("Dat wil de cliënt niet", null, later(3)), ANNA, later(3), TERMS)
                .next();
        assertThat(twice.questions())
                .extracting(Question::question)
                .containsExactly("Is er een uitkering?", "En schulden?");
        assertThat(twice.questions().getFirst().reply()).isInstanceOf(Reply.Answer.class);
        assertThat(twice.questions().getLast().reply()).isInstanceOf(Reply.CannotShare.class);
    }

    @Test
    void anAnswerHeardByPhoneSaysFromWhom() {
        assertThat(errors(() -> informationRequested().answer(new Reply.Answer("Ja", null, NOW), BRAM, NOW, TERMS)))
                .containsExactly("/heardFrom required");
        assertThat(errors(
                        () -> informationRequested().answer(new Reply.CannotShare("Nee", null, NOW), BRAM, NOW, TERMS)))
                .containsExactly("/heardFrom required");
        var change = informationRequested().answer(new Reply.Answer("Ja", "Anna", NOW), BRAM, NOW, TERMS);
        assertThat(change.next().status()).isEqualTo(Status.IN_REVIEW);
        assertThat(change.by()).isEqualTo(BRAM);
    }

    // T6

    @Test
    void acceptingNamesAPersonOrATeamAndADayToCome() {
        assertThat(errors(() -> inReview().accept(CONTACT, TODAY.minusDays(1), TOLD, BRAM, NOW, TERMS)))
                .containsExactly("/firstContactOn in-the-past");
        assertThat(errors(() -> inReview().accept(CONTACT, LocalDate.MAX, TOLD, BRAM, NOW, TERMS)))
                .containsExactly("/firstContactOn too-late");
        assertThat(errors(() -> inReview()
                        .accept(
                                new Contact.Team("Noord", "020", TODAY.minusDays(1)),
                                LocalDate.MIN,
                                TOLD,
                                BRAM,
                                NOW,
                                TERMS)))
                .containsExactly("/firstContactOn in-the-past", "/contact/nameFollowsOn in-the-past");
        var accepted = inReview()
                .accept(new Contact.Team("Noord", "020", TODAY), TODAY, TOLD, BRAM, NOW, TERMS)
                .next();
        assertThat(accepted.deadline()).as("the first contact").isEqualTo(Instant.parse("2026-03-02T23:00:00Z"));
    }

    @Test
    void todayIsADayInAmsterdam() {
        var justAfterMidnight = Instant.parse("2026-03-02T23:30:00Z");
        assertThat(errors(() -> inReview().accept(CONTACT, TODAY, TOLD, BRAM, justAfterMidnight, TERMS)))
                .containsExactly("/firstContactOn in-the-past");
    }

    @Test
    void onlyInACrisisDoesAcceptingLeaveNoOther() {
        for (var urgency : Urgency.values()) {
            var accepted = act(Action.ACCEPT, sent(urgency).claim(BRAM, NOW).next(), BRAM, NOW);
            assertThat(accepted.leavesNoOther()).as(urgency.name()).isEqualTo(urgency == Urgency.CRISIS);
            assertThat(act(Action.START, accepted.next(), BRAM, NOW).leavesNoOther())
                    .as("help began")
                    .isTrue();
        }
        var others = EnumSet.complementOf(EnumSet.of(Action.ACCEPT, Action.START));
        others.removeAll(OF_THE_REFERRAL);
        for (var action : others) {
            for (var status : Status.values()) {
                for (var by : List.of(ANNA, BRAM)) {
                    if (in(status, Urgency.CRISIS).actions(by, NOW).contains(action)) {
                        assertThat(act(action, in(status, Urgency.CRISIS), by, NOW)
                                        .leavesNoOther())
                                .as("%s from %s", action, status)
                                .isFalse();
                    }
                }
            }
        }
    }

    @Test
    void whatBecameNeedlessAsksNothingOfTheReferrer() {
        var needless = inReview().becomeNeedless(CARLA, NOW);
        assertThat(needless.next().status()).isEqualTo(Status.WITHDRAWN);
        assertThat(needless.next().senderQueue()).isEqualTo(SenderQueue.DONE);
        assertThat(needless.next().deadline()).isNull();
        assertThat(needless.reason()).isEqualTo("HELP_FOUND");
        assertThat(needless.action()).isEqualTo(Action.WITHDRAW);
    }

    // T7, T8

    @Test
    void t7WhoWaitsIsSpokenWithAsOftenAsWasSaid() {
        var waiting = waitlisted();
        var state = (Waitlisted) waiting.state();
        assertThat(state.expectation()).isEqualTo(new AttemptState.Expectation(2, 6, NOW));
        assertThat(state.keeper()).isEqualTo(KEEPER);
        assertThat(state.contactDue()).as("four weeks on, at 24:00").isEqualTo(Instant.parse("2026-03-30T22:00:00Z"));
        assertThat(waiting.deadline()).isEqualTo(state.contactDue());
        assertThat(waiting.deadlineOfReceiver()).isEqualTo(state.contactDue());
        assertThat(state.worker()).isEqualTo(BRAM.worker());
    }

    @Test
    void t7OnADayOffWhoWaitsIsSpokenWithOnTheNextWorkingDay() {
        var keeper = new Keeper(Teller.REFERRER, "Anna", null, 5);
        var waiting = inReview()
                .waitlist(0, 0, "Vol", keeper, Teller.REFERRER, BRAM, NOW, TERMS)
                .next();
        assertThat(waiting.deadline())
                .as("five weeks on is the second day of Easter")
                .isEqualTo(Instant.parse("2026-04-07T22:00:00Z"));
    }

    @Test
    void t7TheReceiversClockRunsAgainWhereItDoesNotWaitForTheAnswer() {
        var asked = inReview().ask("Wat?", "Daarom", BRAM, later(2), TERMS).next();
        var waiting = act(Action.WAITLIST, asked, BRAM, later(8)).next();
        assertThat(waiting.decisionDue())
                .as("three of five working days were left")
                .isEqualTo(Instant.parse("2026-03-13T23:00:00Z"));
        assertThat(act(Action.ACCEPT, asked, BRAM, later(8)).next().decisionDue())
                .isEqualTo(waiting.decisionDue());
    }

    @Test
    void t8FromTheWaitlistHelpStartsWithSomebodyToAskFor() {
        assertThat(errors(() -> waitlisted().start(TODAY, FirstContact.VISIT, null, BRAM, NOW)))
                .containsExactly("/contact required");
        var late = new Contact.Team("Noord", "020", TODAY.minusDays(1));
        assertThat(errors(() -> waitlisted().start(TODAY.plusDays(1), FirstContact.VISIT, late, BRAM, NOW)))
                .containsExactlyInAnyOrder("/contact/nameFollowsOn in-the-past", "/on in-the-future");
        var started = waitlisted()
                .start(TODAY, FirstContact.VISIT, CONTACT, BRAM, NOW)
                .next();
        assertThat(((Started) started.state()).contact()).isEqualTo(CONTACT);
        assertThat(((Started) accepted()
                                .start(TODAY, FirstContact.VISIT, null, BRAM, NOW)
                                .next()
                                .state())
                        .contact())
                .as("as at the acceptance")
                .isEqualTo(CONTACT);
        var another = new Contact.Person("Carla", null, null);
        assertThat(((Started) accepted()
                                .start(TODAY, FirstContact.VISIT, another, BRAM, NOW)
                                .next()
                                .state())
                        .contact())
                .isEqualTo(another);
    }

    /** "Refused while another attempt is open, a crisis apart." */
    @ParameterizedTest
    @EnumSource(Urgency.class)
    void t8HelpFromTheWaitlistIsForWhoIsAskedNowhereElse(Urgency urgency) {
        var waiting = in(Status.WAITLISTED, urgency);
        for (var action : List.of(Action.ACCEPT, Action.START)) {
            assertThat(act(action, waiting, BRAM, NOW).requiresNoOther())
                    .as("%s %s", action, urgency)
                    .isEqualTo(urgency != Urgency.CRISIS);
        }
        assertThat(act(Action.RETURN, waiting, BRAM, NOW).requiresNoOther()).isFalse();
        var reviewed = in(Status.IN_REVIEW, urgency);
        assertThat(act(Action.ACCEPT, reviewed, BRAM, NOW).requiresNoOther()).isFalse();
        assertThat(act(Action.START, in(Status.ACCEPTED, urgency), BRAM, NOW).requiresNoOther())
                .isFalse();
    }

    // T9

    /** From SENT only what the core data shows. */
    @ParameterizedTest
    @EnumSource(ReturnReason.class)
    void beforeTheClaimOnlyFourReasonsToReturn(ReturnReason reason) {
        var fromCore = Set.of("NO_CAPACITY", "OUTSIDE_AREA", "OUTSIDE_TARGET_GROUP", "OTHER_EXPERTISE");
        ThrowingCallable unclaimed =
                () -> sent().giveBack(reason, NO_ADVICE, "Toelichting", Teller.REFERRER, BRAM, NOW, TERMS);
        assertThat(errors(unclaimed))
                .isEqualTo(fromCore.contains(reason.name()) ? List.of() : List.of("/reason needs-claim"));
        for (var status : List.of(Status.IN_REVIEW, Status.INFORMATION_REQUESTED, Status.WAITLISTED, Status.ACCEPTED)) {
            assertThat(errors(() ->
                            in(status).giveBack(reason, NO_ADVICE, "Toelichting", Teller.REFERRER, BRAM, NOW, TERMS)))
                    .isEmpty();
        }
    }

    @Test
    void theReasonsToReturnAreThoseOfTheCodeList() {
        assertThat(Stream.of(ReturnReason.values()).map(Enum::name))
                .containsExactlyInAnyOrder(
                        "NO_CAPACITY",
                        "OUTSIDE_TARGET_GROUP",
                        "OUTSIDE_AREA",
                        "INSUFFICIENT_INFORMATION",
                        "LIGHTER_HELP_FITS",
                        "HEAVIER_HELP_NEEDED",
                        "OTHER_EXPERTISE",
                        "ALREADY_IN_CARE",
                        "SAFETY_FIRST",
                        "CLIENT_DECLINES",
                        "CLIENT_NOT_REACHED",
                        "OTHER");
        assertThat(Stream.of(Outcome.values()).map(Enum::name))
                .containsExactlyInAnyOrder(
                        "GOAL_REACHED",
                        "PARTLY_REACHED",
                        "NOT_REACHED",
                        "QUESTION_CHANGED",
                        "HANDED_OVER",
                        "STEPPED_DOWN_TO_WIJKTEAM");
    }

    @ParameterizedTest
    @EnumSource(ReturnReason.class)
    void anotherReasonNeedsANote(ReturnReason reason) {
        var service = new Advice.Service(UUID.randomUUID());
        assertThat(errors(() -> inReview().giveBack(reason, service, null, Teller.RECEIVER, BRAM, NOW, TERMS)))
                .isEqualTo(reason == ReturnReason.OTHER ? List.of("/note required") : List.of());
    }

    @Test
    void returningGivesTheReferrerATerm() {
        var returned = returned();
        assertThat(returned.senderQueue()).isEqualTo(SenderQueue.ACTION);
        assertThat(returned.deadline()).isEqualTo(Instant.parse("2026-03-09T23:00:00Z"));
        assertThat(returned.deadlineOfReceiver())
                .as("of no concern to the receiver")
                .isNull();
        assertThat(sent().giveBack(ReturnReason.OUTSIDE_AREA, NO_ADVICE, null, Teller.REFERRER, CARLA, NOW, TERMS)
                        .next()
                        .state()
                        .worker())
                .as("who decided, where nobody had it in hand")
                .isEqualTo(CARLA.worker());
    }

    @Test
    void followingUpTellsTheReceiverNothing() {
        var returned = returned();
        var followedUp = returned.followUp();
        assertThat(followedUp.senderQueue()).isEqualTo(SenderQueue.DONE);
        assertThat(followedUp.receiverQueue()).isEqualTo(ReceiverQueue.DONE);
        assertThat(followedUp.status()).isEqualTo(Status.RETURNED);
        assertThat(followedUp.deadline()).isNull();
        assertThat(followedUp.sequence()).as("no event").isEqualTo(returned.sequence());
        assertThat(followedUp.version()).isEqualTo(returned.version() + 1);
        assertThat(followedUp.changedAt()).isEqualTo(returned.changedAt());
    }

    // T10

    @Test
    void helpStartedNeitherInTheFutureNorBeforeItWasSent() {
        assertThat(errors(() -> accepted().start(TODAY.plusDays(1), FirstContact.VISIT, null, BRAM, NOW)))
                .containsExactly("/on in-the-future");
        assertThat(errors(() -> accepted().start(TODAY.minusDays(1), FirstContact.VISIT, null, BRAM, NOW)))
                .containsExactly("/on before-sent");
        var started = accepted()
                .start(TODAY, FirstContact.PHONE, null, BRAM, later(4))
                .next();
        assertThat(started.status()).isEqualTo(Status.STARTED);
        assertThat(started.deadline()).isNull();
        assertThat(started.state().worker()).isEqualTo(BRAM.worker());
    }

    // T11

    @Test
    void t11OnlyAPauseOnTheClientsWishStopsTheClocks() {
        for (var wish : Wish.values()) {
            var paused = started()
                    .pause(wish, "Eerst verhuizen", TODAY.plusDays(20), BRAM, NOW)
                    .next();
            assertThat(paused.clocksStopped()).as(wish.name()).isEqualTo(wish == Wish.CLIENT);
            assertThat(paused.deadline()).as("they look again").isEqualTo(Instant.parse("2026-03-22T23:00:00Z"));
            assertThat(act(Action.RESUME, paused, BRAM, NOW).next().clocksStopped())
                    .isFalse();
        }
    }

    @Test
    void t11APauseNamesADayToComeAndEndsAsItBegan() {
        assertThat(errors(() -> started().pause(Wish.TOGETHER, "Rust", TODAY.minusDays(1), BRAM, NOW)))
                .containsExactly("/reviewOn in-the-past");
        assertThat(errors(() -> started().pause(Wish.TOGETHER, "Rust", LocalDate.MAX, BRAM, NOW)))
                .containsExactly("/reviewOn too-late");
        var resumed = act(Action.RESUME, paused(), CARLA, later(9)).next();
        var before = (Started) started().state();
        assertThat(resumed.state())
                .isEqualTo(new Started(before.worker(), before.contact(), before.on(), before.kind(), later(9)));
        assertThat(resumed.deadline()).isNull();
    }

    // T12

    @Test
    void completingSaysOfEachGoalOnceHowItStands() {
        var reached = GoalResult.Result.REACHED;
        var wrong = List.of(
                List.<GoalResult>of(),
                List.of(new GoalResult(0, reached)),
                List.of(new GoalResult(0, reached), new GoalResult(0, reached)),
                List.of(new GoalResult(0, reached), new GoalResult(2, reached)),
                List.of(new GoalResult(-1, reached), new GoalResult(0, reached)),
                List.of(new GoalResult(0, reached), new GoalResult(1, reached), new GoalResult(1, reached)));
        for (var goals : wrong) {
            assertThat(errors(
                            () -> started().complete(Outcome.GOAL_REACHED, goals, true, "Goed", null, null, BRAM, NOW)))
                    .containsExactly("/goals each-goal-once");
        }
        var anyOrder = new ArrayList<>(reached(started())).reversed();
        assertThat(errors(() ->
                        started().complete(Outcome.PARTLY_REACHED, anyOrder, true, "Goed", null, null, BRAM, NOW)))
                .isEmpty();
    }

    @Test
    void withoutARequestForHelpThereAreNoGoalsToReach() {
        var born = born(UUID.randomUUID(), UUID.randomUUID(), Urgency.SOON, SENDER, RECEIVER, request(List.of()));
        var sent = Attempt.send(born, ANNA, NOW, TERMS).next();
        var started = act(
                Action.START,
                act(Action.ACCEPT, sent.claim(BRAM, NOW).next(), BRAM, NOW).next(),
                BRAM,
                NOW);
        assertThat(act(Action.COMPLETE, started.next(), BRAM, NOW).next().status())
                .isEqualTo(Status.COMPLETED);
    }

    @Test
    void feedbackGoesAsFarAsTheClientAgrees() {
        var results = reached(started());
        assertThat(errors(
                        () -> started().complete(Outcome.GOAL_REACHED, results, false, "Goed", null, null, BRAM, NOW)))
                .containsExactly("/feedback client-does-not-agree");
        assertThat(errors(() -> started().complete(Outcome.GOAL_REACHED, results, true, null, null, null, BRAM, NOW)))
                .containsExactly("/feedback required");
        var silent = (Completed) started()
                .complete(Outcome.GOAL_REACHED, results, false, null, "Huisarts", "Wijkteam", BRAM, NOW)
                .next()
                .state();
        assertThat(silent.outcome()).as("the receiver's own record").isEqualTo(Outcome.GOAL_REACHED);
        assertThat(silent.onlyThatHelpEnded())
                .isEqualTo(new Completed(BRAM.worker(), null, List.of(), false, null, null, null, NOW));
    }

    @Test
    void theReceiverReadsOnForNinetyDays() {
        assertThat(completed().readableUntil()).isEqualTo(Instant.parse("2026-05-31T09:00:00Z"));
    }

    // T13

    /** No reason needs one, that of the client least of all. */
    @ParameterizedTest
    @EnumSource(EarlyEndReason.class)
    void t13EndingEarlyNeedsNoJustification(EarlyEndReason reason) {
        for (var status : List.of(Status.ACCEPTED, Status.WAITLISTED, Status.STARTED, Status.PAUSED)) {
            var change = in(status).endEarly(reason, null, BRAM, NOW, TERMS);
            assertThat(change.reason()).isEqualTo(reason.name());
            assertThat(change.next().senderQueue()).isEqualTo(SenderQueue.ACTION);
            assertThat(change.next().deadline())
                    .as("the referrer's five working days")
                    .isEqualTo(Instant.parse("2026-03-09T23:00:00Z"));
            assertThat(change.next().deadlineOfReceiver()).isNull();
            assertThat(change.next().state().worker()).isEqualTo(BRAM.worker());
        }
        assertThat(Stream.of(EarlyEndReason.values()).map(Enum::name))
                .as("the code list")
                .containsExactlyInAnyOrder(
                        "CLIENT_STOPPED",
                        "CLIENT_NOT_REACHED",
                        "MOVED",
                        "DECEASED",
                        "OTHER_HELP",
                        "PROVIDER_CANNOT_CONTINUE");
    }

    // T14

    @Test
    void t14OnlyWhatTheSenderAllowedToBeForwardedIs() {
        var born = born(UUID.randomUUID(), UUID.randomUUID(), Urgency.SOON);
        var kept = Attempt.send(
                        new Attempt.New(
                                born.id(),
                                born.number(),
                                born.referral(),
                                born.client(),
                                born.municipality(),
                                born.sender(),
                                born.service(),
                                born.receiver(),
                                born.theme(),
                                born.urgency(),
                                born.legalBasis(),
                                born.core(),
                                false,
                                born.request()),
                        ANNA,
                        NOW,
                        TERMS)
                .next()
                .claim(BRAM, NOW)
                .next();
        assertThat(kept.actions(BRAM, NOW)).contains(Action.RETURN).doesNotContain(Action.FORWARD);
        var refusal = catchThrowableOfType(Refusal.Conflict.class, () -> act(Action.FORWARD, kept, BRAM, NOW));
        assertThat(refusal.type()).isEqualTo("transition-not-allowed");
        assertThat(inReview().actions(BRAM, NOW)).contains(Action.FORWARD);
    }

    @Test
    void t14TheNextOneIsTheSendersAndItsClocksBeginAnew() {
        var old = inReview();
        var change = sentOn(old);
        var next = change.next();
        assertThat(change.action()).isEqualTo(Action.SEND_FORWARDED);
        assertThat(change.action().event()).isEqualTo("sent");
        assertThat(change.from()).isNull();
        assertThat(next.status()).isEqualTo(Status.SENT);
        assertThat(next.sender()).isEqualTo(old.sender());
        assertThat(next.referral()).isEqualTo(old.referral());
        assertThat(next.forwardedFrom()).isEqualTo(old.id());
        assertThat(next.receiver()).isEqualTo(OTHER_RECEIVER);
        assertThat(next.deadline()).isEqualTo(sent().deadline());
        assertThat(next.request().question()).isEqualTo(old.request().question());
        assertThat(next.request().sharedData()).containsExactly(SharedData.NAME);
        assertThat(next.mayBeForwarded()).as("the sender allowed it").isTrue();
        assertThat(next.mayBeDuplicate()).isTrue();
        assertThat(old.mayBeDuplicate()).isFalse();
    }

    @Test
    void t14WhatIsForwardedAsksNothingOfTheReferrer() {
        var change = act(Action.FORWARD, informationRequested(), CARLA, NOW);
        assertThat(change.next().followedUp()).isTrue();
        assertThat(change.next().deadline()).isNull();
        assertThat(change.next().state().worker()).isEqualTo(BRAM.worker());
        assertThat(errors(() -> inReview().forward(UUID.randomUUID(), SERVICE, "Past beter", BRAM, NOW)))
                .containsExactly("/service same-service");
    }

    // T15

    @ParameterizedTest
    @EnumSource(WithdrawalReason.class)
    void afterTheStartOnlyOnTheClientsWishOrJointly(WithdrawalReason reason) {
        assertThat(errors(() -> started().withdraw(reason, null, false, ANNA, NOW, TERMS)))
                .isEqualTo(
                        Set.of("CLIENT_DECLINES", "JOINTLY").contains(reason.name())
                                ? List.of()
                                : List.of("/reason started"));
        assertThat(errors(() -> paused().withdraw(reason, null, false, ANNA, NOW, TERMS)))
                .isEqualTo(errors(() -> started().withdraw(reason, null, false, ANNA, NOW, TERMS)));
        assertThat(errors(() -> accepted().withdraw(reason, null, false, ANNA, NOW, TERMS)))
                .isEmpty();
    }

    @Test
    void whatIsWithdrawnWaitsForTheReferrerUnlessTheWholeIs() {
        var one = inReview()
                .withdraw(WithdrawalReason.MOVED, null, false, ANNA, NOW, TERMS)
                .next();
        assertThat(one.senderQueue()).isEqualTo(SenderQueue.ACTION);
        assertThat(one.deadline()).isEqualTo(Instant.parse("2026-03-09T23:00:00Z"));
        var whole = inReview()
                .withdraw(WithdrawalReason.MOVED, null, true, ANNA, NOW, TERMS)
                .next();
        assertThat(whole.senderQueue()).isEqualTo(SenderQueue.DONE);
        assertThat(whole.deadline()).isNull();
    }

    @Test
    void whoHadItInHandStaysKnown() {
        assertThat(act(Action.WITHDRAW, inReview(), ANNA, NOW).next().state().worker())
                .isEqualTo(BRAM.worker());
        assertThat(inReview().becomeNeedless(CARLA, NOW).next().state().worker())
                .isEqualTo(BRAM.worker());
        assertThat(act(Action.WITHDRAW, sent(), ANNA, NOW).next().state().worker())
                .isNull();
    }

    /** "Until followed up or closed by the referrer": so this is how it is closed. */
    @Test
    void withdrawingWhatCameBackClosesIt() {
        var closed = returned()
                .withdraw(WithdrawalReason.CLIENT_DECLINES, null, false, ANNA, NOW, TERMS)
                .next();
        assertThat(closed.status()).isEqualTo(Status.WITHDRAWN);
        assertThat(closed.senderQueue()).isEqualTo(SenderQueue.DONE);
        assertThat(closed.deadline()).isNull();
    }

    // T20

    @Test
    void t20AnAcceptanceIsUndoneWithinADay() {
        var lastMoment = later(1).minusMillis(1);
        assertThat(accepted().actions(BRAM, lastMoment)).contains(Action.UNDO_ACCEPT);
        assertThat(act(Action.UNDO_ACCEPT, accepted(), BRAM, lastMoment).next().status())
                .isEqualTo(Status.IN_REVIEW);
        assertThat(accepted().actions(BRAM, later(1))).doesNotContain(Action.UNDO_ACCEPT);
        var refusal =
                catchThrowableOfType(Refusal.Conflict.class, () -> act(Action.UNDO_ACCEPT, accepted(), BRAM, later(1)));
        assertThat(refusal.more()).containsEntry("actions", accepted().actions(BRAM, later(1)));
        assertThat(started().actions(BRAM, NOW)).as("and before the start").doesNotContain(Action.UNDO_ACCEPT);
    }

    @Test
    void t20AfterwardsTheDecisionIsDueAsIfItHadNotBeenTaken() {
        var accepted = act(Action.ACCEPT, inReview(), BRAM, later(1)).next();
        var undone = act(Action.UNDO_ACCEPT, accepted, CARLA, later(2).minusMillis(1))
                .next();
        assertThat(undone.deadline()).isEqualTo(sent().deadline());
        assertThat(undone.state().worker()).isEqualTo(BRAM.worker());
        var late = act(Action.ACCEPT, inReview(), BRAM, later(10)).next();
        assertThat(act(Action.UNDO_ACCEPT, late, BRAM, later(10)).next().deadline())
                .as("what had passed is due that day")
                .isEqualTo(Instant.parse("2026-03-12T23:00:00Z"));
    }

    // T22

    @Test
    void whoKnowsTheClientIsShutOutForGood() {
        var back =
                inReview().putBack(PutBackReason.KNOWS_CLIENT, null, BRAM, NOW).next();
        assertThat(back.excluded()).containsExactly(BRAM.person());
        assertThat(back.actions(BRAM, NOW)).isEmpty();
        assertThat(back.actions(CARLA, NOW)).contains(Action.CLAIM);
        var again = back.claim(CARLA, NOW).next();
        assertThat(again.excluded()).containsExactly(BRAM.person());
        assertThat(again.actions(BRAM, NOW)).isEmpty();
        var both = again.putBack(PutBackReason.KNOWS_CLIENT, null, CARLA, NOW).next();
        assertThat(both.excluded()).containsExactlyInAnyOrder(BRAM.person(), CARLA.person());
    }

    @Test
    void thePuttingBackOfAnotherReasonShutsNobodyOut() {
        var back =
                inReview().putBack(PutBackReason.WRONG_PERSON, null, BRAM, NOW).next();
        assertThat(back.excluded()).isEmpty();
        assertThat(back.actions(BRAM, NOW)).contains(Action.CLAIM);
        assertThat(back.state().worker()).isNull();
        assertThat(back.deadline()).as("the answer clock runs on").isEqualTo(sent().deadline());
        assertThat(errors(() -> inReview().putBack(PutBackReason.OTHER, null, BRAM, NOW)))
                .containsExactly("/note required");
        assertThat(errors(() -> inReview().putBack(PutBackReason.OTHER, "Ik ga met verlof", BRAM, NOW)))
                .isEmpty();
    }

    @Test
    void theFirstContactIsDueInTheAcceptingWords() {
        assertThat(((Accepted) accepted().state()).firstContactOn()).isEqualTo(TODAY.plusDays(3));
        assertThat(accepted().deadline()).isEqualTo(Instant.parse("2026-03-05T23:00:00Z"));
    }

    /** {@code pointer code} of each error; none when it is done. */
    private static List<String> errors(ThrowingCallable action) {
        var refusal = catchThrowableOfType(Refusal.Invalid.class, action);
        return refusal == null
                ? List.of()
                : refusal.errors().stream().map(AttemptTest::line).toList();
    }

    private static String line(FieldError error) {
        return error.pointer() + " " + error.code();
    }
}
