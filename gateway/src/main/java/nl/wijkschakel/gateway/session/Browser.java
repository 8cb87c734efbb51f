package nl.wijkschakel.gateway.session;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** What other parts may know of, and do with, the session of the browser that asks. */
public final class Browser {

    private final Tokens tokens;

    Browser(Tokens tokens) {
        this.tokens = tokens;
    }

    /** The access token for this request. Where the session has ended it is removed, so that the next answer is 401. */
    public TokenState token(HttpServletRequest request) {
        var session = request.getSession(false);
        if (session == null) {
            return new TokenState.Ended();
        }
        var state = session.getAttribute(Attributes.TOKENS) instanceof String id
                ? tokens.current(id)
                : new TokenState.Ended();
        if (state instanceof TokenState.Ended) {
            session.invalidate();
        }
        return state;
    }

    /** The organisation that the person chose; whether it still is among the memberships is for the caller to see. */
    public @Nullable String organisation(HttpServletRequest request) {
        var session = request.getSession(false);
        return session != null && session.getAttribute(Attributes.ORGANISATION) instanceof String organisation
                ? organisation
                : null;
    }

    public void choose(HttpServletRequest request, String organisation) {
        request.getSession().setAttribute(Attributes.ORGANISATION, organisation);
    }

    /** No person made this request: a live stream that reconnects must not keep an empty chair logged in. */
    public void unattended(HttpServletRequest request) {
        var session = request.getSession(false);
        if (session != null) {
            session.setAttribute(Attributes.UNATTENDED, true);
        }
    }
}
