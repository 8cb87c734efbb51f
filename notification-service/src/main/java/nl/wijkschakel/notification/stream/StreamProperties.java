package nl.wijkschakel.notification.stream;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How live streams behave.
 *
 * @param heartbeat so long a stream is silent at most, or a proxy would end it
 * @param most so many are open at once on a replica, so that they do not take every connection there is
 */
@ConfigurationProperties("stream")
record StreamProperties(Duration heartbeat, int most) {}
