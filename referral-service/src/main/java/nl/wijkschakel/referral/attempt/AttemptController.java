package nl.wijkschakel.referral.attempt;

import static nl.wijkschakel.kit.caller.Role.COORDINATOR;
import static nl.wijkschakel.kit.caller.Role.SPECIALIST;
import static nl.wijkschakel.kit.caller.Role.WIJKTEAM_WORKER;

import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import nl.wijkschakel.kit.access.AccessEntry;
import nl.wijkschakel.kit.access.AccessLog;
import nl.wijkschakel.kit.access.Purpose;
import nl.wijkschakel.kit.caller.Allowed;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.web.Errors;
import nl.wijkschakel.kit.web.IdempotencyKey;
import nl.wijkschakel.kit.web.Page;
import nl.wijkschakel.kit.web.Paging;
import nl.wijkschakel.kit.web.Version;
import nl.wijkschakel.referral.absence.Absences;
import nl.wijkschakel.referral.attempt.Bodies.Acceptance;
import nl.wijkschakel.referral.attempt.Bodies.AcceptanceUndo;
import nl.wijkschakel.referral.attempt.Bodies.Answer;
import nl.wijkschakel.referral.attempt.Bodies.Assignment;
import nl.wijkschakel.referral.attempt.Bodies.Claim;
import nl.wijkschakel.referral.attempt.Bodies.Completion;
import nl.wijkschakel.referral.attempt.Bodies.ContactChange;
import nl.wijkschakel.referral.attempt.Bodies.EarlyEnd;
import nl.wijkschakel.referral.attempt.Bodies.InformationRequest;
import nl.wijkschakel.referral.attempt.Bodies.Pause;
import nl.wijkschakel.referral.attempt.Bodies.PutBack;
import nl.wijkschakel.referral.attempt.Bodies.Return;
import nl.wijkschakel.referral.attempt.Bodies.Start;
import nl.wijkschakel.referral.attempt.Bodies.Waitlisting;
import nl.wijkschakel.referral.attempt.Bodies.Withdrawal;
import nl.wijkschakel.referral.attempt.ClientAccess.Standing;
import nl.wijkschakel.referral.attempt.Status.ReceiverQueue;
import nl.wijkschakel.referral.attempt.Status.SenderQueue;
import nl.wijkschakel.referral.calendar.Terms;
import nl.wijkschakel.referral.colleague.Colleagues;
import nl.wijkschakel.referral.directory.Directory;
import nl.wijkschakel.referral.directory.Urgency;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The receiver's inbox, and each transition as a resource of its own (NL API Design Rules: a noun per action). */
@RestController
@RequestMapping("/v1/attempts")
@Allowed({WIJKTEAM_WORKER, SPECIALIST, COORDINATOR})
class AttemptController {

    record Counts(Map<ReceiverQueue, Long> receiver, Map<SenderQueue, Long> sender) {}

    private final Attempts attempts;
    private final AttemptViews views;
    private final ClientAccess clientAccess;
    private final Directory directory;
    private final Colleagues colleagues;
    private final Absences absences;
    private final AccessLog accessLog;
    private final Terms terms;
    private final Clock clock;

    AttemptController(
            Attempts attempts,
            AttemptViews views,
            ClientAccess clientAccess,
            Directory directory,
            Colleagues colleagues,
            Absences absences,
            AccessLog accessLog,
            Terms terms,
            Clock clock) {
        this.attempts = attempts;
        this.views = views;
        this.clientAccess = clientAccess;
        this.directory = directory;
        this.colleagues = colleagues;
        this.absences = absences;
        this.accessLog = accessLog;
        this.terms = terms;
        this.clock = clock;
    }

    @GetMapping
    Page<AttemptView> inbox(
            @RequestParam @Nullable ReceiverQueue queue,
            @RequestParam @Nullable UUID service,
            @RequestParam @Nullable Urgency urgency,
            @RequestParam @Nullable UUID assignee,
            @RequestParam @Nullable String municipality,
            @RequestParam(defaultValue = "false") boolean mine,
            Paging paging,
            Caller caller) {
        new Errors()
                .required(queue != null, "/queue")
                .addIf(mine && assignee != null, "/mine", "contradiction", "Kies uw eigen werk of dat van een collega.")
                .refuse();
        var any = new Inbox(Objects.requireNonNull(queue), service, urgency, assignee, municipality);
        var which = mine ? absences.placesOf(caller).stream().map(any::of).toList() : List.of(any);
        var page = Page.of(attempts.inbox(caller, which, paging), paging.limit(), AttemptRow::cursor);
        var clients = page.items().stream().map(AttemptRow::client).distinct().toList();
        accessLog.record(AccessEntry.granted(
                caller, AccessEntry.Action.LIST, clients, new AccessEntry.Resource("attempts", null), Purpose.INBOX));
        return new Page<>(views.rows(page.items(), Actor.of(caller)), page.next());
    }

    @GetMapping("/counts")
    Counts counts(Caller caller) {
        var organisation = caller.organisation();
        return new Counts(attempts.countsOfReceiver(organisation), attempts.countsOfSender(organisation));
    }

    @GetMapping("/{id}")
    ResponseEntity<AttemptView> show(@PathVariable UUID id, Caller caller) {
        var attempt = attempts.get(id, caller);
        logged(attempt, caller);
        return ResponseEntity.ok().eTag(Version.etag(attempt.version())).body(views.of(attempt, Actor.of(caller)));
    }

    @GetMapping("/{id}/history")
    Page<HistoryView> history(@PathVariable UUID id, Caller caller) {
        var story = attempts.story(id, caller);
        logged(story.attempt(), caller);
        return new Page<>(views.history(story, Actor.of(caller)), null);
    }

    @PostMapping("/{id}/claim")
    ResponseEntity<AttemptView> claim(
            @PathVariable UUID id,
            Version seen,
            @Nullable IdempotencyKey key,
            @RequestBody(required = false) @Nullable Claim body,
            Caller caller) {
        var by = Actor.of(caller);
        var named = body == null ? null : body.handlingWorker();
        return change(
                id,
                seen,
                key,
                caller,
                it -> it.claim(named == null ? by.worker() : colleague(named, caller), by, clock.instant()));
    }

    @PostMapping("/{id}/assignment")
    @Operation(operationId = "assignAttempt", summary = "Another worker of the receiver has it in hand")
    ResponseEntity<AttemptView> assign(
            @PathVariable UUID id,
            Version seen,
            @Nullable IdempotencyKey key,
            @Valid @RequestBody Assignment body,
            Caller caller) {
        return unseen(
                id,
                seen,
                key,
                caller,
                it -> it.assign(colleague(body.person(), caller), body.named(), Actor.of(caller), clock.instant()));
    }

    @PostMapping("/{id}/contact-person")
    @Operation(operationId = "changeContactPerson", summary = "Somebody else to ask, or the name that was to follow")
    ResponseEntity<AttemptView> changeContact(
            @PathVariable UUID id,
            Version seen,
            @Nullable IdempotencyKey key,
            @Valid @RequestBody ContactChange body,
            Caller caller) {
        return unseen(
                id,
                seen,
                key,
                caller,
                it -> it.changeContact(body.contact().contact(), Actor.of(caller), clock.instant()));
    }

    @PostMapping("/{id}/put-back")
    ResponseEntity<AttemptView> putBack(
            @PathVariable UUID id,
            Version seen,
            @Nullable IdempotencyKey key,
            @Valid @RequestBody PutBack body,
            Caller caller) {
        return change(
                id, seen, key, caller, it -> it.putBack(body.reason(), body.note(), Actor.of(caller), clock.instant()));
    }

    @PostMapping("/{id}/information-request")
    ResponseEntity<AttemptView> ask(
            @PathVariable UUID id,
            Version seen,
            @Nullable IdempotencyKey key,
            @Valid @RequestBody InformationRequest body,
            Caller caller) {
        return unseen(
                id,
                seen,
                key,
                caller,
                it -> it.ask(body.question(), body.why(), Actor.of(caller), clock.instant(), terms));
    }

    @PostMapping("/{id}/answer")
    ResponseEntity<AttemptView> answer(
            @PathVariable UUID id,
            Version seen,
            @Nullable IdempotencyKey key,
            @Valid @RequestBody Answer body,
            Caller caller) {
        var now = clock.instant();
        return unseen(id, seen, key, caller, it -> it.answer(body.reply(now), Actor.of(caller), now, terms));
    }

    @PostMapping("/{id}/acceptance")
    ResponseEntity<AttemptView> accept(
            @PathVariable UUID id,
            Version seen,
            @Nullable IdempotencyKey key,
            @Valid @RequestBody Acceptance body,
            Caller caller) {
        return unseen(
                id,
                seen,
                key,
                caller,
                it -> it.accept(
                        body.contact().contact(),
                        body.firstContactOn(),
                        body.clientTold().told(),
                        Actor.of(caller),
                        clock.instant(),
                        terms));
    }

    @PostMapping("/{id}/acceptance-undo")
    ResponseEntity<AttemptView> undoAccept(
            @PathVariable UUID id,
            Version seen,
            @Nullable IdempotencyKey key,
            @Valid @RequestBody AcceptanceUndo body,
            Caller caller) {
        return unseen(
                id, seen, key, caller, it -> it.undoAccept(body.reason(), Actor.of(caller), clock.instant(), terms));
    }

    @PostMapping("/{id}/waitlisting")
    ResponseEntity<AttemptView> waitlist(
            @PathVariable UUID id,
            Version seen,
            @Nullable IdempotencyKey key,
            @Valid @RequestBody Waitlisting body,
            Caller caller) {
        return unseen(
                id,
                seen,
                key,
                caller,
                it -> it.waitlist(
                        body.waitWeeks().from(),
                        body.waitWeeks().to(),
                        body.reason(),
                        body.contact().keeper(),
                        body.clientToldBy(),
                        Actor.of(caller),
                        clock.instant(),
                        terms));
    }

    @PostMapping("/{id}/return")
    ResponseEntity<AttemptView> giveBack(
            @PathVariable UUID id,
            Version seen,
            @Nullable IdempotencyKey key,
            @Valid @RequestBody Return body,
            Caller caller) {
        var advised = body.advice().service();
        new Errors()
                .addIf(
                        advised != null && directory.findService(advised).isEmpty(),
                        "/advice/service",
                        "unknown-service",
                        "Dit aanbod bestaat niet.")
                .refuse();
        return change(
                id,
                seen,
                key,
                caller,
                it -> it.giveBack(
                        body.reason(),
                        body.advice().advice(),
                        body.note(),
                        body.clientToldBy(),
                        Actor.of(caller),
                        clock.instant(),
                        terms));
    }

    @PostMapping("/{id}/start")
    ResponseEntity<AttemptView> start(
            @PathVariable UUID id,
            Version seen,
            @Nullable IdempotencyKey key,
            @Valid @RequestBody Start body,
            Caller caller) {
        return unseen(
                id,
                seen,
                key,
                caller,
                it -> it.start(body.on(), body.kind(), body.named(), Actor.of(caller), clock.instant()));
    }

    @PostMapping("/{id}/pause")
    ResponseEntity<AttemptView> pause(
            @PathVariable UUID id,
            Version seen,
            @Nullable IdempotencyKey key,
            @Valid @RequestBody Pause body,
            Caller caller) {
        return unseen(
                id,
                seen,
                key,
                caller,
                it -> it.pause(body.wish(), body.reason(), body.reviewOn(), Actor.of(caller), clock.instant()));
    }

    @PostMapping("/{id}/resumption")
    ResponseEntity<AttemptView> resume(
            @PathVariable UUID id, Version seen, @Nullable IdempotencyKey key, Caller caller) {
        return unseen(id, seen, key, caller, it -> it.resume(Actor.of(caller), clock.instant()));
    }

    @PostMapping("/{id}/early-end")
    ResponseEntity<AttemptView> endEarly(
            @PathVariable UUID id,
            Version seen,
            @Nullable IdempotencyKey key,
            @Valid @RequestBody EarlyEnd body,
            Caller caller) {
        return change(
                id,
                seen,
                key,
                caller,
                it -> it.endEarly(body.reason(), body.note(), Actor.of(caller), clock.instant(), terms));
    }

    @PostMapping("/{id}/completion")
    ResponseEntity<AttemptView> complete(
            @PathVariable UUID id,
            Version seen,
            @Nullable IdempotencyKey key,
            @Valid @RequestBody Completion body,
            Caller caller) {
        return change(
                id,
                seen,
                key,
                caller,
                it -> it.complete(
                        body.outcome(),
                        body.results(),
                        body.clientAgreesToFeedback(),
                        body.feedback(),
                        body.aftercare(),
                        body.stepDown(),
                        Actor.of(caller),
                        clock.instant()));
    }

    @PostMapping("/{id}/withdrawal")
    ResponseEntity<AttemptView> withdraw(
            @PathVariable UUID id,
            Version seen,
            @Nullable IdempotencyKey key,
            @Valid @RequestBody Withdrawal body,
            Caller caller) {
        return change(
                id,
                seen,
                key,
                caller,
                it -> it.withdraw(body.reason(), body.note(), false, Actor.of(caller), clock.instant(), terms));
    }

    private @Nullable Worker colleague(UUID person, Caller caller) {
        return colleagues
                .find(caller.organisation(), person)
                .map(it -> new Worker(it.person(), it.name()))
                .orElse(null);
    }

    /** A transition that changes what the receiver may see of the client. */
    private ResponseEntity<AttemptView> change(
            UUID id, Version seen, @Nullable IdempotencyKey key, Caller caller, Function<Attempt, Change> transition) {
        var changed = attempts.change(id, seen, key, caller, transition).getFirst();
        return answer(changed, clientAccess.follow(changed), caller);
    }

    /** A transition after which the receiver sees what it saw; those of others may end with it. */
    private ResponseEntity<AttemptView> unseen(
            UUID id, Version seen, @Nullable IdempotencyKey key, Caller caller, Function<Attempt, Change> transition) {
        var changed = attempts.change(id, seen, key, caller, transition);
        changed.stream().skip(1).forEach(clientAccess::follow);
        return answer(changed.getFirst(), null, caller);
    }

    private ResponseEntity<AttemptView> answer(Attempt changed, @Nullable Standing standing, Caller caller) {
        return ResponseEntity.ok()
                .eTag(Version.etag(changed.version()))
                .body(views.of(changed, Actor.of(caller), standing));
    }

    private void logged(Attempt attempt, Caller caller) {
        accessLog.record(Attempts.entry(attempt, AccessEntry.Action.READ, caller));
    }
}
