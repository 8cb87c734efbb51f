package nl.wijkschakel.client.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ElevenTestTest {

    @ParameterizedTest
    @ValueSource(strings = {"999999321", "999994086", "999995492", "000000152"})
    void p8Passes(String bsn) {
        assertThat(ElevenTest.passes(bsn)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"999999322", "123456789", "000000000", "", "99999932", "9999993210", "99999932１"})
    void p8Fails(String bsn) {
        assertThat(ElevenTest.passes(bsn)).isFalse();
    }
}
