package nl.wijkschakel.client.brp;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import nl.wijkschakel.client.brp.BrpPerson.Reason;
import nl.wijkschakel.client.client.PersonalData.Address;
import nl.wijkschakel.client.client.PersonalData.BirthDate;
import nl.wijkschakel.client.client.PersonalData.Name;
import nl.wijkschakel.client.client.PersonalData.WhyNoAddress;
import org.jspecify.annotations.Nullable;

/**
 * What the BRP says of a person, in the form in which a client is registered; what was not asked is not there.
 *
 * @param name absent too where the BRP has none
 * @param address never that of who has a secrecy flag (DOMAIN P9): it is {@code KEPT_SECRET}
 * @param suspended why the BRP no longer keeps this person's data: death, moving abroad
 * @param underInvestigation what may be wrong
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record BrpPersonView(
        @Nullable Name name,
        @Nullable BirthDate birthDate,
        @Nullable Address address,
        @Nullable String municipality,
        boolean secrecy,
        @Nullable Suspended suspended,
        List<BrpField> underInvestigation) {

    /** @param on as far as it is known: a day, a month or a year */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Suspended(Reason reason, @Nullable String on) {}

    static BrpPersonView of(BrpPerson person, Set<BrpField> asked) {
        var suspension = person.suspension();
        return new BrpPersonView(
                asked.contains(BrpField.NAME) ? person.name() : null,
                asked.contains(BrpField.BIRTH_DATE) ? birthDate(person) : null,
                asked.contains(BrpField.ADDRESS) ? address(person) : null,
                asked.contains(BrpField.MUNICIPALITY) ? person.municipality() : null,
                person.secrecy(),
                suspension == null
                        ? null
                        : new Suspended(suspension.reason(), suspension.on().text()),
                person.underInvestigation().stream().sorted().toList());
    }

    private static BirthDate birthDate(BrpPerson person) {
        return Objects.requireNonNullElseGet(person.born(), BrpDate.Unknown::new)
                .asBirthDate();
    }

    private static Address address(BrpPerson person) {
        return person.secrecy()
                ? new Address(null, WhyNoAddress.KEPT_SECRET)
                : Objects.requireNonNullElseGet(person.address(), () -> new Address(null, WhyNoAddress.NOT_KNOWN));
    }
}
