package nl.wijkschakel.notification.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import nl.wijkschakel.kit.TimeOrderedIds;
import nl.wijkschakel.kit.caller.Allowed;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.caller.Role;
import nl.wijkschakel.kit.web.IdempotencyKey;
import nl.wijkschakel.kit.web.MergePatch;
import nl.wijkschakel.kit.web.Page;
import nl.wijkschakel.kit.web.Paging;
import nl.wijkschakel.kit.web.Refusal;
import nl.wijkschakel.kit.web.Version;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The subscriptions of the caller's organisation. A system that keeps its own has the role of a coordinator. */
@RestController
@RequestMapping(SubscriptionController.PATH)
@Allowed(Role.COORDINATOR)
final class SubscriptionController {

    static final String PATH = "/v1/subscriptions";
    private static final String MERGE_PATCH = "application/merge-patch+json";

    private final Subscriptions subscriptions;
    private final Deliveries deliveries;
    private final MergePatch patches;
    private final boolean local;
    private final Clock clock;

    SubscriptionController(
            Subscriptions subscriptions,
            Deliveries deliveries,
            MergePatch patches,
            WebhookConfiguration.Local local,
            Clock clock) {
        this.subscriptions = subscriptions;
        this.deliveries = deliveries;
        this.patches = patches;
        this.local = local.allowed();
        this.clock = clock;
    }

    /**
     * @param authorized whether deliveries carry an Authorization header
     * @param since what happened before that is not told
     * @param leftAloneUntil its target fails, and is not tried before
     */
    @Schema(name = "SubscriptionView")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record View(
            UUID id,
            UUID organisation,
            String channel,
            String callbackUrl,
            boolean authorized,
            Filters filters,
            Instant since,
            @Nullable Instant leftAloneUntil) {}

    /** @param secret with which deliveries are signed; it is not shown again */
    @Schema(name = "SubscriptionMade")
    record Made(UUID id, String secret) {}

    @PostMapping
    @Operation(
            operationId = "subscribe",
            summary = "The answer holds the secret, this once; the same request again under one key does not")
    ResponseEntity<Object> subscribe(@RequestBody SubscriptionForm form, @Nullable IdempotencyKey key, Caller caller) {
        form.checked(local);
        var secret = Signature.newSecret();
        var asked = new Subscription(
                TimeOrderedIds.next(),
                caller.organisation(),
                1,
                form.target(secret),
                form.wanted(),
                clock.instant(),
                new Breaker(0, 0, null));
        var stored = subscriptions.add(asked, key, caller);
        return ResponseEntity.created(URI.create(PATH + "/" + stored.id()))
                .eTag(Version.etag(stored.version()))
                .body(stored.id().equals(asked.id()) ? new Made(stored.id(), secret) : view(stored));
    }

    @GetMapping
    @Operation(operationId = "listSubscriptions", summary = "Newest first")
    Page<View> list(Paging paging, Caller caller) {
        return subscriptions.page(caller.organisation(), paging).map(this::view);
    }

    @GetMapping("/{id}")
    @Allowed({Role.COORDINATOR, Role.FUNCTIONAL_ADMIN})
    @Operation(operationId = "readSubscription", summary = "Of the own organisation; a functional admin reads any")
    ResponseEntity<View> read(@PathVariable UUID id, Caller caller) {
        return answer(
                caller.has(Role.FUNCTIONAL_ADMIN)
                        ? subscriptions.find(id).orElseThrow(Refusal.Unknown::new)
                        : own(subscriptions, id, caller));
    }

    @PatchMapping(
            path = "/{id}",
            consumes = {MediaType.APPLICATION_JSON_VALUE, MERGE_PATCH})
    @Operation(
            operationId = "changeSubscription",
            summary = "What waits is tried at once at the new address; authorization null removes it")
    ResponseEntity<View> change(@PathVariable UUID id, @RequestBody JsonNode patch, Version version, Caller caller) {
        var seen = own(subscriptions, id, caller);
        version.require(seen.version());
        var form = patches.apply(SubscriptionForm.of(seen), patch, SubscriptionForm.class)
                .checked(local);
        var next = seen.changed(form.target(seen.target().secret()), form.wanted());
        subscriptions.change(next);
        subscriptions.worked(id);
        deliveries.hurry(id);
        return answer(own(subscriptions, id, caller));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "unsubscribe", summary = "What waits is not sent any more")
    void unsubscribe(@PathVariable UUID id, Version version, Caller caller) {
        var seen = own(subscriptions, id, caller);
        version.require(seen.version());
        subscriptions.delete(seen);
        deliveries.forget(id);
    }

    @PostMapping("/{id}/secret-renewal")
    @Operation(
            operationId = "renewSubscriptionSecret",
            summary = "From now on deliveries are signed with the new secret")
    ResponseEntity<Made> renew(@PathVariable UUID id, Version version, Caller caller) {
        var seen = own(subscriptions, id, caller);
        version.require(seen.version());
        var secret = Signature.newSecret();
        var target = new Target(seen.target().callbackUrl(), seen.target().authorization(), secret);
        var next = seen.changed(target, seen.filters());
        subscriptions.change(next);
        return ResponseEntity.ok().eTag(Version.etag(next.version())).body(new Made(id, secret));
    }

    /** @throws Refusal.Unknown when it is another organisation's */
    static Subscription own(Subscriptions subscriptions, UUID id, Caller caller) {
        return subscriptions
                .find(id)
                .filter(it -> it.organisation().equals(caller.organisation()))
                .orElseThrow(Refusal.Unknown::new);
    }

    private ResponseEntity<View> answer(Subscription it) {
        return ResponseEntity.ok().eTag(Version.etag(it.version())).body(view(it));
    }

    private View view(Subscription it) {
        return new View(
                it.id(),
                it.organisation(),
                Subscription.CHANNEL,
                it.target().callbackUrl(),
                it.target().authorization() != null,
                it.filters(),
                it.since(),
                it.breaker().isOpen(clock.instant()) ? it.breaker().openUntil() : null);
    }
}
