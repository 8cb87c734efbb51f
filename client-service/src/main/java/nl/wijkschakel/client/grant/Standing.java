package nl.wijkschakel.client.grant;

import java.util.UUID;

/**
 * Whether what was shared for an attempt may be read by its receiver, as far as consent goes (DESIGN §2.7).
 *
 * @param basis on which it is read
 */
record Standing(UUID attempt, Kind standing, LegalBasis basis) {

    enum Kind {
        IN_FORCE,
        WITHDRAWN,
        /** The consent was withdrawn; the receiver has a basis of its own for what it had been told. */
        OWN_BASIS
    }
}
