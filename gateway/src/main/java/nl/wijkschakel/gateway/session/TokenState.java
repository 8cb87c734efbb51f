package nl.wijkschakel.gateway.session;

/** Whether a browser's request can go on to a service. */
public sealed interface TokenState {

    record Usable(AccessToken token) implements TokenState {}

    /** Keycloak has ended the session, or somebody logged out: the person must log in again. */
    record Ended() implements TokenState {}

    /** Keycloak cannot be asked and the last token has expired. The session stays; later it may go on. */
    record Unavailable() implements TokenState {}
}
