package nl.wijkschakel.gateway.login;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;

/** Reads the Authorization header and nothing else; without the regular expression that Spring Security's own takes. */
public final class BearerTokens implements BearerTokenResolver {

    private static final String SCHEME = "Bearer ";

    /** Whether the caller presents a token, and so is a system and no browser with a session. */
    public static boolean presentedBy(HttpServletRequest request) {
        var header = request.getHeader(HttpHeaders.AUTHORIZATION);
        return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    @Override
    public @Nullable String resolve(HttpServletRequest request) {
        var header = request.getHeader(HttpHeaders.AUTHORIZATION);
        return header != null && presentedBy(request)
                ? header.substring(SCHEME.length()).strip()
                : null;
    }
}
