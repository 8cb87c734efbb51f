package nl.wijkschakel.client.brp;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import nl.wijkschakel.client.client.Client;
import nl.wijkschakel.client.client.PersonalData;
import nl.wijkschakel.client.client.PersonalData.Address;
import nl.wijkschakel.client.client.PersonalData.Name;
import nl.wijkschakel.kit.web.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What the BRP says otherwise than a client's record. It changes nothing by itself: who works with the client knows
 * whether the register or the record is right, and changes the record, or leaves it.
 */
@Component
class CompareWithBrp {

    /**
     * @param inBrp false where the BRP does not know this number
     * @param person all that was asked; absent where the BRP has nobody
     * @param differences what the record says otherwise
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Comparison(boolean inBrp, @Nullable BrpPersonView person, List<Difference> differences) {}

    /**
     * @param pointer into the client
     * @param brp as the client's record would hold it, for a change of the client
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Difference(String pointer, @Nullable Object record, Object brp) {}

    private final Brp brp;

    CompareWithBrp(Brp brp) {
        this.brp = brp;
    }

    Comparison compare(Client client) {
        var record = client.person();
        var bsn = record.bsn().value();
        if (bsn == null) {
            throw new Refusal.Conflict(
                    "bsn-unknown",
                    "Het burgerservicenummer van deze cliënt is niet bekend. Daarom kan het niet in de BRP worden opgezocht.",
                    "",
                    Map.of());
        }
        var asked = asked(record);
        var found = brp.find(List.of(bsn), asked);
        if (found.isEmpty()) {
            return new Comparison(false, null, List.of());
        }
        var person = BrpPersonView.of(found.getFirst(), asked);
        return new Comparison(true, person, differences(record, person));
    }

    /** An address that the record leaves out on purpose is not asked for. */
    private static Set<BrpField> asked(PersonalData record) {
        return record.address().value() == null
                ? EnumSet.complementOf(EnumSet.of(BrpField.ADDRESS))
                : EnumSet.allOf(BrpField.class);
    }

    private static List<Difference> differences(PersonalData record, BrpPersonView person) {
        var differences = new ArrayList<Difference>();
        if (person.secrecy() && !record.secrecy()) {
            differences.add(new Difference("/secrecy", record.secrecy(), true));
        }
        if (person.name() != null && !isSame(record.name(), person.name())) {
            differences.add(new Difference("/name", record.name(), person.name()));
        }
        if (person.birthDate() != null && !person.birthDate().equals(record.birthDate())) {
            differences.add(new Difference("/birthDate", record.birthDate(), person.birthDate()));
        }
        if (person.address() != null && !person.secrecy() && !isSame(record.address(), person.address())) {
            differences.add(new Difference("/address", record.address(), person.address()));
        }
        if (person.municipality() != null && !person.municipality().equals(record.municipality())) {
            differences.add(new Difference("/municipality", record.municipality(), person.municipality()));
        }
        return differences;
    }

    /** Somebody who is known by one first name is no other person. */
    private static boolean isSame(Name record, Name brp) {
        return plain(record.surname()).equals(plain(brp.surname()))
                && plain(record.prefix()).equals(plain(brp.prefix()))
                && (record.given() == null || plain(brp.given()).startsWith(plain(record.given())));
    }

    private static boolean isSame(Address record, Address brp) {
        var ours = record.value();
        var theirs = brp.value();
        if (ours == null || theirs == null) {
            return record.equals(brp);
        }
        return plain(ours.street()).equals(plain(theirs.street()))
                && plain(ours.houseNumber()).equals(plain(theirs.houseNumber()))
                && ours.postcode().equals(theirs.postcode())
                && plain(ours.city()).equals(plain(theirs.city()));
    }

    /** What people write differently and mean the same. */
    private static String plain(@Nullable String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "");
    }
}
