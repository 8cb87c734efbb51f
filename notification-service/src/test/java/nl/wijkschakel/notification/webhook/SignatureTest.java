package nl.wijkschakel.notification.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SignatureTest {

    /** What receivers check: {@code printf '1772442000.{"a":"é"}' | openssl dgst -sha256 -hmac secret}. */
    @Test
    void isWhatTheGuideSays() {
        assertThat(Signature.of("secret", Instant.ofEpochSecond(1_772_442_000L), "{\"a\":\"é\"}"))
                .isEqualTo("t=1772442000,v1=68cd5c449463177eed16986f7c89440ebbb363f678220c42cb6878081ecc89d2");
    }

    @Test
    void secretsAreLongAndNeverTheSame() {
        var secrets = Stream.generate(Signature::newSecret).limit(100).toList();
        assertThat(secrets)
                .doesNotHaveDuplicates()
                .allSatisfy(it -> assertThat(it).matches("[\\w-]{43}"));
    }
}
