package nl.wijkschakel.referral.directory;

import java.util.HashSet;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import nl.wijkschakel.kit.web.Errors;
import nl.wijkschakel.kit.web.Text;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the fields of more than one kind of entry. By hand, since an entry's rules look at other entries
 * too, and one answer names all that is wrong.
 */
public record Checks(Errors errors) {

    static final int LONGEST_NAME = 120;

    /** Of a region; each makes an entry stand in more lists. */
    static final int MOST_MUNICIPALITIES = 100;

    private static final Pattern MUNICIPALITY = Pattern.compile("[0-9]{4}");
    private static final Pattern PHONE = Pattern.compile("\\+?[0-9](?:[ ()-]{0,2}[0-9]){2,14}");
    private static final Pattern EMAIL =
            Pattern.compile("[^@\\s\\p{Cntrl}]{1,64}@[^@\\s\\p{Cntrl}.]{1,63}(?:\\.[^@\\s\\p{Cntrl}.]{1,63}){1,5}");
    private static final int LONGEST_LANGUAGE = 35;

    /** A body may repeat the id of its path, as the answer to a read does. */
    void sameId(@Nullable UUID given, UUID id) {
        errors.addIf(
                given != null && !given.equals(id), "/id", "other-id", "Dit is een ander nummer dan in het adres.");
    }

    /**
     * An entry belongs to an organisation there is, and stays with it: with another one it would be another entry, and
     * what was sent to it would hang in the air.
     *
     * @return the organisation, if it is there
     */
    @Nullable
    Organisation organisation(@Nullable UUID given, @Nullable UUID present, Entries<Organisation> organisations) {
        errors.required(given != null, "/organisation");
        if (given == null) {
            return null;
        }
        errors.addIf(
                present != null && !present.equals(given),
                "/organisation",
                "fixed",
                "Dit blijft bij de organisatie waar het bij hoort.");
        var found = organisations.find(given).orElse(null);
        errors.addIf(found == null, "/organisation", "unknown", "Deze organisatie staat niet in de sociale kaart.");
        return found;
    }

    void required(@Nullable Object value, String pointer) {
        errors.required(value != null, pointer);
    }

    void text(@Nullable String value, String pointer, int max) {
        errors.required(value != null, pointer);
        optionalText(value, pointer, max);
    }

    public void optionalText(@Nullable String value, String pointer, int max) {
        if (value == null) {
            return;
        }
        var wrong = Text.Check.wrong(value, max);
        if (wrong != null) {
            errors.add(pointer, wrong.code(), wrong.detail());
        }
    }

    void phone(@Nullable String value, String pointer) {
        errors.required(value != null, pointer);
        optionalPhone(value, pointer);
    }

    void optionalPhone(@Nullable String value, String pointer) {
        errors.addIf(
                value != null && !PHONE.matcher(value).matches(),
                pointer,
                "phone",
                "Vul een telefoonnummer in, zoals 010 123 45 67.");
    }

    void optionalEmail(@Nullable String value, String pointer) {
        errors.addIf(
                value != null && !EMAIL.matcher(value).matches(),
                pointer,
                "email",
                "Vul een e-mailadres in, zoals info@voorbeeld.nl.");
    }

    static boolean isMunicipality(String code) {
        return MUNICIPALITY.matcher(code).matches();
    }

    public void municipality(@Nullable String value, String pointer) {
        errors.required(value != null, pointer);
        errors.addIf(
                value != null && !isMunicipality(value),
                pointer,
                "municipality",
                "De code van een gemeente heeft vier cijfers.");
    }

    void language(@Nullable String value, String pointer) {
        errors.required(value != null, pointer);
        optionalLanguage(value, pointer);
    }

    public void optionalLanguage(@Nullable String value, String pointer) {
        errors.addIf(
                value != null && !isLanguage(value),
                pointer,
                "language",
                "Vul een taalcode in, zoals nl of ar (BCP 47).");
    }

    private static boolean isLanguage(String tag) {
        try {
            return tag.length() <= LONGEST_LANGUAGE
                    && !new Locale.Builder()
                            .setLanguageTag(tag)
                            .build()
                            .getLanguage()
                            .isEmpty();
        } catch (IllformedLocaleException _) {
            return false;
        }
    }

    void atLeastOne(@Nullable List<?> values, String pointer) {
        errors.required(values != null && !values.isEmpty(), pointer);
    }

    /** None of it twice, no more than {@code most}, and each as {@code check} asks. */
    <T extends @Nullable Object> void each(
            @Nullable List<T> values, String pointer, int most, BiConsumer<T, String> check) {
        if (values == null) {
            return;
        }
        if (values.size() > most) {
            errors.add(pointer, "too-many", "Noem er hoogstens " + most + ".");
            return;
        }
        Set<@Nullable Object> seen = new HashSet<>();
        for (int i = 0; i < values.size(); i++) {
            var value = values.get(i);
            check.accept(value, pointer + "/" + i);
            errors.addIf(value != null && !seen.add(value), pointer + "/" + i, "twice", "Dit staat er al.");
        }
    }

    public void between(@Nullable Integer value, int least, int most, String pointer) {
        errors.addIf(
                value != null && (value < least || value > most),
                pointer,
                "out-of-range",
                "Vul een getal in van %d tot en met %d.".formatted(least, most));
    }

    void ascending(@Nullable Integer from, @Nullable Integer to, String pointer) {
        errors.addIf(
                from != null && to != null && from > to, pointer, "less-than-from", "Dit is minder dan het begin.");
    }

    /** A list that was checked: nothing in it is missing. */
    static <T> List<T> whole(@Nullable List<@Nullable T> checked) {
        return Objects.requireNonNull(checked).stream()
                .map(Objects::requireNonNull)
                .toList();
    }

    /** A text that was checked, without the blanks around it. */
    static String tidy(@Nullable String checked) {
        return Objects.requireNonNull(checked).strip();
    }

    static @Nullable String optionalTidy(@Nullable String checked) {
        return checked == null ? null : checked.strip();
    }
}
