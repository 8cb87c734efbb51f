package nl.wijkschakel.client.client;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import nl.wijkschakel.kit.web.Refusal;

/**
 * A person whom an organisation helps; a client belongs to one organisation (DESIGN §2.8).
 *
 * @param number for people to say over the phone; it tells nothing of the person
 * @param version rises with each change
 * @param sequence rises with each event
 */
public record Client(
        UUID id,
        String number,
        UUID organisation,
        String municipality,
        long version,
        long sequence,
        Instant createdAt,
        Instant changedAt,
        Content content) {

    /** What a client's key opens. */
    public sealed interface Content {

        record Open(PersonalData person) implements Content {}

        /** The key is gone, and all that was known of the person with it. */
        record Destroyed() implements Content {}
    }

    static Client registered(UUID id, String number, UUID organisation, PersonalData person, Instant now) {
        return new Client(id, number, organisation, person.municipality(), 1, 1, now, now, new Content.Open(person));
    }

    Client changed(PersonalData person, Instant now) {
        return new Client(
                id,
                number,
                organisation,
                person.municipality(),
                version + 1,
                sequence + 1,
                createdAt,
                now,
                new Content.Open(person));
    }

    /** @throws Refusal.Conflict when nothing is known of the person any more */
    public PersonalData person() {
        return switch (content) {
            case Content.Open it -> it.person();
            case Content.Destroyed _ ->
                throw new Refusal.Conflict("destroyed", "De gegevens van deze cliënt zijn vernietigd.", "", Map.of());
        };
    }
}
