package nl.wijkschakel.notification.mail;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import nl.wijkschakel.notification.notification.StableId;
import org.bson.Document;

/** Whom a mail is for. The address itself is looked up when it is sent. */
sealed interface Addressee {

    String FIELD = "to";

    /** Somebody who works with the platform. */
    record Person(UUID id) implements Addressee {}

    /** What those who have a role read together; see {@link Mailboxes}. */
    record Mailbox(String role) implements Addressee {}

    /** As it is stored: a person's id, or the role's text. */
    default Object stored() {
        return switch (this) {
            case Person it -> it.id();
            case Mailbox it -> it.role();
        };
    }

    static Addressee of(Document mail) {
        return mail.get(FIELD) instanceof UUID id ? new Person(id) : new Mailbox(mail.getString(FIELD));
    }

    /** The same for the same addressee in every release: ids of mails follow from it. */
    default byte[] bytes() {
        return switch (this) {
            case Person it -> StableId.bytes(it.id());
            case Mailbox it -> it.role().getBytes(StandardCharsets.UTF_8);
        };
    }
}
