package nl.wijkschakel.local.demo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import nl.wijkschakel.local.demo.Casting.Cast;
import nl.wijkschakel.local.demo.Course.Ending;
import nl.wijkschakel.local.demo.Course.Event;
import nl.wijkschakel.local.demo.Dice.Cycle;
import nl.wijkschakel.local.demo.Script.Paced;
import nl.wijkschakel.local.demo.Script.Way;

/** What happened to whom in half a year. The dice always fall the same, so the same day gives the same plan. */
final class Plan {

    /** Before these the directory is filled and the first clients are registered. */
    static final int FIRST_MOMENT = 12;

    private static final long SEED = 99_019_902;

    /** How many end so, having gone that way. */
    private record Share(Ending ending, Way way, int count) {}

    private static final List<Share> SHARES = List.of(
            new Share(Ending.DRAFT, Way.STRAIGHT, 11),
            new Share(Ending.SENT, Way.STRAIGHT, 7),
            new Share(Ending.SENT, Way.STEPPED_DOWN, 2),
            new Share(Ending.SENT, Way.PUT_BACK, 3),
            new Share(Ending.SENT, Way.RETURNED_FIRST, 2),
            new Share(Ending.IN_REVIEW, Way.STRAIGHT, 4),
            new Share(Ending.IN_REVIEW, Way.STEPPED_DOWN, 1),
            new Share(Ending.IN_REVIEW, Way.ASKED, 2),
            new Share(Ending.IN_REVIEW, Way.PUT_BACK, 1),
            new Share(Ending.IN_REVIEW, Way.RETURNED_FIRST, 2),
            new Share(Ending.INFORMATION_REQUESTED, Way.STRAIGHT, 8),
            new Share(Ending.INFORMATION_REQUESTED, Way.RETURNED_FIRST, 1),
            new Share(Ending.ACCEPTED, Way.STRAIGHT, 7),
            new Share(Ending.ACCEPTED, Way.ASKED, 3),
            new Share(Ending.ACCEPTED, Way.RETURNED_FIRST, 3),
            new Share(Ending.STARTED, Way.STRAIGHT, 19),
            new Share(Ending.STARTED, Way.ASKED, 9),
            new Share(Ending.STARTED, Way.PUT_BACK, 3),
            new Share(Ending.STARTED, Way.RETURNED_FIRST, 7),
            new Share(Ending.STARTED, Way.CRISIS, 2),
            new Share(Ending.COMPLETED, Way.STRAIGHT, 38),
            new Share(Ending.COMPLETED, Way.ASKED, 16),
            new Share(Ending.COMPLETED, Way.PUT_BACK, 4),
            new Share(Ending.COMPLETED, Way.RETURNED_FIRST, 12),
            new Share(Ending.COMPLETED, Way.CRISIS, 2),
            new Share(Ending.RETURNED, Way.STRAIGHT, 7),
            new Share(Ending.RETURNED, Way.ASKED, 3),
            new Share(Ending.WITHDRAWN, Way.STRAIGHT, 4),
            new Share(Ending.WITHDRAWN_WHOLE, Way.STRAIGHT, 10),
            new Share(Ending.WITHDRAWN_WHOLE, Way.RETURNED_FIRST, 7));

    /** By the number of the organisation, how much of the work comes to it. */
    private static final Map<Integer, Integer> WORK = Map.ofEntries(
            Map.entry(1, 5),
            Map.entry(2, 1),
            Map.entry(3, 9),
            Map.entry(4, 7),
            Map.entry(5, 40),
            Map.entry(6, 30),
            Map.entry(7, 32),
            Map.entry(8, 18),
            Map.entry(9, 12),
            Map.entry(10, 8),
            Map.entry(11, 26),
            Map.entry(12, 12));

    private static final List<Integer> WITH_COLLEAGUES = List.of(5, 7, 6);
    /** Themes of those for whom others worry first. */
    private static final Set<String> UNASKED =
            Set.of("MENTAL_HEALTH", "HOUSING_AND_SHELTER", "ADDICTION", "LONELINESS");

    private static final List<Integer> FIRST_LINE = List.of(1, 2);

    private final Moments moments;
    private final Dice dice = new Dice(new Random(SEED));
    private final Words words = Words.all();
    private final Casting casting = new Casting(dice);
    private final Script script = new Script(dice, casting, words);

    private Plan(Moments moments) {
        this.moments = moments;
    }

    /** In the order in which they begin. */
    static List<Course> of(Moments moments) {
        return new Plan(moments).courses();
    }

    private List<Course> courses() {
        var courses = new ArrayList<Course>();
        for (var ending : Ending.values()) {
            var receivers = new Deck(WORK);
            var withColleagues = new Cycle<>(WITH_COLLEAGUES);
            var firstLine = new Cycle<>(FIRST_LINE);
            SHARES.stream().filter(it -> it.ending() == ending).forEach(share -> {
                for (int i = 0; i < share.count(); i++) {
                    var cast = switch (share.way()) {
                        case STRAIGHT, ASKED, RETURNED_FIRST -> casting.forOrganisation(receivers.next());
                        case PUT_BACK -> casting.forOrganisation(withColleagues.next());
                        case STEPPED_DOWN -> casting.forOrganisation(firstLine.next());
                        case CRISIS -> casting.forCrisis(DemoDirectory.demo().serviceNumbered(9));
                    };
                    courses.add(course(courses.size() + 1, ending, share.way(), cast));
                }
            });
        }
        courses.sort(Comparator.comparingInt(Course::begins).thenComparingInt(Course::number));
        return courses;
    }

    private Course course(int number, Ending ending, Way way, Cast cast) {
        var wording = new Wording(cast.client(), dice.random());
        var story = cast.story();
        boolean noRequest = UNASKED.contains(cast.theme()) && ending != Ending.DRAFT && dice.oneIn(8);
        var goals = noRequest
                ? List.<String>of()
                : story.goals().stream().map(wording::fill).toList();
        var events = scheduled(script.write(cast, ending, way, wording, goals.size()), ending);
        return new Course(
                number,
                cast.place(),
                cast.sender(),
                cast.team(),
                cast.theme(),
                way == Way.CRISIS ? "CRISIS" : dice.of("ROUTINE", "ROUTINE", "ROUTINE", "SOON", "SOON", "URGENT"),
                dice.of("CLIENT", "CLIENT", "WIJKTEAM", "WIJKTEAM", "GP", "SCHOOL", "POLICE", "SIGNAL", "OTHER"),
                cast.service(),
                noRequest ? dice.of(words.noRequest()) : wording.fill(story.question()),
                goals,
                noRequest ? wording.fill(dice.of(words.legitimation())) : null,
                wording.fill(story.situation()),
                wording.fill(story.tried()),
                wording.fill(story.doubts()),
                cast.isUnsafe() && dice.oneIn(2),
                cast.client().age() > 70 || cast.theme().equals("DISABILITY_AND_AIDS"),
                ending,
                events);
    }

    /** Lays the deeds back from the last one, which is as long ago as befits the ending. */
    private List<Event> scheduled(List<Paced> deeds, Ending ending) {
        var gaps = deeds.stream().map(it -> dice.between(it.least(), it.most())).toList();
        int takes = gaps.stream().mapToInt(Integer::intValue).sum();
        int room = moments.count() - 1 - FIRST_MOMENT - takes;
        int moment = moments.count() - 1 - takes - dice.between(0, Math.min(longestAgo(ending), room));
        var events = new ArrayList<Event>();
        for (int i = 0; i < gaps.size(); i++) {
            moment += gaps.get(i);
            events.add(new Event(moment, deeds.get(i).deed()));
        }
        return List.copyOf(events);
    }

    /** In moments. What waits, waits for days, now and then beyond its term; drafts are deleted after a fortnight. */
    private static int longestAgo(Ending ending) {
        return switch (ending) {
            case DRAFT -> 30;
            case SENT -> 16;
            case IN_REVIEW, INFORMATION_REQUESTED -> 18;
            case ACCEPTED -> 26;
            case RETURNED, WITHDRAWN -> 20;
            case STARTED -> 300;
            case COMPLETED, WITHDRAWN_WHOLE -> Integer.MAX_VALUE;
        };
    }
}
