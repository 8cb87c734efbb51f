package nl.wijkschakel.client;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/** Tokens that say who they are of; nothing is signed, all else in the way of a token is the service's own. */
public final class Tokens implements JwtDecoder {

    private static final String SERVICE = "service";

    /** @param memberships as in the claim: {@code <organisation>:<role>} */
    public static String of(UUID person, String... memberships) {
        return written(person + "|" + String.join("|", memberships));
    }

    public static String ofService(String name) {
        return written(new UUID(7, 7) + "|" + SERVICE + "=" + name);
    }

    private static String written(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Jwt decode(String token) {
        try {
            var parts = List.of(new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8).split("\\|"));
            var jwt = Jwt.withTokenValue(token)
                    .header("alg", "none")
                    .subject(UUID.fromString(parts.getFirst()).toString())
                    .claim("name", "Iemand")
                    .expiresAt(Instant.MAX);
            var rest = parts.subList(1, parts.size());
            rest.stream()
                    .filter(it -> it.startsWith(SERVICE + "="))
                    .forEach(it -> jwt.claim(SERVICE, it.substring(SERVICE.length() + 1)));
            return jwt.claim(
                            "memberships",
                            rest.stream().filter(it -> it.contains(":")).toList())
                    .build();
        } catch (IllegalArgumentException e) {
            throw new BadJwtException("no token of ours: " + Arrays.toString(e.getStackTrace()), e);
        }
    }
}
