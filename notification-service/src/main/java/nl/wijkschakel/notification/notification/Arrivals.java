package nl.wijkschakel.notification.notification;

import com.mongodb.client.MongoChangeStreamCursor;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.changestream.ChangeStreamDocument;
import java.util.List;
import java.util.Objects;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Notifications as they are stored. One thread reads it. */
public final class Arrivals implements AutoCloseable {

    private final MongoChangeStreamCursor<ChangeStreamDocument<Document>> stream;

    Arrivals(MongoCollection<Document> notifications) {
        this.stream = notifications
                .watch(List.of(
                        Aggregates.match(Filters.eq("operationType", "insert")),
                        Aggregates.project(Projections.exclude("fullDocument.unreadBy"))))
                .cursor();
    }

    /** Waits for about a second; null when none came. */
    public @Nullable Notification next() {
        var change = stream.tryNext();
        return change == null ? null : Notifications.notification(Objects.requireNonNull(change.getFullDocument()));
    }

    /** False once the database has ended it, as it does when the collection is dropped and restored. */
    public boolean areComing() {
        return stream.getServerCursor() != null;
    }

    @Override
    public void close() {
        stream.close();
    }
}
