package nl.wijkschakel.notification.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * One event for one subscription.
 *
 * @param tries how often the target did not take it
 */
record Delivery(UUID id, UUID subscription, UUID attempt, String body, Instant due, int tries) {

    static Delivery of(Document stored) {
        return new Delivery(
                Objects.requireNonNull(stored.get("_id", UUID.class)),
                Objects.requireNonNull(stored.get("subscription", UUID.class)),
                Objects.requireNonNull(stored.get("attempt", UUID.class)),
                stored.getString("body"),
                stored.getDate("due").toInstant(),
                stored.getInteger("tries"));
    }

    /**
     * As its organisation sees it, without what was sent.
     *
     * @param due when it goes out, or is tried again
     * @param failure why the target did not take it: its status, or one word
     */
    @Schema(name = "DeliveryView")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record View(
            UUID id,
            UUID subscription,
            String type,
            UUID attempt,
            long sequence,
            DeliveryState state,
            Instant plannedAt,
            Instant due,
            int tries,
            @Nullable String failure,
            @Nullable Instant deliveredAt) {

        static View of(Document stored) {
            var delivered = stored.getDate("deliveredAt");
            return new View(
                    Objects.requireNonNull(stored.get("_id", UUID.class)),
                    Objects.requireNonNull(stored.get("subscription", UUID.class)),
                    stored.getString("type"),
                    Objects.requireNonNull(stored.get("attempt", UUID.class)),
                    stored.getLong("sequence"),
                    DeliveryState.valueOf(stored.getString("state")),
                    stored.getDate("at").toInstant(),
                    stored.getDate("due").toInstant(),
                    stored.getInteger("tries"),
                    stored.getString("failure"),
                    delivered == null ? null : delivered.toInstant());
        }
    }
}
