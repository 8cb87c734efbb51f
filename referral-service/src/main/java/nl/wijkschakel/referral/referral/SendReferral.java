package nl.wijkschakel.referral.referral;

import com.mongodb.client.ClientSession;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import nl.wijkschakel.kit.TimeOrderedIds;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.mongo.Transactions;
import nl.wijkschakel.kit.web.Errors;
import nl.wijkschakel.kit.web.IdempotencyKey;
import nl.wijkschakel.kit.web.Refusal;
import nl.wijkschakel.kit.web.Version;
import nl.wijkschakel.referral.attempt.Actor;
import nl.wijkschakel.referral.attempt.Attempt;
import nl.wijkschakel.referral.attempt.Attempts;
import nl.wijkschakel.referral.attempt.Change;
import nl.wijkschakel.referral.attempt.ClientAccess;
import nl.wijkschakel.referral.attempt.Core;
import nl.wijkschakel.referral.attempt.Request;
import nl.wijkschakel.referral.calendar.Terms;
import nl.wijkschakel.referral.calendar.WorkingDays;
import nl.wijkschakel.referral.clients.Agreement;
import nl.wijkschakel.referral.clients.ClientService;
import nl.wijkschakel.referral.directory.Directory;
import nl.wijkschakel.referral.directory.Service;
import nl.wijkschakel.referral.directory.Urgency;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Sends a referral to a service, or in a crisis to several (DOMAIN T2, T16). The agreement is stored with client-service
 * first, inactive, and gives nothing away until the attempt exists; then referral and attempts are one transaction.
 */
@Component
class SendReferral {

    private final Referrals referrals;
    private final Attempts attempts;
    private final ClientService clients;
    private final ClientAccess clientAccess;
    private final Directory directory;
    private final Transactions transactions;
    private final Terms terms;
    private final Clock clock;

    SendReferral(
            Referrals referrals,
            Attempts attempts,
            ClientService clients,
            ClientAccess clientAccess,
            Directory directory,
            Transactions transactions,
            Terms terms,
            Clock clock) {
        this.referrals = referrals;
        this.attempts = attempts;
        this.clients = clients;
        this.clientAccess = clientAccess;
        this.directory = directory;
        this.transactions = transactions;
        this.terms = terms;
        this.clock = clock;
    }

    /** DOMAIN T2. */
    void send(UUID id, Version seen, @Nullable IdempotencyKey key, Submission submission, Caller caller) {
        new Errors()
                .addIf(
                        submission.whatChanged() != null,
                        "/whatChanged",
                        "contradiction",
                        "Dit hoort bij opnieuw versturen.")
                .refuse();
        send(id, seen, key, submission, caller, (referral, _) -> referral.send(clock.instant()));
    }

    /** DOMAIN T16. */
    void resend(UUID id, Version seen, @Nullable IdempotencyKey key, Submission submission, Caller caller) {
        new Errors().required(submission.whatChanged() != null, "/whatChanged").refuse();
        send(id, seen, key, submission, caller, (referral, present) -> referral.resend(present, clock.instant()));
    }

    private void send(
            UUID id,
            Version seen,
            @Nullable IdempotencyKey key,
            Submission submission,
            Caller caller,
            BiFunction<Referral, List<Attempt>, Referral> sending) {
        if (referrals.isRepeat(null, id, key, caller)) {
            return;
        }
        try {
            sendNow(id, seen, key, submission, caller, sending);
        } catch (Refusal refusal) {
            // by the same request, which came twice at once: its other half was faster
            if (!referrals.isRepeat(null, id, key, caller)) {
                throw refusal;
            }
        }
    }

    private void sendNow(
            UUID id,
            Version seen,
            @Nullable IdempotencyKey key,
            Submission submission,
            Caller caller,
            BiFunction<Referral, List<Attempt>, Referral> sending) {
        var referral = referrals.get(id, caller);
        seen.require(referral.version());
        var _ = sending.apply(referral, attempts.of(id)); // refuses before anything is asked of a neighbour
        var services = services(referral, submission);
        refuseDuplicates(referral, services, submission);
        var changes = new ArrayList<Change>();
        var now = clock.instant();
        for (var service : services) {
            changes.add(attempt(referral, service, submission, caller, now));
        }
        transactions.inOne(session -> {
            store(session, referral, key, caller, changes, sending);
            return changes;
        });
        changes.forEach(sent -> clientAccess.follow(sent.next()));
    }

    private void store(
            ClientSession session,
            Referral seen,
            @Nullable IdempotencyKey key,
            Caller caller,
            List<Change> changes,
            BiFunction<Referral, List<Attempt>, Referral> sending) {
        var next = sending.apply(seen, attempts.of(session, seen.id()));
        referrals.store(session, seen, next, key, caller);
        attempts.followUp(session, seen.id());
        changes.forEach(sent -> attempts.add(session, sent, caller));
    }

    /** Everything that can be wrong with the request is said at once. */
    private List<Service> services(Referral referral, Submission submission) {
        var errors = new Errors();
        referral.content().missing(errors);
        var today = WorkingDays.date(clock.instant());
        var found = new ArrayList<Service>();
        for (int i = 0; i < submission.services().size(); i++) {
            var service = directory.findService(submission.services().get(i).service());
            check(service, today, "/services/%d/service".formatted(i), errors);
            service.ifPresent(found::add);
        }
        errors.addIf(
                        submission.services().size() > 1 && referral.content().urgency() != Urgency.CRISIS,
                        "/services",
                        "one-service",
                        "Alleen bij crisis vraagt u meer aanbod tegelijk.")
                .addIf(
                        submission.legalBasisReason() == null
                                && found.stream().anyMatch(it -> it.legalBasis() != submission.legalBasis()),
                        "/legalBasisReason",
                        "required",
                        "Dit is een andere wettelijke reden dan bij dit aanbod hoort. Leg uit waarom.");
        submission.agreement().checkDay(today, errors);
        errors.refuse();
        return found;
    }

    /** Whether somebody can be sent to it. */
    static void check(Optional<Service> service, LocalDate today, String pointer, Errors errors) {
        errors.addIf(service.isEmpty(), pointer, "unknown-service", "Dit aanbod bestaat niet.")
                .addIf(
                        service.filter(it -> !it.takesReferrals(today)).isPresent(),
                        pointer,
                        "stopped",
                        "Dit aanbod is gestopt. Kies een ander aanbod.");
    }

    /** DOMAIN T2: no open duplicate for the same client and service, unless it is motivated. */
    private void refuseDuplicates(Referral referral, List<Service> services, Submission submission) {
        if (submission.duplicateMotivation() != null) {
            return;
        }
        var open = services.stream()
                .map(Service::id)
                .filter(service -> attempts.isOpen(referral.client(), service))
                .toList();
        if (!open.isEmpty()) {
            throw Attempts.openDuplicate(open);
        }
    }

    private Change attempt(Referral referral, Service service, Submission submission, Caller caller, Instant now) {
        var id = TimeOrderedIds.next();
        var agreement = submission.agreement().agreement();
        var core = clients.agree(
                id,
                new Agreement(
                        referral.client(),
                        referral.id(),
                        service.organisation(),
                        directory.mayKnowBsn(service),
                        submission.legalBasis().name(),
                        agreement,
                        submission.sharedData(),
                        submission.safeContact(),
                        service.secretPlace(),
                        null),
                caller);
        var content = referral.content();
        var shown = submission.services().stream()
                .filter(it -> it.service().equals(service.id()))
                .findFirst()
                .orElseThrow()
                .shown()
                .shown();
        var request = new Request(
                Objects.requireNonNull(content.question()),
                content.goalTexts(),
                content.legitimation(),
                content.situation(),
                content.tried(),
                content.doubts(),
                content.ownReference(),
                submission.whatChanged(),
                agreement,
                submission.sharedData(),
                submission.safeContact(),
                shown,
                submission.legalBasisReason(),
                submission.duplicateMotivation(),
                content.thirdPartiesForReceiver());
        var attempt = new Attempt.New(
                id,
                referral.number(),
                referral.id(),
                referral.client(),
                referral.municipality(),
                referral.sender(),
                service.id(),
                service.organisation(),
                Objects.requireNonNull(content.theme()),
                Objects.requireNonNull(content.urgency()),
                submission.legalBasis(),
                new Core(
                        core.ageGroup(),
                        core.language(),
                        core.interpreterNeeded(),
                        Boolean.TRUE.equals(content.needsSafePlace()),
                        Boolean.TRUE.equals(content.needsAccessibility()),
                        core.postcode4()),
                submission.mayBeForwarded(),
                request);
        return Attempt.send(attempt, Actor.of(caller), now, terms);
    }
}
