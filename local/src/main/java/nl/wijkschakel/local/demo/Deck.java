package nl.wijkschakel.local.demo;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Deals each value as often as its weight says, and evenly: the heavy ones do not come first all together. */
final class Deck {

    private final List<Map.Entry<Integer, Integer>> weights;
    private final Map<Integer, Integer> owed = new HashMap<>();
    private final int sum;

    Deck(Map<Integer, Integer> weights) {
        this.weights =
                weights.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList();
        this.sum = weights.values().stream().mapToInt(Integer::intValue).sum();
    }

    int next() {
        weights.forEach(it -> owed.merge(it.getKey(), it.getValue(), Integer::sum));
        int dealt = weights.stream()
                .map(Map.Entry::getKey)
                .max(Comparator.comparingInt(it -> owed.getOrDefault(it, 0)))
                .orElseThrow();
        owed.merge(dealt, -sum, Integer::sum);
        return dealt;
    }
}
