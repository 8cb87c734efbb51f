package nl.wijkschakel.referral.attempt;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import nl.wijkschakel.referral.attempt.AttemptState.Advice;
import nl.wijkschakel.referral.attempt.AttemptState.Channel;
import nl.wijkschakel.referral.attempt.AttemptState.ClientTold;
import nl.wijkschakel.referral.attempt.AttemptState.Contact;
import nl.wijkschakel.referral.attempt.AttemptState.EarlyEndReason;
import nl.wijkschakel.referral.attempt.AttemptState.FirstContact;
import nl.wijkschakel.referral.attempt.AttemptState.GoalResult;
import nl.wijkschakel.referral.attempt.AttemptState.Keeper;
import nl.wijkschakel.referral.attempt.AttemptState.Outcome;
import nl.wijkschakel.referral.attempt.AttemptState.PutBackReason;
import nl.wijkschakel.referral.attempt.AttemptState.ReturnReason;
import nl.wijkschakel.referral.attempt.AttemptState.Teller;
import nl.wijkschakel.referral.attempt.AttemptState.Wish;
import nl.wijkschakel.referral.attempt.AttemptState.WithdrawalReason;
import nl.wijkschakel.referral.attempt.Question.Reply;
import nl.wijkschakel.referral.attempt.Request.Agreement;
import nl.wijkschakel.referral.attempt.Request.SharedData;
import nl.wijkschakel.referral.attempt.Request.Shown;
import nl.wijkschakel.referral.calendar.Terms;
import nl.wijkschakel.referral.calendar.WorkingDays;
import nl.wijkschakel.referral.directory.LegalBasis;
import nl.wijkschakel.referral.directory.Theme;
import nl.wijkschakel.referral.directory.Urgency;
import org.jspecify.annotations.Nullable;

/** Attempts as they come about: each is made by the transitions that lead there, never by hand. */
public final class AttemptFixture {

    /** A Monday morning. */
    public static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");

    public static final LocalDate TODAY = WorkingDays.date(NOW);

    public static final Terms TERMS = new Terms(new WorkingDays());

    static final UUID SENDER = UUID.fromString("0199e000-0000-7000-8000-000000000011");
    static final UUID RECEIVER = UUID.fromString("0199e000-0000-7000-8000-000000000021");
    static final UUID TEAM = UUID.fromString("0199e000-0000-7000-8000-000000000012");
    static final UUID SERVICE = UUID.fromString("0199e000-0000-7000-8000-000000000003");

    static final Actor ANNA = actor(0x13, "Anna", SENDER);
    static final Actor BRAM = actor(0x22, "Bram", RECEIVER);
    static final Actor CARLA = actor(0x23, "Carla", RECEIVER);
    static final Actor MILAN = actor(0x14, "Milan", SENDER);
    static final Actor STRANGER = actor(0x33, "Eva", UUID.fromString("0199e000-0000-7000-8000-000000000031"));

    static final Sender TO_MILAN = new Sender(SENDER, TEAM, MILAN.person());

    static final Contact CONTACT = new Contact.Person("Bram de Vries", "0201234567", null);
    static final Contact ANOTHER_CONTACT = new Contact.Person("Carla Smit", "0207654321", null);
    static final ClientTold TOLD = new ClientTold(Teller.RECEIVER, Channel.PHONE);
    static final Keeper KEEPER = new Keeper(Teller.RECEIVER, "Carla", "0201234567", 4);
    static final Advice NO_ADVICE = new Advice.None("Er is nu geen ander aanbod");

    /** The one that takes the place of what is forwarded, and its service and receiver. */
    static final UUID NEXT = UUID.fromString("0199e000-0000-7000-8000-000000000004");

    static final UUID OTHER_SERVICE = UUID.fromString("0199e000-0000-7000-8000-000000000005");
    static final UUID OTHER_RECEIVER = UUID.fromString("0199e000-0000-7000-8000-000000000051");

    private static final Core CORE = new Core("27-64", "so", true, false, true, "1234");

    private static Actor actor(int number, String name, UUID organisation) {
        return new Actor(new UUID(0x0199e00000007000L, 0x8000000000000000L + number), name, organisation);
    }

    public static Attempt.New born(UUID id, UUID referral, Urgency urgency) {
        return born(id, referral, urgency, SENDER, RECEIVER, request(List.of("Schulden op een rij", "Weer slapen")));
    }

    static Attempt.New born(UUID id, UUID referral, Urgency urgency, UUID sender, UUID receiver, Request request) {
        return new Attempt.New(
                id,
                "K7QX-3M9TF",
                referral,
                UUID.fromString("0199e000-0000-7000-8000-000000000041"),
                "9901",
                new Sender(sender, TEAM, ANNA.person()),
                serviceOf(receiver),
                receiver,
                Theme.DEBT_AND_INCOME,
                urgency,
                LegalBasis.WGS,
                CORE,
                true,
                request);
    }

    /** Each receiver has one. */
    private static UUID serviceOf(UUID receiver) {
        return receiver.equals(RECEIVER) ? SERVICE : receiver;
    }

    static Request request(List<String> goals) {
        return new Request(
                "Ik kom er niet meer uit met mijn schulden",
                goals,
                goals.isEmpty() ? "De cliënt zoekt nog wat hij wil" : null,
                "Woont alleen",
                null,
                "Bang voor een bewindvoerder",
                "W-2026-17",
                null,
                new Agreement(
                        Agreement.Kind.AGREED,
                        Agreement.How.SPOKEN,
                        LocalDate.parse("2026-02-27"),
                        Agreement.By.CLIENT,
                        null,
                        null),
                List.of(SharedData.NAME, SharedData.CONTACT),
                true,
                new Shown("WAITLIST", 1, 3, LocalDate.parse("2026-02-20")),
                null,
                null,
                null);
    }

    static Attempt sent(Urgency urgency) {
        var born = born(
                UUID.fromString("0199e000-0000-7000-8000-000000000002"),
                UUID.fromString("0199e000-0000-7000-8000-000000000001"),
                urgency);
        return Attempt.send(born, ANNA, NOW, TERMS).next();
    }

    static Attempt sent() {
        return sent(Urgency.ROUTINE);
    }

    public static Attempt claimed(Attempt sent) {
        return sent.claim(BRAM, NOW).next();
    }

    static Attempt inReview() {
        return inReview(Urgency.ROUTINE);
    }

    private static Attempt inReview(Urgency urgency) {
        return claimed(sent(urgency));
    }

    static Attempt informationRequested() {
        return in(Status.INFORMATION_REQUESTED);
    }

    static Attempt accepted() {
        return in(Status.ACCEPTED);
    }

    /** Its clocks run; on the client's wish none does. */
    static Attempt pausedTogether() {
        return started()
                .pause(Wish.TOGETHER, "Eerst op vakantie", TODAY.plusDays(14), BRAM, NOW)
                .next();
    }

    static Attempt waitlisted() {
        return in(Status.WAITLISTED);
    }

    static Attempt started() {
        return in(Status.STARTED);
    }

    static Attempt paused() {
        return in(Status.PAUSED);
    }

    static Attempt completed() {
        return in(Status.COMPLETED);
    }

    static Attempt returned() {
        return in(Status.RETURNED);
    }

    static Attempt in(Status status, Urgency urgency) {
        return switch (status) {
            case SENT -> sent(urgency);
            case IN_REVIEW -> inReview(urgency);
            case INFORMATION_REQUESTED ->
                act(Action.ASK, inReview(urgency), BRAM, NOW).next();
            case ACCEPTED -> act(Action.ACCEPT, inReview(urgency), BRAM, NOW).next();
            case WAITLISTED ->
                act(Action.WAITLIST, inReview(urgency), BRAM, NOW).next();
            case PAUSED ->
                act(Action.PAUSE, in(Status.STARTED, urgency), BRAM, NOW).next();
            case ENDED_EARLY ->
                act(Action.END_EARLY, in(Status.STARTED, urgency), BRAM, NOW).next();
            case STARTED ->
                act(Action.START, in(Status.ACCEPTED, urgency), BRAM, NOW).next();
            case COMPLETED ->
                act(Action.COMPLETE, in(Status.STARTED, urgency), BRAM, NOW).next();
            case RETURNED -> act(Action.RETURN, inReview(urgency), BRAM, NOW).next();
            case FORWARDED -> act(Action.FORWARD, inReview(urgency), BRAM, NOW).next();
            case WITHDRAWN -> act(Action.WITHDRAW, inReview(urgency), ANNA, NOW).next();
        };
    }

    /** One that stands so; a status that nothing here leads to stops the build. */
    public static Attempt in(Status status) {
        return in(status, Urgency.ROUTINE);
    }

    /** @param settled the referrer followed it up, or it became needless */
    public static Attempt in(Status status, Urgency urgency, boolean settled) {
        var attempt = in(status, urgency);
        return settled ? attempt.followUp() : attempt;
    }

    /** Does it with data that is right wherever the action is allowed; an action that is not tried stops the build. */
    static Change act(Action action, Attempt attempt, Actor by, Instant now) {
        return switch (action) {
            case CLAIM -> attempt.claim(by, now);
            case PUT_BACK -> attempt.putBack(PutBackReason.WRONG_PERSON, null, by, now);
            case ASK -> attempt.ask("Is er een uitkering?", "Dat bepaalt wie helpt", by, now, TERMS);
            case ANSWER ->
                attempt.answer(new Reply.Answer("Ja, bijstand", heardFrom(attempt, by), now), by, now, TERMS);
            case ACCEPT -> attempt.accept(CONTACT, WorkingDays.date(now).plusDays(3), TOLD, by, now, TERMS);
            case WAITLIST -> attempt.waitlist(2, 6, "Er is nu geen plek", KEEPER, Teller.RECEIVER, by, now, TERMS);
            case UNDO_ACCEPT -> attempt.undoAccept("Het team zit toch vol", by, now, TERMS);
            case RETURN -> attempt.giveBack(ReturnReason.NO_CAPACITY, NO_ADVICE, null, Teller.REFERRER, by, now, TERMS);
            case START -> attempt.start(WorkingDays.date(now), FirstContact.VISIT, contact(attempt), by, now);
            case PAUSE ->
                attempt.pause(
                        Wish.CLIENT, "Eerst op vakantie", WorkingDays.date(now).plusDays(14), by, now);
            case RESUME -> attempt.resume(by, now);
            case END_EARLY -> attempt.endEarly(EarlyEndReason.CLIENT_STOPPED, null, by, now, TERMS);
            case COMPLETE ->
                attempt.complete(Outcome.GOAL_REACHED, reached(attempt), true, "Het is gelukt", null, null, by, now);
            case WITHDRAW -> attempt.withdraw(WithdrawalReason.CLIENT_DECLINES, null, false, by, now, TERMS);
            case ASSIGN -> attempt.assign(another(attempt).worker(), null, by, now);
            case CHANGE_CONTACT -> attempt.changeContact(ANOTHER_CONTACT, by, now);
            case HAND_OVER -> attempt.handOver(TO_MILAN, MILAN.worker(), by, now);
            case FORWARD -> attempt.forward(NEXT, OTHER_SERVICE, "Past beter", by, now);
            case SEND, RESEND, SEND_FORWARDED ->
                throw new IllegalArgumentException("makes an attempt, and changes none");
        };
    }

    /** What takes the place of what is forwarded. */
    static Change sentOn(Attempt attempt) {
        var asked = attempt.request()
                .forwarded(
                        attempt.request().agreement(),
                        List.of(SharedData.NAME),
                        attempt.request().shown(),
                        null);
        return attempt.sendOn(
                NEXT, OTHER_SERVICE, OTHER_RECEIVER, LegalBasis.WMO, CORE, asked, "Past beter", BRAM, NOW, TERMS);
    }

    /** Who of the receiver has it not in hand. */
    static Actor another(Attempt attempt) {
        return CARLA.worker().equals(attempt.state().worker()) ? BRAM : CARLA;
    }

    static List<GoalResult> reached(Attempt attempt) {
        return java.util.stream.IntStream.range(0, attempt.request().goals().size())
                .mapToObj(goal -> new GoalResult(goal, GoalResult.Result.REACHED))
                .toList();
    }

    /** Who waits has nobody to ask for yet. */
    private static @Nullable Contact contact(Attempt attempt) {
        return attempt.status() == Status.WAITLISTED ? CONTACT : null;
    }

    private static @Nullable String heardFrom(Attempt attempt, Actor by) {
        return by.organisation().equals(attempt.receiver()) ? "Anna, wijkteam Noord" : null;
    }

    /** Some days on, at the same time of day. */
    static Instant later(int days) {
        return NOW.plus(Duration.ofDays(days));
    }

    private AttemptFixture() {}
}
