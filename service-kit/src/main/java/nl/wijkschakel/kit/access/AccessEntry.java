package nl.wijkschakel.kit.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.caller.Role;
import org.jspecify.annotations.Nullable;

/**
 * Who did what with which clients' data, on whose behalf and what for (NEN 7513, DOMAIN P14).
 *
 * @param clients all that a list or look-up showed; empty when a search found nobody
 * @param purpose the referral's legal basis, else a {@link Purpose}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AccessEntry(
        UUID person,
        @Nullable String service,
        @Nullable UUID organisation,
        @Nullable String role,
        Action action,
        List<UUID> clients,
        Resource resource,
        String purpose,
        Result result) {

    public enum Action {
        READ,
        SEARCH,
        LIST,
        LOOK_UP,
        CREATE,
        CHANGE,
        DELETE,
        /** Printed or saved as a file, so that it leaves what is guarded here. */
        EXPORT
    }

    public enum Result {
        GRANTED,
        REFUSED
    }

    /** @param kind such as {@code client} or {@code attempt} */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Resource(String kind, @Nullable UUID id) {}

    /** @param purpose a legal basis */
    public static AccessEntry granted(
            Caller caller, Action action, List<UUID> clients, Resource resource, String purpose) {
        return of(caller, action, clients, resource, purpose, Result.GRANTED);
    }

    public static AccessEntry granted(
            Caller caller, Action action, List<UUID> clients, Resource resource, Purpose purpose) {
        return of(caller, action, clients, resource, purpose.name(), Result.GRANTED);
    }

    /** Somebody asked, and was shown nothing. */
    public static AccessEntry refused(
            Caller caller, Action action, List<UUID> clients, Resource resource, Purpose purpose) {
        return of(caller, action, clients, resource, purpose.name(), Result.REFUSED);
    }

    private static AccessEntry of(
            Caller caller, Action action, List<UUID> clients, Resource resource, String purpose, Result result) {
        return new AccessEntry(
                caller.person(),
                caller.service(),
                caller.chosen(),
                caller.role().map(Role::text).orElse(null),
                action,
                clients,
                resource,
                purpose,
                result);
    }
}
