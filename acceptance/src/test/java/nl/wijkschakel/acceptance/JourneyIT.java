package nl.wijkschakel.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import nl.wijkschakel.local.api.Platform;
import nl.wijkschakel.local.journey.Journey;
import org.junit.jupiter.api.Test;

/** The loop from end to end, as {@code ./wijkschakel journey} plays it. */
class JourneyIT {

    @Test
    void aReferralGoesFromClientToOutcome() {
        var stack = TestPlatform.stack();
        var said = new ByteArrayOutputStream();
        var out = new PrintStream(said, true, StandardCharsets.UTF_8);
        boolean green = Journey.play(Platform.behind(stack.address(), stack.issuer()), Clock.systemUTC(), out);
        assertThat(green).as(said.toString(StandardCharsets.UTF_8)).isTrue();
    }
}
