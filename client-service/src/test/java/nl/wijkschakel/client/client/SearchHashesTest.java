package nl.wijkschakel.client.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import nl.wijkschakel.kit.seal.KeyedHash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchHashesTest {

    private static final KeyedHash OLD = new KeyedHash(new byte[32]);
    private static final KeyedHash NEW = new KeyedHash(new byte[] {1, 2, 3});
    private static final LocalDate BORN = LocalDate.of(1988, 4, 1);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "Smit|smit",
                "van der SMIT|smit",
                "'t Hart|hart",
                "’t Hart|hart",
                "in 't Veld|veld",
                "El Idrissi|idrissi",
                "el-Amrani|amrani",
                "Müller|muller",
                "Çelik|celik",
                "Łukasz|lukasz",
                "Sørensen|sorensen",
                "Groß|gross",
                "O'Neill|oneill",
                "Smit-de Vries|smitdevries",
                "de|de",
                "Van|van",
                "王|王",
                "😀|😀"
            })
    void readsNamesAsPeopleTypeThem(String surname, String normalised) {
        assertThat(SearchHashes.normalised(surname)).isEqualTo(normalised);
    }

    @Test
    void findsTheSameNameHoweverItIsTyped() {
        var hashes = new SearchHashes(List.of(NEW));
        assertThat(hashes.surname("van der Smit")).isEqualTo(hashes.surname("SMIT"));
        assertThat(hashes.surname("Smit")).isNotEqualTo(hashes.surname("Smits"));
    }

    @Test
    void withABirthDateThreeLettersAreEnough() {
        var hashes = new SearchHashes(List.of(NEW));
        assertThat(hashes.surnameAndBirthDate("Smit", BORN)).isEqualTo(hashes.surnameAndBirthDate("de Smidt", BORN));
        assertThat(hashes.surnameAndBirthDate("Smit", BORN))
                .isNotEqualTo(hashes.surnameAndBirthDate("Smit", BORN.plusDays(1)))
                .isNotEqualTo(hashes.surname("smi"));
    }

    @Test
    void whileAKeyIsReplacedWhatLiesUnderEitherIsFound() {
        var before = new SearchHashes(List.of(OLD));
        var between = new SearchHashes(List.of(NEW, OLD));
        var after = new SearchHashes(List.of(NEW));
        assertThat(between.bsn("999999321"))
                .containsAll(before.bsn("999999321"))
                .containsAll(after.bsn("999999321"))
                .hasSize(2);
        assertThat(before.bsn("999999321")).doesNotContainAnyElementsOf(after.bsn("999999321"));
    }
}
