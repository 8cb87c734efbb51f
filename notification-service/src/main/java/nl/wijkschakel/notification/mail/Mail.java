package nl.wijkschakel.notification.mail;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Tells one addressee by mail that something is there to be read. Those of one addressee that are due together go out as
 * one.
 *
 * @param notification what is there to be read
 * @param tries how often the mail server did not take it
 */
record Mail(UUID id, UUID notification, Addressee to, int tries) {

    static Mail of(Document stored) {
        return new Mail(
                Objects.requireNonNull(stored.get("_id", UUID.class)),
                stored.get("notification", UUID.class),
                Addressee.of(stored),
                stored.getInteger("tries"));
    }

    /**
     * A mail as those see it who keep the platform going: never what it was about.
     *
     * @param mailbox a role, as memberships write it
     * @param due when it goes out, or is tried again
     * @param failure why it did not, in one word or the mail server's number
     */
    @Schema(name = "MailView")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record View(
            UUID id,
            @Nullable UUID person,
            @Nullable String mailbox,
            MailState state,
            Instant plannedAt,
            Instant due,
            int tries,
            @Nullable String failure,
            @Nullable Instant sentAt) {

        static View of(Document stored) {
            var to = Addressee.of(stored);
            var sent = stored.getDate("sentAt");
            return new View(
                    Objects.requireNonNull(stored.get("_id", UUID.class)),
                    to instanceof Addressee.Person it ? it.id() : null,
                    to instanceof Addressee.Mailbox it ? it.role() : null,
                    MailState.valueOf(stored.getString("state")),
                    stored.getDate("at").toInstant(),
                    stored.getDate("due").toInstant(),
                    stored.getInteger("tries"),
                    stored.getString("failure"),
                    sent == null ? null : sent.toInstant());
        }
    }
}
