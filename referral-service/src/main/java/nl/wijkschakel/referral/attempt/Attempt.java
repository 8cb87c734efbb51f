package nl.wijkschakel.referral.attempt;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import nl.wijkschakel.kit.web.Errors;
import nl.wijkschakel.kit.web.Refusal;
import nl.wijkschakel.referral.attempt.Action.Side;
import nl.wijkschakel.referral.attempt.AttemptState.Accepted;
import nl.wijkschakel.referral.attempt.AttemptState.Advice;
import nl.wijkschakel.referral.attempt.AttemptState.ClientTold;
import nl.wijkschakel.referral.attempt.AttemptState.Completed;
import nl.wijkschakel.referral.attempt.AttemptState.Contact;
import nl.wijkschakel.referral.attempt.AttemptState.EarlyEndReason;
import nl.wijkschakel.referral.attempt.AttemptState.EndedEarly;
import nl.wijkschakel.referral.attempt.AttemptState.Expectation;
import nl.wijkschakel.referral.attempt.AttemptState.FirstContact;
import nl.wijkschakel.referral.attempt.AttemptState.Forwarded;
import nl.wijkschakel.referral.attempt.AttemptState.GoalResult;
import nl.wijkschakel.referral.attempt.AttemptState.InReview;
import nl.wijkschakel.referral.attempt.AttemptState.InformationRequested;
import nl.wijkschakel.referral.attempt.AttemptState.Keeper;
import nl.wijkschakel.referral.attempt.AttemptState.Outcome;
import nl.wijkschakel.referral.attempt.AttemptState.Paused;
import nl.wijkschakel.referral.attempt.AttemptState.PutBackReason;
import nl.wijkschakel.referral.attempt.AttemptState.ReturnReason;
import nl.wijkschakel.referral.attempt.AttemptState.Returned;
import nl.wijkschakel.referral.attempt.AttemptState.Sent;
import nl.wijkschakel.referral.attempt.AttemptState.Started;
import nl.wijkschakel.referral.attempt.AttemptState.Teller;
import nl.wijkschakel.referral.attempt.AttemptState.Waitlisted;
import nl.wijkschakel.referral.attempt.AttemptState.Wish;
import nl.wijkschakel.referral.attempt.AttemptState.WithdrawalReason;
import nl.wijkschakel.referral.attempt.AttemptState.Withdrawn;
import nl.wijkschakel.referral.attempt.Question.Reply;
import nl.wijkschakel.referral.attempt.Status.Access;
import nl.wijkschakel.referral.attempt.Status.ReceiverQueue;
import nl.wijkschakel.referral.attempt.Status.SenderQueue;
import nl.wijkschakel.referral.calendar.Terms;
import nl.wijkschakel.referral.calendar.WorkingDays;
import nl.wijkschakel.referral.directory.LegalBasis;
import nl.wijkschakel.referral.directory.Theme;
import nl.wijkschakel.referral.directory.Urgency;
import org.jspecify.annotations.Nullable;

/**
 * One service that was asked to help (DOMAIN §2). Every transition gives the attempt as it will be, or refuses and says
 * what is allowed now.
 *
 * @param version rises when a person changes it; {@code sequence} with each event
 * @param decisionDue until when the receiver decides; it stands still while the referrer has to answer
 * @param escalationDue when it is escalated whatever happens
 * @param excluded workers of the receiver who may not see it: they know the client (DOMAIN T22)
 * @param followedUp the referrer did what an end asked of them
 * @param forwardedFrom the one whose receiver sent it on (DOMAIN T14)
 * @param clocks the terms that hold for it, and what was told of them
 */
public record Attempt(
        UUID id,
        long version,
        long sequence,
        String number,
        UUID referral,
        UUID client,
        String municipality,
        Sender sender,
        UUID service,
        UUID receiver,
        Theme theme,
        Urgency urgency,
        LegalBasis legalBasis,
        Core core,
        boolean mayBeForwarded,
        Request request,
        List<Question> questions,
        AttemptState state,
        Instant decisionDue,
        Instant escalationDue,
        @Nullable Instant actionDue,
        Set<UUID> excluded,
        boolean followedUp,
        @Nullable UUID forwardedFrom,
        Clocks clocks,
        Instant createdAt,
        Instant changedAt) {

    /** So long the receiver reads on after help ended (DOMAIN P6). */
    static final Duration READABLE_AFTER_HELP = Duration.ofDays(90);

    /** A day later than that is a typing error. */
    private static final int LATEST_YEARS = 2;

    /** What an attempt is born with; the store and the transitions fill in the rest. */
    public record New(
            UUID id,
            String number,
            UUID referral,
            UUID client,
            String municipality,
            Sender sender,
            UUID service,
            UUID receiver,
            Theme theme,
            Urgency urgency,
            LegalBasis legalBasis,
            Core core,
            boolean mayBeForwarded,
            Request request) {}

    /** DOMAIN T2, or T16 with what changed: the answer clock starts. */
    public static Change send(New it, Actor by, Instant now, Terms terms) {
        var action = it.request().whatChanged() == null ? Action.SEND : Action.RESEND;
        return new Change(sent(it, null, now, terms), action, null, by, null, null);
    }

    private static Attempt sent(New it, @Nullable UUID forwardedFrom, Instant now, Terms terms) {
        return new Attempt(
                it.id(),
                1,
                1,
                it.number(),
                it.referral(),
                it.client(),
                it.municipality(),
                it.sender(),
                it.service(),
                it.receiver(),
                it.theme(),
                it.urgency(),
                it.legalBasis(),
                it.core(),
                it.mayBeForwarded(),
                it.request(),
                List.of(),
                new Sent(now),
                terms.decision(it.urgency(), now),
                terms.escalation(now),
                null,
                Set.of(),
                false,
                forwardedFrom,
                Clocks.of(terms.days()),
                now,
                now);
    }

    /** DOMAIN T3. */
    Change claim(Actor by, Instant now) {
        return claim(by.worker(), by, now);
    }

    /**
     * DOMAIN T3, by somebody who divides the work.
     *
     * @param worker who handles it; null where that is nobody who can be given work
     */
    Change claim(@Nullable Worker worker, Actor by, Instant now) {
        require(Action.CLAIM, by, now);
        var errors = new Errors();
        mayBeGiven(worker, "/handlingWorker", errors);
        errors.refuse();
        return change(Action.CLAIM, by, null, null, now, new InReview(Objects.requireNonNull(worker), now));
    }

    /**
     * Another worker of the receiver has it in hand from now on. Where it stands and what is due is as it was.
     *
     * @param worker null where that is nobody who can be given work
     * @param contact whom to ask from now on; null where that is who it was
     */
    Change assign(@Nullable Worker worker, @Nullable Contact contact, Actor by, Instant now) {
        require(Action.ASSIGN, by, now);
        var before = Objects.requireNonNull(state.worker());
        var errors = new Errors();
        mayBeGiven(worker, "/person", errors);
        errors.addIf(
                worker != null && worker.person().equals(before.person()),
                "/person",
                "unchanged",
                "Deze collega is de hulpverlener al.");
        if (contact != null) {
            errors.addIf(
                    state.contactPerson() == null,
                    "/contact",
                    "too-early",
                    "De contactpersoon noemt u bij het aannemen.");
            mayBeExpected(contact, now, errors);
        }
        errors.refuse();
        var after = Objects.requireNonNull(worker);
        var handled = state.handledBy(after);
        var next = moved(contact == null ? handled : handled.askedOf(contact), now);
        return new Change(next, Action.ASSIGN, status(), by, null, new Handed(before, after, contact));
    }

    /** Somebody else to ask; also the name that was to follow (DOMAIN T6). */
    Change changeContact(Contact contact, Actor by, Instant now) {
        require(Action.CHANGE_CONTACT, by, now);
        var errors = new Errors();
        mayBeExpected(contact, now, errors);
        errors.refuse();
        return new Change(moved(state.askedOf(contact), now), Action.CHANGE_CONTACT, status(), by, null, contact);
    }

    /** With its referral, to another worker of the sender; also when it ended: that worker is told what still comes of it. */
    public Change handOver(Sender to, Worker worker, Actor by, Instant now) {
        if (!Action.HAND_OVER.isOf(sides(by))) {
            throw refuse(Action.HAND_OVER, by, now);
        }
        var next = with(
                version + 1, sequence + 1, to, state, questions, decisionDue, actionDue, excluded, followedUp, now);
        var said = new HandedOver(sender.worker(), worker);
        return new Change(next, Action.HAND_OVER, status(), by, null, said);
    }

    /** What the history keeps when it changes hands at the receiver. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Handed(Worker from, Worker to, @Nullable Contact contact) {}

    /** And at the sender, of whose workers an attempt knows no names. */
    private record HandedOver(UUID from, Worker to) {}

    /** Who knows the client is shut out for good (DOMAIN T22), whoever divides the work. */
    private void mayBeGiven(@Nullable Worker worker, String pointer, Errors errors) {
        errors.addIf(
                        worker == null,
                        pointer,
                        "unknown-colleague",
                        "Deze collega is niet bekend bij uw organisatie, of was hier lang niet.")
                .addIf(
                        worker != null && excluded.contains(worker.person()),
                        pointer,
                        "knows-client",
                        "Deze collega kent de cliënt en mag dit niet zien.");
    }

    private Attempt moved(AttemptState to, Instant now) {
        return with(to, questions, decisionDue, actionDue, excluded, followedUp, now);
    }

    /** DOMAIN T22: the answer clock runs on; who knows the client is shut out for good. */
    Change putBack(PutBackReason reason, @Nullable String note, Actor by, Instant now) {
        require(Action.PUT_BACK, by, now);
        new Errors()
                .addIf(reason == PutBackReason.OTHER && note == null, "/note", "required", "Leg uit wat de reden is.")
                .refuse();
        var shutOut = new HashSet<>(excluded);
        if (reason == PutBackReason.KNOWS_CLIENT) {
            shutOut.add(by.person());
        }
        var next = with(new Sent(now), questions, decisionDue, null, Set.copyOf(shutOut), false, now);
        return new Change(next, Action.PUT_BACK, status(), by, reason.name(), note);
    }

    /** DOMAIN T4: the receiver's clock stops, the sender's starts; the escalation never stops. */
    Change ask(String question, String why, Actor by, Instant now, Terms terms) {
        require(Action.ASK, by, now);
        var asked =
                new InformationRequested(by.worker(), question, why, own(terms).left(now, decisionDue), now);
        var next = with(
                asked,
                plus(questions, new Question(question, why, now, null)),
                decisionDue,
                own(terms).answer(now),
                excluded,
                false,
                now);
        return new Change(next, Action.ASK, status(), by, null, Map.of("question", question, "why", why));
    }

    /** DOMAIN T5: by the referrer, or by the receiver who heard it by phone and says from whom. */
    Change answer(Reply reply, Actor by, Instant now, Terms terms) {
        require(Action.ANSWER, by, now);
        if (!(state instanceof InformationRequested asked)) {
            throw refuse(Action.ANSWER, by, now);
        }
        var heardFrom = switch (reply) {
            case Reply.Answer it -> it.heardFrom();
            case Reply.CannotShare it -> it.heardFrom();
        };
        boolean byReferrer = sides(by).contains(Side.SENDER);
        new Errors()
                .addIf(!byReferrer && heardFrom == null, "/heardFrom", "required", "Zeg van wie u dit hoorde.")
                .refuse();
        var open = questions.getLast();
        var answered = new ArrayList<>(questions.subList(0, questions.size() - 1));
        answered.add(new Question(open.question(), open.why(), open.askedAt(), reply));
        var next = with(
                new InReview(asked.worker(), now),
                List.copyOf(answered),
                own(terms).resumed(now, asked.decisionDaysLeft()),
                null,
                excluded,
                false,
                now);
        return new Change(next, Action.ANSWER, status(), by, null, reply);
    }

    /** DOMAIN T6; T8 from the waitlist. */
    Change accept(Contact contact, LocalDate firstContactOn, ClientTold told, Actor by, Instant now, Terms terms) {
        require(Action.ACCEPT, by, now);
        var errors = new Errors();
        mayBeExpected(firstContactOn, now, "/firstContactOn", errors);
        mayBeExpected(contact, now, errors);
        errors.refuse();
        var worker = Objects.requireNonNullElse(state.worker(), by.worker());
        var accepted = new Accepted(worker, contact, firstContactOn, told, now);
        var next = with(accepted, questions, decisionDue(now, terms), null, excluded, false, now);
        return new Change(next, Action.ACCEPT, status(), by, null, accepted);
    }

    /** DOMAIN T20: the decision is open again, and its clock runs as if it had not been taken; passed, it is due today. */
    Change undoAccept(String reason, Actor by, Instant now, Terms terms) {
        require(Action.UNDO_ACCEPT, by, now);
        var worker = Objects.requireNonNull(state.worker());
        var due = own(terms).resumed(now, own(terms).left(now, decisionDue));
        var next = with(new InReview(worker, now), questions, due, null, excluded, false, now);
        return new Change(next, Action.UNDO_ACCEPT, status(), by, null, Map.of("reason", reason));
    }

    /** DOMAIN T7: what may be expected, and who stays in touch with the client meanwhile. */
    Change waitlist(
            int fromWeeks, int toWeeks, String reason, Keeper keeper, Teller told, Actor by, Instant now, Terms terms) {
        require(Action.WAITLIST, by, now);
        var waitlisted = new Waitlisted(
                Objects.requireNonNull(state.worker()),
                new Expectation(fromWeeks, toWeeks, now),
                reason,
                keeper,
                told,
                own(terms).waitingContact(now, keeper.everyWeeks()),
                now);
        var next = with(waitlisted, questions, decisionDue(now, terms), null, excluded, false, now);
        return new Change(next, Action.WAITLIST, status(), by, null, waitlisted);
    }

    /** The receiver's term where it decides without waiting for the answer to its question. */
    private Instant decisionDue(Instant now, Terms terms) {
        return state instanceof InformationRequested asked
                ? own(terms).resumed(now, asked.decisionDaysLeft())
                : decisionDue;
    }

    /** DOMAIN T9: never a bare refusal. From SENT only for what the core data shows. */
    Change giveBack(
            ReturnReason reason,
            Advice advice,
            @Nullable String note,
            Teller told,
            Actor by,
            Instant now,
            Terms terms) {
        require(Action.RETURN, by, now);
        new Errors()
                .addIf(
                        state instanceof Sent && !reason.isSeenFromCoreData(),
                        "/reason",
                        "needs-claim",
                        "Pak de verwijzing eerst op. Deze reden ziet u niet aan de kerngegevens.")
                .addIf(reason == ReturnReason.OTHER && note == null, "/note", "required", "Leg uit wat de reden is.")
                .refuse();
        var worker = Objects.requireNonNullElse(state.worker(), by.worker());
        var returned = new Returned(worker, reason, advice, note, told, now);
        var next = with(returned, questions, decisionDue, own(terms).followUp(now), excluded, false, now);
        return new Change(next, Action.RETURN, status(), by, reason.name(), returned);
    }

    /**
     * DOMAIN T10, and T8 from the waitlist: from here the receiver is responsible.
     *
     * @param contact another contact person than at the acceptance; who comes from the waitlist has none yet
     */
    Change start(LocalDate on, FirstContact kind, @Nullable Contact contact, Actor by, Instant now) {
        require(Action.START, by, now);
        var named = contact == null && state instanceof Accepted accepted ? accepted.contact() : contact;
        var errors = new Errors();
        if (contact instanceof Contact.Team team) {
            mayBeExpected(team.nameFollowsOn(), now, "/contact/nameFollowsOn", errors);
        }
        errors.required(named != null, "/contact")
                .addIf(
                        on.isAfter(WorkingDays.date(now)),
                        "/on",
                        "in-the-future",
                        "De hulp start met het eerste echte contact. Kies vandaag of eerder.")
                .addIf(
                        on.isBefore(WorkingDays.date(createdAt)),
                        "/on",
                        "before-sent",
                        "De verwijzing was toen nog niet verstuurd.")
                .refuse();
        var worker = Objects.requireNonNull(state.worker());
        var started = new Started(worker, Objects.requireNonNull(named), on, kind, now);
        return change(Action.START, by, null, null, now, started);
    }

    /** DOMAIN T11. */
    Change pause(Wish wish, String reason, LocalDate reviewOn, Actor by, Instant now) {
        require(Action.PAUSE, by, now);
        if (!(state instanceof Started it)) {
            throw refuse(Action.PAUSE, by, now);
        }
        var errors = new Errors();
        mayBeExpected(reviewOn, now, "/reviewOn", errors);
        errors.refuse();
        var paused = new Paused(it.worker(), it.contact(), it.on(), it.kind(), wish, reason, reviewOn, now);
        return change(Action.PAUSE, by, wish.name(), paused, now, paused);
    }

    /** DOMAIN T11: help goes on as it had started. */
    Change resume(Actor by, Instant now) {
        require(Action.RESUME, by, now);
        if (!(state instanceof Paused it)) {
            throw refuse(Action.RESUME, by, now);
        }
        return change(
                Action.RESUME, by, null, null, now, new Started(it.worker(), it.contact(), it.on(), it.kind(), now));
    }

    /** DOMAIN T12: a result for each goal; feedback as far as the client agrees. */
    Change complete(
            Outcome outcome,
            List<GoalResult> results,
            boolean clientAgrees,
            @Nullable String feedback,
            @Nullable String aftercare,
            @Nullable String stepDown,
            Actor by,
            Instant now) {
        require(Action.COMPLETE, by, now);
        int goals = request.goals().size();
        var named = results.stream().map(GoalResult::goal).distinct().toList();
        new Errors()
                .addIf(
                        named.size() != results.size()
                                || named.size() != goals
                                || named.stream().anyMatch(it -> it < 0 || it >= goals),
                        "/goals",
                        "each-goal-once",
                        "Zeg van elk doel hoe het ermee staat. Er zijn " + goals + " doelen.")
                .addIf(
                        clientAgrees && feedback == null,
                        "/feedback",
                        "required",
                        "Schrijf de terugkoppeling voor de verwijzer.")
                .addIf(
                        !clientAgrees && feedback != null,
                        "/feedback",
                        "client-does-not-agree",
                        "De cliënt wil geen terugkoppeling. De verwijzer hoort dan alleen dat de hulp is afgerond.")
                .refuse();
        var worker = Objects.requireNonNull(state.worker());
        var completed = new Completed(worker, outcome, results, clientAgrees, feedback, aftercare, stepDown, now);
        return change(Action.COMPLETE, by, outcome.name(), completed, now, completed);
    }

    /** DOMAIN T13: that the client does not want it needs no justification. */
    Change endEarly(EarlyEndReason reason, @Nullable String note, Actor by, Instant now, Terms terms) {
        require(Action.END_EARLY, by, now);
        var ended = new EndedEarly(Objects.requireNonNull(state.worker()), reason, note, now);
        var next = with(ended, questions, decisionDue, own(terms).followUp(now), excluded, false, now);
        return new Change(next, Action.END_EARLY, status(), by, reason.name(), ended);
    }

    /**
     * DOMAIN T14, where the sender allowed it: the receiver sends it on to another service. What the sender had to do is
     * done with it.
     *
     * @param to the attempt that takes its place
     */
    public Change forward(UUID to, UUID service, String reason, Actor by, Instant now) {
        require(Action.FORWARD, by, now);
        new Errors()
                .addIf(
                        service.equals(this.service),
                        "/service",
                        "same-service",
                        "De aanmelding is al bij dit aanbod. Kies een ander.")
                .refuse();
        var worker = Objects.requireNonNull(state.worker());
        var forwarded = new Forwarded(worker, service, to, reason, now);
        var next = with(forwarded, questions, decisionDue, null, excluded, true, now);
        return new Change(next, Action.FORWARD, status(), by, null, forwarded);
    }

    /**
     * The other half of {@link #forward}: the sender stays the referrer, and the answer clock starts anew.
     *
     * @param core what the receiver may know of the client before the claim
     * @param asked what this receiver is told and asked
     */
    public Change sendOn(
            UUID to,
            UUID service,
            UUID receiver,
            LegalBasis legalBasis,
            Core core,
            Request asked,
            String reason,
            Actor by,
            Instant now,
            Terms terms) {
        var it = new New(
                to,
                number,
                referral,
                client,
                municipality,
                sender,
                service,
                receiver,
                theme,
                urgency,
                legalBasis,
                core,
                mayBeForwarded,
                asked);
        return new Change(sent(it, id, now, terms), Action.SEND_FORWARDED, null, by, null, Map.of("reason", reason));
    }

    /**
     * DOMAIN T15. After STARTED only on the client's wish or jointly.
     *
     * <p>Nothing more is asked of the referrer where the whole referral is withdrawn, nor where the receiver had returned
     * it already: that is how the referrer closes what came back.
     *
     * @param whole the whole referral is withdrawn
     */
    public Change withdraw(
            WithdrawalReason reason, @Nullable String note, boolean whole, Actor by, Instant now, Terms terms) {
        require(Action.WITHDRAW, by, now);
        new Errors()
                .addIf(
                        (state instanceof Started || state instanceof Paused)
                                && reason != WithdrawalReason.CLIENT_DECLINES
                                && reason != WithdrawalReason.JOINTLY,
                        "/reason",
                        "started",
                        "De hulp is gestart. Intrekken kan als de cliënt dat wil, of samen met de hulpverlener.")
                .refuse();
        var withdrawn = new Withdrawn(state.worker(), reason, note, now);
        boolean closed = whole || state instanceof Returned;
        var next = with(
                withdrawn, questions, decisionDue, closed ? null : own(terms).followUp(now), excluded, closed, now);
        return new Change(next, Action.WITHDRAW, status(), by, reason.name(), note);
    }

    /** Another service took it (DOMAIN T6 in a crisis) or help began elsewhere (T10): no longer needed here. */
    Change becomeNeedless(Actor by, Instant now) {
        var next = with(
                new Withdrawn(state.worker(), WithdrawalReason.HELP_FOUND, null, now),
                questions,
                decisionDue,
                null,
                excluded,
                true,
                now);
        return new Change(next, Action.WITHDRAW, status(), by, WithdrawalReason.HELP_FOUND.name(), null);
    }

    /**
     * The referrer sent it elsewhere: what this end asked of them is done. The receiver is not concerned, so nobody is told
     * and the sequence stays.
     */
    Attempt followUp() {
        return with(version + 1, sequence, sender, state, questions, decisionDue, null, excluded, true, changedAt);
    }

    public Status status() {
        return state.status();
    }

    ReceiverQueue receiverQueue() {
        return status().receiverQueue();
    }

    SenderQueue senderQueue() {
        return followedUp ? SenderQueue.DONE : status().senderQueue();
    }

    /** What is due now, for whoever has to act; none where nobody has. */
    @Nullable
    Instant deadline() {
        return switch (state) {
            case Sent _, InReview _ -> decisionDue;
            case InformationRequested _, EndedEarly _, Returned _, Withdrawn _ -> actionDue;
            case Accepted it -> clocks.terms().firstContact(it.at(), it.firstContactOn());
            case Waitlisted it -> it.contactDue();
            case Paused it -> WorkingDays.endOf(it.reviewOn());
            case Started _, Completed _, Forwarded _ -> null;
        };
    }

    /** The same for the receiver, whom it does not concern what an end asks of the referrer. */
    @Nullable
    Instant deadlineOfReceiver() {
        return status().isOpen() ? deadline() : null;
    }

    /**
     * On the client's wish every clock stands still (DOMAIN T11); the day on which both look again is an appointment, and
     * no clock.
     */
    boolean clocksStopped() {
        return state instanceof Paused it && it.wish() == Wish.CLIENT;
    }

    /** What the receiver may see of the client now (DOMAIN P4, P6); {@link #readableUntil} may end it. */
    Access receiverAccess() {
        return status().access();
    }

    @Nullable
    Instant readableUntil() {
        return switch (state) {
            case Completed it -> it.at().plus(READABLE_AFTER_HELP);
            case EndedEarly it -> it.at().plus(READABLE_AFTER_HELP);
            case Sent _,
                    InReview _,
                    InformationRequested _,
                    Accepted _,
                    Waitlisted _,
                    Started _,
                    Paused _,
                    Returned _,
                    Forwarded _,
                    Withdrawn _ -> null;
        };
    }

    /** What this reader may do now. */
    public List<Action> actions(Actor reader, Instant now) {
        return Action.allowed(sides(reader), status(), state.at(), ruledOut(), now);
    }

    /** What its status would allow and something else does not. */
    Set<Action> ruledOut() {
        return mayBeForwarded ? Set.of() : Set.of(Action.FORWARD);
    }

    /** Whether it stands beside another of this client at the same service; who forwards is not told of one. */
    boolean mayBeDuplicate() {
        return request.duplicateMotivation() != null || forwardedFrom != null;
    }

    Set<Side> sides(Actor actor) {
        var sides = EnumSet.noneOf(Side.class);
        if (sender.organisation().equals(actor.organisation())) {
            sides.add(Side.SENDER);
        }
        if (receiver.equals(actor.organisation()) && !excluded.contains(actor.person())) {
            sides.add(Side.RECEIVER);
        }
        return sides;
    }

    /** For which side somebody writes; who works for both writes as the receiver where they have it in hand. */
    public Side speaksFor(Actor actor) {
        var sides = sides(actor);
        var worker = state.worker();
        boolean handles = worker != null && worker.person().equals(actor.person());
        return sides.contains(Side.RECEIVER) && (handles || !sides.contains(Side.SENDER)) ? Side.RECEIVER : Side.SENDER;
    }

    /** As they were when it was sent. */
    private Terms own(Terms terms) {
        return terms.with(clocks.days());
    }

    private void require(Action action, Actor by, Instant now) {
        if (!actions(by, now).contains(action)) {
            throw refuse(action, by, now);
        }
    }

    private Refusal refuse(Action action, Actor by, Instant now) {
        return new Refusal.Conflict(
                "transition-not-allowed",
                "Dit kan nu niet met deze aanmelding.",
                "%s is not allowed when %s".formatted(action, status()),
                Map.of("actions", actions(by, now)));
    }

    private Change change(
            Action action, Actor by, @Nullable String reason, @Nullable Object said, Instant now, AttemptState to) {
        var next = with(to, questions, decisionDue, null, excluded, false, now);
        return new Change(next, action, status(), by, reason, said == null ? to : said);
    }

    private static void mayBeExpected(Contact contact, Instant now, Errors errors) {
        if (contact instanceof Contact.Team team) {
            mayBeExpected(team.nameFollowsOn(), now, "/contact/nameFollowsOn", errors);
        }
    }

    private static void mayBeExpected(LocalDate day, Instant now, String pointer, Errors errors) {
        var today = WorkingDays.date(now);
        errors.addIf(day.isBefore(today), pointer, "in-the-past", "Kies vandaag of later.")
                .addIf(
                        day.isAfter(today.plusYears(LATEST_YEARS)),
                        pointer,
                        "too-late",
                        "Kies een dag binnen " + LATEST_YEARS + " jaar.");
    }

    private Attempt with(
            AttemptState state,
            List<Question> questions,
            Instant decisionDue,
            @Nullable Instant actionDue,
            Set<UUID> excluded,
            boolean followedUp,
            Instant now) {
        return with(
                version + 1, sequence + 1, sender, state, questions, decisionDue, actionDue, excluded, followedUp, now);
    }

    private Attempt with(
            long version,
            long sequence,
            Sender sender,
            AttemptState state,
            List<Question> questions,
            Instant decisionDue,
            @Nullable Instant actionDue,
            Set<UUID> excluded,
            boolean followedUp,
            Instant changedAt) {
        return new Attempt(
                id,
                version,
                sequence,
                number,
                referral,
                client,
                municipality,
                sender,
                service,
                receiver,
                theme,
                urgency,
                legalBasis,
                core,
                mayBeForwarded,
                request,
                questions,
                state,
                decisionDue,
                escalationDue,
                actionDue,
                excluded,
                followedUp,
                forwardedFrom,
                clocks,
                createdAt,
                changedAt);
    }

    private static List<Question> plus(List<Question> questions, Question another) {
        var all = new ArrayList<>(questions);
        all.add(another);
        return List.copyOf(all);
    }
}
