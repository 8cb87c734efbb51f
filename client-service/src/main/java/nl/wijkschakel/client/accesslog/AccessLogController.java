package nl.wijkschakel.client.accesslog;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
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
import nl.wijkschakel.kit.web.Page;
import nl.wijkschakel.kit.web.Paging;
import nl.wijkschakel.kit.web.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Which organisations and roles looked at a client's data. Who it was in person comes by the privacy officer (DOMAIN P16). */
@RestController
@Allowed({Role.WIJKTEAM_WORKER, Role.SPECIALIST, Role.COORDINATOR})
class AccessLogController {

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Look(
            Instant at,
            @Nullable UUID organisation,
            @Nullable String role,
            Action action,
            String purpose) {

        static Look of(ChainedEntry chained) {
            var entry = chained.entry();
            return new Look(chained.at(), entry.organisation(), entry.role(), entry.action(), entry.purpose());
        }
    }

    private final AccessChain chain;
    private final Clients clients;
    private final AccessLog accessLog;

    AccessLogController(AccessChain chain, Clients clients, AccessLog accessLog) {
        this.chain = chain;
        this.clients = clients;
        this.accessLog = accessLog;
    }

    @GetMapping("/v1/clients/{id}/access-log")
    @Operation(operationId = "readAccessLog")
    Page<Look> read(@PathVariable UUID id, Paging paging, Caller caller) {
        if (!clients.isOwn(caller, id)) {
            throw new Refusal.Unknown();
        }
        accessLog.record(AccessEntry.granted(
                caller, Action.READ, List.of(id), new AccessEntry.Resource("access-log", id), Purpose.ACCESS_LOG));
        var page = Page.of(
                chain.of(id, paging.after(), paging.limit() + 1),
                paging.limit(),
                last -> new Cursor(last.at().toEpochMilli(), last.event()));
        return page.map(Look::of);
    }
}
