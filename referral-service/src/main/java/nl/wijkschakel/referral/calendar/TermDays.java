package nl.wijkschakel.referral.calendar;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * How long each side has. An attempt keeps what held when it was sent.
 *
 * @param days of each term; what is not given is DOMAIN §2's
 */
public record TermDays(Map<Term, Integer> days) {

    public static final TermDays DEFAULT = new TermDays(Map.of());

    public TermDays {
        var all = new EnumMap<Term, Integer>(Term.class);
        for (var term : Term.values()) {
            all.put(term, days.getOrDefault(term, term.standard()));
        }
        days = Map.copyOf(all);
    }

    public int of(Term term) {
        return Objects.requireNonNull(days.get(term));
    }
}
