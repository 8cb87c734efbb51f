package nl.wijkschakel.notification.mail;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Indexes.ascending;
import static com.mongodb.client.model.Projections.include;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import nl.wijkschakel.kit.mongo.Indexed;
import nl.wijkschakel.kit.seal.Vault;
import nl.wijkschakel.kit.web.Refusal;
import nl.wijkschakel.notification.mail.Addresses.Content;
import org.bson.Document;
import org.bson.types.Binary;

/** The mailboxes of roles. */
final class Mailboxes {

    private static final String COLLECTION = "mailboxes";
    private static final String ANYWHERE = "*:";
    private static final String ROLE = "role";
    private static final String SEALED = "sealed";
    private static final String VERSION = "version";

    private final MongoCollection<Document> mailboxes;
    private final Vault vault;
    private final Clock clock;

    Mailboxes(MongoDatabase database, Vault vault, Clock clock) {
        this.mailboxes = database.getCollection(COLLECTION);
        this.vault = vault;
        this.clock = clock;
    }

    static Indexed indexes() {
        return new Indexed(
                COLLECTION,
                List.of(new IndexModel(ascending(ROLE), new IndexOptions().partialFilterExpression(exists(SEALED)))));
    }

    Mailbox get(String place, String role) {
        var empty = Mailbox.empty(place, role);
        var stored = mailboxes.find(eq("_id", empty.membership())).first();
        return stored == null ? empty : new Mailbox(place, role, address(stored).orElse(null), stored.getLong(VERSION));
    }

    /** Those that have an address: of one place, or of all for {@code *:role}. */
    List<String> of(String membership) {
        var which = membership.startsWith(ANYWHERE)
                ? eq(ROLE, membership.substring(ANYWHERE.length()))
                : eq("_id", membership);
        return mailboxes
                .find(and(which, exists(SEALED)))
                .projection(include("_id"))
                .map(it -> it.getString("_id"))
                .into(new ArrayList<>());
    }

    Optional<String> address(String membership) {
        return Optional.ofNullable(mailboxes.find(eq("_id", membership)).first())
                .flatMap(this::address);
    }

    private Optional<String> address(Document stored) {
        return Optional.ofNullable(stored.get(SEALED, Binary.class))
                .map(content -> vault.open(content, Content.class).address());
    }

    /**
     * @param next one version on
     * @throws Refusal.Stale when somebody else was first
     */
    void store(Mailbox next, UUID by) {
        var document = new Document("_id", next.membership())
                .append(ROLE, next.role())
                .append(VERSION, next.version())
                .append("changedAt", clock.instant())
                .append("changedBy", by);
        if (next.address() != null) {
            vault.createKey(Addresses.KEY);
            document.append(SEALED, vault.seal(Addresses.KEY, new Content(next.address())));
        }
        if (!stored(next, document)) {
            throw new Refusal.Stale();
        }
    }

    private boolean stored(Mailbox next, Document document) {
        if (next.version() > 1) {
            return mailboxes
                            .replaceOne(and(eq("_id", next.membership()), eq(VERSION, next.version() - 1)), document)
                            .getMatchedCount()
                    == 1;
        }
        try {
            mailboxes.insertOne(document);
            return true;
        } catch (MongoWriteException e) {
            if (e.getError().getCategory() == ErrorCategory.DUPLICATE_KEY) {
                return false;
            }
            throw e;
        }
    }
}
