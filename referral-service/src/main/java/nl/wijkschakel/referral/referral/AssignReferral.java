package nl.wijkschakel.referral.referral;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.mongo.Transactions;
import nl.wijkschakel.kit.web.Errors;
import nl.wijkschakel.kit.web.IdempotencyKey;
import nl.wijkschakel.kit.web.Version;
import nl.wijkschakel.referral.attempt.Actor;
import nl.wijkschakel.referral.attempt.Attempt;
import nl.wijkschakel.referral.attempt.Attempts;
import nl.wijkschakel.referral.attempt.Sender;
import nl.wijkschakel.referral.attempt.Worker;
import nl.wijkschakel.referral.colleague.Colleague;
import nl.wijkschakel.referral.colleague.Colleagues;
import nl.wijkschakel.referral.directory.Directory;
import nl.wijkschakel.referral.directory.Team;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Gives a referral to another worker of the sender, and with it all its attempts: their receivers are told. */
@Component
class AssignReferral {

    private final Referrals referrals;
    private final Attempts attempts;
    private final Colleagues colleagues;
    private final Directory directory;
    private final Transactions transactions;
    private final Clock clock;

    AssignReferral(
            Referrals referrals,
            Attempts attempts,
            Colleagues colleagues,
            Directory directory,
            Transactions transactions,
            Clock clock) {
        this.referrals = referrals;
        this.attempts = attempts;
        this.colleagues = colleagues;
        this.directory = directory;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** @param team that answers the phone from now on; null where it is the one that did */
    void assign(UUID id, Version seen, @Nullable IdempotencyKey key, UUID person, @Nullable UUID team, Caller caller) {
        transactions.inOne(session -> {
            if (referrals.isRepeat(session, id, key, caller)) {
                return false;
            }
            var referral = referrals.get(session, id, caller);
            seen.require(referral.version());
            var present = referral.sentAt() == null ? List.<Attempt>of() : attempts.of(session, id);
            var colleague = colleagues.find(caller.organisation(), person);
            var sender = checked(referral.sender(), colleague, team, caller);
            var next = referral.assign(sender, present, clock.instant());
            var worker = new Worker(person, colleague.orElseThrow().name());
            referrals.store(session, referral, next, key, caller);
            attempts.changeAll(
                    session,
                    id,
                    caller,
                    it -> Optional.of(it.handOver(sender, worker, Actor.of(caller), clock.instant())));
            return true;
        });
    }

    private Sender checked(Sender present, Optional<Colleague> colleague, @Nullable UUID team, Caller caller) {
        var answering = team == null ? present.team() : team;
        var isOwn = directory
                .findTeam(answering)
                .map(Team::organisation)
                .filter(caller.organisation()::equals)
                .isPresent();
        var worker = colleague.map(Colleague::person).orElse(present.worker());
        new Errors()
                .addIf(
                        colleague.isEmpty(),
                        "/person",
                        "unknown-colleague",
                        "Deze collega is niet bekend bij uw organisatie, of was hier lang niet.")
                .addIf(!isOwn, "/team", "unknown-team", "Dit team is niet van uw organisatie.")
                .addIf(
                        colleague.isPresent() && worker.equals(present.worker()) && answering.equals(present.team()),
                        "/person",
                        "unchanged",
                        "Deze collega heeft de verwijzing al.")
                .refuse();
        return new Sender(present.organisation(), answering, worker);
    }
}
