package nl.wijkschakel.referral.attempt;

import static nl.wijkschakel.referral.attempt.Status.ACCEPTED;
import static nl.wijkschakel.referral.attempt.Status.INFORMATION_REQUESTED;
import static nl.wijkschakel.referral.attempt.Status.IN_REVIEW;
import static nl.wijkschakel.referral.attempt.Status.RETURNED;
import static nl.wijkschakel.referral.attempt.Status.SENT;
import static nl.wijkschakel.referral.attempt.Status.STARTED;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What can be done with an attempt: the rows of DOMAIN §2's table of transitions. Who, from where, and what others hear;
 * what it needs and what it changes stands in {@link Attempt}.
 */
public enum Action {
    SEND("T2", Side.SENDER, "sent"),
    CLAIM("T3", Side.RECEIVER, "claimed", SENT),
    ASK("T4", Side.RECEIVER, "information-requested", IN_REVIEW),
    ANSWER("T5", Side.EITHER, "answered", INFORMATION_REQUESTED),
    ACCEPT("T6", Side.RECEIVER, "accepted", IN_REVIEW, INFORMATION_REQUESTED),
    RETURN("T9", Side.RECEIVER, "returned", SENT, IN_REVIEW, INFORMATION_REQUESTED, ACCEPTED),
    START("T10", Side.RECEIVER, "started", ACCEPTED),
    COMPLETE("T12", Side.RECEIVER, "completed", STARTED),
    FORWARD("T14", Side.RECEIVER, "forwarded", IN_REVIEW, INFORMATION_REQUESTED),
    SEND_FORWARDED("T14", Side.RECEIVER, "sent"),
    WITHDRAW("T15", Side.SENDER, "withdrawn", SENT, IN_REVIEW, INFORMATION_REQUESTED, ACCEPTED, STARTED, RETURNED),
    RESEND("T16", Side.SENDER, "sent"),
    PUT_BACK("T22", Side.RECEIVER, "put-back", IN_REVIEW);

    /** Whose organisation takes the action. */
    public enum Side {
        SENDER,
        RECEIVER,
        EITHER
    }

    private final String transition;
    private final Side side;
    private final String event;

    @SuppressWarnings("ImmutableEnumChecker") // made once here, never handed out
    private final Set<Status> from;

    Action(String transition, Side side, String event, Status... from) {
        this.transition = transition;
        this.side = side;
        this.event = event;
        this.from = from.length == 0 ? Set.of() : EnumSet.of(from[0], from);
    }

    /** Its row in DOMAIN §2. */
    public String transition() {
        return transition;
    }

    /** The last part of the event's type. */
    String event() {
        return event;
    }

    /** What those sides can do with an attempt that stands so, but for what is ruled out there. */
    static List<Action> allowed(Set<Side> sides, Status status, Set<Action> ruledOut) {
        return Stream.of(values())
                .filter(it -> it.isOf(sides) && it.from.contains(status) && !ruledOut.contains(it))
                .toList();
    }

    private boolean isOf(Set<Side> sides) {
        return side == Side.EITHER ? !sides.isEmpty() : sides.contains(side);
    }
}
