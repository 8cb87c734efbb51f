package nl.wijkschakel.notification.mail;

import com.mongodb.MongoException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.ModelAndView;

/** Learns a person's mail address from the token, whenever the person looks at something here. */
final class Presence implements HandlerInterceptor {

    private static final Logger log = LoggerFactory.getLogger(Presence.class);

    private final Addresses addresses;

    Presence(Addresses addresses) {
        this.addresses = addresses;
    }

    /** After what was asked was allowed and done. */
    @Override
    public void postHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable ModelAndView view) {
        if (SecurityContextHolder.getContext().getAuthentication() instanceof JwtAuthenticationToken login) {
            var token = login.getToken();
            var address = address(token);
            if (address != null) {
                remember(UUID.fromString(Objects.requireNonNull(token.getSubject())), address);
            }
        }
    }

    /** Not one of which Keycloak says that nobody has shown it to be the person's. */
    private static @Nullable String address(Jwt token) {
        return Boolean.FALSE.equals(token.getClaimAsBoolean("email_verified")) ? null : token.getClaimAsString("email");
    }

    private void remember(UUID person, String address) {
        try {
            addresses.seen(person, address);
        } catch (MongoException e) {
            // the answer was given; the next look tells the address again
            log.warn("An address is remembered later: {}", e.getClass().getSimpleName());
        }
    }
}
