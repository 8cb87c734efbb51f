package nl.wijkschakel.gateway.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Base64;
import org.junit.jupiter.api.Test;

class SealTest {

    private static final byte[] SECRET = "a secret".getBytes(UTF_8);

    private final Seal seal = Seal.of(key(1));

    @Test
    void opensWhatItSealed() throws Exception {
        assertThat(seal.open(seal.seal(SECRET, "x"), "x")).isEqualTo(SECRET);
    }

    @Test
    void neverLooksTheSameTwice() {
        assertThat(seal.seal(SECRET, "x")).isNotEqualTo(seal.seal(SECRET, "x"));
        assertThat(new String(seal.seal(SECRET, "x"), UTF_8)).doesNotContain("secret");
    }

    @Test
    void doesNotOpenWithAnotherKey() {
        var sealed = seal.seal(SECRET, "x");
        assertThatExceptionOfType(Seal.Broken.class)
                .isThrownBy(() -> Seal.of(key(2)).open(sealed, "x"));
    }

    @Test
    void doesNotOpenInAnotherPlace() {
        var sealed = seal.seal(SECRET, "x");
        assertThatExceptionOfType(Seal.Broken.class).isThrownBy(() -> seal.open(sealed, "y"));
    }

    @Test
    void doesNotOpenWhenItWasChangedOrCutOff() {
        var sealed = seal.seal(SECRET, "x");
        sealed[14] ^= 1;
        assertThatExceptionOfType(Seal.Broken.class).isThrownBy(() -> seal.open(sealed, "x"));
        assertThatExceptionOfType(Seal.Broken.class).isThrownBy(() -> seal.open(new byte[3], "x"));
        assertThatExceptionOfType(Seal.Broken.class).isThrownBy(() -> seal.open(new byte[0], "x"));
    }

    @Test
    void saysWhichSettingIsWrongAndNotItsValue() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Seal.of(" "))
                .withMessageContaining("SESSION_KEY is missing");
        assertThatIllegalStateException()
                .isThrownBy(() -> Seal.of("hunter2!"))
                .withMessage("SESSION_KEY is not base64")
                .withNoCause();
        assertThatIllegalStateException().isThrownBy(() -> Seal.of("AAAA")).withMessageContaining("3 bytes, not 32");
    }

    private static String key(int fill) {
        var key = new byte[32];
        key[0] = (byte) fill;
        return Base64.getEncoder().encodeToString(key);
    }
}
