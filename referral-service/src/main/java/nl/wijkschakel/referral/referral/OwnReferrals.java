package nl.wijkschakel.referral.referral;

import java.util.List;
import java.util.UUID;
import nl.wijkschakel.kit.access.AccessEntry;
import nl.wijkschakel.kit.access.Purpose;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.web.Refusal;
import org.springframework.stereotype.Component;

/** What other features may know of a referral of the caller's own organisation: that it is there, and whose it is. */
@Component
public class OwnReferrals {

    public record Owned(UUID id, UUID client, boolean draft) {}

    /** Where a draft went: sent, or deleted. */
    public enum Stand {
        DRAFT,
        SENT,
        GONE
    }

    private final Referrals referrals;

    OwnReferrals(Referrals referrals) {
        this.referrals = referrals;
    }

    /** @throws Refusal.Unknown when it is not there, or not the caller's organisation's */
    public Owned get(UUID id, Caller caller) {
        var referral = referrals.get(id, caller);
        return new Owned(id, referral.client(), referral.sentAt() == null);
    }

    public Stand stand(UUID id) {
        return referrals.stand(id);
    }

    public static AccessEntry entry(Owned it, AccessEntry.Action action, AccessEntry.Resource resource, Caller caller) {
        return AccessEntry.granted(caller, action, List.of(it.client()), resource, Purpose.REFERRAL);
    }
}
