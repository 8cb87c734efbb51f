package nl.wijkschakel.client.consent;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Projections.exclude;
import static com.mongodb.client.model.Sorts.descending;
import static com.mongodb.client.model.Updates.addToSet;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.pushEach;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.wijkschakel.client.client.Client;
import nl.wijkschakel.client.consent.Consent.Giver;
import nl.wijkschakel.client.consent.Consent.Recorded;
import nl.wijkschakel.client.consent.Consent.Scope;
import nl.wijkschakel.client.grant.SharedPart;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.mongo.Creations;
import nl.wijkschakel.kit.outbox.Message;
import nl.wijkschakel.kit.seal.Vault;
import nl.wijkschakel.kit.web.Cursor;
import nl.wijkschakel.kit.web.Errors;
import nl.wijkschakel.kit.web.IdempotencyKey;
import nl.wijkschakel.kit.web.Refusal;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * All consents. Those who see one: the client's organisation, who wrote it down, and the receiver; they are named in
 * {@code seenBy}, so that each list is one range.
 */
@Component
public class Consents {

    static final String COLLECTION = "consents";

    private static final Bson ALL_BUT_OUTBOX = exclude(Message.FIELD);

    private final MongoCollection<Document> consents;
    private final Creations creations;
    private final Vault vault;

    Consents(MongoDatabase database, Vault vault, Clock clock) {
        this.consents = database.getCollection(COLLECTION);
        this.creations = new Creations(consents, clock);
        this.vault = vault;
    }

    /** What the same request wrote down before. */
    Optional<Consent> made(ClientSession session, @Nullable IdempotencyKey key, Caller caller) {
        return creations.made(session, key, caller).map(this::consent);
    }

    void add(
            ClientSession session,
            Consent consent,
            Client client,
            List<Message> messages,
            @Nullable IdempotencyKey key,
            Caller caller) {
        var scope = consent.scope();
        var document = new Document("_id", consent.id())
                .append("client", consent.client())
                .append(
                        "seenBy",
                        Stream.of(client.organisation(), caller.organisation(), scope.receiver())
                                .distinct()
                                .toList())
                .append("textVersion", consent.textVersion())
                .append("givenAt", consent.givenAt())
                .append("receiver", scope.receiver())
                .append("data", names(scope.data()))
                .append("recorded", recorded(consent.recorded()))
                .append("attempts", List.of())
                .append("sealed", vault.seal(consent.client(), Objects.requireNonNull(consent.giver())))
                .append(
                        Message.FIELD,
                        messages.stream().map(Message::toDocument).toList());
        if (scope.service() != null) {
            document.append("service", scope.service());
        }
        consents.insertOne(session, creations.by(document, key, caller));
    }

    /** Newest first. */
    List<Consent> of(UUID client, Caller caller, @Nullable Cursor after, int limit) {
        return consents.find(of(client, caller.organisation(), after))
                .projection(ALL_BUT_OUTBOX)
                .sort(descending("_id"))
                .limit(limit)
                .map(this::consent)
                .into(new ArrayList<>());
    }

    static Bson of(UUID client, UUID organisation, @Nullable Cursor after) {
        var seen = and(eq("client", client), eq("seenBy", organisation));
        return after == null ? seen : and(seen, lt("_id", after.id()));
    }

    /** @throws Refusal.Unknown when it is not there, or not for this caller */
    Consent get(@Nullable ClientSession session, UUID client, UUID id, Caller caller) {
        var filter = and(of(client, caller.organisation(), null), eq("_id", id));
        var found = session == null ? consents.find(filter) : consents.find(session, filter);
        return Optional.ofNullable(
                        found.projection(ALL_BUT_OUTBOX).map(this::consent).first())
                .orElseThrow(Refusal.Unknown::new);
    }

    void withdraw(ClientSession session, Consent withdrawn, List<Message> messages) {
        consents.updateOne(
                session,
                eq("_id", withdrawn.id()),
                combine(
                        set("withdrawn", recorded(Objects.requireNonNull(withdrawn.withdrawn()))),
                        pushEach(
                                Message.FIELD,
                                messages.stream().map(Message::toDocument).toList())));
    }

    /**
     * Makes the newest in force that covers it the legal basis of an attempt: a write, so that a withdrawal at the same
     * moment comes before it or after it.
     *
     * @return which one it was
     * @throws Refusal.Invalid when there is none
     */
    public UUID use(
            ClientSession session,
            UUID attempt,
            UUID client,
            UUID receiver,
            @Nullable UUID service,
            Set<SharedPart> data) {
        var inForce = consents
                .find(session, and(eq("client", client), eq("receiver", receiver), exists("withdrawn", false)))
                .projection(ALL_BUT_OUTBOX)
                .sort(descending("_id"))
                .map(this::consent)
                .into(new ArrayList<>())
                .stream()
                .filter(it -> it.scope().isFor(receiver, service))
                .toList();
        var covering = inForce.stream()
                .filter(it -> it.scope().data().containsAll(data))
                .findFirst();
        new Errors()
                .addIf(
                        inForce.isEmpty(),
                        "/legalBasis",
                        "no-consent",
                        "Er is geen toestemming vastgelegd voor deze ontvanger. Leg die eerst vast, of kies een andere"
                                + " wettelijke reden.")
                .addIf(
                        !inForce.isEmpty() && covering.isEmpty(),
                        "/sharedData",
                        "not-in-consent",
                        "De cliënt gaf geen toestemming om al deze gegevens te delen.")
                .refuse();
        var consent = covering.orElseThrow().id();
        consents.updateOne(session, eq("_id", consent), addToSet("attempts", attempt));
        return consent;
    }

    private static List<String> names(Collection<SharedPart> parts) {
        return parts.stream().map(Enum::name).sorted().toList();
    }

    private static Document recorded(Recorded it) {
        return new Document("person", it.person())
                .append("organisation", it.organisation())
                .append("at", it.at());
    }

    private static Recorded recorded(Document stored) {
        return new Recorded(
                stored.get("person", UUID.class),
                stored.get("organisation", UUID.class),
                stored.getDate("at").toInstant());
    }

    private Consent consent(Document stored) {
        var withdrawn = stored.get("withdrawn", Document.class);
        return new Consent(
                stored.get("_id", UUID.class),
                stored.get("client", UUID.class),
                stored.getString("textVersion"),
                stored.getDate("givenAt").toInstant(),
                giver(stored.get("sealed", Binary.class)),
                new Scope(
                        stored.get("receiver", UUID.class),
                        stored.get("service", UUID.class),
                        stored.getList("data", String.class).stream()
                                .map(SharedPart::valueOf)
                                .collect(Collectors.toSet())),
                recorded(stored.get("recorded", Document.class)),
                List.copyOf(stored.getList("attempts", UUID.class)),
                withdrawn == null ? null : recorded(withdrawn));
    }

    /** A destroyed key spoils no list. */
    private @Nullable Giver giver(Binary sealed) {
        try {
            return vault.open(sealed, Giver.class);
        } catch (Vault.Destroyed _) {
            return null;
        }
    }
}
