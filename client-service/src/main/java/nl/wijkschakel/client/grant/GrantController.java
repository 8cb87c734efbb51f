package nl.wijkschakel.client.grant;

import io.swagger.v3.oas.annotations.Hidden;
import java.time.Instant;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import nl.wijkschakel.kit.caller.Allowed;
import nl.wijkschakel.kit.web.Errors;
import nl.wijkschakel.kit.web.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** For referral-service, right after a transition: what the receiver may see takes effect without Kafka (DESIGN §2.7). */
@RestController
@Allowed(services = "referral-service")
@Hidden
class GrantController {

    record Body(
            @Nullable Access access,
            @Nullable Long sequence,
            @Nullable Instant until,
            @Nullable Set<@Nullable UUID> excludedWorkers,
            @Nullable Set<@Nullable Integer> withoutCompanions) {

        GrantState of(UUID attempt) {
            var errors = new Errors();
            var excluded = new HashSet<UUID>();
            for (var worker : Objects.requireNonNullElse(excludedWorkers, Set.<@Nullable UUID>of())) {
                if (worker == null) {
                    errors.required(false, "/excludedWorkers");
                } else {
                    excluded.add(worker);
                }
            }
            var without = new HashSet<Integer>();
            for (var place : Objects.requireNonNullElse(withoutCompanions, Set.<@Nullable Integer>of())) {
                if (place == null) {
                    errors.required(false, "/withoutCompanions");
                } else {
                    without.add(place);
                }
            }
            errors.required(access != null, "/access");
            errors.required(sequence != null, "/sequence");
            errors.addIf(sequence != null && sequence < 1, "/sequence", "out-of-range", "Een volgnummer begint bij 1.");
            if (access == null || sequence == null || !errors.found().isEmpty()) {
                throw new Refusal.Invalid(errors.found());
            }
            return new GrantState(attempt, access, sequence, until, excluded, without);
        }
    }

    private final Grants grants;

    GrantController(Grants grants) {
        this.grants = grants;
    }

    @PutMapping("/internal/v1/grants/{attempt}")
    ResponseEntity<Void> put(@PathVariable UUID attempt, @RequestBody Body body) {
        if (!grants.put(body.of(attempt))) {
            throw new Refusal.Unknown();
        }
        return ResponseEntity.noContent().build();
    }
}
