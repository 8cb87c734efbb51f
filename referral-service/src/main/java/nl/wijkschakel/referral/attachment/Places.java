package nl.wijkschakel.referral.attachment;

import com.mongodb.client.ClientSession;
import java.util.List;
import java.util.UUID;
import nl.wijkschakel.kit.access.AccessEntry;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.web.Refusal;
import nl.wijkschakel.referral.attempt.Action.Side;
import nl.wijkschakel.referral.attempt.Actor;
import nl.wijkschakel.referral.attempt.Attempt;
import nl.wijkschakel.referral.attempt.AttemptViews;
import nl.wijkschakel.referral.attempt.Attempts;
import nl.wijkschakel.referral.referral.OwnReferrals;
import nl.wijkschakel.referral.referral.OwnReferrals.Owned;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Where an attachment belongs, and who may see it there: the sender's with the referral, a receiver's with its attempt. */
@Component
class Places {

    /** As its caller may use it. */
    sealed interface Place {

        UUID referral();

        /** Of one attempt only; null for all of the referral. */
        @Nullable
        UUID attempt();

        Side side();

        /** The sending organisation's own referral, a draft perhaps. */
        record OfReferral(Owned owned) implements Place {
            @Override
            public UUID referral() {
                return owned.id();
            }

            @Override
            public @Nullable UUID attempt() {
                return null;
            }

            @Override
            public Side side() {
                return Side.SENDER;
            }
        }

        /** An attempt of which the caller sees the content. */
        record OfAttempt(Attempt of, Side side) implements Place {
            @Override
            public UUID referral() {
                return of.referral();
            }

            @Override
            public UUID attempt() {
                return of.id();
            }
        }
    }

    private final OwnReferrals referrals;
    private final Attempts attempts;
    private final AttemptViews views;

    Places(OwnReferrals referrals, Attempts attempts, AttemptViews views) {
        this.referrals = referrals;
        this.attempts = attempts;
        this.views = views;
    }

    Place ofReferral(UUID referral, Caller caller) {
        return new Place.OfReferral(referrals.get(referral, caller));
    }

    Place ofAttempt(UUID attempt, Caller caller) {
        var actor = Actor.of(caller);
        var found = attempts.get(attempt, caller);
        views.requireContent(found, actor);
        return new Place.OfAttempt(found, found.speaksFor(actor));
    }

    /**
     * Where the caller sees it.
     *
     * @throws Refusal.Unknown when nowhere
     */
    Place of(Attachment it, Caller caller) {
        if (it.attempt() != null) {
            return ofAttempt(it.attempt(), caller);
        }
        if (it.organisation().equals(caller.organisation())) {
            return ofReferral(it.referral(), caller);
        }
        return receiving(it.referral(), caller);
    }

    private Place receiving(UUID referral, Caller caller) {
        var actor = Actor.of(caller);
        return attempts.of(referral).reversed().stream()
                .filter(it -> it.receiver().equals(caller.organisation()) && views.seesContent(it, actor))
                .findFirst()
                .map(it -> new Place.OfAttempt(it, Side.RECEIVER))
                .orElseThrow(Refusal.Unknown::new);
    }

    static AccessEntry entry(Place place, AccessEntry.Action action, @Nullable UUID attachment, Caller caller) {
        var resource = new AccessEntry.Resource(
                attachment == null ? "attachments" : "attachment", attachment == null ? place.referral() : attachment);
        return switch (place) {
            case Place.OfAttempt it -> Attempts.entry(it.of(), action, resource, caller);
            case Place.OfReferral it -> OwnReferrals.entry(it.owned(), action, resource, caller);
        };
    }

    /** The attempts whose other side can see what is added here, or taken back. */
    List<Attempt> concerned(Place place, ClientSession session) {
        return switch (place) {
            case Place.OfAttempt it
            when it.side() == Side.RECEIVER ->
                attempts.of(session, it.referral()).stream()
                        .filter(attempt -> attempt.id().equals(it.attempt()))
                        .toList();
            case Place.OfAttempt it -> ofReceivers(session, it.referral());
            case Place.OfReferral it -> ofReceivers(session, it.referral());
        };
    }

    private List<Attempt> ofReceivers(ClientSession session, UUID referral) {
        return attempts.of(session, referral).stream()
                .filter(it -> it.status().isOpen() && views.isForReceiver(it))
                .toList();
    }
}
