package nl.wijkschakel.referral.attempt;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import nl.wijkschakel.referral.attempt.Action.Side;
import nl.wijkschakel.referral.attempt.AttemptState.Accepted;
import nl.wijkschakel.referral.attempt.AttemptState.Completed;
import nl.wijkschakel.referral.attempt.AttemptState.InReview;
import nl.wijkschakel.referral.attempt.AttemptState.InformationRequested;
import nl.wijkschakel.referral.attempt.AttemptState.Returned;
import nl.wijkschakel.referral.attempt.AttemptState.Sent;
import nl.wijkschakel.referral.attempt.AttemptState.Started;
import nl.wijkschakel.referral.attempt.AttemptState.Withdrawn;
import nl.wijkschakel.referral.attempt.AttemptView.Access;
import nl.wijkschakel.referral.attempt.AttemptView.From;
import nl.wijkschakel.referral.attempt.AttemptView.Named;
import nl.wijkschakel.referral.attempt.AttemptView.To;
import nl.wijkschakel.referral.directory.Directory;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Shows each reader what is theirs to see: the sender all of it, the receiver as far as DOMAIN P4 and P6 go. */
@Component
public class AttemptViews {

    private final Directory directory;
    private final Clock clock;

    AttemptViews(Directory directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
    }

    public AttemptView of(Attempt it, Actor reader) {
        return of(it, reader, null);
    }

    AttemptView of(Attempt it, Actor reader, ClientAccess.@Nullable Standing standing) {
        boolean sender = it.sides(reader).contains(Side.SENDER);
        var access = access(it, reader);
        boolean all = access == Access.SHARED;
        return new AttemptView(
                it.id(),
                it.number(),
                it.referral(),
                it.status(),
                sender ? Side.SENDER : Side.RECEIVER,
                access,
                from(it.sender(), sender || all),
                to(it.receiver()),
                service(it.service()),
                it.theme(),
                it.urgency(),
                it.legalBasis().name(),
                it.municipality(),
                it.core(),
                it.deadline(),
                it.state().worker(),
                all ? it.client() : null,
                all ? it.request() : null,
                all ? it.questions() : null,
                state(it, access),
                it.actions(reader),
                standing,
                it.createdAt(),
                it.changedAt());
    }

    /** A line of a list: like the attempt, without what is sealed. */
    public AttemptView row(AttemptRow it, Actor reader) {
        boolean sender = it.sender().organisation().equals(reader.organisation());
        boolean mayKnow = sender || isShared(it, reader);
        return new AttemptView(
                it.id(),
                it.number(),
                it.referral(),
                it.status(),
                sender ? Side.SENDER : Side.RECEIVER,
                mayKnow ? Access.SHARED : it.status() == Status.SENT ? Access.CORE : Access.OWN_DECISION,
                from(it.sender(), mayKnow),
                to(it.receiver()),
                service(it.service()),
                it.theme(),
                it.urgency(),
                it.legalBasis().name(),
                it.municipality(),
                it.core(),
                it.deadline(),
                it.worker(),
                mayKnow ? it.client() : null,
                null,
                null,
                null,
                List.of(),
                null,
                it.createdAt(),
                it.changedAt());
    }

    private boolean isShared(AttemptRow it, Actor reader) {
        return it.status().access() == Status.Access.SHARED
                && !hasPassed(it.readableUntil())
                && !it.excluded().contains(reader.person());
    }

    Access access(Attempt it, Actor reader) {
        var sides = it.sides(reader);
        if (sides.contains(Side.SENDER)) {
            return Access.SHARED;
        }
        if (!sides.contains(Side.RECEIVER)) {
            return Access.CORE; // a worker of the receiver who is shut out because they know the client
        }
        return switch (it.receiverAccess()) {
            case CORE -> Access.CORE;
            case NONE -> Access.OWN_DECISION;
            case SHARED -> hasPassed(it.readableUntil()) ? Access.OWN_DECISION : Access.SHARED;
        };
    }

    private static @Nullable AttemptState state(Attempt it, Access access) {
        return switch (access) {
            case CORE -> null;
            case SHARED -> it.state();
            case OWN_DECISION -> ownDecision(it.state());
        };
    }

    private boolean hasPassed(@Nullable Instant until) {
        return until != null && !clock.instant().isBefore(until);
    }

    /** A receiver keeps seeing what it decided; what others wrote is gone with the content. */
    private static @Nullable AttemptState ownDecision(AttemptState state) {
        return switch (state) {
            case Returned it -> it;
            case Completed it -> it;
            case Withdrawn it -> new Withdrawn(it.reason(), null, it.at());
            case Sent _, InReview _, InformationRequested _, Accepted _, Started _ -> null;
        };
    }

    private From from(Sender sender, boolean withWorker) {
        var organisation = directory.organisation(sender.organisation());
        var team = directory.team(sender.team());
        return new From(
                sender.organisation(),
                organisation.name(),
                sender.team(),
                team.name(),
                team.phone(),
                withWorker ? sender.worker() : null);
    }

    private To to(UUID receiver) {
        return new To(receiver, directory.organisation(receiver).name());
    }

    private Named service(UUID service) {
        return new Named(service, directory.service(service).name());
    }
}
