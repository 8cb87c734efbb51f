package nl.wijkschakel.client.brp;

import java.util.Set;
import nl.wijkschakel.client.client.PersonalData.Address;
import nl.wijkschakel.client.client.PersonalData.Name;
import org.jspecify.annotations.Nullable;

/**
 * A person as the BRP knows them, in our terms. What was not asked, or is not known there, is null.
 *
 * @param secrecy comes unasked; so do suspension and what is under investigation
 * @param underInvestigation parts that may be wrong: the municipality looks into them
 */
record BrpPerson(
        String bsn,
        @Nullable Name name,
        @Nullable BrpDate born,
        @Nullable Address address,
        @Nullable String municipality,
        boolean secrecy,
        @Nullable Suspension suspension,
        Set<BrpField> underInvestigation) {

    /** From then on the BRP no longer keeps this person's data up to date. */
    record Suspension(Reason reason, BrpDate on) {}

    enum Reason {
        DECEASED,
        EMIGRATED,
        NON_RESIDENT,
        MINISTERIAL_DECISION,
        REGISTERED_BY_MISTAKE,
        OTHER
    }
}
