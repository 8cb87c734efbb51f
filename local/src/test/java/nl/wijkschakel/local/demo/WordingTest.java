package nl.wijkschakel.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import nl.wijkschakel.local.demo.DemoClient.Sex;
import org.junit.jupiter.api.Test;

class WordingTest {

    private final Wording her = new Wording(somebody(Sex.FEMALE), new Random(1));
    private final Wording him = new Wording(somebody(Sex.MALE), new Random(1));

    @Test
    void choosesTheWordForThePerson() {
        assertThat(her.fill("[Zij|Hij] ziet [haar|zijn] moeder.")).isEqualTo("Zij ziet haar moeder.");
        assertThat(him.fill("[Zij|Hij] ziet [haar|zijn] moeder.")).isEqualTo("Hij ziet zijn moeder.");
    }

    @Test
    void keepsToWhatWasSaidBefore() {
        assertThat(her.fill("{bedrag}")).startsWith("€ ").isEqualTo(her.fill("{bedrag}"));
    }

    @Test
    void leavesNoPlaceEmpty() {
        assertThatThrownBy(() -> her.fill("Wij vragen {aanbod}.")).hasMessageContaining("{aanbod}");
        assertThat(her.with("aanbod", "Taalmaatje").fill("Wij vragen {aanbod}."))
                .isEqualTo("Wij vragen Taalmaatje.");
    }

    private static DemoClient somebody(Sex sex) {
        return new DemoClient(
                1, "Jo", null, "Proef", sex, 40, "nl", false, "PHONE", null, null, null, null, null, null);
    }
}
