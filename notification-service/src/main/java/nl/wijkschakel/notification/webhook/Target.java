package nl.wijkschakel.notification.webhook;

import org.jspecify.annotations.Nullable;

/**
 * Where an organisation's system listens. Sealed: it holds what opens that system.
 *
 * @param authorization what goes into the header {@code Authorization}
 * @param secret with which each delivery is signed
 */
record Target(String callbackUrl, @Nullable String authorization, String secret) {

    @Override
    public String toString() {
        return "Target"; // nothing of it belongs in a log
    }
}
