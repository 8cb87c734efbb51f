package nl.wijkschakel.client.grant;

/** What a client can agree to share; no more is shown. */
public enum SharedPart {
    NAME,
    BIRTH_DATE,
    BSN,
    ADDRESS,
    CONTACT
}
