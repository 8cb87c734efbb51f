package nl.wijkschakel.kit.web;

import java.time.Duration;

/**
 * Under which key a caller sent a request, so that the same request sent twice is done once (DESIGN §2.15). A controller
 * takes it as a parameter, null when none was sent; it covers method, path and body.
 *
 * @param fingerprint keyed hash of the request
 */
public record IdempotencyKey(String key, String fingerprint) {

    public static final String HEADER = "Idempotency-Key";

    /** For so long the same key means the same request. */
    public static final Duration VALID = Duration.ofHours(24);

    /**
     * Called where the key is known already.
     *
     * @throws Refusal.Conflict when it was another request
     */
    public void requireSame(String knownFingerprint) {
        if (!fingerprint.equals(knownFingerprint)) {
            throw new Refusal.Conflict(
                    "idempotency-key-used",
                    "Dit verzoek is al eens gedaan, maar met andere gegevens.",
                    "",
                    java.util.Map.of());
        }
    }
}
