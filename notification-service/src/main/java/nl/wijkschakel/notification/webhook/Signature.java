package nl.wijkschakel.notification.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Shows a subscriber that a delivery comes from us and when it left: {@code t=<seconds since 1970>,v1=<hex>}, where the
 * hex is HMAC-SHA256 over {@code <t>.<body>} with the subscription's secret as it was given out, in UTF-8.
 */
final class Signature {

    static final String HEADER = "Wijkschakel-Signature";

    private static final String ALGORITHM = "HmacSHA256";
    private static final int SECRET_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    static String newSecret() {
        var random = new byte[SECRET_BYTES];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    static String of(String secret, Instant at, String body) {
        var moment = at.getEpochSecond();
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            var signed = mac.doFinal((moment + "." + body).getBytes(StandardCharsets.UTF_8));
            return "t=" + moment + ",v1=" + HexFormat.of().formatHex(signed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every JDK has the algorithm, and any bytes are a key
        }
    }

    private Signature() {}
}
