package nl.wijkschakel.referral.referral;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.mongo.Transactions;
import nl.wijkschakel.kit.web.IdempotencyKey;
import nl.wijkschakel.kit.web.Version;
import nl.wijkschakel.referral.attempt.Action;
import nl.wijkschakel.referral.attempt.Actor;
import nl.wijkschakel.referral.attempt.Attempt;
import nl.wijkschakel.referral.attempt.AttemptState.WithdrawalReason;
import nl.wijkschakel.referral.attempt.Attempts;
import nl.wijkschakel.referral.attempt.Change;
import nl.wijkschakel.referral.attempt.ClientAccess;
import nl.wijkschakel.referral.calendar.Terms;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Withdraws a referral as a whole: with it every attempt that still can be (DOMAIN T15). */
@Component
class WithdrawReferral {

    private final Referrals referrals;
    private final Attempts attempts;
    private final ClientAccess clientAccess;
    private final Transactions transactions;
    private final Terms terms;
    private final Clock clock;

    WithdrawReferral(
            Referrals referrals,
            Attempts attempts,
            ClientAccess clientAccess,
            Transactions transactions,
            Terms terms,
            Clock clock) {
        this.referrals = referrals;
        this.attempts = attempts;
        this.clientAccess = clientAccess;
        this.transactions = transactions;
        this.terms = terms;
        this.clock = clock;
    }

    void withdraw(
            UUID id,
            Version seen,
            @Nullable IdempotencyKey key,
            WithdrawalReason reason,
            @Nullable String note,
            Caller caller) {
        var actor = Actor.of(caller);
        List<Attempt> withdrawn = transactions.inOne(session -> {
            if (referrals.isRepeat(session, id, key, caller)) {
                return List.of();
            }
            var referral = referrals.get(session, id, caller);
            seen.require(referral.version());
            var next = referral.withdraw(attempts.of(session, id), clock.instant());
            referrals.store(session, referral, next, key, caller);
            var changed = attempts.changeAll(session, id, caller, it -> withdraw(it, reason, note, actor));
            attempts.followUp(session, id);
            return changed;
        });
        withdrawn.forEach(clientAccess::follow);
    }

    private Optional<Change> withdraw(Attempt attempt, WithdrawalReason reason, @Nullable String note, Actor actor) {
        return attempt.actions(actor, clock.instant()).contains(Action.WITHDRAW) && !attempt.followedUp()
                ? Optional.of(attempt.withdraw(reason, note, true, actor, clock.instant(), terms))
                : Optional.empty();
    }
}
