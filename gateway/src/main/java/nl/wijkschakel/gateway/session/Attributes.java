package nl.wijkschakel.gateway.session;

/** The names of what a session holds, beside what Spring Security puts there. */
final class Attributes {

    /** The id under which the session's tokens lie. */
    static final String TOKENS = "tokens";

    /** The organisation that the person chose to work for. */
    static final String ORGANISATION = "organisation";

    /**
     * Marks the request, not the session: no person made it, so it does not keep the session alive. Never stored.
     */
    static final String UNATTENDED = "unattended";

    private Attributes() {}
}
