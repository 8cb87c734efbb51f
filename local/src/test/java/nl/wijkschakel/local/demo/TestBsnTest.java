package nl.wijkschakel.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TestBsnTest {

    @Test
    void allPassTheElevenTestAndBeginAsNoRealOneDoes() {
        assertThat(IntStream.range(0, TestBsn.COUNT).mapToObj(TestBsn::numbered))
                .allMatch(TestBsnTest::passes)
                .allMatch(bsn -> bsn.startsWith("9999"));
    }

    @Test
    void eachComesOnce() {
        assertThat(IntStream.range(0, TestBsn.COUNT).mapToObj(TestBsn::numbered))
                .hasSizeGreaterThan(9000)
                .doesNotHaveDuplicates();
    }

    @Test
    void theTestItselfKnowsRightFromWrong() {
        assertThat(passes("999994086")).isTrue();
        assertThat(passes("999999322")).isFalse();
    }

    /** 9·d1 + 8·d2 + … + 2·d8 − d9 is a multiple of eleven (DOMAIN P8). */
    private static boolean passes(String bsn) {
        int sum = IntStream.range(0, 9)
                .map(i -> (i == 8 ? -1 : 9 - i) * Character.digit(bsn.charAt(i), 10))
                .sum();
        return bsn.length() == 9 && sum % 11 == 0;
    }
}
