package nl.wijkschakel.client.worker;

import io.swagger.v3.oas.annotations.Operation;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import nl.wijkschakel.kit.caller.Allowed;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.caller.Role;
import nl.wijkschakel.kit.web.Cursor;
import nl.wijkschakel.kit.web.Errors;
import nl.wijkschakel.kit.web.IdempotencyKey;
import nl.wijkschakel.kit.web.MergePatch;
import nl.wijkschakel.kit.web.Page;
import nl.wijkschakel.kit.web.Paging;
import nl.wijkschakel.kit.web.Refusal;
import nl.wijkschakel.kit.web.Version;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

@RestController
@RequestMapping(WorkerController.PATH)
@Allowed(Role.FUNCTIONAL_ADMIN)
class WorkerController {

    static final String PATH = "/v1/workers";
    private static final String MERGE_PATCH = "application/merge-patch+json";

    /** Where accounts come from. */
    enum Source {
        KEYCLOAK,
        /** The municipality's own identity provider; this API is off. */
        ELSEWHERE
    }

    private final ManageWorkers workers;
    private final MergePatch patches;
    private final Source source;

    WorkerController(ManageWorkers workers, MergePatch patches, @Value("${accounts.source}") Source source) {
        this.workers = workers;
        this.patches = patches;
        this.source = source;
    }

    /** Of one organisation, or of those who work for a municipality itself. Colleagues see each other's names. */
    @GetMapping
    @Allowed({Role.WIJKTEAM_WORKER, Role.SPECIALIST, Role.COORDINATOR, Role.FUNCTIONAL_ADMIN})
    @Operation(operationId = "listWorkers")
    Page<WorkerView> list(
            @RequestParam @Nullable UUID organisation,
            @RequestParam @Nullable String municipality,
            Paging paging,
            Caller caller) {
        requireKeycloak();
        if ((organisation == null) == (municipality == null)) {
            throw new Refusal.Invalid(new Errors()
                    .add("/organisation", "one-of", "Noem een organisatie of een gemeente.")
                    .found());
        }
        var all = organisation != null
                ? workers.of(organisation, caller)
                : workers.of(Objects.requireNonNull(municipality), caller);
        int first = first(all, paging.after());
        var page = all.stream().skip(first).limit(paging.limit() + 1L).toList();
        return Page.of(
                        page,
                        paging.limit(),
                        last -> new Cursor(first + paging.limit(), last.worker().id()))
                .map(it -> it.view(null));
    }

    /** After the last that was shown, wherever it is by now; if it is gone, after as many as were shown. */
    private static int first(List<ManageWorkers.Seen> all, @Nullable Cursor after) {
        if (after == null) {
            return 0;
        }
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).worker().id().equals(after.id())) {
                return i + 1;
            }
        }
        return (int) Math.min(after.position(), all.size());
    }

    @GetMapping("/{id}")
    @Allowed({Role.WIJKTEAM_WORKER, Role.SPECIALIST, Role.COORDINATOR, Role.FUNCTIONAL_ADMIN})
    @Operation(operationId = "readWorker")
    ResponseEntity<WorkerView> read(@PathVariable UUID id, Caller caller) {
        requireKeycloak();
        return answer(workers.get(id, caller), null);
    }

    /** The person gets a mail from Keycloak and chooses a password. */
    @PostMapping
    @Operation(operationId = "createWorker")
    ResponseEntity<WorkerView> create(@RequestBody WorkerForm form, @Nullable IdempotencyKey key, Caller caller) {
        requireKeycloak();
        var created = workers.create(form, key, caller);
        var view = created.seen().view(created.invitation());
        return ResponseEntity.created(URI.create(PATH + "/" + view.id()))
                .eTag(Version.etag(created.seen().kept().version()))
                .body(view);
    }

    @PatchMapping(
            path = "/{id}",
            consumes = {MediaType.APPLICATION_JSON_VALUE, MERGE_PATCH})
    @Operation(operationId = "changeWorker")
    ResponseEntity<WorkerView> change(
            @PathVariable UUID id, @RequestBody JsonNode patch, Version version, Caller caller) {
        requireKeycloak();
        var seen = workers.get(id, caller);
        var form = patches.apply(seen.view(null).form(), patch, WorkerForm.class);
        return answer(workers.change(id, version, form, caller), null);
    }

    /** For who lost the mail, or let it expire. */
    @PostMapping("/{id}/invitation")
    @Operation(operationId = "inviteWorker")
    ResponseEntity<WorkerView> invite(@PathVariable UUID id, Version version, Caller caller) {
        requireKeycloak();
        var invited = workers.invite(id, version, caller);
        return answer(invited.seen(), invited.invitation());
    }

    private void requireKeycloak() {
        if (source == Source.ELSEWHERE) {
            throw new Refusal.Conflict(
                    "accounts-elsewhere",
                    "Accounts worden beheerd in het inlogsysteem van de gemeente zelf. Vraag het daar aan.",
                    "",
                    Map.of());
        }
    }

    private static ResponseEntity<WorkerView> answer(
            ManageWorkers.Seen seen, WorkerView.@Nullable Invitation invitation) {
        return ResponseEntity.ok().eTag(Version.etag(seen.kept().version())).body(seen.view(invitation));
    }
}
