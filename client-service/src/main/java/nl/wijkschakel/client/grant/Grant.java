package nl.wijkschakel.client.grant;

import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an agreement lets its receiver see, once {@link GrantState} says that it may.
 *
 * @param attempt for which the client agreed
 * @param entitledToBsn whether a law lets the receiving service use BSNs (DOMAIN P8)
 * @param guarded the sender said that contact is not safe, or the place is secret (DOMAIN P9, P11)
 * @param consent the one it hangs on, where that is the legal basis
 * @param ownBasis on which the receiver reads on after that was withdrawn (DOMAIN P3)
 */
public record Grant(
        UUID attempt,
        UUID client,
        UUID receiver,
        LegalBasis legalBasis,
        Set<SharedPart> sharedData,
        boolean entitledToBsn,
        boolean guarded,
        @Nullable UUID consent,
        @Nullable LegalBasis ownBasis) {

    public Grant {
        sharedData = Set.copyOf(sharedData);
    }

    LegalBasis purpose() {
        return ownBasis == null ? legalBasis : ownBasis;
    }

    /** Without the BSN where no law lets the receiver use it, whatever was agreed. */
    public Set<SharedPart> shown() {
        var shown = EnumSet.noneOf(SharedPart.class);
        shown.addAll(sharedData);
        if (!entitledToBsn) {
            shown.remove(SharedPart.BSN);
        }
        return shown;
    }
}
