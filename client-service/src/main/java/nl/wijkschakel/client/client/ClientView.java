package nl.wijkschakel.client.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;
import nl.wijkschakel.client.client.Client.Content;
import nl.wijkschakel.client.client.PersonalData.Address;
import nl.wijkschakel.client.client.PersonalData.BirthDate;
import nl.wijkschakel.client.client.PersonalData.Bsn;
import nl.wijkschakel.client.client.PersonalData.Contact;
import nl.wijkschakel.client.client.PersonalData.Name;
import nl.wijkschakel.client.client.PersonalData.SafeContact;
import nl.wijkschakel.client.client.PersonalData.WhyNoBsn;
import org.jspecify.annotations.Nullable;

/**
 * A client as its reader may see it; what is not shared is not there.
 *
 * @param destroyed true where nothing is known of the person any more, absent elsewhere
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ClientView(
        UUID id,
        String number,
        UUID organisation,
        Access access,
        String municipality,
        @Nullable Name name,
        @Nullable BsnView bsn,
        @Nullable BirthDate birthDate,
        @Nullable Address address,
        @Nullable Contact contact,
        @Nullable String language,
        @Nullable Boolean interpreterNeeded,
        @Nullable SafeContact safeContact,
        @Nullable Boolean secrecy,
        @Nullable Boolean destroyed) {

    enum Access {
        OWN,
        SHARED
    }

    /** Never the number itself (DOMAIN P8). */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record BsnView(@Nullable String masked, @Nullable WhyNoBsn unknownBecause) {

        private static final int SHOWN = 4;

        static BsnView of(Bsn bsn) {
            var value = bsn.value();
            return value == null
                    ? new BsnView(null, bsn.unknownBecause())
                    : new BsnView("*".repeat(value.length() - SHOWN) + value.substring(value.length() - SHOWN), null);
        }
    }

    static ClientView of(Visible visible) {
        var client = visible.client();
        return switch (client.content()) {
            case Content.Destroyed _ -> destroyed(client, access(visible));
            case Content.Open(var person) ->
                switch (visible) {
                    case Visible.Own _ -> own(client, person);
                    case Visible.Shared it -> shared(client, person, it.seen(person));
                };
        };
    }

    private static Access access(Visible visible) {
        return switch (visible) {
            case Visible.Own _ -> Access.OWN;
            case Visible.Shared _ -> Access.SHARED;
        };
    }

    static ClientView own(Client client, PersonalData person) {
        return new ClientView(
                client.id(),
                client.number(),
                client.organisation(),
                Access.OWN,
                client.municipality(),
                person.name(),
                BsnView.of(person.bsn()),
                person.birthDate(),
                person.address(),
                person.contact(),
                person.language(),
                person.interpreterNeeded(),
                person.safeContact(),
                person.secrecy(),
                null);
    }

    /** What was agreed, and always how contact is safe: who helps must know that (DOMAIN P9, P10). */
    private static ClientView shared(Client client, PersonalData person, SharedData seen) {
        return new ClientView(
                client.id(),
                client.number(),
                client.organisation(),
                Access.SHARED,
                client.municipality(),
                seen.name(),
                seen.bsn() == null ? null : BsnView.of(seen.bsn()),
                seen.birthDate(),
                seen.address(),
                seen.contact(),
                person.language(),
                person.interpreterNeeded(),
                person.safeContact(),
                person.secrecy(),
                null);
    }

    private static ClientView destroyed(Client client, Access access) {
        return new ClientView(
                client.id(),
                client.number(),
                client.organisation(),
                access,
                client.municipality(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                true);
    }
}
