package nl.wijkschakel.referral.attachment;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.gridfs.GridFSBucket;
import com.mongodb.client.gridfs.GridFSBuckets;
import com.mongodb.client.gridfs.model.GridFSUploadOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import nl.wijkschakel.kit.seal.Vault;
import nl.wijkschakel.kit.web.Refusal;
import nl.wijkschakel.referral.attachment.Attachment.Secret;
import nl.wijkschakel.referral.attempt.Worker;
import org.bson.BsonBinary;
import org.bson.BsonValue;
import org.bson.Document;
import org.bson.UuidRepresentation;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * All attachments: what is known of them in one collection, their content encrypted in GridFS. Content is stored first and
 * counts only once its attachment is stored too; what was left behind is swept away.
 */
@Component
public class Attachments {

    static final String COLLECTION = "attachments";
    static final String BUCKET = "attachment_content";
    static final String FILES = BUCKET + ".files";

    /** @param size in bytes */
    public record Named(UUID id, String name, long size) {}

    private final MongoCollection<Document> collection;
    private final MongoCollection<Document> files;
    private final GridFSBucket bucket;
    private final Vault vault;
    private final Clock clock;

    Attachments(MongoDatabase database, Vault vault, Clock clock) {
        this.collection = database.getCollection(COLLECTION);
        this.files = database.getCollection(FILES);
        this.bucket = GridFSBuckets.create(database, BUCKET);
        this.vault = vault;
        this.clock = clock;
    }

    Attachment get(UUID id) {
        return find(id).orElseThrow(Refusal.Unknown::new);
    }

    Optional<Attachment> find(UUID id) {
        return Optional.ofNullable(collection.find(eq("_id", id)).first()).map(this::attachment);
    }

    /** Oldest first: the sender's, and of the receivers' all or those of one attempt. */
    List<Attachment> of(UUID referral, @Nullable UUID attempt) {
        var all = eq("referral", referral);
        var some = attempt == null ? all : and(all, in("attempt", null, attempt));
        return collection
                .find(some)
                .sort(ascending("_id"))
                .map(this::attachment)
                .into(new ArrayList<>());
    }

    /** What those are called that an attempt's sides see, without those that were taken back. */
    public List<Named> named(UUID referral, UUID attempt) {
        return of(referral, attempt).stream()
                .flatMap(it ->
                        Stream.ofNullable(it.secret()).map(secret -> new Named(it.id(), secret.name(), it.size())))
                .toList();
    }

    /** How many there are, without those that were taken back. */
    long count(UUID referral) {
        return collection.countDocuments(and(eq("referral", referral), exists("removedAt", false)));
    }

    /** Where the content of a new one is written to; what is not closed leaves nothing that counts. */
    OutputStream write(UUID content, String key) throws IOException {
        var options = new GridFSUploadOptions().metadata(new Document("at", clock.instant()));
        return Sealing.seal(bucket.openUploadStream(fileId(content), content.toString(), options), key, content);
    }

    InputStream read(UUID content, String key) throws IOException {
        return Sealing.open(bucket.openDownloadStream(fileId(content)), key, content);
    }

    void dropContent(UUID content) {
        if (files.find(eq("_id", content)).first() != null) {
            bucket.delete(fileId(content));
        }
    }

    void add(ClientSession session, Attachment it) {
        collection.insertOne(session, document(it));
        files.updateOne(session, eq("_id", it.content()), unset("metadata"));
    }

    /** Leaves the shell; the content is left behind, for the sweep if nobody drops it sooner. */
    void remove(ClientSession session, Attachment it, Worker by, Instant now) {
        collection.updateOne(
                session,
                eq("_id", it.id()),
                combine(set("removedAt", now), set("removedBy", worker(by)), unset("sealed")));
        files.updateOne(session, eq("_id", it.content()), set("metadata", new Document("at", now)));
    }

    /** What was begun before that and belongs to no attachment. */
    List<UUID> leftBehind(Instant before, int most) {
        return files.find(lt("metadata.at", before))
                .projection(new Document("_id", 1))
                .limit(most)
                .map(it -> id(it, "_id"))
                .into(new ArrayList<>());
    }

    /** Those that were added to drafts. */
    List<Attachment> ofDrafts(@Nullable UUID after, int most) {
        var drafts = eq("referralDraft", true);
        return collection
                .find(after == null ? drafts : and(drafts, gt("_id", after)))
                .sort(ascending("_id"))
                .limit(most)
                .map(this::shell)
                .into(new ArrayList<>());
    }

    void markSent(UUID id) {
        collection.updateOne(eq("_id", id), set("referralDraft", false));
    }

    void forget(Attachment it) {
        dropContent(it.content());
        collection.deleteOne(eq("_id", it.id()));
    }

    private static BsonValue fileId(UUID id) {
        return new BsonBinary(id, UuidRepresentation.STANDARD);
    }

    private Document document(Attachment it) {
        return new Document("_id", it.id())
                .append("referral", it.referral())
                .append("attempt", it.attempt())
                .append("content", it.content())
                .append("organisation", it.organisation())
                .append("by", worker(it.by()))
                .append("type", it.type().name())
                .append("size", it.size())
                .append("scanned", it.scanned())
                .append("referralDraft", it.referralDraft())
                .append("at", it.at())
                .append("sealed", vault.seal(it.referral(), Objects.requireNonNull(it.secret())));
    }

    private Attachment attachment(Document stored) {
        var sealed = stored.get("sealed", Binary.class);
        return attachment(stored, sealed == null ? null : vault.open(sealed, Secret.class));
    }

    private Attachment shell(Document stored) {
        return attachment(stored, null);
    }

    private static Attachment attachment(Document stored, @Nullable Secret secret) {
        var by = stored.get("by", Document.class);
        var removedAt = stored.getDate("removedAt");
        return new Attachment(
                id(stored, "_id"),
                id(stored, "referral"),
                stored.get("attempt", UUID.class),
                id(stored, "content"),
                id(stored, "organisation"),
                new Worker(id(by, "person"), by.getString("name")),
                FileType.valueOf(stored.getString("type")),
                stored.getLong("size"),
                stored.getBoolean("scanned"),
                stored.getBoolean("referralDraft"),
                secret,
                stored.getDate("at").toInstant(),
                removedAt == null ? null : removedAt.toInstant());
    }

    private static Document worker(Worker it) {
        return new Document("person", it.person()).append("name", it.name());
    }

    private static UUID id(Document stored, String field) {
        return Objects.requireNonNull(stored.get(field, UUID.class), field);
    }
}
