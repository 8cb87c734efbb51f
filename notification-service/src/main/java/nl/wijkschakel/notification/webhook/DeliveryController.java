package nl.wijkschakel.notification.webhook;

import io.swagger.v3.oas.annotations.Operation;
import java.util.UUID;
import nl.wijkschakel.kit.caller.Allowed;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.caller.Role;
import nl.wijkschakel.kit.web.Page;
import nl.wijkschakel.kit.web.Paging;
import nl.wijkschakel.kit.web.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What became of the deliveries to the caller's organisation's systems. */
@RestController
@RequestMapping("/v1/deliveries")
@Allowed(Role.COORDINATOR)
final class DeliveryController {

    private final Subscriptions subscriptions;
    private final Deliveries deliveries;

    DeliveryController(Subscriptions subscriptions, Deliveries deliveries) {
        this.subscriptions = subscriptions;
        this.deliveries = deliveries;
    }

    @GetMapping
    @Operation(operationId = "listDeliveries", summary = "Of one subscription, newest first; of one state when asked")
    Page<Delivery.View> list(
            @RequestParam UUID subscription,
            @RequestParam @Nullable DeliveryState state,
            Paging paging,
            Caller caller) {
        SubscriptionController.own(subscriptions, subscription, caller);
        return deliveries.page(subscription, state, paging);
    }

    @PostMapping("/{id}/resending")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "resendDelivery", summary = "Goes out once more, at once")
    void resend(@PathVariable UUID id, Caller caller) {
        var subscription = deliveries.subscription(id).orElseThrow(Refusal.Unknown::new);
        SubscriptionController.own(subscriptions, subscription, caller);
        deliveries.resend(id);
    }
}
