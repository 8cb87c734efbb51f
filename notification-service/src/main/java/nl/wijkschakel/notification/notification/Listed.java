package nl.wijkschakel.notification.notification;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.bson.Document;

/** A notification in somebody's list. */
record Listed(UUID id, String type, @JsonUnwrapped Subject subject, Instant at, boolean read) {

    static Listed of(Document found) {
        return new Listed(
                Objects.requireNonNull(found.get("_id", UUID.class)),
                found.getString("type"),
                Subject.of(found),
                found.getDate("at").toInstant(),
                found.getList("unreadBy", UUID.class, List.of()).isEmpty());
    }
}
