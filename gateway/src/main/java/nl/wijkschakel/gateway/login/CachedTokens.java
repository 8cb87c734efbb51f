package nl.wijkschakel.gateway.login;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;

/**
 * Remembers the tokens that were found good until they expire, so that a signature is checked once and not at each
 * request. Kept by their hash: what cannot be used is not worth stealing from memory.
 */
final class CachedTokens implements JwtDecoder {

    private final JwtDecoder decoder;
    private final Clock clock;
    private final Cache<ByteBuffer, Jwt> good =
            Caffeine.newBuilder().maximumSize(10_000).build();

    CachedTokens(JwtDecoder decoder, Clock clock) {
        this.decoder = decoder;
        this.clock = clock;
    }

    @Override
    public Jwt decode(String token) {
        var hash = hash(token);
        var known = good.getIfPresent(hash);
        if (known != null && known.getExpiresAt() != null && clock.instant().isBefore(known.getExpiresAt())) {
            return known;
        }
        Jwt decoded;
        try {
            decoded = decoder.decode(token);
        } catch (JwtException e) {
            if (isRateLimit(e)) {
                // a key that Keycloak did not have a moment ago either: a bad token, not an outage
                throw new BadJwtException("The token's key is unknown", e);
            }
            throw e;
        }
        good.put(hash, decoded);
        return decoded;
    }

    private static boolean isRateLimit(@Nullable Throwable e) {
        return e != null && (e instanceof RateLimitReachedException || isRateLimit(e.getCause()));
    }

    private static ByteBuffer hash(String token) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("The JDK has no SHA-256", e);
        }
    }
}
