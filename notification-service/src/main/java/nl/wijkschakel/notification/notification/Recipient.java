package nl.wijkschakel.notification.notification;

import java.util.UUID;

/** Who is told: one person in the work for one organisation, or whoever works for an organisation. */
public sealed interface Recipient {

    UUID id();

    UUID organisation();

    record Person(UUID id, UUID organisation) implements Recipient {}

    record Organisation(UUID id) implements Recipient {
        @Override
        public UUID organisation() {
            return id;
        }
    }
}
