package nl.wijkschakel.referral.print;

import static nl.wijkschakel.kit.caller.Role.COORDINATOR;
import static nl.wijkschakel.kit.caller.Role.SPECIALIST;
import static nl.wijkschakel.kit.caller.Role.WIJKTEAM_WORKER;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import nl.wijkschakel.kit.access.AccessEntry;
import nl.wijkschakel.kit.access.AccessLog;
import nl.wijkschakel.kit.caller.Allowed;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.web.Refusal;
import nl.wijkschakel.referral.attachment.Attachments;
import nl.wijkschakel.referral.attempt.Actor;
import nl.wijkschakel.referral.attempt.Attempt;
import nl.wijkschakel.referral.attempt.AttemptViews;
import nl.wijkschakel.referral.attempt.Attempts;
import nl.wijkschakel.referral.calendar.WorkingDays;
import nl.wijkschakel.referral.clients.ClientService;
import nl.wijkschakel.referral.directory.Directory;
import nl.wijkschakel.referral.message.Messages;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Paper and files; each is written down as an export (DOMAIN P14). Names are asked of client-service and kept nowhere. */
@RestController
@RequestMapping("/v1/attempts/{id}")
@Allowed({WIJKTEAM_WORKER, SPECIALIST, COORDINATOR})
class PrintController {

    private final Attempts attempts;
    private final AttemptViews views;
    private final Messages messages;
    private final Attachments attachments;
    private final ClientService clients;
    private final Directory directory;
    private final AccessLog accessLog;
    private final Clock clock;

    PrintController(
            Attempts attempts,
            AttemptViews views,
            Messages messages,
            Attachments attachments,
            ClientService clients,
            Directory directory,
            AccessLog accessLog,
            Clock clock) {
        this.attempts = attempts;
        this.views = views;
        this.messages = messages;
        this.attachments = attachments;
        this.clients = clients;
        this.directory = directory;
        this.accessLog = accessLog;
        this.clock = clock;
    }

    @GetMapping(path = "/client-letter", produces = MediaType.APPLICATION_PDF_VALUE)
    @Operation(
            operationId = "printClientLetter",
            summary = "What the client is told, for the referrer to hand over",
            description =
                    "In plain Dutch: what is shared with whom and why, what happens next, where to complain. Without"
                            + " the client's address. Where contact is not safe it is 409 `ask-whether-safe` until somebody has"
                            + " thought about that and says so with `safeToTake=true`.")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(type = "string", format = "binary")))
    ResponseEntity<byte[]> clientLetter(
            @PathVariable UUID id, @RequestParam(defaultValue = "false") boolean safeToTake, Caller caller) {
        var attempt = attempts.get(id, caller);
        if (!attempt.sender().organisation().equals(caller.organisation())) {
            throw new Refusal.Unknown(); // a receiver's letters are its own
        }
        var letter = new ClientLetter(
                attempt,
                clients.read(attempt.client(), caller),
                directory.organisation(attempt.sender().organisation()),
                directory.team(attempt.sender().team()),
                directory.organisation(attempt.receiver()),
                directory.service(attempt.service()),
                WorkingDays.date(clock.instant()));
        if (letter.isAsked() && !safeToTake) {
            throw new Refusal.Conflict(
                    "ask-whether-safe",
                    "Vraag eerst of de cliënt deze brief veilig mee kan nemen.",
                    "safeToTake is needed",
                    Map.of());
        }
        logged(attempt, "client-letter", caller);
        return pdf(letter.paper(), "brief-" + attempt.number());
    }

    @GetMapping(path = "/export", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "exportAttempt",
            summary = "All of it that the caller may see, to keep in a file of their own",
            description = "From the claim on; as JSON or, with `Accept: application/pdf`, to read. Of a client whose"
                    + " contact is secret it holds no address and no phone.")
    ResponseEntity<ReferralExport> export(@PathVariable UUID id, Caller caller) {
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_DISPOSITION, file("verwijzing-" + id, "json"))
                .cacheControl(CacheControl.noStore())
                .body(exported(id, caller));
    }

    @GetMapping(path = "/export", produces = MediaType.APPLICATION_PDF_VALUE)
    @Operation(operationId = "exportAttempt")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(type = "string", format = "binary")))
    ResponseEntity<byte[]> exportPdf(@PathVariable UUID id, Caller caller) {
        var exported = exported(id, caller);
        return pdf(exported.paper(), "verwijzing-" + exported.attempt().number());
    }

    private ReferralExport exported(UUID id, Caller caller) {
        var actor = Actor.of(caller);
        var attempt = attempts.get(id, caller);
        views.requireContent(attempt, actor);
        var side = attempt.speaksFor(actor);
        var client = clients.read(attempt.client(), caller);
        var exported = new ReferralExport(
                clock.instant(),
                views.of(attempt, actor),
                ReferralExport.shared(client, attempt.request().sharedData()),
                views.history(attempts.story(id, caller), actor),
                messages.written(id, side),
                attachments.named(attempt.referral(), id));
        logged(attempt, "attempt", caller);
        return exported;
    }

    private void logged(Attempt attempt, String what, Caller caller) {
        accessLog.record(Attempts.entry(
                attempt, AccessEntry.Action.EXPORT, new AccessEntry.Resource(what, attempt.id()), caller));
    }

    private static ResponseEntity<byte[]> pdf(Paper paper, String name) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_PDF)
                .header(HttpHeaders.CONTENT_DISPOSITION, file(name, "pdf"))
                .cacheControl(CacheControl.noStore())
                .body(Pdf.of(paper));
    }

    private static String file(String name, String kind) {
        return ContentDisposition.attachment()
                .filename(name + "." + kind)
                .build()
                .toString();
    }
}
