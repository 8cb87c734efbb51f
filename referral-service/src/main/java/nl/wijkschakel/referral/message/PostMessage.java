package nl.wijkschakel.referral.message;

import java.util.Map;
import java.util.UUID;
import nl.wijkschakel.kit.access.AccessEntry;
import nl.wijkschakel.kit.access.AccessLog;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.mongo.Transactions;
import nl.wijkschakel.kit.web.IdempotencyKey;
import nl.wijkschakel.kit.web.Refusal;
import nl.wijkschakel.referral.attempt.Action.Side;
import nl.wijkschakel.referral.attempt.Actor;
import nl.wijkschakel.referral.attempt.Attempt;
import nl.wijkschakel.referral.attempt.AttemptViews;
import nl.wijkschakel.referral.attempt.Attempts;
import nl.wijkschakel.referral.message.Message.Said;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Writes to the other side: the message, and in the attempt the event that tells of it, are one transaction. */
@Component
class PostMessage {

    static final String EVENT = "message-posted";

    private final Messages messages;
    private final Attempts attempts;
    private final AttemptViews views;
    private final Transactions transactions;
    private final AccessLog accessLog;

    PostMessage(
            Messages messages, Attempts attempts, AttemptViews views, Transactions transactions, AccessLog accessLog) {
        this.messages = messages;
        this.attempts = attempts;
        this.views = views;
        this.transactions = transactions;
        this.accessLog = accessLog;
    }

    private record Posted(Message message, @Nullable AccessEntry look) {}

    Message post(UUID attempt, Said said, @Nullable IdempotencyKey key, Caller caller) {
        var posted = transactions.inOne(session -> {
            var to = attempts.get(session, attempt, caller);
            views.requireContent(to, Actor.of(caller));
            var known = messages.posted(session, key, caller);
            if (known != null) {
                return new Posted(known, entry(AccessEntry.Action.READ, known, to, caller));
            }
            if (to.speaksFor(Actor.of(caller)) == Side.SENDER && !views.isForReceiver(to)) {
                throw new Refusal.Conflict(
                        "nobody-reads",
                        "De ontvanger kan dit niet meer lezen. Bel, of verwijs opnieuw.",
                        "%s has ended".formatted(attempt),
                        Map.of());
            }
            var message = messages.add(session, to, said, key, caller);
            attempts.tell(session, to, EVENT, entry(AccessEntry.Action.CREATE, message, to, caller), caller);
            return new Posted(message, null);
        });
        if (posted.look() != null) { // the same request again is a look, and logged as one (DOMAIN P14)
            accessLog.record(posted.look());
        }
        return posted.message();
    }

    private static AccessEntry entry(AccessEntry.Action action, Message it, Attempt of, Caller caller) {
        return Attempts.entry(of, action, new AccessEntry.Resource("message", it.id()), caller);
    }
}
