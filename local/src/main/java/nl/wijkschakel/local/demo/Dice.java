package nl.wijkschakel.local.demo;

import java.util.List;
import java.util.Map;
import java.util.Random;

/** Chance that falls the same way each time. */
record Dice(Random random) {

    boolean oneIn(int sides) {
        return random.nextInt(sides) == 0;
    }

    /** Both ends count. */
    int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    @SafeVarargs
    final <T> T of(T... values) {
        return values[random.nextInt(values.length)];
    }

    <T> T of(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    String of(Map<String, List<String>> values, String key) {
        return of(values.getOrDefault(key, List.of()));
    }

    /** Of two the first more often than the second, and so on. */
    Staff worker(List<Staff> colleagues) {
        int i = 0;
        while (i < colleagues.size() - 1 && random.nextInt(5) < 2) {
            i++;
        }
        return colleagues.get(i);
    }

    /** Where chance would leave something out: always the next. */
    static final class Cycle<T> {

        private final List<T> values;
        private int next;

        Cycle(List<T> values) {
            this.values = List.copyOf(values);
        }

        T next() {
            return values.get(next++ % values.size());
        }
    }
}
