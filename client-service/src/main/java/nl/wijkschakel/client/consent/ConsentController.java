package nl.wijkschakel.client.consent;

import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import nl.wijkschakel.client.client.Clients;
import nl.wijkschakel.kit.access.AccessEntry;
import nl.wijkschakel.kit.access.AccessEntry.Action;
import nl.wijkschakel.kit.access.AccessLog;
import nl.wijkschakel.kit.access.Purpose;
import nl.wijkschakel.kit.caller.Allowed;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.caller.Role;
import nl.wijkschakel.kit.web.Cursor;
import nl.wijkschakel.kit.web.IdempotencyKey;
import nl.wijkschakel.kit.web.Page;
import nl.wijkschakel.kit.web.Paging;
import nl.wijkschakel.kit.web.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Consents of a client, for who has the client and who received it. */
@RestController
@RequestMapping("/v1/clients/{client}/consents")
@Allowed({Role.WIJKTEAM_WORKER, Role.SPECIALIST, Role.COORDINATOR})
class ConsentController {

    private final RecordConsent recording;
    private final Consents consents;
    private final Clients clients;
    private final AccessLog accessLog;

    ConsentController(RecordConsent recording, Consents consents, Clients clients, AccessLog accessLog) {
        this.recording = recording;
        this.consents = consents;
        this.clients = clients;
        this.accessLog = accessLog;
    }

    static String path(UUID client) {
        return "/v1/clients/" + client + "/consents";
    }

    @PostMapping
    @Operation(
            operationId = "recordConsent",
            summary = "The client consents to a receiver being told; needed where the legal basis is CONSENT")
    ResponseEntity<ConsentView> record(
            @PathVariable UUID client,
            @Nullable IdempotencyKey key,
            @Valid @RequestBody NewConsent body,
            Caller caller) {
        var consent = recording.record(caller, client, body, key);
        return ResponseEntity.created(URI.create(path(client) + "/" + consent.id()))
                .body(ConsentView.of(consent));
    }

    @GetMapping
    @Operation(operationId = "listConsents", summary = "Newest first, also those that were withdrawn")
    Page<ConsentView> list(@PathVariable UUID client, Paging paging, Caller caller) {
        requireSeen(caller, client);
        accessLog.record(AccessEntry.granted(
                caller,
                Action.LIST,
                List.of(client),
                new AccessEntry.Resource("consents", null),
                Purpose.CONSENT_RECORD));
        return Page.of(
                        consents.of(client, caller, paging.after(), paging.limit() + 1),
                        paging.limit(),
                        last -> new Cursor(0, last.id()))
                .map(ConsentView::of);
    }

    @GetMapping("/{id}")
    @Operation(operationId = "readConsent", summary = "One consent, and the attempts it is the legal basis of")
    ConsentView read(@PathVariable UUID client, @PathVariable UUID id, Caller caller) {
        requireSeen(caller, client);
        var consent = consents.get(null, client, id, caller);
        accessLog.record(RecordConsent.entry(caller, Action.READ, consent));
        return ConsentView.of(consent);
    }

    /** Nothing else of a consent ever changes, so a withdrawal cannot be stale and needs no If-Match. */
    @DeleteMapping("/{id}")
    @Operation(
            operationId = "withdrawConsent",
            summary =
                    "The client withdraws it: it stays as a record, and the receivers see nothing any more from now on")
    ConsentView withdraw(@PathVariable UUID client, @PathVariable UUID id, Caller caller) {
        return ConsentView.of(recording.withdraw(caller, client, id));
    }

    private void requireSeen(Caller caller, UUID client) {
        if (!clients.sees(caller, client)) {
            throw new Refusal.Unknown();
        }
    }
}
