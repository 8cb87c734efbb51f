package nl.wijkschakel.client.consent;

import java.time.Clock;
import java.util.List;
import java.util.UUID;
import nl.wijkschakel.client.client.Client;
import nl.wijkschakel.client.client.Clients;
import nl.wijkschakel.client.client.FrozenShares;
import nl.wijkschakel.client.consent.Consent.Recorded;
import nl.wijkschakel.client.grant.Grants;
import nl.wijkschakel.kit.TimeOrderedIds;
import nl.wijkschakel.kit.access.AccessEntry;
import nl.wijkschakel.kit.access.AccessEntry.Action;
import nl.wijkschakel.kit.access.AccessEntry.Resource;
import nl.wijkschakel.kit.access.AccessLog;
import nl.wijkschakel.kit.access.Purpose;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.mongo.Transactions;
import nl.wijkschakel.kit.web.IdempotencyKey;
import nl.wijkschakel.kit.web.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Writes a consent down, and its withdrawal: what hangs on it closes in the same transaction, so that it takes effect at
 * once whatever becomes of the event (DOMAIN P3).
 */
@Component
class RecordConsent {

    private static final String KIND = "consent";

    private final Clients clients;
    private final Consents consents;
    private final Grants grants;
    private final FrozenShares frozen;
    private final ConsentEvents events;
    private final Transactions transactions;
    private final AccessLog accessLog;
    private final Clock clock;

    RecordConsent(
            Clients clients,
            Consents consents,
            Grants grants,
            FrozenShares frozen,
            ConsentEvents events,
            Transactions transactions,
            AccessLog accessLog,
            Clock clock) {
        this.clients = clients;
        this.consents = consents;
        this.grants = grants;
        this.frozen = frozen;
        this.events = events;
        this.transactions = transactions;
        this.accessLog = accessLog;
        this.clock = clock;
    }

    /** A repeat, and what is no change any more, is a look at what is there. */
    private record Done(Consent consent, boolean isNew) {}

    Consent record(Caller caller, UUID id, NewConsent body, @Nullable IdempotencyKey key) {
        var client = client(caller, id);
        var _ = client.person(); // nobody consents to sharing what was destroyed
        body.check(clock.instant());
        var done = transactions.inOne(session -> {
            var made = consents.made(session, key, caller);
            if (made.isPresent()) {
                return new Done(made.get(), false);
            }
            var consent = new Consent(
                    TimeOrderedIds.next(),
                    id,
                    body.textVersion(),
                    body.givenAt(),
                    body.giver().giver(),
                    body.scope().scope(),
                    recordedBy(caller),
                    List.of(),
                    null);
            var message = accessLog.message(entry(caller, Action.CREATE, consent));
            consents.add(session, consent, client, List.of(message), key, caller);
            return new Done(consent, true);
        });
        return seen(caller, done);
    }

    Consent withdraw(Caller caller, UUID id, UUID consent) {
        var client = client(caller, id);
        var done = transactions.inOne(session -> {
            var seen = consents.get(session, id, consent, caller);
            if (seen.withdrawn() != null) {
                return new Done(seen, false);
            }
            var withdrawn = withdrawn(seen, recordedBy(caller));
            consents.withdraw(
                    session,
                    withdrawn,
                    List.of(
                            events.withdrawn(withdrawn, client, clock.instant()),
                            accessLog.message(entry(caller, Action.CHANGE, withdrawn))));
            grants.withdraw(session, consent, withdrawn.attempts())
                    .forEach(grant -> frozen.freeze(session, client, grant));
            return new Done(withdrawn, true);
        });
        return seen(caller, done);
    }

    private static Consent withdrawn(Consent it, Recorded by) {
        return new Consent(
                it.id(),
                it.client(),
                it.textVersion(),
                it.givenAt(),
                it.giver(),
                it.scope(),
                it.recorded(),
                it.attempts(),
                by);
    }

    /** Also who received the client: what is passed on needs a consent, and a client can withdraw it with whoever helps. */
    private Client client(Caller caller, UUID id) {
        return clients.shared(caller, id).orElseThrow(Refusal.Unknown::new);
    }

    private Consent seen(Caller caller, Done done) {
        if (!done.isNew()) {
            accessLog.record(entry(caller, Action.READ, done.consent()));
        }
        return done.consent();
    }

    private Recorded recordedBy(Caller caller) {
        return new Recorded(caller.person(), caller.organisation(), clock.instant());
    }

    static AccessEntry entry(Caller caller, Action action, Consent consent) {
        return AccessEntry.granted(
                caller, action, List.of(consent.client()), new Resource(KIND, consent.id()), Purpose.CONSENT_RECORD);
    }
}
