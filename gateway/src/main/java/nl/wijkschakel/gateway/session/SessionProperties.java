package nl.wijkschakel.gateway.session;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param key base64 of 32 bytes
 * @param idle after this long without a request a session is over
 * @param absolute and after this long in any case
 */
@ConfigurationProperties("session")
record SessionProperties(String key, Duration idle, Duration absolute) {

    @Override
    public String toString() {
        return "SessionProperties[idle=" + idle + ", absolute=" + absolute + "]"; // without the key
    }
}
