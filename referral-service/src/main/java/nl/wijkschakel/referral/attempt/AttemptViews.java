package nl.wijkschakel.referral.attempt;

import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import nl.wijkschakel.kit.web.Refusal;
import nl.wijkschakel.referral.attempt.Action.Side;
import nl.wijkschakel.referral.attempt.AttemptState.Accepted;
import nl.wijkschakel.referral.attempt.AttemptState.Completed;
import nl.wijkschakel.referral.attempt.AttemptState.EndedEarly;
import nl.wijkschakel.referral.attempt.AttemptState.Forwarded;
import nl.wijkschakel.referral.attempt.AttemptState.InReview;
import nl.wijkschakel.referral.attempt.AttemptState.InformationRequested;
import nl.wijkschakel.referral.attempt.AttemptState.Paused;
import nl.wijkschakel.referral.attempt.AttemptState.Returned;
import nl.wijkschakel.referral.attempt.AttemptState.Sent;
import nl.wijkschakel.referral.attempt.AttemptState.Started;
import nl.wijkschakel.referral.attempt.AttemptState.Waitlisted;
import nl.wijkschakel.referral.attempt.AttemptState.Withdrawn;
import nl.wijkschakel.referral.attempt.AttemptView.Access;
import nl.wijkschakel.referral.attempt.AttemptView.From;
import nl.wijkschakel.referral.attempt.AttemptView.Named;
import nl.wijkschakel.referral.attempt.AttemptView.To;
import nl.wijkschakel.referral.directory.Directory;
import nl.wijkschakel.referral.directory.Organisation;
import nl.wijkschakel.referral.directory.Team;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Shows each reader what is theirs to see: the sender all of it, the receiver as far as DOMAIN P4 and P6 go. */
@Component
public class AttemptViews {

    /** What a receiver decided: that stays visible to it when the rest is gone (DOMAIN P6). */
    private static final Set<Action> DECISIONS = EnumSet.of(
            Action.ACCEPT,
            Action.WAITLIST,
            Action.RETURN,
            Action.START,
            Action.COMPLETE,
            Action.END_EARLY,
            Action.FORWARD,
            Action.UNDO_ACCEPT);

    private final Directory directory;
    private final Clock clock;

    AttemptViews(Directory directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
    }

    public AttemptView of(Attempt it, Actor reader) {
        return of(it, reader, null);
    }

    public AttemptView of(Attempt it, Actor reader, ClientAccess.@Nullable Standing standing) {
        var sides = it.sides(reader);
        boolean sender = sides.contains(Side.SENDER);
        var access = access(it, reader);
        boolean all = access == Access.SHARED;
        boolean core = access != Access.OWN_DECISION;
        return new AttemptView(
                it.id(),
                it.number(),
                it.referral(),
                it.status(),
                sender ? Side.SENDER : Side.RECEIVER,
                access,
                from(it.sender(), all, names(List.of(it.sender()))),
                new To(it.receiver(), directory.organisation(it.receiver()).name()),
                new Named(it.service(), directory.service(it.service()).name()),
                core ? it.theme() : null,
                core ? it.urgency() : null,
                all ? it.legalBasis() : null,
                it.municipality(),
                core ? it.core() : null,
                sender ? it.deadline() : it.deadlineOfReceiver(),
                it.state().worker(),
                all ? it.client() : null,
                all ? it.request() : null,
                all ? it.questions() : null,
                state(it, access, sides),
                all ? it.forwardedFrom() : null,
                it.actions(reader, clock.instant()),
                standing,
                it.createdAt(),
                it.changedAt());
    }

    /** The lines of a list: like the attempt, without what people wrote. */
    public List<AttemptView> rows(List<AttemptRow> rows, Actor reader) {
        var names = names(rows.stream().map(AttemptRow::sender).toList());
        var receivers = directory.organisations(ids(rows, AttemptRow::receiver));
        var services = directory.services(ids(rows, AttemptRow::service));
        return rows.stream()
                .map(it -> row(
                        it,
                        reader,
                        names,
                        new To(it.receiver(), known(receivers, it.receiver()).name()),
                        new Named(it.service(), known(services, it.service()).name())))
                .toList();
    }

    private AttemptView row(AttemptRow it, Actor reader, Names names, To to, Named service) {
        var sides = EnumSet.noneOf(Side.class);
        if (it.sender().organisation().equals(reader.organisation())) {
            sides.add(Side.SENDER);
        }
        if (it.receiver().equals(reader.organisation())) {
            sides.add(Side.RECEIVER);
        }
        boolean sender = sides.contains(Side.SENDER);
        var access = sender ? Access.SHARED : access(it.status(), it.readableUntil());
        boolean all = access == Access.SHARED;
        boolean core = access != Access.OWN_DECISION;
        return new AttemptView(
                it.id(),
                it.number(),
                it.referral(),
                it.status(),
                sender ? Side.SENDER : Side.RECEIVER,
                access,
                from(it.sender(), all, names),
                to,
                service,
                core ? it.theme() : null,
                core ? it.urgency() : null,
                all ? it.legalBasis() : null,
                it.municipality(),
                core ? it.core() : null,
                sender || it.status().isOpen() ? it.deadline() : null,
                it.worker(),
                all ? it.client() : null,
                null,
                null,
                null,
                null,
                Action.allowed(sides, it.status(), it.since(), it.ruledOut(), clock.instant()),
                null,
                it.createdAt(),
                it.changedAt());
    }

    /** What was done, as far as the reader may know; by whom of the other side only while all of it may be seen. */
    public List<HistoryView> history(Attempts.Story story, Actor reader) {
        var attempt = story.attempt();
        var access = access(attempt, reader);
        var sides = attempt.sides(reader);
        return story.entries().stream()
                .filter(it -> access != Access.OWN_DECISION || it.action() == Action.WITHDRAW || isOwn(it, reader))
                .map(it -> switch (access) {
                    case SHARED -> HistoryView.of(it, true, isTold(it, attempt, sides));
                    case CORE -> HistoryView.of(it, isBy(it, reader), false);
                    case OWN_DECISION -> HistoryView.of(it, isBy(it, reader), isOwn(it, reader));
                })
                .toList();
    }

    /** The referrer is told how it ended only as far as the client agrees (DOMAIN T12). */
    private static boolean isTold(HistoryEntry it, Attempt attempt, Set<Side> sides) {
        return it.action() != Action.COMPLETE || sides.contains(Side.RECEIVER) || hasFeedback(attempt.state());
    }

    private static boolean hasFeedback(AttemptState state) {
        return state instanceof Completed it && it.clientAgreesToFeedback();
    }

    private static boolean isOwn(HistoryEntry it, Actor reader) {
        return isBy(it, reader) && DECISIONS.contains(it.action());
    }

    private static boolean isBy(HistoryEntry it, Actor reader) {
        return it.organisation().equals(reader.organisation());
    }

    /**
     * What belongs to the content is there for those who may see that now (DOMAIN P4, P6).
     *
     * @throws Refusal.Unknown for others: to them there is nothing
     */
    public void requireContent(Attempt it, Actor reader) {
        if (!seesContent(it, reader)) {
            throw new Refusal.Unknown();
        }
    }

    public boolean seesContent(Attempt it, Actor reader) {
        return access(it, reader) == Access.SHARED;
    }

    /** Whether the receiver sees the content, or will with the claim. */
    public boolean isForReceiver(Attempt it) {
        return access(it.status(), it.readableUntil()) != Access.OWN_DECISION;
    }

    private Access access(Attempt it, Actor reader) {
        var sides = it.sides(reader);
        if (sides.contains(Side.SENDER)) {
            return Access.SHARED;
        }
        if (!sides.contains(Side.RECEIVER)) {
            return Access.CORE; // a worker of the receiver who is shut out with this very change: they know the client
        }
        return access(it.status(), it.readableUntil());
    }

    /** The receiver's. */
    private Access access(Status status, @Nullable Instant readableUntil) {
        return switch (status.access()) {
            case CORE -> Access.CORE;
            case NONE -> Access.OWN_DECISION;
            case SHARED ->
                readableUntil != null && !clock.instant().isBefore(readableUntil) ? Access.OWN_DECISION : Access.SHARED;
        };
    }

    private static @Nullable AttemptState state(Attempt it, Access access, Set<Side> sides) {
        return switch (access) {
            case CORE -> null;
            case SHARED -> sides.contains(Side.RECEIVER) ? it.state() : toldToReferrer(it.state());
            case OWN_DECISION -> ownDecision(it.state());
        };
    }

    private static AttemptState toldToReferrer(AttemptState state) {
        return state instanceof Completed it && !hasFeedback(it) ? it.onlyThatHelpEnded() : state;
    }

    /** A receiver keeps seeing what it decided; what others wrote is gone with the content. */
    private static @Nullable AttemptState ownDecision(AttemptState state) {
        return switch (state) {
            case Returned it -> it;
            case Forwarded it -> it;
            case Completed it -> it;
            case EndedEarly it -> it;
            case Withdrawn it -> new Withdrawn(it.worker(), it.reason(), null, it.at());
            case Sent _, InReview _, InformationRequested _, Accepted _, Waitlisted _, Started _, Paused _ -> null;
        };
    }

    private record Names(Map<UUID, Organisation> organisations, Map<UUID, Team> teams) {}

    private Names names(List<Sender> senders) {
        return new Names(
                directory.organisations(ids(senders, Sender::organisation)),
                directory.teams(ids(senders, Sender::team)));
    }

    private static From from(Sender sender, boolean withWorker, Names names) {
        var team = known(names.teams(), sender.team());
        return new From(
                sender.organisation(),
                known(names.organisations(), sender.organisation()).name(),
                sender.team(),
                team.name(),
                team.phone(),
                withWorker ? sender.worker() : null);
    }

    private static <T> Set<UUID> ids(List<T> items, Function<T, UUID> id) {
        return items.stream().map(id).collect(Collectors.toSet());
    }

    /** Nothing that was ever referred to leaves the directory. */
    private static <T> T known(Map<UUID, T> entries, UUID id) {
        return Objects.requireNonNull(entries.get(id), "not in the directory");
    }
}
