package nl.wijkschakel.referral.directory;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Text as it is ordered and found: without case, diacritics and punctuation. */
public final class Words {

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

    /** Letters that Unicode does not take apart. */
    private static final Map<Character, String> WHOLE =
            Map.of('ß', "ss", 'æ', "ae", 'œ', "oe", 'ø', "o", 'đ', "d", 'ł', "l", 'ı', "i");

    /** Words with one blank between them. */
    public static String folded(String text) {
        var plain = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT);
        var whole = plain.chars()
                .mapToObj(sign -> WHOLE.getOrDefault((char) sign, String.valueOf((char) sign)))
                .collect(Collectors.joining());
        return NO_WORD.matcher(whole).replaceAll(" ").strip();
    }

    public static List<String> of(String text) {
        var folded = folded(text);
        return folded.isEmpty() ? List.of() : List.of(folded.split(" ", -1));
    }

    private Words() {}
}
