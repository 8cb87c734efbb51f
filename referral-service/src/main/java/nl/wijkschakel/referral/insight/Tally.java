package nl.wijkschakel.referral.insight;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A number with what it consists of, of which the few are not shown (DOMAIN P24). Shown is a number of at least ten
 * persons; and a sum only where what is left out below it is of ten or more together, so that nothing can be found by
 * subtracting.
 */
final class Tally {

    static final int FEWEST = 10;

    private final Map<String, Tally> parts = new LinkedHashMap<>();
    private final Set<UUID> persons = new HashSet<>();
    private long count;

    /** Counts once for each number on the way from the whole to that part. */
    void add(UUID person, String... path) {
        var tally = this;
        tally.count(person);
        for (var name : path) {
            tally = tally.part(name);
            tally.count(person);
        }
    }

    private void count(UUID person) {
        count++;
        persons.add(person);
    }

    /** A part that is named is there, with none in it too. */
    Tally part(String name) {
        return parts.computeIfAbsent(name, _ -> new Tally());
    }

    /** The number; null where it would tell of fewer than ten. */
    @Nullable
    Long shown() {
        return isShown() ? count : null;
    }

    private boolean isShown() {
        var left = leftOut();
        return persons.size() >= FEWEST && (left == null || left.size() >= FEWEST);
    }

    /** Whoever is in a part that is not shown; null where all parts are. */
    private @Nullable Set<UUID> leftOut() {
        Set<UUID> left = null;
        for (var part : parts.values()) {
            var of = part.isShown() ? null : part.hidden();
            if (of != null) {
                left = left == null ? new HashSet<>() : left;
                left.addAll(of);
            }
        }
        return left;
    }

    /** Of one that is not shown: what is not shown of it further down either. */
    private Set<UUID> hidden() {
        if (parts.isEmpty()) {
            return persons;
        }
        var left = leftOut();
        return left == null ? Set.of() : left;
    }
}
