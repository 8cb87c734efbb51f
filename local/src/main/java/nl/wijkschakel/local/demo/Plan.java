package nl.wijkschakel.local.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import nl.wijkschakel.local.demo.Course.Ending;
import nl.wijkschakel.local.demo.Deed.Accept;
import nl.wijkschakel.local.demo.Deed.Answer;
import nl.wijkschakel.local.demo.Deed.Ask;
import nl.wijkschakel.local.demo.Deed.Claim;
import nl.wijkschakel.local.demo.Deed.Complete;
import nl.wijkschakel.local.demo.Deed.Draft;
import nl.wijkschakel.local.demo.Deed.Edit;
import nl.wijkschakel.local.demo.Deed.GiveBack;
import nl.wijkschakel.local.demo.Deed.HeardAnswer;
import nl.wijkschakel.local.demo.Deed.PutBack;
import nl.wijkschakel.local.demo.Deed.Resend;
import nl.wijkschakel.local.demo.Deed.Send;
import nl.wijkschakel.local.demo.Deed.Start;
import nl.wijkschakel.local.demo.Deed.Withdraw;
import nl.wijkschakel.local.demo.Deed.WithdrawWhole;
import nl.wijkschakel.local.demo.DemoDirectory.Service;
import org.jspecify.annotations.Nullable;

/** What happened to whom in half a year. The dice always fall the same, so the same day gives the same plan. */
final class Plan {

    private static final long SEED = 990_199_02L;

    /** Before these the directory is filled and the first clients are registered. */
    static final int FIRST_MOMENT = 12;

    /** What happens on the way. */
    enum Way {
        STRAIGHT,
        /** The receiver asks, the referrer answers. */
        ASKED,
        /** Somebody claims it, puts it back, and a colleague takes over. */
        PUT_BACK,
        /** Another service returned it first. */
        RETURNED_FIRST,
        /** Several services are asked at once. */
        CRISIS
    }

    /** How many end so, having gone that way. */
    private record Share(Ending ending, Way way, int count) {}

    private static final List<Share> SHARES = List.of(
            new Share(Ending.DRAFT, Way.STRAIGHT, 11),
            new Share(Ending.SENT, Way.STRAIGHT, 9),
            new Share(Ending.SENT, Way.PUT_BACK, 3),
            new Share(Ending.SENT, Way.RETURNED_FIRST, 2),
            new Share(Ending.IN_REVIEW, Way.STRAIGHT, 5),
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
    private static final Map<Integer, Integer> WEIGHTS = Map.ofEntries(
            Map.entry(5, 40),
            Map.entry(7, 32),
            Map.entry(6, 30),
            Map.entry(11, 26),
            Map.entry(8, 18),
            Map.entry(9, 12),
            Map.entry(12, 12),
            Map.entry(3, 9),
            Map.entry(10, 8),
            Map.entry(4, 7),
            Map.entry(1, 5),
            Map.entry(2, 1));

    private static final List<Integer> WITH_COLLEAGUES = List.of(5, 7, 6);

    private static final List<String> SEEN_FROM_CORE_DATA =
            List.of("NO_CAPACITY", "OUTSIDE_TARGET_GROUP", "OUTSIDE_AREA", "OTHER_EXPERTISE");

    private final Random random = new Random(SEED);
    private final DemoDirectory directory = DemoDirectory.demo();
    private final List<DemoClient> clients = DemoClient.all();
    private final Map<String, List<Story>> stories = Story.all();
    private final Words words = Words.all();
    private final Moments moments;

    private final Dice dice = new Dice(random);
    private final Map<Integer, Integer> nextService = new HashMap<>();
    private final int[] load = new int[clients.size()];
    private final List<Set<Story>> told = Stream.generate(() -> (Set<Story>) new HashSet<Story>())
            .limit(clients.size())
            .toList();
    private final Map<Story, Integer> used = new HashMap<>();
    private final Set<List<Integer>> asked = new HashSet<>();
    private final Cycle returnReasons =
            new Cycle(List.copyOf(words.returnNotes().keySet()));
    private final Cycle putBackReasons = new Cycle(List.of("KNOWS_CLIENT", "WRONG_PERSON", "OTHER"));
    private final Cycle withdrawalReasons =
            new Cycle(List.of("CLIENT_DECLINES", "HELP_FOUND", "QUESTION_CHANGED", "MOVED", "OTHER"));
    private final Cycle outcomes = new Cycle(List.of(
            "GOAL_REACHED",
            "PARTLY_REACHED",
            "GOAL_REACHED",
            "STEPPED_DOWN_TO_WIJKTEAM",
            "GOAL_REACHED",
            "NOT_REACHED",
            "PARTLY_REACHED",
            "HANDED_OVER",
            "GOAL_REACHED",
            "QUESTION_CHANGED"));

    private Plan(Moments moments) {
        this.moments = moments;
    }

    /** In the order in which they begin. */
    static List<Course> of(Moments moments) {
        return new Plan(moments).courses();
    }

    static List<Course> of(LocalDate today) {
        return of(Moments.before(today));
    }

    private List<Course> courses() {
        var courses = new ArrayList<Course>();
        for (var ending : Ending.values()) {
            var receivers = new Deck(WEIGHTS);
            var colleagues =
                    new Cycle(WITH_COLLEAGUES.stream().map(String::valueOf).toList());
            for (var share : SHARES) {
                for (int i = 0; share.ending() == ending && i < share.count(); i++) {
                    var receiver = switch (share.way()) {
                        case PUT_BACK -> Integer.parseInt(colleagues.next());
                        case CRISIS -> 6;
                        case STRAIGHT, ASKED, RETURNED_FIRST -> receivers.next();
                    };
                    courses.add(course(courses.size() + 1, share.ending(), share.way(), receiver));
                }
            }
        }
        courses.sort(Comparator.comparingInt(Course::begins).thenComparingInt(Course::number));
        return List.copyOf(courses);
    }

    /** Who is helped by what: the last service that is asked. */
    private record Casting(int client, Service service, String theme, Story story) {}

    private Course course(int number, Ending ending, Way way, int receiver) {
        var cast = way == Way.CRISIS ? crisis() : cast(receiver);
        var client = clients.get(cast.client());
        var team = directory.teamNumbered(client.team());
        var sender = dice.worker(Staff.of(team.organisation()));
        var wording = new Wording(client, random);
        boolean noRequest = ending != Ending.DRAFT && dice.oneIn(22);
        var story = cast.story();
        var events = events(
                cast,
                ending,
                way,
                sender,
                team,
                wording,
                noRequest ? 0 : story.goals().size());
        load[cast.client()]++;
        told.get(cast.client()).add(story);
        used.merge(story, 1, Integer::sum);
        boolean unsafe = !client.isSafe() || cast.theme().equals("DOMESTIC_VIOLENCE");
        return new Course(
                number,
                cast.client(),
                sender,
                team,
                cast.theme(),
                way == Way.CRISIS ? "CRISIS" : dice.of("ROUTINE", "ROUTINE", "ROUTINE", "SOON", "SOON", "URGENT"),
                dice.of("CLIENT", "CLIENT", "WIJKTEAM", "WIJKTEAM", "GP", "SCHOOL", "POLICE", "SIGNAL", "OTHER"),
                first(events, cast.service()),
                wording.fill(story.question()),
                noRequest
                        ? List.of()
                        : story.goals().stream().map(wording::fill).toList(),
                noRequest ? wording.fill(dice.of(words.legitimation())) : null,
                wording.fill(story.situation()),
                wording.fill(story.tried()),
                wording.fill(story.doubts()),
                unsafe && dice.oneIn(2),
                client.age() > 70 || cast.theme().equals("DISABILITY_AND_AIDS"),
                ending,
                events);
    }

    private static Service first(List<Course.Event> events, Service otherwise) {
        return events.stream()
                .map(Course.Event::deed)
                .filter(Send.class::isInstance)
                .map(it -> ((Send) it).services().getFirst())
                .findFirst()
                .orElse(otherwise);
    }

    private Casting crisis() {
        return cast(directory.serviceNumbered(9), "DOMESTIC_VIOLENCE");
    }

    /** The organisation's services in turn, until there is somebody whom one of them fits. */
    private Casting cast(int receiver) {
        var services = directory.services().stream()
                .filter(it -> it.organisation() == receiver)
                .toList();
        int turn = nextService.merge(receiver, 1, Integer::sum) - 1;
        for (int i = 0; i < services.size(); i++) {
            var service = services.get((turn + i) % services.size());
            var themes = new ArrayList<>(service.themes());
            Collections.rotate(themes, turn / services.size());
            for (var theme : themes) {
                var found = candidates(service, theme);
                if (!found.isEmpty()) {
                    return cast(service, theme);
                }
            }
        }
        throw new IllegalStateException("Nobody for organisation " + receiver);
    }

    private Casting cast(Service service, String theme) {
        boolean dangerous = theme.equals("DOMESTIC_VIOLENCE");
        var candidates = new ArrayList<>(candidates(service, theme));
        Collections.shuffle(candidates, random);
        int client = candidates.stream()
                .min(Comparator.comparing(
                                (Integer it) -> dangerous && clients.get(it).isSafe())
                        .thenComparingInt(it -> load[it]))
                .orElseThrow();
        return new Casting(client, service, theme, story(client, theme));
    }

    /** Who comes back from heavier help is the wijkteams', all others are helped by the others. */
    private List<Integer> candidates(Service service, String theme) {
        var found = new ArrayList<Integer>();
        for (int i = 0; i < clients.size(); i++) {
            var client = clients.get(i);
            var team = directory.teamNumbered(client.team());
            boolean stepsDown = isFirstLine(service.organisation());
            if (service.municipalities().contains(team.municipality())
                    && stepsDown != isFirstLine(team.organisation())
                    && service.isFor(client.age())
                    && untold(i, theme).findAny().isPresent()) {
                found.add(i);
            }
        }
        return found;
    }

    private boolean isFirstLine(int organisation) {
        return directory.organisationNumbered(organisation).kind().equals("FIRST_LINE");
    }

    private Stream<Story> untold(int client, String theme) {
        return stories.getOrDefault(theme, List.of()).stream()
                .filter(it -> it.isFor(clients.get(client)))
                .filter(it -> !told.get(client).contains(it));
    }

    private Story story(int client, String theme) {
        return untold(client, theme)
                .min(Comparator.comparingInt(it -> used.getOrDefault(it, 0)))
                .orElseThrow();
    }

    /** A deed and how many moments after the one before, at least and at most. */
    private record Paced(int least, int most, Deed deed) {}

    private List<Course.Event> events(
            Casting cast, Ending ending, Way way, Staff sender, DemoDirectory.Team team, Wording wording, int goals) {
        var paced = new ArrayList<Paced>();
        boolean whole = ending == Ending.DRAFT ? dice.oneIn(2) : !dice.oneIn(3);
        paced.add(new Paced(0, 0, new Draft(whole)));
        if (ending == Ending.DRAFT) {
            return scheduled(paced, ending);
        }
        if (!whole) {
            paced.add(new Paced(1, 5, new Edit()));
        }
        var last = cast.service();
        if (way == Way.RETURNED_FIRST) {
            var reason = returnReasons.next();
            var first = reason.equals("OUTSIDE_AREA")
                    ? elsewhere(cast, team).orElseGet(() -> alternative(cast, team, sender))
                    : alternative(cast, team, sender);
            paced.add(new Paced(1, 6, send(List.of(first), cast, wording)));
            giveBack(paced, first, last, reason, wording);
            if (ending == Ending.WITHDRAWN_WHOLE) {
                paced.add(new Paced(2, 16, withdrawWhole(withdrawalReasons.next())));
                return scheduled(paced, ending);
            }
            paced.add(new Paced(
                    2,
                    18,
                    new Resend(
                            last,
                            wording.with("aanbod", last.name()).fill(dice.of(words.whatChanged())),
                            duplicate(cast.client(), last))));
        } else if (way == Way.CRISIS) {
            paced.add(new Paced(1, 1, send(List.of(last, directory.serviceNumbered(7)), cast, wording)));
        } else {
            paced.add(new Paced(1, 6, send(List.of(last), cast, wording)));
        }
        received(paced, cast, ending, way, sender, team, wording, goals);
        return scheduled(paced, ending);
    }

    /** What the last service that was asked does with it. */
    private void received(
            List<Paced> paced,
            Casting cast,
            Ending ending,
            Way way,
            Staff sender,
            DemoDirectory.Team team,
            Wording wording,
            int goals) {
        var colleagues = Staff.of(cast.service().organisation());
        var worker = dice.worker(colleagues);
        if (way == Way.PUT_BACK) {
            var reason = putBackReasons.next();
            paced.add(new Paced(1, 6, new Claim(worker)));
            paced.add(new Paced(1, 3, new PutBack(worker, reason, dice.of(words.putBack(), reason))));
            var one = worker;
            worker = dice.worker(colleagues.stream()
                    .filter(it -> !it.user().equals(one.user()))
                    .toList());
        }
        if (ending == Ending.SENT) {
            return;
        }
        int leaves = ending == Ending.WITHDRAWN || ending == Ending.WITHDRAWN_WHOLE ? random.nextInt(4) : 9;
        if (leaves == 0) {
            paced.add(new Paced(3, 14, withdrawal(ending, withdrawalReasons.next())));
            return;
        }
        if (ending == Ending.RETURNED && way == Way.STRAIGHT) {
            giveBack(paced, cast.service(), alternative(cast, team, sender), returnReasons.next(), wording);
            return;
        }
        paced.add(new Paced(1, 9, new Claim(worker)));
        if (leaves == 1) {
            paced.add(new Paced(3, 14, withdrawal(ending, withdrawalReasons.next())));
            return;
        }
        if (way == Way.ASKED || ending == Ending.INFORMATION_REQUESTED) {
            var story = cast.story();
            paced.add(new Paced(1, 6, new Ask(worker, wording.fill(story.ask()), wording.fill(story.why()))));
            if (ending == Ending.INFORMATION_REQUESTED) {
                return;
            }
            paced.add(new Paced(2, 16, answer(worker, wording.fill(story.answer()))));
        }
        if (ending == Ending.IN_REVIEW) {
            return;
        }
        if (ending == Ending.RETURNED) {
            var reason = returnReasons.next();
            paced.add(new Paced(2, 10, giveBack(worker, alternative(cast, team, sender), reason)));
            return;
        }
        paced.add(new Paced(
                2,
                12,
                new Accept(
                        worker,
                        !dice.oneIn(5),
                        3 + random.nextInt(9),
                        dice.of("PHONE", "PHONE", "LETTER", "EMAIL", "VISIT"))));
        if (ending == Ending.ACCEPTED) {
            return;
        }
        if (leaves == 2) {
            paced.add(new Paced(3, 14, withdrawal(ending, withdrawalReasons.next())));
            return;
        }
        paced.add(new Paced(
                way == Way.CRISIS ? 1 : 8,
                way == Way.CRISIS ? 3 : 36,
                new Start(worker, dice.of("AT_OFFICE", "VISIT", "VISIT", "PHONE", "VIDEO", "GROUP"))));
        if (ending == Ending.STARTED) {
            return;
        }
        if (leaves == 3) {
            paced.add(new Paced(20, 80, withdrawal(ending, dice.oneIn(2) ? "JOINTLY" : "CLIENT_DECLINES")));
            return;
        }
        paced.add(new Paced(80, 320, complete(worker, cast.story(), wording, goals)));
    }

    private Send send(List<Service> services, Casting cast, Wording wording) {
        boolean crisis = services.size() > 1;
        return new Send(
                services,
                random.nextInt(3),
                crisis && dice.oneIn(2) ? wording.fill(dice.of(words.exception())) : null,
                crisis || dice.oneIn(25) ? dice.of(words.otherBasis()) : null,
                services.stream()
                        .map(it -> duplicate(cast.client(), it))
                        .reduce(null, (one, other) -> one == null ? other : one));
    }

    /** What to say when the service was asked for this client before. */
    private @Nullable String duplicate(int client, Service service) {
        return asked.add(List.of(client, service.number())) ? null : dice.of(words.duplicate());
    }

    /** What the core data shows is often returned without a claim. */
    private void giveBack(List<Paced> paced, Service from, Service advice, String reason, Wording wording) {
        var worker = dice.worker(Staff.of(from.organisation()));
        if (SEEN_FROM_CORE_DATA.contains(reason) && !dice.oneIn(3)) {
            paced.add(new Paced(1, 8, giveBack(worker, advice, reason)));
        } else {
            paced.add(new Paced(1, 8, new Claim(worker)));
            paced.add(new Paced(2, 14, giveBack(worker, advice, reason)));
        }
        wording.with("aanbod", advice.name());
    }

    private GiveBack giveBack(Staff worker, Service advice, String reason) {
        return new GiveBack(
                worker,
                reason,
                dice.oneIn(4) ? null : advice,
                dice.of(words.noAdvice()),
                dice.of(words.returnNotes(), reason),
                dice.oneIn(2));
    }

    private Deed answer(Staff receiver, String text) {
        if (dice.oneIn(7)) {
            return new HeardAnswer(receiver, text, dice.of(words.heardFrom()));
        }
        return new Answer(text, dice.oneIn(9) ? dice.of(words.cannotShare()) : null);
    }

    private Deed withdrawal(Ending ending, String reason) {
        return ending == Ending.WITHDRAWN ? new Withdraw(reason, note(reason)) : withdrawWhole(reason);
    }

    private WithdrawWhole withdrawWhole(String reason) {
        return new WithdrawWhole(reason, note(reason));
    }

    private String note(String reason) {
        return dice.of(words.withdrawal(), reason);
    }

    private Complete complete(Staff worker, Story story, Wording wording, int goals) {
        var outcome = outcomes.next();
        boolean agrees = !dice.oneIn(8);
        var feedback = words.feedback().containsKey(outcome) ? dice.of(words.feedback(), outcome) : story.feedback();
        var results = Stream.iterate(0, it -> it + 1)
                .limit(goals)
                .map(it -> result(outcome, it))
                .toList();
        return new Complete(
                worker,
                outcome,
                results,
                agrees ? wording.fill(feedback) : null,
                agrees && dice.oneIn(2) ? wording.fill(dice.of(words.aftercare())) : null,
                outcome.equals("STEPPED_DOWN_TO_WIJKTEAM") ? wording.fill(dice.of(words.stepDown())) : null);
    }

    private static String result(String outcome, int goal) {
        return switch (outcome) {
            case "GOAL_REACHED" -> "REACHED";
            case "NOT_REACHED" -> goal == 0 ? "NOT_REACHED" : "PARTLY";
            case "QUESTION_CHANGED" -> "CHANGED";
            default -> goal == 0 ? "REACHED" : "PARTLY";
        };
    }

    /** A service of another organisation that might do, best one for the same theme. */
    private Service alternative(Casting cast, DemoDirectory.Team team, Staff sender) {
        var age = clients.get(cast.client()).age();
        Predicate<Service> possible = it -> it.organisation() != cast.service().organisation()
                && it.organisation() != sender.organisation()
                && it.municipalities().contains(team.municipality())
                && it.isFor(age);
        var sameTheme = directory.services().stream()
                .filter(possible)
                .filter(it -> it.themes().contains(cast.theme()))
                .toList();
        return dice.of(
                sameTheme.isEmpty()
                        ? directory.services().stream().filter(possible).toList()
                        : sameTheme);
    }

    /** One for the same theme that does not work in this municipality. */
    private java.util.Optional<Service> elsewhere(Casting cast, DemoDirectory.Team team) {
        return directory.services().stream()
                .filter(it -> it.themes().contains(cast.theme()))
                .filter(it -> !it.municipalities().contains(team.municipality()))
                .filter(it -> !isFirstLine(it.organisation()))
                .findFirst();
    }

    /** Lays the deeds back from the last one, which is as long ago as befits the ending. */
    private List<Course.Event> scheduled(List<Paced> paced, Ending ending) {
        var gaps = new int[paced.size()];
        for (int i = 0; i < gaps.length; i++) {
            var it = paced.get(i);
            gaps[i] = it.least() + random.nextInt(it.most() - it.least() + 1);
        }
        int room = moments.count() - 1 - FIRST_MOMENT - Arrays.stream(gaps).sum();
        int ago = random.nextInt(Math.min(longestAgo(ending), room) + 1);
        int moment = moments.count() - 1 - ago - Arrays.stream(gaps).sum();
        var events = new ArrayList<Course.Event>();
        for (int i = 0; i < gaps.length; i++) {
            moment += gaps[i];
            events.add(new Course.Event(moment, paced.get(i).deed()));
        }
        return List.copyOf(events);
    }

    /** In moments. What waits for somebody waits for days, some of it beyond its term; a draft is deleted after a fortnight. */
    private static int longestAgo(Ending ending) {
        return switch (ending) {
            case DRAFT -> 30;
            case SENT -> 16;
            case IN_REVIEW, INFORMATION_REQUESTED -> 18;
            case ACCEPTED -> 26;
            case RETURNED, WITHDRAWN -> 20;
            case STARTED -> 300;
            case COMPLETED, WITHDRAWN_WHOLE -> 1000;
        };
    }

    /** Always the next. */
    private static final class Cycle {

        private final List<String> values;
        private int next;

        Cycle(List<String> values) {
            this.values = values;
        }

        String next() {
            return values.get(next++ % values.size());
        }
    }

    /** Deals each value as often as its weight says, and evenly: the heavy ones do not come first all together. */
    private static final class Deck {

        private final List<Map.Entry<Integer, Integer>> weights;
        private final Map<Integer, Integer> owed = new HashMap<>();
        private final int sum;

        Deck(Map<Integer, Integer> weights) {
            this.weights = weights.entrySet().stream()
                    .sorted(Map.Entry.<Integer, Integer>comparingByValue()
                            .reversed()
                            .thenComparing(Map.Entry.comparingByKey()))
                    .toList();
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

    private record Dice(Random random) {

        boolean oneIn(int sides) {
            return random.nextInt(sides) == 0;
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
    }
}
