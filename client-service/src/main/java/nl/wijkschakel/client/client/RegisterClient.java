package nl.wijkschakel.client.client;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import nl.wijkschakel.kit.ReferenceNumber;
import nl.wijkschakel.kit.TimeOrderedIds;
import nl.wijkschakel.kit.access.AccessEntry;
import nl.wijkschakel.kit.access.AccessEntry.Action;
import nl.wijkschakel.kit.access.AccessLog;
import nl.wijkschakel.kit.access.Purpose;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.outbox.Message;
import nl.wijkschakel.kit.seal.Vault;
import nl.wijkschakel.kit.web.IdempotencyKey;
import nl.wijkschakel.kit.web.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes a client with a key of its own, once for each request and once for each BSN. */
@Component
class RegisterClient {

    private static final int TRIES = 3;

    private final Clients clients;
    private final ClientEvents events;
    private final Vault vault;
    private final AccessLog accessLog;
    private final Clock clock;

    RegisterClient(Clients clients, ClientEvents events, Vault vault, AccessLog accessLog, Clock clock) {
        this.clients = clients;
        this.events = events;
        this.vault = vault;
        this.accessLog = accessLog;
        this.clock = clock;
    }

    Client register(Caller caller, PersonalData person, @Nullable IdempotencyKey key) {
        var creation = key == null ? null : Creation.by(caller, key, clock.instant());
        return Optional.ofNullable(creation)
                .flatMap(it -> replayed(caller, it))
                .orElseGet(() -> register(caller, person, creation, TRIES));
    }

    private Client register(Caller caller, PersonalData person, @Nullable Creation creation, int tries) {
        var client = Client.registered(
                TimeOrderedIds.next(), ReferenceNumber.next(), caller.organisation(), person, clock.instant());
        vault.createKey(client.id());
        try {
            clients.add(client, creation, List.of(events.registered(client), created(caller, client)));
            return client;
        } catch (MongoWriteException e) {
            vault.destroyKey(client.id()); // nothing lies under it
            if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY || tries == 0) {
                throw e;
            }
            return Optional.ofNullable(creation)
                    .flatMap(it -> replayed(caller, it))
                    .orElseGet(() -> again(caller, person, creation, tries));
        }
    }

    /** It was not this request: the BSN is known here, the key is one of yesterday's, or the number was taken. */
    private Client again(Caller caller, PersonalData person, @Nullable Creation creation, int tries) {
        refuseKnownBsn(caller, person, null);
        if (creation != null) {
            clients.forget(creation, caller.organisation(), yesterday());
        }
        return register(caller, person, creation, tries - 1);
    }

    /** Points at the own client with this BSN, which is a look at that client. */
    void refuseKnownBsn(Caller caller, PersonalData person, @Nullable UUID except) {
        var bsn = person.bsn().value();
        var known = bsn == null ? Optional.<Client>empty() : clients.withBsn(caller.organisation(), bsn);
        if (known.isPresent() && !known.get().id().equals(except)) {
            var client = known.get();
            accessLog.record(AccessEntry.granted(
                    caller,
                    Action.SEARCH,
                    List.of(client.id()),
                    new AccessEntry.Resource(ClientController.KIND, client.id()),
                    Purpose.CLIENT_REGISTRATION));
            throw new Refusal.Conflict(
                    "client-exists",
                    "Uw organisatie heeft al een cliënt met dit burgerservicenummer.",
                    "",
                    Map.of("client", client.id(), "number", client.number()));
        }
    }

    private Optional<Client> replayed(Caller caller, Creation creation) {
        var made = clients.createdBy(creation, caller.organisation(), yesterday());
        made.ifPresent(client -> {
            creation.key().requireSame(clients.fingerprint(client));
            accessLog.record(AccessEntry.granted(
                    caller,
                    Action.READ,
                    List.of(client.id()),
                    new AccessEntry.Resource(ClientController.KIND, client.id()),
                    Purpose.CLIENT_REGISTRATION));
        });
        return made;
    }

    private Instant yesterday() {
        return clock.instant().minus(IdempotencyKey.VALID);
    }

    private Message created(Caller caller, Client client) {
        return accessLog.message(AccessEntry.granted(
                caller,
                Action.CREATE,
                List.of(client.id()),
                new AccessEntry.Resource(ClientController.KIND, client.id()),
                Purpose.CLIENT_REGISTRATION));
    }
}
