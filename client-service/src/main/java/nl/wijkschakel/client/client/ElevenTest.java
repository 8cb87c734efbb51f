package nl.wijkschakel.client.client;

import java.util.regex.Pattern;
import nl.wijkschakel.kit.web.Errors;

/** Tells a BSN from any nine digits (DOMAIN P8): 9·d1 + 8·d2 + … + 2·d8 − d9 is a multiple of eleven, and not all are zero. */
public final class ElevenTest {

    private static final Pattern DIGITS = Pattern.compile("[0-9]{9}");
    private static final int PRIME = 11;

    public static boolean passes(String bsn) {
        if (!DIGITS.matcher(bsn).matches() || bsn.equals("000000000")) {
            return false;
        }
        int sum = -digit(bsn, 8);
        for (int i = 0; i < 8; i++) {
            sum += (9 - i) * digit(bsn, i);
        }
        return sum % PRIME == 0;
    }

    public static void check(Errors errors, String pointer, String bsn) {
        errors.addIf(!passes(bsn), pointer, "eleven-test", "Dit is geen geldig burgerservicenummer.");
    }

    private static int digit(String bsn, int place) {
        return bsn.charAt(place) - '0';
    }

    private ElevenTest() {}
}
