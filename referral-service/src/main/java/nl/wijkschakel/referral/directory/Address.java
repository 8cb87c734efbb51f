package nl.wijkschakel.referral.directory;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where post arrives, or where people come.
 *
 * @param line street and number, or a PO box
 */
public record Address(String line, String postcode, String city) {

    private static final Pattern POSTCODE = Pattern.compile("[1-9][0-9]{3} ?[A-Za-z]{2}");
    private static final Pattern POSTCODE_IN_TEXT = Pattern.compile("\\b[1-9][0-9]{3} ?[A-Z]{2}\\b");
    private static final int DIGITS = 4;

    /** Whether a text tells a place; postcode and house number are an address in the Netherlands. */
    static boolean isToldIn(@Nullable String text) {
        return text != null && POSTCODE_IN_TEXT.matcher(text).find();
    }

    /** An address as it was filled in. */
    @Schema(name = "AddressForm")
    record Form(
            @Nullable String line,
            @Nullable String postcode,
            @Nullable String city) {

        void check(Checks checks, String pointer) {
            checks.text(line, pointer + "/line", Checks.LONGEST_NAME);
            checks.required(postcode, pointer + "/postcode");
            checks.errors()
                    .addIf(
                            postcode != null && !POSTCODE.matcher(postcode).matches(),
                            pointer + "/postcode",
                            "postcode",
                            "Vul een postcode in, zoals 1234 AB.");
            checks.text(city, pointer + "/city", Checks.LONGEST_NAME);
        }

        Address address() {
            var signs = Objects.requireNonNull(postcode).replace(" ", "").toUpperCase(Locale.ROOT);
            return new Address(
                    Checks.tidy(line), signs.substring(0, DIGITS) + " " + signs.substring(DIGITS), Checks.tidy(city));
        }
    }
}
