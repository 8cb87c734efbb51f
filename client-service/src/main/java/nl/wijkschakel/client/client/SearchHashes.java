package nl.wijkschakel.client.client;

import java.text.Normalizer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import nl.wijkschakel.kit.seal.KeyedHash;

/**
 * Finds what is sealed (DESIGN §2.10): keyed hashes of the BSN, of the surname, and of the surname's first three letters
 * with the birth date. While a key is replaced, each is stored under the old and the new one, and searched under both.
 */
final class SearchHashes {

    /** What stands before a surname and is left out by many who type it. */
    private static final Set<String> PREFIXES = Set.of(
            "a", "aan", "abu", "af", "al", "auf", "ben", "bij", "bin", "d", "da", "dal", "de", "del", "della", "den",
            "der", "des", "di", "do", "dos", "du", "el", "het", "ibn", "in", "l", "la", "las", "le", "les", "lo", "los",
            "onder", "op", "over", "s", "t", "te", "ten", "ter", "tot", "uit", "van", "vom", "von", "voor", "zu", "zum",
            "zur");

    private static final int FIRST_LETTERS = 3;

    private final List<KeyedHash> keys;

    SearchHashes(List<KeyedHash> keys) {
        this.keys = List.copyOf(keys);
    }

    /** All by which the person is found. */
    List<String> of(PersonalData person) {
        var hashes = new ArrayList<>(surname(person.name().surname()));
        var bsn = person.bsn().value();
        if (bsn != null) {
            hashes.addAll(bsn(bsn));
        }
        var birthDate = person.birthDate().value();
        if (birthDate != null) {
            hashes.addAll(surnameAndBirthDate(person.name().surname(), birthDate));
        }
        return hashes;
    }

    List<String> bsn(String bsn) {
        return hashed("bsn", bsn);
    }

    List<String> surname(String surname) {
        return hashed("surname", normalised(surname));
    }

    List<String> surnameAndBirthDate(String surname, LocalDate birthDate) {
        var letters = normalised(surname)
                .codePoints()
                .limit(FIRST_LETTERS)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append);
        return hashed("surname-and-birth-date", letters + " " + birthDate);
    }

    private List<String> hashed(String purpose, String value) {
        return keys.stream().map(key -> key.of(purpose, value)).toList();
    }

    /** Without case, diacritics, apostrophes, dashes, blanks and prefixes; a name of nothing else stays as it is. */
    static String normalised(String surname) {
        var plain = Normalizer.normalize(surname, Normalizer.Form.NFKD)
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\p{M}", "")
                .replace("ø", "o")
                .replace("ł", "l")
                .replace("đ", "d")
                .replace("ı", "i")
                .replace("ß", "ss")
                .replace("æ", "ae")
                .replace("œ", "oe");
        var words = Arrays.stream(plain.split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty())
                .toList();
        if (words.isEmpty()) {
            return plain.strip();
        }
        int first = 0;
        while (first < words.size() - 1 && PREFIXES.contains(words.get(first))) {
            first++;
        }
        return words.stream().skip(first).collect(Collectors.joining());
    }
}
