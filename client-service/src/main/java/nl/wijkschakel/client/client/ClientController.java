package nl.wijkschakel.client.client;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import io.swagger.v3.oas.annotations.Operation;
import java.net.URI;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import nl.wijkschakel.kit.access.AccessEntry;
import nl.wijkschakel.kit.access.AccessEntry.Action;
import nl.wijkschakel.kit.access.AccessLog;
import nl.wijkschakel.kit.access.Purpose;
import nl.wijkschakel.kit.caller.Allowed;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.caller.Role;
import nl.wijkschakel.kit.web.Errors;
import nl.wijkschakel.kit.web.IdempotencyKey;
import nl.wijkschakel.kit.web.MergePatch;
import nl.wijkschakel.kit.web.Refusal;
import nl.wijkschakel.kit.web.Version;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

@RestController
@RequestMapping(ClientController.PATH)
@Allowed({Role.WIJKTEAM_WORKER, Role.SPECIALIST, Role.COORDINATOR})
class ClientController {

    static final String PATH = "/v1/clients";
    static final String KIND = "client";

    /** Where a day begins and ends for the people this is about. */
    private static final ZoneId HERE = ZoneId.of("Europe/Amsterdam");

    private static final String MERGE_PATCH = "application/merge-patch+json";

    private final Clients clients;
    private final RegisterClient registration;
    private final ClientEvents events;
    private final AccessLog accessLog;
    private final MergePatch patches;
    private final Clock clock;

    ClientController(
            Clients clients,
            RegisterClient registration,
            ClientEvents events,
            AccessLog accessLog,
            MergePatch patches,
            Clock clock) {
        this.clients = clients;
        this.registration = registration;
        this.events = events;
        this.accessLog = accessLog;
        this.patches = patches;
        this.clock = clock;
    }

    @PostMapping
    @Operation(operationId = "registerClient")
    ResponseEntity<ClientView> register(@RequestBody PersonalData person, Caller caller, @Nullable IdempotencyKey key) {
        caller.organisation(); // refused first where it is not clear for whom
        check(person);
        var client = registration.register(caller, person, key);
        return ResponseEntity.created(URI.create(PATH + "/" + client.id()))
                .eTag(Version.etag(client.version()))
                .body(ClientView.of(new Visible.Own(client)));
    }

    @GetMapping("/{id}")
    @Operation(operationId = "readClient")
    ResponseEntity<ClientView> read(@PathVariable UUID id, Caller caller) {
        var found = clients.visible(caller, id).orElseThrow(Refusal.Unknown::new);
        var purpose = switch (found) {
            case Visible.Own _ -> Purpose.CLIENT_FILE.name();
            case Visible.Shared it -> it.share().purpose();
        };
        accessLog.record(entry(caller, Action.READ, id, purpose));
        return answer(found);
    }

    @PatchMapping(
            path = "/{id}",
            consumes = {MediaType.APPLICATION_JSON_VALUE, MERGE_PATCH})
    @Operation(operationId = "changeClient")
    ResponseEntity<ClientView> change(
            @PathVariable UUID id, @RequestBody JsonNode patch, Version version, Caller caller) {
        var seen = clients.own(caller, id).orElseThrow(Refusal.Unknown::new);
        version.require(seen.version());
        var person = patches.apply(seen.person(), patch, PersonalData.class);
        check(person);
        var next = seen.changed(person, clock.instant());
        var entry = accessLog.message(entry(caller, Action.CHANGE, id, Purpose.CLIENT_FILE.name()));
        try {
            clients.change(seen, next, List.of(events.changed(next), entry));
        } catch (MongoWriteException e) {
            if (e.getError().getCategory() == ErrorCategory.DUPLICATE_KEY) {
                registration.refuseKnownBsn(caller, person, id);
            }
            throw e;
        }
        return answer(new Visible.Own(next));
    }

    private void check(PersonalData person) {
        var errors = new Errors();
        person.check(errors, LocalDate.ofInstant(clock.instant(), HERE));
        errors.refuse();
    }

    private static ResponseEntity<ClientView> answer(Visible visible) {
        return ResponseEntity.ok()
                .eTag(Version.etag(visible.client().version()))
                .body(ClientView.of(visible));
    }

    private static AccessEntry entry(Caller caller, Action action, UUID client, String purpose) {
        return AccessEntry.granted(caller, action, List.of(client), new AccessEntry.Resource(KIND, client), purpose);
    }
}
