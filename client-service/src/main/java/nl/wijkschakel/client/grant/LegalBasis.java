package nl.wijkschakel.client.grant;

/** Why data may be shared at all (DOMAIN §2); also the purpose of a receiver's look at it. */
public enum LegalBasis {
    WMO,
    JEUGDWET,
    PARTICIPATIEWET,
    WGS,
    /** Needs a consent that is written down (DOMAIN P3). */
    CONSENT,
    VITAL_INTEREST
}
