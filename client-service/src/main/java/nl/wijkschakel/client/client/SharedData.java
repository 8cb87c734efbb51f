package nl.wijkschakel.client.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Set;
import java.util.function.Function;
import nl.wijkschakel.client.client.PersonalData.Address;
import nl.wijkschakel.client.client.PersonalData.BirthDate;
import nl.wijkschakel.client.client.PersonalData.Bsn;
import nl.wijkschakel.client.client.PersonalData.Contact;
import nl.wijkschakel.client.client.PersonalData.Name;
import nl.wijkschakel.client.grant.SharedPart;
import org.jspecify.annotations.Nullable;

/** Of what is known of a person the parts that somebody may see; the others are null. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SharedData(
        @Nullable Name name,
        @Nullable Bsn bsn,
        @Nullable BirthDate birthDate,
        @Nullable Address address,
        @Nullable Contact contact) {

    static final SharedData NOTHING = new SharedData(null, null, null, null, null);

    /** @param guarded without address and phone (DOMAIN P9) */
    static SharedData of(PersonalData person, Set<SharedPart> parts, boolean guarded) {
        var shared = new SharedData(
                parts.contains(SharedPart.NAME) ? person.name() : null,
                parts.contains(SharedPart.BSN) ? person.bsn() : null,
                parts.contains(SharedPart.BIRTH_DATE) ? person.birthDate() : null,
                parts.contains(SharedPart.ADDRESS) ? person.address() : null,
                parts.contains(SharedPart.CONTACT) ? person.contact() : null);
        return guarded ? shared.guarded() : shared;
    }

    SharedData guarded() {
        var reached = contact == null ? null : new Contact(null, contact.email(), contact.preference());
        return new SharedData(name, bsn, birthDate, null, reached);
    }

    /** What is missing here is taken from the other. */
    SharedData or(SharedData other) {
        return new SharedData(
                either(other, SharedData::name),
                either(other, SharedData::bsn),
                either(other, SharedData::birthDate),
                either(other, SharedData::address),
                either(other, SharedData::contact));
    }

    private <T> @Nullable T either(SharedData other, Function<SharedData, @Nullable T> part) {
        var here = part.apply(this);
        return here != null ? here : part.apply(other);
    }
}
