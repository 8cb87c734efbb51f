package nl.wijkschakel.local.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import nl.wijkschakel.local.demo.Casting.Cast;
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
import nl.wijkschakel.local.demo.Dice.Cycle;
import org.jspecify.annotations.Nullable;

/** Writes what is done with a referral, one after the other, so that it ends where it is to end. */
final class Script {

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
        CRISIS,
        /** Heavier help is over, and a wijkteam goes on. */
        STEPPED_DOWN
    }

    /** A deed and how many moments after the one before, at least and at most. */
    record Paced(int least, int most, Deed deed) {}

    private static final String OUTSIDE_AREA = "OUTSIDE_AREA";

    private static final List<String> SEEN_FROM_CORE_DATA =
            List.of("NO_CAPACITY", "OUTSIDE_TARGET_GROUP", OUTSIDE_AREA, "OTHER_EXPERTISE");

    private final Dice dice;
    private final Casting casting;
    private final Words words;
    private final Cycle<String> returnReasons;
    private final Cycle<String> putBackReasons = new Cycle<>(List.of("KNOWS_CLIENT", "WRONG_PERSON", "OTHER"));
    private final Cycle<String> withdrawalReasons =
            new Cycle<>(List.of("CLIENT_DECLINES", "HELP_FOUND", "QUESTION_CHANGED", "MOVED", "OTHER"));
    private final Cycle<String> outcomes = new Cycle<>(List.of(
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

    /** Where the referrer may step in before help has come to an end. */
    private enum Withdrawn {
        SENT,
        CLAIMED,
        ACCEPTED,
        STARTED,
        NEVER
    }

    private final Cycle<Withdrawn> withdrawn = new Cycle<>(
            List.of(Withdrawn.SENT, Withdrawn.CLAIMED, Withdrawn.ACCEPTED, Withdrawn.STARTED, Withdrawn.CLAIMED));

    Script(Dice dice, Casting casting, Words words) {
        this.dice = dice;
        this.casting = casting;
        this.words = words;
        this.returnReasons = new Cycle<>(List.copyOf(words.returnNotes().keySet()));
    }

    /** @param goals how many there are */
    List<Paced> write(Cast cast, Ending ending, Way way, Wording wording, int goals) {
        var deeds = new ArrayList<Paced>();
        boolean whole = ending == Ending.DRAFT ? dice.oneIn(2) : !dice.oneIn(3);
        deeds.add(new Paced(0, 0, new Draft(whole)));
        if (ending == Ending.DRAFT) {
            return deeds;
        }
        if (!whole) {
            deeds.add(new Paced(1, 5, new Edit()));
        }
        switch (way) {
            case STRAIGHT, ASKED, PUT_BACK, STEPPED_DOWN ->
                deeds.add(new Paced(1, 6, send(List.of(cast.service()), wording)));
            case CRISIS ->
                deeds.add(new Paced(
                        1, 1, send(List.of(cast.service(), DemoDirectory.demo().serviceNumbered(7)), wording)));
            case RETURNED_FIRST -> {
                returnedFirst(deeds, cast, wording);
                if (ending == Ending.WITHDRAWN_WHOLE) {
                    deeds.add(new Paced(2, 16, withdraw(ending, withdrawalReasons.next())));
                    return deeds;
                }
                deeds.add(new Paced(2, 18, resend(cast.service(), wording)));
            }
        }
        receive(deeds, cast, ending, way, wording, goals);
        return deeds;
    }

    /** By a service that would have done, or by one that does not work there. */
    private void returnedFirst(List<Paced> deeds, Cast cast, Wording wording) {
        var outside = casting.outsideArea(cast);
        var near = casting.alternative(cast);
        var reason = near.isEmpty() ? OUTSIDE_AREA : returnReasons.next();
        boolean isOutside = reason.equals(OUTSIDE_AREA) && outside.isPresent();
        var asked = (isOutside ? outside : near)
                .orElseThrow(() -> new IllegalStateException("Nothing else for " + cast.theme()));
        deeds.add(new Paced(1, 6, send(List.of(asked), wording)));
        giveBack(deeds, asked, Optional.of(cast.service()), isOutside ? reason : inArea(reason));
    }

    /** Whoever does work there has another reason. */
    private String inArea(String reason) {
        return reason.equals(OUTSIDE_AREA) ? returnReasons.next() : reason;
    }

    /** What the last service that was asked does with it. */
    private void receive(List<Paced> deeds, Cast cast, Ending ending, Way way, Wording wording, int goals) {
        var colleagues = Staff.of(cast.service().organisation());
        var worker = dice.worker(colleagues);
        if (way == Way.PUT_BACK) {
            worker = putBack(deeds, worker, colleagues);
        }
        if (ending == Ending.SENT) {
            return;
        }
        var leaves = leaves(ending);
        if (leaves == Withdrawn.SENT) {
            deeds.add(new Paced(3, 14, withdraw(ending, withdrawalReasons.next())));
            return;
        }
        if (ending == Ending.RETURNED && way == Way.STRAIGHT) {
            giveBack(deeds, cast.service(), casting.alternative(cast), inArea(returnReasons.next()));
            return;
        }
        deeds.add(new Paced(1, 9, new Claim(worker)));
        if (leaves == Withdrawn.CLAIMED) {
            deeds.add(new Paced(3, 14, withdraw(ending, withdrawalReasons.next())));
            return;
        }
        if (way == Way.ASKED || ending == Ending.INFORMATION_REQUESTED) {
            var story = cast.story();
            deeds.add(new Paced(1, 6, new Ask(worker, wording.fill(story.ask()), wording.fill(story.why()))));
            if (ending == Ending.INFORMATION_REQUESTED) {
                return;
            }
            deeds.add(new Paced(2, 16, answer(worker, wording.fill(story.answer()))));
        }
        if (ending == Ending.IN_REVIEW) {
            return;
        }
        if (ending == Ending.RETURNED) {
            deeds.add(new Paced(2, 10, giveBack(worker, casting.alternative(cast), inArea(returnReasons.next()))));
            return;
        }
        help(deeds, cast, ending, way, worker, leaves, wording, goals);
    }

    private void help(
            List<Paced> deeds,
            Cast cast,
            Ending ending,
            Way way,
            Staff worker,
            Withdrawn leaves,
            Wording wording,
            int goals) {
        var told = dice.of("PHONE", "PHONE", "LETTER", "EMAIL", "VISIT");
        deeds.add(new Paced(2, 12, new Accept(worker, !dice.oneIn(5), dice.between(3, 11), told)));
        if (ending == Ending.ACCEPTED) {
            return;
        }
        if (leaves == Withdrawn.ACCEPTED) {
            deeds.add(new Paced(3, 14, withdraw(ending, withdrawalReasons.next())));
            return;
        }
        var start = new Start(worker, dice.of("AT_OFFICE", "VISIT", "VISIT", "PHONE", "VIDEO", "GROUP"));
        deeds.add(way == Way.CRISIS ? new Paced(1, 3, start) : new Paced(8, 36, start));
        if (ending == Ending.STARTED) {
            return;
        }
        if (leaves == Withdrawn.STARTED) {
            deeds.add(new Paced(20, 80, withdraw(ending, dice.of("JOINTLY", "CLIENT_DECLINES"))));
            return;
        }
        deeds.add(new Paced(80, 320, complete(worker, cast.story(), wording, goals)));
    }

    private Withdrawn leaves(Ending ending) {
        return switch (ending) {
            case WITHDRAWN, WITHDRAWN_WHOLE -> withdrawn.next();
            case DRAFT, SENT, IN_REVIEW, INFORMATION_REQUESTED, ACCEPTED, STARTED, COMPLETED, RETURNED ->
                Withdrawn.NEVER;
        };
    }

    private Send send(List<Service> services, Wording wording) {
        boolean crisis = services.size() > 1;
        return new Send(
                services,
                dice.between(0, 2),
                crisis && dice.oneIn(2) ? wording.fill(dice.of(words.exception())) : null,
                otherBasis(crisis));
    }

    private @Nullable String otherBasis(boolean crisis) {
        if (crisis) {
            return dice.of(words.danger());
        }
        return dice.oneIn(25) ? dice.of(words.otherBasis()) : null;
    }

    private Resend resend(Service service, Wording wording) {
        return new Resend(service, wording.with("aanbod", service.name()).fill(dice.of(words.whatChanged())));
    }

    /** @return who takes over */
    private Staff putBack(List<Paced> deeds, Staff worker, List<Staff> colleagues) {
        var reason = putBackReasons.next();
        deeds.add(new Paced(1, 6, new Claim(worker)));
        deeds.add(new Paced(1, 3, new PutBack(worker, reason, dice.of(words.putBack(), reason))));
        return dice.worker(colleagues.stream().filter(it -> !it.equals(worker)).toList());
    }

    /** What the core data shows is often returned without a claim. */
    private void giveBack(List<Paced> deeds, Service from, Optional<Service> advice, String reason) {
        var worker = dice.worker(Staff.of(from.organisation()));
        if (SEEN_FROM_CORE_DATA.contains(reason) && !dice.oneIn(3)) {
            deeds.add(new Paced(1, 8, giveBack(worker, advice, reason)));
        } else {
            deeds.add(new Paced(1, 8, new Claim(worker)));
            deeds.add(new Paced(2, 14, giveBack(worker, advice, reason)));
        }
    }

    private GiveBack giveBack(Staff worker, Optional<Service> advice, String reason) {
        return new GiveBack(
                worker,
                reason,
                dice.oneIn(4) ? null : advice.orElse(null),
                dice.of(words.noAdvice()),
                dice.of(words.returnNotes(), reason),
                dice.oneIn(2));
    }

    private Deed answer(Staff receiver, String text) {
        return dice.oneIn(7)
                ? new HeardAnswer(receiver, text, dice.of(words.heardFrom()))
                : new Answer(text, dice.oneIn(9) ? dice.of(words.cannotShare()) : null);
    }

    private Deed withdraw(Ending ending, String reason) {
        var note = dice.of(words.withdrawal(), reason);
        return ending == Ending.WITHDRAWN ? new Withdraw(reason, note) : new WithdrawWhole(reason, note);
    }

    private Complete complete(Staff worker, Story story, Wording wording, int goals) {
        var outcome = outcomes.next();
        boolean agrees = !dice.oneIn(8);
        var feedback = words.feedback().containsKey(outcome) ? dice.of(words.feedback(), outcome) : story.feedback();
        return new Complete(
                worker,
                outcome,
                Stream.iterate(0, it -> it + 1)
                        .limit(goals)
                        .map(it -> result(outcome, it == 0))
                        .toList(),
                agrees ? wording.fill(feedback) : null,
                agrees && dice.oneIn(2) ? wording.fill(dice.of(words.aftercare())) : null,
                outcome.equals("STEPPED_DOWN_TO_WIJKTEAM") ? wording.fill(dice.of(words.stepDown())) : null);
    }

    private static String result(String outcome, boolean isFirstGoal) {
        return switch (outcome) {
            case "GOAL_REACHED" -> "REACHED";
            case "NOT_REACHED" -> isFirstGoal ? "NOT_REACHED" : "PARTLY";
            case "QUESTION_CHANGED" -> "CHANGED";
            default -> isFirstGoal ? "REACHED" : "PARTLY";
        };
    }
}
