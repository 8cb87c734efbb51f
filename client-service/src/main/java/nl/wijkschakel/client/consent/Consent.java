package nl.wijkschakel.client.consent;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import nl.wijkschakel.client.grant.SharedPart;
import org.jspecify.annotations.Nullable;

/**
 * That a client consents to sharing data (DOMAIN P3): to which text, when, given by whom, and for what. Nothing of it
 * changes but that it can be withdrawn; it stays as a record.
 *
 * @param textVersion which text was read or read out; the texts are kept by the municipality
 * @param giver null when the client's data were destroyed
 * @param recorded who wrote it down
 * @param attempts for which it is the legal basis
 * @param withdrawn null as long as it is in force
 */
record Consent(
        UUID id,
        UUID client,
        String textVersion,
        Instant givenAt,
        @Nullable Giver giver,
        Scope scope,
        Recorded recorded,
        List<UUID> attempts,
        @Nullable Recorded withdrawn) {

    enum By {
        CLIENT,
        REPRESENTATIVE,
        CLIENT_AND_REPRESENTATIVE
    }

    /** @param representative who it was, where it was not the client alone */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Giver(By by, @Nullable String representative) {}

    /**
     * @param receiver the organisation that may be told
     * @param service one of its services; null for all of them
     * @param data no more than this
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Scope(UUID receiver, @Nullable UUID service, Set<SharedPart> data) {

        Scope {
            data = Set.copyOf(data);
        }

        boolean isFor(UUID organisation, @Nullable UUID asked) {
            return receiver.equals(organisation) && (service == null || service.equals(asked));
        }
    }

    record Recorded(UUID person, UUID organisation, Instant at) {}
}
