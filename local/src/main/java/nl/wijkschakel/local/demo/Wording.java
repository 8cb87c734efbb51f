package nl.wijkschakel.local.demo;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * Fills in what differs between two people with the same question: {@code [for a woman|for a man]} and {@code {name}}.
 * The same name is the same throughout one course of events.
 */
final class Wording {

    private static final Pattern CHOICE = Pattern.compile("\\[([^|\\]]*)\\|([^]]*)]");
    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");

    private static final List<String> FEW = List.of("twee", "drie", "vier", "vijf", "zes", "acht");
    private static final List<String> SOME = List.of("drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien");

    private final DemoClient.Sex sex;
    private final Map<String, String> values = new HashMap<>();

    Wording(DemoClient client, Random random) {
        this.sex = client.sex();
        values.put("bedrag", "€ %d.%d00".formatted(2 + random.nextInt(14), random.nextInt(10)));
        values.put("maanden", SOME.get(random.nextInt(SOME.size())));
        values.put("weken", FEW.get(random.nextInt(FEW.size())));
    }

    Wording with(String name, String value) {
        values.put(name, value);
        return this;
    }

    /** @throws IllegalArgumentException when a place has no value */
    String fill(String text) {
        var chosen = CHOICE.matcher(text).replaceAll(it -> it.group(sex == DemoClient.Sex.FEMALE ? 1 : 2));
        return PLACE.matcher(chosen).replaceAll(it -> {
            var value = values.get(it.group(1));
            if (value == null) {
                throw new IllegalArgumentException("Nothing to fill in for " + it.group());
            }
            return value;
        });
    }
}
