package nl.wijkschakel.client.agreement;

import io.swagger.v3.oas.annotations.Hidden;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import nl.wijkschakel.kit.caller.Allowed;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.caller.Callers;
import nl.wijkschakel.kit.caller.Role;
import nl.wijkschakel.kit.web.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** A share takes two tokens: the service's own, and that of the person it calls for (DESIGN §2.6). */
@RestController
@Allowed(services = "referral-service")
@Hidden
class AgreementController {

    static final String CALLER_HEADER = "Wijkschakel-Caller";

    private static final Set<Role> WORKERS = EnumSet.of(Role.WIJKTEAM_WORKER, Role.SPECIALIST, Role.COORDINATOR);

    private final Callers callers;
    private final StoreAgreement agreements;
    private final ReadOn readingOn;

    AgreementController(Callers callers, StoreAgreement agreements, ReadOn readingOn) {
        this.callers = callers;
        this.agreements = agreements;
        this.readingOn = readingOn;
    }

    @PutMapping("/internal/v1/agreements/{attempt}")
    CoreData put(
            @PathVariable UUID attempt,
            @RequestBody NewAgreement agreement,
            @RequestHeader(name = CALLER_HEADER, required = false) @Nullable String token,
            @RequestHeader(name = Caller.ORGANISATION_HEADER, required = false) @Nullable String organisation) {
        return agreements.store(caller(token, organisation), attempt, agreement);
    }

    /** The receiver's own basis, after the client withdrew the consent. */
    @PutMapping("/internal/v1/agreements/{attempt}/own-basis")
    ResponseEntity<Void> readOn(
            @PathVariable UUID attempt,
            @RequestBody OwnBasis basis,
            @RequestHeader(name = CALLER_HEADER, required = false) @Nullable String token,
            @RequestHeader(name = Caller.ORGANISATION_HEADER, required = false) @Nullable String organisation) {
        readingOn.record(caller(token, organisation), attempt, basis);
        return ResponseEntity.noContent().build();
    }

    private Caller caller(@Nullable String token, @Nullable String organisation) {
        if (token == null) {
            throw new Refusal.Forbidden("caller-token", "Het token van de medewerker ontbreekt.");
        }
        var caller = callers.onBehalfOf(token, organisation);
        caller.organisation(); // refused where it is not clear for whom
        if (Collections.disjoint(caller.roles(), WORKERS)) {
            throw new Refusal.Forbidden("forbidden", "Uw rol geeft hier geen toegang toe.");
        }
        return caller;
    }
}
