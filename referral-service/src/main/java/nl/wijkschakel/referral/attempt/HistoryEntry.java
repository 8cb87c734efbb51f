package nl.wijkschakel.referral.attempt;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What was done, by whom, for which organisation (DOMAIN §2: every transition stores this). Never cut.
 *
 * @param said what was said with it; null where nothing was
 */
public record HistoryEntry(
        Action action,
        Instant at,
        Worker by,
        UUID organisation,
        @Nullable Status from,
        Status to,
        @Nullable String reason,
        @Nullable JsonNode said) {}
