package nl.wijkschakel.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReferenceNumberTest {

    @Test
    void aNumberReadsWellAndChecksItself() {
        assertThat(Stream.generate(ReferenceNumber::next).limit(1000))
                .allMatch(number -> number.matches("[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{5}"))
                .allMatch(ReferenceNumber::isValid)
                .allMatch(number -> ReferenceNumber.normalised(number).equals(number))
                .doesNotHaveDuplicates();
    }

    @Test
    void onesTypedInAnotherWayAreTheSame() {
        var number = ReferenceNumber.next();
        var typed = " " + number.toLowerCase(java.util.Locale.ROOT).replace("-", " ") + " ";
        assertThat(ReferenceNumber.isValid(typed)).isTrue();
        assertThat(ReferenceNumber.normalised(typed)).isEqualTo(number);
    }

    @Test
    void aSlipOfOneSignIsNoticed() {
        var number = ReferenceNumber.next();
        for (int i = 0; i < 4; i++) {
            char other = number.charAt(i) == '7' ? '8' : '7';
            assertThat(ReferenceNumber.isValid(number.substring(0, i) + other + number.substring(i + 1)))
                    .as("sign %d of %s", i, number)
                    .isFalse();
        }
    }
}
