package nl.wijkschakel.kit;

import java.security.SecureRandom;

/**
 * A number that people read out over the phone, such as {@code K7QX-3M9TF}: random, so it says nothing about the person
 * or the count; without I, L, O and U; the last sign checks the others (ISO/IEC 7064, MOD 37-2's idea with a prime).
 */
public final class ReferenceNumber {

    private static final String SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int PRIME = 31;
    private static final int LENGTH = 8;
    private static final SecureRandom RANDOM = new SecureRandom();

    public static String next() {
        var number = new StringBuilder(LENGTH + 2);
        for (int i = 0; i < LENGTH; i++) {
            number.append(SIGNS.charAt(RANDOM.nextInt(SIGNS.length())));
        }
        return number.append(check(number)).insert(LENGTH / 2, '-').toString();
    }

    /** Whether the check sign fits; case, blanks and the dash do not matter. */
    public static boolean isValid(String text) {
        var plain = text.toUpperCase(java.util.Locale.ROOT).replaceAll("[\\s-]", "");
        return plain.length() == LENGTH + 1
                && plain.chars().allMatch(sign -> SIGNS.indexOf(sign) >= 0)
                && check(plain.subSequence(0, LENGTH)) == plain.charAt(LENGTH);
    }

    /** The form in which numbers are stored, whatever way it was typed. */
    public static String normalised(String text) {
        var plain = text.toUpperCase(java.util.Locale.ROOT).replaceAll("[\\s-]", "");
        return plain.length() == LENGTH + 1
                ? plain.substring(0, LENGTH / 2) + "-" + plain.substring(LENGTH / 2)
                : plain;
    }

    private static char check(CharSequence signs) {
        int sum = 0;
        for (int i = 0; i < signs.length(); i++) {
            sum = (sum * 2 + SIGNS.indexOf(signs.charAt(i))) % PRIME;
        }
        return SIGNS.charAt(sum);
    }

    private ReferenceNumber() {}
}
