package nl.wijkschakel.client.worker;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import nl.wijkschakel.kit.caller.Membership;
import org.jspecify.annotations.Nullable;

/** An account as Keycloak's admin API tells it and takes it; the names of the fields are Keycloak's. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
record Account(
        @Nullable String id,
        @Nullable String username,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String email,
        @Nullable Boolean enabled,
        @Nullable Map<String, List<String>> attributes,
        @Nullable List<String> requiredActions) {

    private static final String MEMBERSHIPS = "memberships";

    /** A new one, whose owner chooses a password by the mail that Keycloak sends. */
    static Account of(Worker worker) {
        var email = worker.email();
        return new Account(
                null,
                email,
                worker.name().given(),
                worker.name().surname(),
                email,
                worker.active(),
                Map.of(MEMBERSHIPS, texts(worker)),
                List.of("UPDATE_PASSWORD"));
    }

    /** What Keycloak keeps beside what is ours stays as it is; who logs in with a name keeps it. */
    Account with(Worker worker) {
        var all = new HashMap<>(Objects.requireNonNullElse(attributes, Map.of()));
        all.put(MEMBERSHIPS, texts(worker));
        return new Account(
                id, null, worker.name().given(), worker.name().surname(), worker.email(), worker.active(), all, null);
    }

    /** Nobody where it is no account of a person's: one of another directory, or of a service. */
    Optional<Worker> worker() {
        try {
            var memberships = Objects.requireNonNullElse(attributes, Map.<String, List<String>>of())
                    .getOrDefault(MEMBERSHIPS, List.of())
                    .stream()
                    .map(Membership::of)
                    .flatMap(Optional::stream)
                    .sorted(Comparator.comparing(Worker::text)) // Keycloak keeps them in no order
                    .toList();
            return Optional.of(new Worker(
                    UUID.fromString(Objects.requireNonNullElse(id, "")),
                    new Worker.Name(
                            Objects.requireNonNullElse(firstName, ""), Objects.requireNonNullElse(lastName, "")),
                    Objects.requireNonNullElse(email, ""),
                    memberships,
                    Boolean.TRUE.equals(enabled)));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static List<String> texts(Worker worker) {
        return worker.memberships().stream().map(Worker::text).toList();
    }
}
