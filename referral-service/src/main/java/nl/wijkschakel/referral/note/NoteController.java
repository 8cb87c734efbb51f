package nl.wijkschakel.referral.note;

import static nl.wijkschakel.kit.caller.Role.COORDINATOR;
import static nl.wijkschakel.kit.caller.Role.SPECIALIST;
import static nl.wijkschakel.kit.caller.Role.WIJKTEAM_WORKER;

import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import nl.wijkschakel.kit.access.AccessEntry;
import nl.wijkschakel.kit.access.AccessLog;
import nl.wijkschakel.kit.caller.Allowed;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.web.Cursor;
import nl.wijkschakel.kit.web.IdempotencyKey;
import nl.wijkschakel.kit.web.Page;
import nl.wijkschakel.kit.web.Paging;
import nl.wijkschakel.kit.web.Refusal;
import nl.wijkschakel.kit.web.Text;
import nl.wijkschakel.referral.attempt.Actor;
import nl.wijkschakel.referral.attempt.Attempt;
import nl.wijkschakel.referral.attempt.AttemptViews;
import nl.wijkschakel.referral.attempt.Attempts;
import nl.wijkschakel.referral.attempt.Worker;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A side's own notes: the receiver's from the claim on, for as long as it may read the content. */
@RestController
@RequestMapping("/v1/attempts/{attempt}/notes")
@Allowed({WIJKTEAM_WORKER, SPECIALIST, COORDINATOR})
class NoteController {

    static final int LONGEST = 4000;

    record NewNote(@NotNull @Text(max = LONGEST) String text) {}

    record NoteView(UUID id, Worker by, String text, Instant at) {}

    private final Notes notes;
    private final Attempts attempts;
    private final AttemptViews views;
    private final AccessLog accessLog;

    NoteController(Notes notes, Attempts attempts, AttemptViews views, AccessLog accessLog) {
        this.notes = notes;
        this.attempts = attempts;
        this.views = views;
        this.accessLog = accessLog;
    }

    @GetMapping
    @Operation(operationId = "listNotes", summary = "The own side's, newest first")
    Page<NoteView> list(@PathVariable UUID attempt, Paging paging, Caller caller) {
        var of = readable(attempt, caller);
        var found = notes.of(attempt, of.speaksFor(Actor.of(caller)), paging);
        accessLog.record(
                Attempts.entry(of, AccessEntry.Action.READ, new AccessEntry.Resource("notes", attempt), caller));
        return Page.of(found, paging.limit(), it -> new Cursor(0, it.id())).map(NoteController::view);
    }

    @PostMapping
    @Operation(operationId = "writeNote", summary = "For the own side; the other never sees it, nor hears of it")
    ResponseEntity<NoteView> write(
            @PathVariable UUID attempt, @Nullable IdempotencyKey key, @Valid @RequestBody NewNote body, Caller caller) {
        var written = notes.add(readable(attempt, caller), body.text(), key, caller);
        return ResponseEntity.status(HttpStatus.CREATED)
                .location(URI.create("/v1/attempts/" + attempt + "/notes"))
                .body(view(written));
    }

    @DeleteMapping("/{note}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "deleteNote", summary = "By who wrote it, or a coordinator of the own organisation")
    void delete(@PathVariable UUID attempt, @PathVariable UUID note, Caller caller) {
        var of = readable(attempt, caller);
        var found = notes.get(note, attempt, of.speaksFor(Actor.of(caller)));
        if (!found.by().person().equals(caller.person()) && !caller.roles().contains(COORDINATOR)) {
            throw new Refusal.Forbidden(
                    "not-your-note", "Een collega schreef deze notitie. U kunt haar niet verwijderen.");
        }
        notes.delete(found, of, caller);
    }

    private Attempt readable(UUID attempt, Caller caller) {
        var found = attempts.get(attempt, caller);
        views.requireContent(found, Actor.of(caller));
        return found;
    }

    private static NoteView view(Note it) {
        return new NoteView(it.id(), it.by(), it.text(), it.at());
    }
}
