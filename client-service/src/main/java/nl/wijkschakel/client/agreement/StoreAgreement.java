package nl.wijkschakel.client.agreement;

import com.mongodb.client.ClientSession;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import nl.wijkschakel.client.client.Clients;
import nl.wijkschakel.client.client.PersonalData;
import nl.wijkschakel.client.consent.Consents;
import nl.wijkschakel.client.grant.Grant;
import nl.wijkschakel.client.grant.Grants;
import nl.wijkschakel.client.grant.LegalBasis;
import nl.wijkschakel.client.grant.SharedPart;
import nl.wijkschakel.kit.access.AccessEntry;
import nl.wijkschakel.kit.access.AccessEntry.Action;
import nl.wijkschakel.kit.access.AccessLog;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.mongo.Transactions;
import nl.wijkschakel.kit.seal.KeyedHash;
import nl.wijkschakel.kit.web.Errors;
import nl.wijkschakel.kit.web.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Stores what the client agreed to, and tells what the receiver may know before the claim. */
@Component
class StoreAgreement {

    private static final ZoneId HERE = ZoneId.of("Europe/Amsterdam");

    private final Clients clients;
    private final Agreements agreements;
    private final Grants grants;
    private final Consents consents;
    private final Transactions transactions;
    private final AccessLog accessLog;
    private final KeyedHash hash;
    private final JsonMapper json;
    private final Clock clock;

    StoreAgreement(
            Clients clients,
            Agreements agreements,
            Grants grants,
            Consents consents,
            Transactions transactions,
            AccessLog accessLog,
            KeyedHash hash,
            JsonMapper json,
            Clock clock) {
        this.clients = clients;
        this.agreements = agreements;
        this.grants = grants;
        this.consents = consents;
        this.transactions = transactions;
        this.accessLog = accessLog;
        this.hash = hash;
        this.json = json;
        this.clock = clock;
    }

    /**
     * The same for the same attempt again answers the same. Another agreement replaces it as long as the attempt has not
     * been sent.
     */
    CoreData store(Caller caller, UUID attempt, NewAgreement agreement) {
        var today = LocalDate.ofInstant(clock.instant(), HERE);
        agreement.check(today);
        var from = agreement.forwardedFrom();
        var shared = from == null ? List.<Grant>of() : sharedWith(caller, from, agreement);
        var people = agreement.clients().stream()
                .map(it -> (from == null ? clients.own(caller, it) : clients.shared(caller, it))
                        .orElseThrow(Refusal.Unknown::new)
                        .person())
                .toList();
        boolean guarded =
                agreement.isGuarded() || shared.stream().anyMatch(Grant::guarded) || isGuardedHousehold(people);
        var core = CoreData.of(people.getFirst(), people.subList(1, people.size()), guarded, today);
        var fingerprint = hash.of("agreement", json.writeValueAsString(agreement));
        var known = agreements.find(attempt);
        if (known.isPresent() && !known.get().organisation().equals(caller.organisation())) {
            throw new Refusal.Unknown();
        }
        if (known.isPresent() && known.get().fingerprint().equals(fingerprint)) {
            accessLog.record(entry(caller, Action.READ, attempt, agreement));
            return core;
        }
        transactions.inOne(session -> put(session, caller, attempt, agreement, guarded, fingerprint));
        return core;
    }

    /** Where one of them must not be found, the others' address and phone are not told either. */
    private static boolean isGuardedHousehold(List<PersonalData> people) {
        return people.size() > 1 && people.stream().anyMatch(PersonalData::isGuarded);
    }

    /**
     * Who sends on what came to them passes on no more than they see now, of the same client for the same referral
     * (DOMAIN T14).
     */
    private List<Grant> sharedWith(Caller caller, UUID from, NewAgreement agreement) {
        var shared = agreement.clients().stream()
                .map(it -> grants.inForce(caller, from, it)
                        .filter(grant -> grant.ownBasis() == null)
                        .orElseThrow(Refusal.Unknown::new))
                .toList();
        var agreed = agreements.find(from).orElseThrow(Refusal.Unknown::new);
        if (!agreed.referral().equals(agreement.referral())) {
            throw new Refusal.Unknown();
        }
        var errors = new Errors();
        passesOnNoMore(shared.getFirst(), agreement.sharedData(), "/sharedData", errors);
        var companions = agreement.comingAlong();
        for (int i = 0; i < companions.size(); i++) {
            var parts = companions.get(i).sharedData();
            passesOnNoMore(shared.get(i + 1), parts, "/companions/%d/sharedData".formatted(i), errors);
        }
        errors.refuse();
        return shared;
    }

    private static void passesOnNoMore(Grant grant, List<@Nullable SharedPart> parts, String pointer, Errors errors) {
        errors.addIf(
                !grant.shown().containsAll(parts),
                pointer,
                "not-shared",
                "U kunt alleen doorgeven wat met u is gedeeld.");
    }

    private UUID put(
            ClientSession session,
            Caller caller,
            UUID attempt,
            NewAgreement agreement,
            boolean guarded,
            String fingerprint) {
        var consent = agreement.legalBasis() == LegalBasis.CONSENT ? consent(session, attempt, agreement) : null;
        if (!grants.prepare(
                session, agreement.grant(attempt, guarded, consent), agreement.companionGrants(attempt, guarded))) {
            throw new Refusal.Conflict(
                    "agreement-in-force",
                    "Deze aanmelding is al verstuurd; wat is afgesproken staat vast.",
                    "",
                    Map.of());
        }
        var message = accessLog.message(entry(caller, Action.CREATE, attempt, agreement));
        agreements.put(session, attempt, agreement, consent, fingerprint, caller, message, clock.instant());
        return attempt;
    }

    /** DOMAIN P3: in force, for this receiver, and for all that is shared. */
    private UUID consent(ClientSession session, UUID attempt, NewAgreement agreement) {
        return consents.use(
                session,
                attempt,
                agreement.client(),
                agreement.receiver(),
                agreement.service(),
                Set.copyOf(agreement.sharedData()));
    }

    private static AccessEntry entry(Caller caller, Action action, UUID attempt, NewAgreement agreement) {
        return AccessEntry.granted(
                caller,
                action,
                agreement.clients(),
                new AccessEntry.Resource("agreement", attempt),
                agreement.legalBasis().name());
    }
}
