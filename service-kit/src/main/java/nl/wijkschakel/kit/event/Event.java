package nl.wijkschakel.kit.event;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What happened, as it travels: a CloudEvent of the NL GOV profile 1.0 in structured JSON. It holds ids and routing
 * attributes only (DOMAIN P13).
 *
 * @param subject the aggregate that {@code sequence} counts
 * @param sequence rises by one with each event of the subject; an older one changes nothing
 * @param dataref where the owner tells more, to those who may see it
 */
public record Event(
        UUID id,
        String source,
        String type,
        Instant time,
        UUID subject,
        long sequence,
        @Nullable String dataref,
        JsonNode data) {}
