package nl.wijkschakel.referral.attachment;

import static nl.wijkschakel.kit.caller.Role.COORDINATOR;
import static nl.wijkschakel.kit.caller.Role.SPECIALIST;
import static nl.wijkschakel.kit.caller.Role.WIJKTEAM_WORKER;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import nl.wijkschakel.kit.access.AccessEntry;
import nl.wijkschakel.kit.access.AccessLog;
import nl.wijkschakel.kit.caller.Allowed;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.web.Errors;
import nl.wijkschakel.kit.web.Refusal;
import nl.wijkschakel.referral.attachment.Places.Place;
import nl.wijkschakel.referral.attempt.Action.Side;
import nl.wijkschakel.referral.attempt.Worker;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Attachments. The sender's belong to the referral and go along to each receiver, who sees them from the claim on for as
 * long as it may read; a receiver's belong to its attempt.
 */
@RestController
@RequestMapping("/v1/attachments")
@Allowed({WIJKTEAM_WORKER, SPECIALIST, COORDINATOR})
class AttachmentController {

    private static final int LONGEST_NAME = 200;

    /**
     * @param name absent once it was taken back
     * @param mine whether the reader's own side added it
     * @param size in bytes
     * @param scanned whether a virus scanner has seen it; where there is none, mind what you open
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AttachmentView(
            UUID id,
            @Nullable String name,
            String type,
            long size,
            Side side,
            boolean mine,
            Worker by,
            UUID organisation,
            boolean scanned,
            Instant at,
            @Nullable Instant removedAt) {}

    /** Oldest first. */
    record AttachmentList(List<AttachmentView> items) {}

    private final Attachments attachments;
    private final AddAttachment adding;
    private final Places places;
    private final AccessLog accessLog;

    AttachmentController(Attachments attachments, AddAttachment adding, Places places, AccessLog accessLog) {
        this.attachments = attachments;
        this.adding = adding;
        this.places = places;
        this.accessLog = accessLog;
    }

    @PutMapping("/{id}")
    @Operation(
            operationId = "addAttachment",
            summary =
                    "Sends a file, at most 20 MB: the body is the file itself, its name stands in Content-Disposition. "
                            + "PDF, JPEG, PNG, text, Word and ODT, told by the content. Sent twice under one id, it is stored once")
    ResponseEntity<AttachmentView> add(
            @PathVariable UUID id,
            @RequestParam @Nullable UUID referral,
            @RequestParam @Nullable UUID attempt,
            @RequestHeader(name = HttpHeaders.CONTENT_DISPOSITION, required = false) @Nullable String disposition,
            HttpServletRequest request,
            Caller caller)
            throws IOException {
        var place = place(referral, attempt, caller);
        var added = adding.add(id, place, name(disposition), request.getInputStream(), caller);
        return ResponseEntity.status(added.isNew() ? HttpStatus.CREATED : HttpStatus.OK)
                .location(URI.create("/v1/attachments/" + id))
                .body(view(added.attachment(), place.side()));
    }

    @GetMapping
    @Operation(
            operationId = "listAttachments",
            summary = "Of a referral, or of an attempt and its referral; oldest first")
    AttachmentList list(@RequestParam @Nullable UUID referral, @RequestParam @Nullable UUID attempt, Caller caller) {
        var place = place(referral, attempt, caller);
        var found = attachments.of(place.referral(), place.attempt());
        accessLog.record(Places.entry(place, AccessEntry.Action.READ, null, caller));
        return new AttachmentList(
                found.stream().map(it -> view(it, place.side())).toList());
    }

    @GetMapping("/{id}")
    @Operation(operationId = "getAttachment", summary = "What is known of a file")
    AttachmentView show(@PathVariable UUID id, Caller caller) {
        var found = attachments.get(id);
        var place = places.of(found, caller);
        accessLog.record(Places.entry(place, AccessEntry.Action.READ, id, caller));
        return view(found, place.side());
    }

    @GetMapping("/{id}/content")
    @Operation(operationId = "getAttachmentContent", summary = "The file itself")
    void content(@PathVariable UUID id, HttpServletResponse response, Caller caller) throws IOException {
        var found = attachments.get(id);
        var place = places.of(found, caller);
        var secret = found.secret();
        if (secret == null) {
            throw new Refusal.Unknown();
        }
        accessLog.record(Places.entry(place, AccessEntry.Action.READ, id, caller));
        try (var content = attachments.read(found.content(), secret.key())) {
            response.setContentType(found.type().mediaType());
            response.setContentLengthLong(found.size());
            response.setHeader(
                    HttpHeaders.CONTENT_DISPOSITION,
                    ContentDisposition.attachment()
                            .filename(secret.name(), StandardCharsets.UTF_8)
                            .build()
                            .toString());
            content.transferTo(response.getOutputStream());
        }
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "removeAttachment",
            summary =
                    "Takes back a file of the own side: its content is gone at once, who added it and who took it back stays")
    void remove(@PathVariable UUID id, Caller caller) {
        var found = attachments.get(id);
        var place = places.of(found, caller);
        if (place.side() != found.side()) {
            throw new Refusal.Forbidden("not-yours", "De andere kant heeft deze bijlage toegevoegd.");
        }
        adding.remove(found, place, caller);
    }

    private Place place(@Nullable UUID referral, @Nullable UUID attempt, Caller caller) {
        new Errors()
                .addIf(
                        (referral == null) == (attempt == null),
                        "/referral",
                        "one-place",
                        "Noem een verwijzing of een aanmelding (referral of attempt).")
                .refuse();
        return attempt == null
                ? places.ofReferral(Objects.requireNonNull(referral), caller)
                : places.ofAttempt(attempt, caller);
    }

    /** In a header, since addresses are logged on the way and this may name a person. */
    private static String name(@Nullable String disposition) {
        String name = null;
        try {
            name = disposition == null
                    ? null
                    : ContentDisposition.parse(disposition).getFilename();
        } catch (IllegalArgumentException _) {
            // no name then
        }
        new Errors()
                .addIf(
                        name == null
                                || name.isBlank()
                                || name.length() > LONGEST_NAME
                                || name.chars().anyMatch(it -> Character.isISOControl(it) || it == '/' || it == '\\'),
                        "/name",
                        "name",
                        "Geef het bestand een naam van hoogstens " + LONGEST_NAME + " tekens (Content-Disposition).")
                .refuse();
        return Objects.requireNonNull(name);
    }

    private static AttachmentView view(Attachment it, Side reader) {
        var secret = it.secret();
        return new AttachmentView(
                it.id(),
                secret == null ? null : secret.name(),
                it.type().mediaType(),
                it.size(),
                it.side(),
                it.side() == reader,
                it.by(),
                it.organisation(),
                it.scanned(),
                it.at(),
                it.removedAt());
    }
}
