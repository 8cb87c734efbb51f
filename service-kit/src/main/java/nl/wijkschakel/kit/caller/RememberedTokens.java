package nl.wijkschakel.kit.caller;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/** Checks a token's signature once and remembers it until it expires: a quarter of a small request's cost. */
final class RememberedTokens implements JwtDecoder {

    private static final int MOST = 10_000;

    private final JwtDecoder decoder;
    private final Cache<String, Jwt> seen;

    RememberedTokens(JwtDecoder decoder, Clock clock) {
        this.decoder = decoder;
        this.seen = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfter(Expiry.<String, Jwt>creating((_, token) -> life(token, clock)))
                .build();
    }

    @Override
    public Jwt decode(String token) {
        return Objects.requireNonNull(seen.get(token, decoder::decode));
    }

    private static Duration life(Jwt token, Clock clock) {
        var expires = Objects.requireNonNullElse(token.getExpiresAt(), Instant.EPOCH);
        var left = Duration.between(clock.instant(), expires);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
