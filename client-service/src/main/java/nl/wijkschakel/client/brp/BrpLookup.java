package nl.wijkschakel.client.brp;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import nl.wijkschakel.client.client.ElevenTest;
import nl.wijkschakel.kit.web.Errors;
import org.jspecify.annotations.Nullable;

/**
 * Whom to ask the BRP for, and what: no more than is needed.
 *
 * @param bsns of one person, or of a household that comes along
 * @param fields all that a record can hold when it is left out
 */
record BrpLookup(
        @Nullable List<@Nullable String> bsns, @Nullable Set<@Nullable BrpField> fields) {

    private static final int MOST = 20;

    void check() {
        var errors = new Errors();
        if (bsns == null || bsns.isEmpty()) {
            errors.required(false, "/bsns");
        } else {
            errors.addIf(bsns.size() > MOST, "/bsns", "too-many", "Vraag hoogstens " + MOST + " mensen tegelijk op.");
            errors.addIf(
                    bsns.stream().distinct().count() < bsns.size(),
                    "/bsns",
                    "duplicate",
                    "Hetzelfde burgerservicenummer staat er twee keer.");
            for (int i = 0; i < Math.min(MOST, bsns.size()); i++) {
                ElevenTest.check(errors, "/bsns/" + i, Objects.requireNonNullElse(bsns.get(i), ""));
            }
        }
        errors.addIf(
                fields != null && (fields.isEmpty() || fields.contains(null)),
                "/fields",
                "required",
                "Zeg wat u wilt weten, of laat dit weg.");
        errors.refuse();
    }

    List<String> numbers() {
        return Objects.requireNonNullElse(bsns, List.<@Nullable String>of()).stream()
                .filter(Objects::nonNull)
                .toList();
    }

    Set<BrpField> wanted() {
        if (fields == null) {
            return EnumSet.allOf(BrpField.class);
        }
        var wanted = EnumSet.noneOf(BrpField.class);
        fields.stream().filter(Objects::nonNull).forEach(wanted::add);
        return wanted;
    }
}
