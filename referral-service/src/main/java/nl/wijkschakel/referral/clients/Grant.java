package nl.wijkschakel.referral.clients;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a receiver may see of a client from now on.
 *
 * @param access NONE, CORE or SHARED
 * @param sequence the attempt's; an older one changes nothing
 * @param until when it ends by itself
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Grant(String access, long sequence, @Nullable Instant until, Set<UUID> excludedWorkers) {}
