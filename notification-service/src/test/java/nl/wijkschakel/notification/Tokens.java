package nl.wijkschakel.notification;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;

/** Signs tokens as Keycloak does and serves the keys, so that services check them as they do in production. */
public final class Tokens {

    private static final Tokens INSTANCE = new Tokens();

    private final RSAKey key;
    private final String issuer;

    private Tokens() {
        try {
            key = new RSAKeyGenerator(2048).keyID("test").generate();
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            issuer = "http://127.0.0.1:" + server.getAddress().getPort();
            var keys = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
            server.createContext("/protocol/openid-connect/certs", exchange -> {
                exchange.sendResponseHeaders(200, keys.length);
                try (var body = exchange.getResponseBody()) {
                    body.write(keys);
                }
            });
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String issuer() {
        return INSTANCE.issuer;
    }

    /** Valid for a quarter of an hour. */
    public static String of(UUID person, String... memberships) {
        return lasting(Duration.ofMinutes(15), person, memberships);
    }

    public static String lasting(Duration life, UUID person, String... memberships) {
        return signed(claims(life, person, memberships));
    }

    /** Of somebody whose mail address Keycloak knows. */
    public static String withAddress(String address, boolean verified, UUID person, String... memberships) {
        return signed(claims(Duration.ofMinutes(15), person, memberships)
                .claim("email", address)
                .claim("email_verified", verified));
    }

    private static JWTClaimsSet.Builder claims(Duration life, UUID person, String... memberships) {
        return new JWTClaimsSet.Builder()
                .issuer(INSTANCE.issuer)
                .subject(person.toString())
                .audience("wijkschakel")
                .expirationTime(Date.from(Instant.now().plus(life)))
                .claim("name", "Test")
                .claim("memberships", List.of(memberships));
    }

    private static String signed(JWTClaimsSet.Builder claims) {
        try {
            var token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("test").build(), claims.build());
            token.sign(new RSASSASigner(INSTANCE.key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of somebody who works for one organisation. */
    public static String ofSpecialist(UUID person, UUID organisation) {
        return of(person, organisation + ":specialist");
    }
}
