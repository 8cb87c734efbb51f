package nl.wijkschakel.referral.referral;

import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import nl.wijkschakel.kit.TimeOrderedIds;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.web.Errors;
import nl.wijkschakel.kit.web.IdempotencyKey;
import nl.wijkschakel.kit.web.Version;
import nl.wijkschakel.referral.attempt.Actor;
import nl.wijkschakel.referral.attempt.Attempt;
import nl.wijkschakel.referral.attempt.Attempts;
import nl.wijkschakel.referral.attempt.Change;
import nl.wijkschakel.referral.attempt.Core;
import nl.wijkschakel.referral.calendar.Terms;
import nl.wijkschakel.referral.calendar.WorkingDays;
import nl.wijkschakel.referral.clients.Agreement;
import nl.wijkschakel.referral.clients.ClientService;
import nl.wijkschakel.referral.directory.Directory;
import nl.wijkschakel.referral.directory.Service;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * A receiver sends an attempt on to another service (DOMAIN T14). As with {@link SendReferral} the agreement is stored with
 * client-service first, inactive; then the end of the one and the beginning of the other are one transaction.
 */
@Component
class ForwardAttempt {

    private final Attempts attempts;
    private final ClientService clients;
    private final Directory directory;
    private final Terms terms;
    private final Clock clock;

    ForwardAttempt(Attempts attempts, ClientService clients, Directory directory, Terms terms, Clock clock) {
        this.attempts = attempts;
        this.clients = clients;
        this.directory = directory;
        this.terms = terms;
        this.clock = clock;
    }

    /** @return the attempt that ended; after it the one that took its place, unless the same request did that before */
    List<Attempt> forward(UUID id, Version seen, @Nullable IdempotencyKey key, Forwarding body, Caller caller) {
        var done = attempts.done(id, key, caller);
        if (done.isPresent()) {
            return List.of(done.get());
        }
        var attempt = attempts.get(id, caller);
        seen.require(attempt.version());
        var next = TimeOrderedIds.next();
        var _ = end(attempt, next, body, caller); // refuses before anything is asked of a neighbour
        var service = service(attempt, body);
        var sentOn = sendOn(attempt, next, service, body, caller);
        return attempts.replace(id, seen, key, caller, it -> end(it, next, body, caller), sentOn);
    }

    private Change end(Attempt attempt, UUID next, Forwarding body, Caller caller) {
        return attempt.forward(next, body.service(), body.reason(), Actor.of(caller), clock.instant());
    }

    /** Everything that can be wrong with the request is said at once. */
    private Service service(Attempt attempt, Forwarding body) {
        var errors = new Errors();
        var today = WorkingDays.date(clock.instant());
        var service = directory.findService(body.service());
        SendReferral.check(service, today, "/service", errors);
        body.agreement().checkDay(today, errors);
        errors.addIf(
                        body.legalBasisReason() == null
                                && service.filter(it -> it.legalBasis() != body.legalBasis())
                                        .isPresent(),
                        "/legalBasisReason",
                        "required",
                        "Dit is een andere wettelijke reden dan bij dit aanbod hoort. Leg uit waarom.")
                .addIf(
                        !new HashSet<>(attempt.request().sharedData()).containsAll(body.sharedData()),
                        "/sharedData",
                        "not-shared",
                        "U kunt alleen doorgeven wat met u is gedeeld.")
                .refuse();
        return service.orElseThrow();
    }

    private Change sendOn(Attempt attempt, UUID next, Service service, Forwarding body, Caller caller) {
        var agreement = body.agreement().agreement();
        var core = clients.agree(
                next,
                new Agreement(
                        attempt.client(),
                        attempt.referral(),
                        service.organisation(),
                        directory.mayKnowBsn(service),
                        body.legalBasis().name(),
                        agreement,
                        body.sharedData(),
                        attempt.request().safeContact(),
                        service.secretPlace(),
                        attempt.id()),
                caller);
        return attempt.sendOn(
                next,
                service.id(),
                service.organisation(),
                body.legalBasis(),
                new Core(
                        core.ageGroup(),
                        core.language(),
                        core.interpreterNeeded(),
                        attempt.core().needsSafePlace(),
                        attempt.core().needsAccessibility(),
                        core.postcode4()),
                attempt.request()
                        .forwarded(agreement, body.sharedData(), body.shown().shown(), body.legalBasisReason()),
                body.reason(),
                Actor.of(caller),
                clock.instant(),
                terms);
    }
}
