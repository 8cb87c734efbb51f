package nl.wijkschakel.referral.directory;

/** Which law or other ground allows data to be shared with a service (DOMAIN §2, code lists). */
public enum LegalBasis {
    WMO("Wet maatschappelijke ondersteuning"),
    JEUGDWET("Jeugdwet"),
    PARTICIPATIEWET("Participatiewet"),
    WGS("Wet gemeentelijke schuldhulpverlening"),
    CONSENT("toestemming van de cliënt"),
    VITAL_INTEREST("acuut gevaar voor leven of gezondheid");

    private final String words;

    LegalBasis(String words) {
        this.words = words;
    }

    /** In Dutch, as it stands in the middle of a sentence. */
    public String words() {
        return words;
    }
}
