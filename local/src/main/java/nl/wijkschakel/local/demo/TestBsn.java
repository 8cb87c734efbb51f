package nl.wijkschakel.local.demo;

import java.util.List;
import java.util.stream.IntStream;

/** Numbers that pass the eleven-test (DOMAIN P8) and begin with 9999, which real ones never do. */
public final class TestBsn {

    private static final String PREFIX = "9999";
    private static final int PRIME = 11;

    private static final List<String> ALL = IntStream.range(0, 10_000)
            .mapToObj("%04d"::formatted)
            .map(middle -> PREFIX + middle)
            .filter(eight -> lastDigit(eight) < 10)
            .map(eight -> eight + lastDigit(eight))
            .toList();

    /** How many there are. */
    public static final int COUNT = ALL.size();

    /** Coprime to {@link #COUNT}, so that each number comes once before one comes again. */
    private static final int STRIDE = 3571;

    /** Always the same for the same place; neighbours do not look alike. */
    public static String numbered(int place) {
        return ALL.get((int) ((long) place * STRIDE % COUNT));
    }

    /** The last digit counts negatively and once, so it is what the others add up to. */
    private static int lastDigit(String eight) {
        int sum = IntStream.range(0, 8)
                .map(i -> (9 - i) * (eight.charAt(i) - '0'))
                .sum();
        return sum % PRIME;
    }

    private TestBsn() {}
}
