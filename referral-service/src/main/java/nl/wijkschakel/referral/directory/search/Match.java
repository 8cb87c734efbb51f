package nl.wijkschakel.referral.directory.search;

import java.util.Comparator;
import java.util.List;
import nl.wijkschakel.referral.directory.Capacity;
import nl.wijkschakel.referral.directory.Service;

/**
 * A service that was found, and how well it answers the question.
 *
 * @param fits nothing speaks against it but, at most, some waiting
 * @param because what speaks for it
 * @param warnings what speaks against it, and what to mind
 */
record Match(Service service, boolean fits, List<Reason> because, List<Reason> warnings) {

    /**
     * @param code stays the same whatever the words
     * @param text a sentence in plain Dutch
     */
    record Reason(String code, String text) {}

    /**
     * Whose service it is never counts: what fits comes first, then what has room, then what helps soonest, then what was
     * confirmed lately. Those that are equal stay as they are, which is by name.
     */
    static final Comparator<Match> NEUTRAL = Comparator.comparing((Match it) -> !it.fits())
            .thenComparing(it -> it.service().capacity().status() == Capacity.Status.NO_CAPACITY)
            .thenComparingInt(it -> expected(it.service().capacity().waitWeeks()))
            .thenComparing(Match::isOutdated);

    static final String OUTDATED = "WAIT_OUTDATED";

    Match {
        because = List.copyOf(because);
        warnings = List.copyOf(warnings);
    }

    private boolean isOutdated() {
        return warnings.stream().anyMatch(it -> it.code().equals(OUTDATED));
    }

    /** Twice the middle of the range, so that it is a whole number. */
    private static int expected(Capacity.Weeks weeks) {
        return weeks.from() + weeks.to();
    }
}
