package nl.wijkschakel.referral.attempt;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A line of the history, as its reader may see it.
 *
 * @param transition its row in DOMAIN §2; absent for what moves nothing
 * @param said what was said with it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HistoryView(
        Action action,
        @Nullable String transition,
        Instant at,
        @Nullable Worker by,
        @Nullable UUID organisation,
        @Nullable Status from,
        Status to,
        @Nullable String reason,
        @Nullable JsonNode said) {

    /** @param told whether its reader may know what was said; a withdrawal's reason alone is meant for the receiver */
    static HistoryView of(HistoryEntry it, boolean byWhom, boolean told) {
        return new HistoryView(
                it.action(),
                it.action().transition(it.from()),
                it.at(),
                byWhom ? it.by() : null,
                byWhom ? it.organisation() : null,
                it.from(),
                it.to(),
                told || it.action() == Action.WITHDRAW ? it.reason() : null,
                told ? it.said() : null);
    }
}
