package nl.wijkschakel.client.grant;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import nl.wijkschakel.kit.caller.Allowed;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** For referral-service, each time a receiver reads what was shared with consent: so a withdrawal holds without Kafka. */
@RestController
@Allowed(services = "referral-service")
@Hidden
class StandingController {

    private static final int MOST = 100;

    record Asked(@NotNull @Size(max = MOST) List<@NotNull UUID> attempts) {}

    record Found(List<Standing> items) {}

    private final Grants grants;

    StandingController(Grants grants) {
        this.grants = grants;
    }

    @PostMapping("/internal/v1/grant-standings")
    Found standings(@Valid @RequestBody Asked asked) {
        return new Found(grants.standings(asked.attempts()));
    }
}
