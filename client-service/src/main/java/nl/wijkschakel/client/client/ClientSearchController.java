package nl.wijkschakel.client.client;

import io.swagger.v3.oas.annotations.Operation;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import nl.wijkschakel.kit.access.AccessEntry;
import nl.wijkschakel.kit.access.AccessEntry.Action;
import nl.wijkschakel.kit.access.AccessLog;
import nl.wijkschakel.kit.access.Purpose;
import nl.wijkschakel.kit.caller.Allowed;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.caller.Role;
import nl.wijkschakel.kit.web.Cursor;
import nl.wijkschakel.kit.web.Errors;
import nl.wijkschakel.kit.web.Page;
import nl.wijkschakel.kit.web.Paging;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Finding clients by what is known of them, and naming those whose ids are known. Searched by body: nothing in a URI. */
@RestController
@Allowed({Role.WIJKTEAM_WORKER, Role.SPECIALIST, Role.COORDINATOR})
class ClientSearchController {

    private static final int MOST_IDS = 100;

    record Lookup(@Nullable List<@Nullable UUID> ids) {

        List<UUID> checked() {
            var errors = new Errors();
            if (ids == null) {
                errors.required(false, "/ids");
            } else {
                errors.addIf(ids.size() > MOST_IDS, "/ids", "too-many", "Vraag hoogstens " + MOST_IDS + " cliënten.");
                errors.addIf(ids.contains(null), "/ids", "required", "Een nummer in de lijst is leeg.");
            }
            errors.refuse();
            return ids == null
                    ? List.of()
                    : ids.stream().filter(Objects::nonNull).distinct().toList();
        }
    }

    record Found(List<ClientLine> items) {}

    private final Clients clients;
    private final AccessLog accessLog;

    ClientSearchController(Clients clients, AccessLog accessLog) {
        this.clients = clients;
        this.accessLog = accessLog;
    }

    @PostMapping("/v1/client-searches")
    @Operation(operationId = "searchClients")
    Page<ClientLine> search(@RequestBody ClientSearch search, Paging paging, Caller caller) {
        caller.organisation();
        search.check();
        var page = Page.of(
                clients.search(caller, search, paging.after(), paging.limit() + 1),
                paging.limit(),
                last -> new Cursor(0, last.client().id()));
        accessLog.record(entry(caller, Action.SEARCH, page.items(), "client-search", Purpose.CLIENT_SEARCH));
        return page.map(ClientLine::of);
    }

    @PostMapping("/v1/client-lookups")
    @Operation(operationId = "lookUpClients")
    Found lookUp(@RequestBody Lookup lookup, Caller caller) {
        var ids = lookup.checked();
        var found = clients.visible(caller, new HashSet<>(ids));
        accessLog.record(entry(caller, Action.LOOK_UP, found, "client-lookup", Purpose.CLIENT_LIST));
        return new Found(found.stream().map(ClientLine::of).toList());
    }

    /** One entry that names all whom the answer shows. */
    private static AccessEntry entry(
            Caller caller, Action action, List<Visible> found, String resource, Purpose purpose) {
        var shown = found.stream().map(it -> it.client().id()).toList();
        return AccessEntry.granted(caller, action, shown, new AccessEntry.Resource(resource, null), purpose);
    }
}
