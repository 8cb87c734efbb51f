package nl.wijkschakel.kit.access;

/**
 * What a look at clients' data is for, where no legal basis of a referral says it: one list for all services, one code for
 * each kind of work. What somebody types besides is kept, sealed, in the record that the entry names.
 */
public enum Purpose {
    CLIENT_REGISTRATION,
    CLIENT_FILE,
    CLIENT_SEARCH,
    CLIENT_LIST,
    BRP_LOOK_UP,
    /** Recording or withdrawing a consent (DOMAIN P3). */
    CONSENT_RECORD,
    /** Recording a death, a suspended registration or a move. */
    LIFE_EVENT,
    /** Who looked, for the client (DOMAIN P16). */
    ACCESS_LOG,
    /** Who looked, for the privacy officer. */
    ACCESS_REVIEW,
    /** In an emergency, with a typed reason (DOMAIN P27). */
    BREAK_GLASS,
    /** A whole BSN or a guarded address, with a typed reason (DOMAIN P8, P9). */
    DISCLOSURE,
    /** A client of another team of the own organisation, with a typed reason. */
    OTHER_TEAM,
    REFERRAL,
    INBOX,
    WORKLIST
}
