package nl.wijkschakel.local.demo;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/**
 * What somebody asks and what comes of it, with places to fill in, see {@link Wording}.
 *
 * @param ages whose question it can be, from and to
 * @param question in the client's own words
 * @param ask what a receiver wants to know besides, {@code why} and the {@code answer}
 * @param newcomer only somebody who came to the country recently asks it
 */
record Story(
        List<Integer> ages,
        String question,
        List<String> goals,
        String situation,
        String tried,
        String doubts,
        String ask,
        String why,
        String answer,
        String feedback,
        @Nullable Boolean newcomer) {

    /** By theme. */
    static Map<String, List<Story>> all() {
        return Resource.read("stories.json", new TypeReference<>() {});
    }

    boolean isFor(DemoClient client) {
        return client.age() >= ages.getFirst()
                && client.age() <= ages.getLast()
                && (newcomer == null || client.isNewcomer());
    }
}
