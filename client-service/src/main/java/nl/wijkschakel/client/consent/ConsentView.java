package nl.wijkschakel.client.consent;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import nl.wijkschakel.client.consent.Consent.Giver;
import nl.wijkschakel.client.consent.Consent.Recorded;
import nl.wijkschakel.client.consent.Consent.Scope;
import org.jspecify.annotations.Nullable;

/**
 * A consent as its reader sees it.
 *
 * @param giver absent when the client's data were destroyed
 * @param attempts for which it is the legal basis; those that help has not started for end with it
 * @param withdrawn absent as long as it is in force
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ConsentView(
        UUID id,
        UUID client,
        Status status,
        String textVersion,
        Instant givenAt,
        @Nullable Giver giver,
        Scope scope,
        Recorded recorded,
        List<UUID> attempts,
        @Nullable Recorded withdrawn) {

    enum Status {
        IN_FORCE,
        WITHDRAWN
    }

    static ConsentView of(Consent it) {
        return new ConsentView(
                it.id(),
                it.client(),
                it.withdrawn() == null ? Status.IN_FORCE : Status.WITHDRAWN,
                it.textVersion(),
                it.givenAt(),
                it.giver(),
                it.scope(),
                it.recorded(),
                it.attempts(),
                it.withdrawn());
    }
}
