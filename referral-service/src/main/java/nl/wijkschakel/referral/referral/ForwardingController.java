package nl.wijkschakel.referral.referral;

import static nl.wijkschakel.kit.caller.Role.COORDINATOR;
import static nl.wijkschakel.kit.caller.Role.SPECIALIST;
import static nl.wijkschakel.kit.caller.Role.WIJKTEAM_WORKER;

import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import java.util.UUID;
import nl.wijkschakel.kit.caller.Allowed;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.web.IdempotencyKey;
import nl.wijkschakel.kit.web.Version;
import nl.wijkschakel.referral.attempt.Actor;
import nl.wijkschakel.referral.attempt.AttemptView;
import nl.wijkschakel.referral.attempt.AttemptViews;
import nl.wijkschakel.referral.attempt.ClientAccess;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Sends an attempt on. Here and not beside the other transitions: it needs an agreement, as sending does. */
@RestController
@Allowed({WIJKTEAM_WORKER, SPECIALIST, COORDINATOR})
class ForwardingController {

    private final ForwardAttempt forwarding;
    private final ClientAccess clientAccess;
    private final AttemptViews views;

    ForwardingController(ForwardAttempt forwarding, ClientAccess clientAccess, AttemptViews views) {
        this.forwarding = forwarding;
        this.clientAccess = clientAccess;
        this.views = views;
    }

    @PostMapping("/v1/attempts/{id}/forwarding")
    @Operation(
            operationId = "forwardAttempt",
            summary = "Sends it on to another service, with the client's agreement; only where the sender allowed it")
    ResponseEntity<AttemptView> forward(
            @PathVariable UUID id,
            Version seen,
            @Nullable IdempotencyKey key,
            @Valid @RequestBody Forwarding body,
            Caller caller) {
        var changed = forwarding.forward(id, seen, key, body, caller);
        var ended = changed.getFirst();
        var standing = clientAccess.follow(ended);
        changed.stream().skip(1).forEach(clientAccess::follow);
        return ResponseEntity.ok()
                .eTag(Version.etag(ended.version()))
                .body(views.of(ended, Actor.of(caller), standing));
    }
}
