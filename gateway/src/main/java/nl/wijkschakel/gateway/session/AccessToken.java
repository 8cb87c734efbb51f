package nl.wijkschakel.gateway.session;

import com.nimbusds.jwt.JWTParser;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A person's access token and what it says of that person.
 *
 * @param memberships as Keycloak writes them: {@code organisation:role} or {@code municipality:role}
 */
public record AccessToken(
        String value, Instant expires, @Nullable String name, List<String> memberships) {

    /** Its signature is not checked: it came from Keycloak's token endpoint itself (OpenID Connect Core 3.1.3.7). */
    static AccessToken of(String value, Instant expires) {
        try {
            var claims = JWTParser.parse(value).getJWTClaimsSet();
            var memberships = claims.getStringListClaim("memberships");
            var name = claims.getStringClaim("name");
            return new AccessToken(
                    value,
                    expires,
                    name == null ? claims.getStringClaim("preferred_username") : name,
                    memberships == null
                            ? List.of()
                            : memberships.stream().filter(Objects::nonNull).toList());
        } catch (ParseException _) {
            return new AccessToken(value, expires, null, List.of()); // the services will say what is wrong with it
        }
    }

    @Override
    public String toString() {
        return "AccessToken[expires=" + expires + "]"; // a token in a log is a key under the mat
    }
}
