package nl.wijkschakel.kit.http;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import nl.wijkschakel.kit.access.AccessEntry;
import nl.wijkschakel.kit.access.AccessLog;
import nl.wijkschakel.kit.caller.Allowed;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.caller.Role;
import nl.wijkschakel.kit.web.Consistent;
import nl.wijkschakel.kit.web.Errors;
import nl.wijkschakel.kit.web.IdempotencyKey;
import nl.wijkschakel.kit.web.Paging;
import nl.wijkschakel.kit.web.Text;
import nl.wijkschakel.kit.web.Version;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The smallest service that uses all of the kit. */
@SpringBootApplication
public class TestService {

    enum Colour {
        RED,
        BLUE
    }

    @Consistent
    record Body(
            @NotNull @Text(max = 20) String name,
            @NotNull Colour colour,
            int count,
            @Nullable List<@Valid @NotNull Part> parts)
            implements Consistent.Checked {

        @Override
        public void check(Errors errors) {
            errors.addIf(count > 0 && parts == null, "/parts", "required", "Noem de {delen}.");
        }
    }

    record Part(@NotNull @Text(max = 5) String text) {}

    @RestController
    @Allowed(Role.SPECIALIST)
    static class Things {

        private final AccessLog log;

        Things(AccessLog log) {
            this.log = log;
        }

        @PostMapping("/v1/things")
        Map<String, Object> add(@Valid @RequestBody Body body, @Nullable IdempotencyKey key, Caller caller) {
            return Map.of(
                    "name", body.name(),
                    "organisation", caller.organisation(),
                    "fingerprint", key == null ? "" : key.fingerprint());
        }

        @PostMapping("/v1/things/{id}/change")
        long change(@PathVariable UUID id, Version seen) {
            seen.require(3);
            return seen.value();
        }

        @GetMapping("/v1/things")
        int list(Paging paging) {
            return paging.limit();
        }

        @GetMapping("/v1/things/{id}")
        UUID read(@PathVariable UUID id, Caller caller) {
            log.record(AccessEntry.granted(
                    caller, AccessEntry.Action.READ, List.of(id), new AccessEntry.Resource("thing", id), "TEST"));
            return id;
        }

        @GetMapping("/v1/broken")
        String broken() {
            throw new IllegalStateException("secret 999994086");
        }

        @GetMapping("/v1/services-only")
        @Allowed(services = "referral-service")
        String forServices() {
            return "ok";
        }
    }

    @RestController
    static class Forgotten {

        @GetMapping("/v1/forgotten")
        String forgotten() {
            return "open to the world";
        }
    }
}
