package nl.wijkschakel.client.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.util.UUID;
import nl.wijkschakel.client.client.Client.Content;
import nl.wijkschakel.client.client.PersonalData.Name;
import nl.wijkschakel.client.client.PersonalData.SafeContact;
import org.jspecify.annotations.Nullable;

/**
 * A client in a list: enough to tell people apart, and never an address or a phone (DOMAIN P9).
 *
 * @param destroyed true where nothing is known of the person any more, absent elsewhere
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ClientLine(
        UUID id,
        String number,
        ClientView.Access access,
        String municipality,
        @Nullable Name name,
        @Nullable LocalDate birthDate,
        @Nullable SafeContact safeContact,
        @Nullable Boolean secrecy,
        @Nullable Boolean destroyed) {

    static ClientLine of(Visible visible) {
        var client = visible.client();
        return switch (client.content()) {
            case Content.Destroyed _ ->
                new ClientLine(
                        client.id(),
                        client.number(),
                        access(visible),
                        client.municipality(),
                        null,
                        null,
                        null,
                        null,
                        true);
            case Content.Open(var person) ->
                new ClientLine(
                        client.id(),
                        client.number(),
                        access(visible),
                        client.municipality(),
                        name(visible, person),
                        birthDate(visible, person),
                        person.safeContact(),
                        person.secrecy(),
                        null);
        };
    }

    private static ClientView.Access access(Visible visible) {
        return switch (visible) {
            case Visible.Own _ -> ClientView.Access.OWN;
            case Visible.Shared _ -> ClientView.Access.SHARED;
        };
    }

    private static @Nullable Name name(Visible visible, PersonalData person) {
        return switch (visible) {
            case Visible.Own _ -> person.name();
            case Visible.Shared it -> it.seen(person).name();
        };
    }

    private static @Nullable LocalDate birthDate(Visible visible, PersonalData person) {
        var shown = switch (visible) {
            case Visible.Own _ -> person.birthDate();
            case Visible.Shared it -> it.seen(person).birthDate();
        };
        return shown == null ? null : shown.value();
    }
}
