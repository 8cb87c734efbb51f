package nl.wijkschakel.referral.directory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {

    @ParameterizedTest
    @CsvSource({
        "Café De Ruimte, cafe de ruimte",
        "STRAßE, strasse",
        "Łódź, lodz",
        "'  18-plus,  jongeren! ', 18 plus jongeren",
        "ﬁets, fiets",
        "جيران, جيران",
    })
    void forgetCaseDiacriticsAndPunctuation(String text, String folded) {
        assertThat(Words.folded(text)).isEqualTo(folded);
    }

    @Test
    void nothingButPunctuationIsNoWord() {
        assertThat(Words.of(" .*? ")).isEmpty();
    }

    @Test
    void keepWhatIsOutsideTheFirstPlane() {
        assertThat(Words.of("𝒜 20 😀")).containsExactly("a", "20");
    }
}
