package nl.wijkschakel.referral.attempt;

import static nl.wijkschakel.referral.attempt.Status.ACCEPTED;
import static nl.wijkschakel.referral.attempt.Status.INFORMATION_REQUESTED;
import static nl.wijkschakel.referral.attempt.Status.IN_REVIEW;
import static nl.wijkschakel.referral.attempt.Status.PAUSED;
import static nl.wijkschakel.referral.attempt.Status.RETURNED;
import static nl.wijkschakel.referral.attempt.Status.SENT;
import static nl.wijkschakel.referral.attempt.Status.STARTED;
import static nl.wijkschakel.referral.attempt.Status.WAITLISTED;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What can be done with an attempt: the rows of DOMAIN §2's table of transitions, and what changes hands where it stands.
 * Who, from where, and what others hear; what it needs and what it changes stands in {@link Attempt}.
 */
public enum Action {
    SEND("T2", Side.SENDER, "sent"),
    CLAIM("T3", Side.RECEIVER, "claimed", SENT),
    ASK("T4", Side.RECEIVER, "information-requested", IN_REVIEW),
    ANSWER("T5", Side.EITHER, "answered", INFORMATION_REQUESTED),
    ACCEPT("T6", Side.RECEIVER, "accepted", IN_REVIEW, INFORMATION_REQUESTED, WAITLISTED),
    WAITLIST("T7", Side.RECEIVER, "waitlisted", IN_REVIEW, INFORMATION_REQUESTED, ACCEPTED),
    RETURN("T9", Side.RECEIVER, "returned", SENT, IN_REVIEW, INFORMATION_REQUESTED, ACCEPTED, WAITLISTED),
    START("T10", Side.RECEIVER, "started", ACCEPTED, WAITLISTED),
    PAUSE("T11", Side.RECEIVER, "paused", STARTED),
    RESUME("T11", Side.RECEIVER, "resumed", PAUSED),
    COMPLETE("T12", Side.RECEIVER, "completed", STARTED),
    END_EARLY("T13", Side.RECEIVER, "ended-early", ACCEPTED, WAITLISTED, STARTED, PAUSED),
    FORWARD("T14", Side.RECEIVER, "forwarded", IN_REVIEW, INFORMATION_REQUESTED),
    SEND_FORWARDED("T14", Side.RECEIVER, "sent"),
    WITHDRAW(
            "T15",
            Side.SENDER,
            "withdrawn",
            SENT,
            IN_REVIEW,
            INFORMATION_REQUESTED,
            ACCEPTED,
            WAITLISTED,
            STARTED,
            PAUSED,
            RETURNED),
    RESEND("T16", Side.SENDER, "sent"),
    UNDO_ACCEPT("T20", Side.RECEIVER, "acceptance-undone", Duration.ofHours(24), ACCEPTED),
    PUT_BACK("T22", Side.RECEIVER, "put-back", IN_REVIEW),
    ASSIGN(null, Side.RECEIVER, "assigned", IN_REVIEW, INFORMATION_REQUESTED, ACCEPTED, WAITLISTED, STARTED, PAUSED),
    CHANGE_CONTACT(null, Side.RECEIVER, "contact-changed", ACCEPTED, STARTED, PAUSED),
    HAND_OVER(null, Side.SENDER, "handed-over");

    /** Whose organisation takes the action. */
    public enum Side {
        SENDER,
        RECEIVER,
        EITHER
    }

    private final @Nullable String transition;
    private final Side side;
    private final String event;

    @SuppressWarnings("ImmutableEnumChecker") // made once here, never handed out
    private final Set<Status> from;

    private final @Nullable Duration within;

    Action(@Nullable String transition, Side side, String event, Status... from) {
        this(transition, side, event, (Duration) null, from);
    }

    /** @param within only so long after the attempt came to stand so; null for as long as it does */
    Action(@Nullable String transition, Side side, String event, @Nullable Duration within, Status... from) {
        this.transition = transition;
        this.side = side;
        this.event = event;
        this.within = within;
        this.from = from.length == 0 ? Set.of() : EnumSet.of(from[0], from);
    }

    /** Its row in DOMAIN §2; what is taken from the waitlist has one of its own, and what moves nothing has none. */
    public @Nullable String transition(@Nullable Status from) {
        return from == WAITLISTED && (this == ACCEPT || this == START) ? "T8" : transition;
    }

    /** The last part of the event's type. */
    String event() {
        return event;
    }

    /** What those sides can do now with an attempt that stands so since then, but for what is ruled out there. */
    static List<Action> allowed(Set<Side> sides, Status status, Instant since, Set<Action> ruledOut, Instant now) {
        return Stream.of(values())
                .filter(it -> it.isOf(sides) && it.isAllowedFrom(status, since, now) && !ruledOut.contains(it))
                .toList();
    }

    private boolean isAllowedFrom(Status status, Instant since, Instant now) {
        return from.contains(status) && (within == null || now.isBefore(since.plus(within)));
    }

    boolean isOf(Set<Side> sides) {
        return side == Side.EITHER ? !sides.isEmpty() : sides.contains(side);
    }
}
