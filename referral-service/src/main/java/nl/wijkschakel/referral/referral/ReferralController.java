package nl.wijkschakel.referral.referral;

import static nl.wijkschakel.kit.caller.Role.COORDINATOR;
import static nl.wijkschakel.kit.caller.Role.SPECIALIST;
import static nl.wijkschakel.kit.caller.Role.WIJKTEAM_WORKER;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import nl.wijkschakel.kit.ReferenceNumber;
import nl.wijkschakel.kit.TimeOrderedIds;
import nl.wijkschakel.kit.access.AccessEntry;
import nl.wijkschakel.kit.access.AccessLog;
import nl.wijkschakel.kit.access.Purpose;
import nl.wijkschakel.kit.caller.Allowed;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.web.Errors;
import nl.wijkschakel.kit.web.IdempotencyKey;
import nl.wijkschakel.kit.web.MergePatch;
import nl.wijkschakel.kit.web.Page;
import nl.wijkschakel.kit.web.Paging;
import nl.wijkschakel.kit.web.Text;
import nl.wijkschakel.kit.web.Version;
import nl.wijkschakel.referral.absence.Absences;
import nl.wijkschakel.referral.attempt.Actor;
import nl.wijkschakel.referral.attempt.Attempt;
import nl.wijkschakel.referral.attempt.AttemptRow;
import nl.wijkschakel.referral.attempt.AttemptState.WithdrawalReason;
import nl.wijkschakel.referral.attempt.AttemptView;
import nl.wijkschakel.referral.attempt.AttemptViews;
import nl.wijkschakel.referral.attempt.Attempts;
import nl.wijkschakel.referral.attempt.Sender;
import nl.wijkschakel.referral.attempt.Status.SenderQueue;
import nl.wijkschakel.referral.directory.Directory;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The referrer's side: writing a draft, sending it, following it. */
@RestController
@RequestMapping("/v1/referrals")
@Allowed({WIJKTEAM_WORKER, SPECIALIST, COORDINATOR})
class ReferralController {

    /** @param team of the sending organisation; it answers the phone */
    record NewReferral(
            @NotNull UUID client,
            @NotNull UUID team,
            @Nullable @Valid Content content) {}

    record Withdrawal(
            @NotNull WithdrawalReason reason,
            @Nullable @Text(max = Content.LONG) String note) {}

    /** @param team that answers the phone from now on; without, the one that did */
    record ReferralAssignment(
            @NotNull UUID person, @Nullable UUID team) {}

    /** The referrer's lists: drafts, and the queues of what was sent. */
    enum Queue {
        DRAFT,
        ACTION,
        SENT,
        WAITLIST,
        RUNNING,
        DONE
    }

    /** @param attempt the one that puts it in this list; absent for a draft */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Row(
            UUID id,
            String number,
            UUID client,
            Instant createdAt,
            Instant changedAt,
            @Nullable Instant draftExpiresAt,
            @Nullable AttemptView attempt) {}

    private final Referrals referrals;
    private final Attempts attempts;
    private final AttemptViews views;
    private final SendReferral sending;
    private final WithdrawReferral withdrawing;
    private final AssignReferral assigning;
    private final Directory directory;
    private final Absences absences;
    private final AccessLog accessLog;
    private final MergePatch patches;
    private final Clock clock;

    ReferralController(
            Referrals referrals,
            Attempts attempts,
            AttemptViews views,
            SendReferral sending,
            WithdrawReferral withdrawing,
            AssignReferral assigning,
            Directory directory,
            Absences absences,
            AccessLog accessLog,
            MergePatch patches,
            Clock clock) {
        this.referrals = referrals;
        this.attempts = attempts;
        this.views = views;
        this.sending = sending;
        this.withdrawing = withdrawing;
        this.assigning = assigning;
        this.directory = directory;
        this.absences = absences;
        this.accessLog = accessLog;
        this.patches = patches;
        this.clock = clock;
    }

    @PostMapping
    ResponseEntity<ReferralView> create(
            @Valid @RequestBody NewReferral body, @Nullable IdempotencyKey key, Caller caller) {
        var referral = referrals.add(draft(body, caller), key, caller);
        return ResponseEntity.status(HttpStatus.CREATED)
                .location(URI.create("/v1/referrals/" + referral.id()))
                .eTag(Version.etag(referral.version()))
                .body(view(referral, caller));
    }

    @GetMapping
    Page<Row> list(
            @RequestParam @Nullable Queue queue,
            @RequestParam(defaultValue = "false") boolean mine,
            Paging paging,
            Caller caller) {
        new Errors().required(queue != null, "/queue").refuse();
        var workers = mine ? absences.placesOf(caller) : List.<UUID>of();
        var page = switch (Objects.requireNonNull(queue)) {
            case DRAFT -> drafts(workers, paging, caller);
            case ACTION -> sent(SenderQueue.ACTION, workers, paging, caller);
            case SENT -> sent(SenderQueue.SENT, workers, paging, caller);
            case WAITLIST -> sent(SenderQueue.WAITLIST, workers, paging, caller);
            case RUNNING -> sent(SenderQueue.RUNNING, workers, paging, caller);
            case DONE -> sent(SenderQueue.DONE, workers, paging, caller);
        };
        var clients = page.items().stream().map(Row::client).distinct().toList();
        accessLog.record(AccessEntry.granted(
                caller,
                AccessEntry.Action.LIST,
                clients,
                new AccessEntry.Resource("referrals", null),
                Purpose.WORKLIST));
        return page;
    }

    @GetMapping("/{id}")
    ResponseEntity<ReferralView> show(@PathVariable UUID id, Caller caller) {
        var referral = referrals.get(id, caller);
        referrals.log(referral, caller);
        return answer(referral, caller);
    }

    @PatchMapping("/{id}")
    ResponseEntity<ReferralView> edit(@PathVariable UUID id, Version seen, @RequestBody JsonNode patch, Caller caller) {
        var edited = referrals.edit(
                id, seen, caller, it -> it.edit(patches.apply(it.content(), patch, Content.class), clock.instant()));
        return answer(edited, caller);
    }

    @DeleteMapping("/{id}")
    ResponseEntity<Void> delete(@PathVariable UUID id, Version seen, Caller caller) {
        referrals.delete(id, seen, caller);
        return ResponseEntity.noContent().build();
    }

    @PostMapping("/{id}/submission")
    ResponseEntity<ReferralView> send(
            @PathVariable UUID id,
            Version seen,
            @Nullable IdempotencyKey key,
            @Valid @RequestBody Submission body,
            Caller caller) {
        sending.send(id, seen, key, body, caller);
        return answer(referrals.get(id, caller), caller);
    }

    @PostMapping("/{id}/resubmission")
    ResponseEntity<ReferralView> resend(
            @PathVariable UUID id,
            Version seen,
            @Nullable IdempotencyKey key,
            @Valid @RequestBody Submission body,
            Caller caller) {
        sending.resend(id, seen, key, body, caller);
        return answer(referrals.get(id, caller), caller);
    }

    @PostMapping("/{id}/withdrawal")
    ResponseEntity<ReferralView> withdraw(
            @PathVariable UUID id,
            Version seen,
            @Nullable IdempotencyKey key,
            @Valid @RequestBody Withdrawal body,
            Caller caller) {
        withdrawing.withdraw(id, seen, key, body.reason(), body.note(), caller);
        return answer(referrals.get(id, caller), caller);
    }

    @PostMapping("/{id}/assignment")
    @Operation(operationId = "assignReferral", summary = "Another worker of the sender has it; each receiver is told")
    ResponseEntity<ReferralView> assign(
            @PathVariable UUID id,
            Version seen,
            @Nullable IdempotencyKey key,
            @Valid @RequestBody ReferralAssignment body,
            Caller caller) {
        assigning.assign(id, seen, key, body.person(), body.team(), caller);
        return answer(referrals.get(id, caller), caller);
    }

    private Referral draft(NewReferral body, Caller caller) {
        var team = directory
                .findTeam(body.team())
                .filter(it -> it.organisation().equals(caller.organisation()))
                .orElse(null);
        new Errors()
                .addIf(team == null, "/team", "unknown-team", "Dit team is niet van uw organisatie.")
                .refuse();
        var municipality = Objects.requireNonNull(team).municipality();
        var sender = new Sender(caller.organisation(), team.id(), caller.person());
        return Referral.draft(
                TimeOrderedIds.next(),
                ReferenceNumber.next(),
                body.client(),
                municipality,
                sender,
                Objects.requireNonNullElse(body.content(), Content.EMPTY),
                clock.instant());
    }

    private Page<Row> drafts(List<UUID> workers, Paging paging, Caller caller) {
        var found = referrals.drafts(caller.organisation(), workers, paging);
        return Page.of(found, paging.limit(), Referrals.DraftRow::cursor)
                .map(it -> new Row(
                        it.id(),
                        it.number(),
                        it.client(),
                        it.createdAt(),
                        it.changedAt(),
                        it.changedAt().plus(Referral.DRAFT_KEPT),
                        null));
    }

    private Page<Row> sent(SenderQueue queue, List<UUID> workers, Paging paging, Caller caller) {
        var page = Page.of(
                attempts.sent(caller.organisation(), queue, workers, paging), paging.limit(), AttemptRow::cursor);
        var rows = views.rows(page.items(), Actor.of(caller)).stream()
                .map(it -> new Row(
                        it.referral(),
                        it.number(),
                        Objects.requireNonNull(it.client()), // a sender sees it
                        it.createdAt(),
                        it.changedAt(),
                        null,
                        it))
                .toList();
        return new Page<>(rows, page.next());
    }

    private ResponseEntity<ReferralView> answer(Referral referral, Caller caller) {
        return ResponseEntity.ok().eTag(Version.etag(referral.version())).body(view(referral, caller));
    }

    private ReferralView view(Referral it, Caller caller) {
        var reader = Actor.of(caller);
        var all = it.sentAt() == null ? List.<Attempt>of() : attempts.of(it.id());
        return new ReferralView(
                it.id(),
                it.number(),
                it.status(all),
                it.client(),
                it.municipality(),
                it.sender(),
                it.content(),
                all.stream().map(attempt -> views.of(attempt, reader)).toList(),
                it.actions(all),
                it.createdAt(),
                it.changedAt(),
                it.sentAt() == null ? it.changedAt().plus(Referral.DRAFT_KEPT) : null);
    }
}
