package nl.wijkschakel.client.brp;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import nl.wijkschakel.client.client.Client;
import nl.wijkschakel.client.client.Clients;
import nl.wijkschakel.kit.access.AccessEntry;
import nl.wijkschakel.kit.access.AccessEntry.Action;
import nl.wijkschakel.kit.access.AccessLog;
import nl.wijkschakel.kit.access.Purpose;
import nl.wijkschakel.kit.caller.Allowed;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.caller.Role;
import nl.wijkschakel.kit.web.Refusal;
import nl.wijkschakel.kit.web.Version;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Asking the BRP. For wijkteams only: they register people for the municipality, which may ask; what others need of a
 * person is shared with them. The number travels in the body.
 */
@RestController
@Allowed(Role.WIJKTEAM_WORKER)
class BrpController {

    /** @param items one for each number that was asked, in that order */
    record Answer(List<Item> items) {}

    /**
     * @param persons nobody where the BRP does not know the number
     * @param client whom the own organisation has under this number already
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Item(List<BrpPersonView> persons, @Nullable KnownClient client) {}

    record KnownClient(UUID id, String number) {

        static KnownClient of(Client client) {
            return new KnownClient(client.id(), client.number());
        }
    }

    private final Brp brp;
    private final CompareWithBrp comparison;
    private final Clients clients;
    private final AccessLog accessLog;

    BrpController(Brp brp, CompareWithBrp comparison, Clients clients, AccessLog accessLog) {
        this.brp = brp;
        this.comparison = comparison;
        this.clients = clients;
        this.accessLog = accessLog;
    }

    @PostMapping("/v1/brp-lookups")
    @Operation(operationId = "lookUpInBrp")
    Answer lookUp(@RequestBody BrpLookup lookup, Caller caller) {
        caller.organisation();
        lookup.check();
        var wanted = lookup.wanted();
        var found = brp.find(lookup.numbers(), wanted);
        var items = lookup.numbers().stream()
                .map(bsn -> new Item(
                        found.stream()
                                .filter(person -> person.bsn().equals(bsn))
                                .map(person -> BrpPersonView.of(person, wanted))
                                .toList(),
                        clients.withBsn(caller.organisation(), bsn)
                                .map(KnownClient::of)
                                .orElse(null)))
                .toList();
        var known = items.stream()
                .map(Item::client)
                .filter(Objects::nonNull)
                .map(KnownClient::id)
                .toList();
        accessLog.record(AccessEntry.granted(
                caller, Action.LOOK_UP, known, new AccessEntry.Resource("brp-lookup", null), Purpose.BRP_LOOK_UP));
        return new Answer(items);
    }

    @PostMapping("/v1/clients/{id}/brp-comparisons")
    @Operation(operationId = "compareWithBrp")
    ResponseEntity<CompareWithBrp.Comparison> compare(@PathVariable UUID id, Caller caller) {
        var client = clients.own(caller, id).orElseThrow(Refusal.Unknown::new);
        var compared = comparison.compare(client);
        accessLog.record(AccessEntry.granted(
                caller,
                Action.LOOK_UP,
                List.of(id),
                new AccessEntry.Resource("brp-comparison", id),
                Purpose.BRP_LOOK_UP));
        return ResponseEntity.ok().eTag(Version.etag(client.version())).body(compared);
    }
}
