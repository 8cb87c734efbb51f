package nl.wijkschakel.local.demo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import nl.wijkschakel.local.demo.DemoDirectory.Service;
import nl.wijkschakel.local.demo.DemoDirectory.Team;

/** Finds for each service somebody whom it fits, with a question they have not asked yet. */
final class Casting {

    private static final String VIOLENCE = "DOMESTIC_VIOLENCE";

    /**
     * Who asks what of whom.
     *
     * @param place the client's among all
     * @param service the last that is asked
     */
    record Cast(int place, DemoClient client, Team team, Staff sender, Service service, String theme, Story story) {

        boolean isUnsafe() {
            return !client.isSafe() || theme.equals(VIOLENCE);
        }
    }

    private final Dice dice;
    private final DemoDirectory directory = DemoDirectory.demo();
    private final List<DemoClient> clients = DemoClient.all();
    private final Map<String, List<Story>> stories = Story.all();
    private final Map<Integer, Integer> turns = new HashMap<>();
    private final Map<Integer, Integer> load = new HashMap<>();
    private final Map<Integer, Set<Story>> told = new HashMap<>();
    private final Map<Story, Integer> used = new HashMap<>();

    Casting(Dice dice) {
        this.dice = dice;
    }

    /** The organisation's services and their themes in turn, until there is somebody whom one of them fits. */
    Cast forOrganisation(int receiver) {
        var services = directory.services().stream()
                .filter(it -> it.organisation() == receiver)
                .toList();
        int turn = turns.merge(receiver, 1, Integer::sum) - 1;
        for (int i = 0; i < services.size(); i++) {
            var service = services.get((turn + i) % services.size());
            var themes = new ArrayList<>(service.themes());
            Collections.rotate(themes, turn / services.size());
            for (var theme : themes) {
                if (!candidates(service, theme).isEmpty()) {
                    return cast(service, theme);
                }
            }
        }
        throw new IllegalStateException("Nobody for organisation " + receiver);
    }

    /** Somebody in danger. */
    Cast forCrisis(Service service) {
        return cast(service, VIOLENCE);
    }

    private Cast cast(Service service, String theme) {
        var candidates = new ArrayList<>(candidates(service, theme));
        Collections.shuffle(candidates, dice.random());
        int place = candidates.stream()
                .min(Comparator.comparing((Integer it) ->
                                theme.equals(VIOLENCE) && clients.get(it).isSafe())
                        .thenComparingInt(it -> load.getOrDefault(it, 0)))
                .orElseThrow();
        var story = untold(place, theme)
                .min(Comparator.comparingInt(it -> used.getOrDefault(it, 0)))
                .orElseThrow();
        load.merge(place, 1, Integer::sum);
        told.computeIfAbsent(place, _ -> new HashSet<>()).add(story);
        used.merge(story, 1, Integer::sum);
        var client = clients.get(place);
        var team = directory.teamNumbered(client.team());
        return new Cast(place, client, team, dice.worker(Staff.of(team.organisation())), service, theme, story);
    }

    /** Who comes back from heavier help is for the wijkteams, all others are for the others. */
    private List<Integer> candidates(Service service, String theme) {
        return Stream.iterate(0, it -> it + 1)
                .limit(clients.size())
                .filter(it -> fits(clients.get(it), service))
                .filter(it -> untold(it, theme).findAny().isPresent())
                .toList();
    }

    private boolean fits(DemoClient client, Service service) {
        var team = directory.teamNumbered(client.team());
        return service.municipalities().contains(team.municipality())
                && isFirstLine(service.organisation()) != isFirstLine(team.organisation())
                && service.isFor(client.age());
    }

    private boolean isFirstLine(int organisation) {
        return directory.organisationNumbered(organisation).kind().equals("FIRST_LINE");
    }

    private Stream<Story> untold(int place, String theme) {
        return stories.getOrDefault(theme, List.of()).stream()
                .filter(it -> it.isFor(clients.get(place)))
                .filter(it -> !told.getOrDefault(place, Set.of()).contains(it));
    }

    /** A service of another organisation that might do, best one for the same theme. */
    Service alternative(Cast cast) {
        Predicate<Service> possible = it -> it.organisation() != cast.service().organisation()
                && it.organisation() != cast.team().organisation()
                && it.municipalities().contains(cast.team().municipality())
                && it.isFor(cast.client().age());
        var all = directory.services().stream().filter(possible).toList();
        var sameTheme =
                all.stream().filter(it -> it.themes().contains(cast.theme())).toList();
        return dice.of(sameTheme.isEmpty() ? all : sameTheme);
    }

    /** One for the same theme that does not work in this municipality, if there is one. */
    Service elsewhere(Cast cast) {
        return directory.services().stream()
                .filter(it -> it.themes().contains(cast.theme()))
                .filter(it -> !it.municipalities().contains(cast.team().municipality()))
                .filter(it -> !isFirstLine(it.organisation()))
                .findFirst()
                .orElseGet(() -> alternative(cast));
    }
}
