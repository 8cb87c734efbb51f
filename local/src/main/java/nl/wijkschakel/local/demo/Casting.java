package nl.wijkschakel.local.demo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import nl.wijkschakel.local.demo.DemoDirectory.Service;
import nl.wijkschakel.local.demo.DemoDirectory.Team;
import nl.wijkschakel.local.demo.Dice.Cycle;

/** Finds for each service somebody whom it fits, with a question they have not asked yet. */
final class Casting {

    private static final String VIOLENCE = "DOMESTIC_VIOLENCE";

    /** The first of an organisation's people writes half of its referrals, the third one in six. */
    private static final List<Integer> TURNS = List.of(0, 1, 0, 2, 0, 1);

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
    private final Map<Integer, Cycle<Staff>> senders = new HashMap<>();

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
        return new Cast(place, client, team, sender(team.organisation()), service, theme, story);
    }

    /** In turn, so that each has something of everything. */
    private Staff sender(int organisation) {
        var colleagues = Staff.of(organisation);
        return senders.computeIfAbsent(
                        organisation,
                        _ -> new Cycle<>(TURNS.stream()
                                .map(it -> colleagues.get(it % colleagues.size()))
                                .toList()))
                .next();
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

    /** Another service for the same theme, best one of another organisation. */
    Optional<Service> alternative(Cast cast) {
        var others = directory.services().stream()
                .filter(it -> !it.equals(cast.service()))
                .filter(it -> it.themes().contains(cast.theme()))
                .filter(it -> it.organisation() != cast.team().organisation())
                .filter(it -> it.municipalities().contains(cast.team().municipality()))
                .filter(it -> it.isFor(cast.client().age()))
                .toList();
        var elsewhere = others.stream()
                .filter(it -> it.organisation() != cast.service().organisation())
                .toList();
        var best = elsewhere.isEmpty() ? others : elsewhere;
        return best.isEmpty() ? Optional.empty() : Optional.of(dice.of(best));
    }

    /** One for the same theme that does not work in this municipality. */
    Optional<Service> outsideArea(Cast cast) {
        return directory.services().stream()
                .filter(it -> it.themes().contains(cast.theme()))
                .filter(it -> !it.municipalities().contains(cast.team().municipality()))
                .filter(it -> !isFirstLine(it.organisation()))
                .findFirst();
    }
}
