package nl.wijkschakel.referral.referral;

import io.swagger.v3.oas.annotations.Hidden;
import java.util.UUID;
import nl.wijkschakel.kit.caller.Allowed;
import nl.wijkschakel.referral.attempt.Attempts;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** For client-service, before it closes an account or ends a membership (DOMAIN §2, people and work). */
@RestController
@Allowed(services = "client-service")
@Hidden
final class OpenWorkController {

    private final Attempts attempts;
    private final Referrals referrals;

    OpenWorkController(Attempts attempts, Referrals referrals) {
        this.attempts = attempts;
        this.referrals = referrals;
    }

    /** @param open drafts, and attempts on either side; one that is on both counts twice */
    record OpenWork(long open) {}

    @GetMapping("/internal/v1/workers/{person}/open-work")
    OpenWork countOpenWork(@PathVariable UUID person, @RequestParam UUID organisation) {
        return new OpenWork(attempts.inHand(organisation, person) + referrals.draftsOf(organisation, person));
    }
}
