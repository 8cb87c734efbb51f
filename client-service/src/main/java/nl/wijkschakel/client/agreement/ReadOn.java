package nl.wijkschakel.client.agreement;

import java.time.Clock;
import java.util.List;
import java.util.UUID;
import nl.wijkschakel.client.grant.Grants;
import nl.wijkschakel.kit.access.AccessEntry;
import nl.wijkschakel.kit.access.AccessEntry.Action;
import nl.wijkschakel.kit.access.AccessLog;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.mongo.Transactions;
import nl.wijkschakel.kit.seal.KeyedHash;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Records the basis on which a receiver reads on after the client withdrew the consent (DOMAIN P3). */
@Component
class ReadOn {

    private final Agreements agreements;
    private final Grants grants;
    private final Transactions transactions;
    private final AccessLog accessLog;
    private final KeyedHash hash;
    private final JsonMapper json;
    private final Clock clock;

    ReadOn(
            Agreements agreements,
            Grants grants,
            Transactions transactions,
            AccessLog accessLog,
            KeyedHash hash,
            JsonMapper json,
            Clock clock) {
        this.agreements = agreements;
        this.grants = grants;
        this.transactions = transactions;
        this.accessLog = accessLog;
        this.hash = hash;
        this.json = json;
        this.clock = clock;
    }

    /** The last one counts; the same again changes nothing. */
    void record(Caller caller, UUID attempt, OwnBasis basis) {
        basis.check();
        var fingerprint = hash.of("own-basis", json.writeValueAsString(basis));
        transactions.inOne(session -> {
            var client = grants.readOn(session, caller, attempt, basis.legalBasis());
            var message = accessLog.message(AccessEntry.granted(
                    caller,
                    Action.CREATE,
                    List.of(client),
                    new AccessEntry.Resource("own-basis", attempt),
                    basis.legalBasis().name()));
            agreements.add(session, attempt, client, basis, fingerprint, caller, message, clock.instant());
            return client;
        });
    }
}
