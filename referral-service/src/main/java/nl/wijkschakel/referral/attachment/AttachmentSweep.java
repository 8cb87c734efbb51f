package nl.wijkschakel.referral.attachment;

import com.mongodb.client.MongoDatabase;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import nl.wijkschakel.kit.mongo.Lease;
import nl.wijkschakel.referral.referral.OwnReferrals;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Clears away what counts no more: content that came in and was never kept (a crash in between), and the attachments of
 * drafts that were deleted (DOMAIN T1). Those cannot be opened since the draft's key went; this frees their place.
 */
@Component
class AttachmentSweep {

    private static final Duration LEASE = Duration.ofMinutes(5);

    /** No upload takes so long. */
    private static final Duration LEFT_BEHIND = Duration.ofHours(1);

    private static final int BATCH = 200;

    private final Attachments attachments;
    private final OwnReferrals referrals;
    private final Lease lease;
    private final Clock clock;

    AttachmentSweep(Attachments attachments, OwnReferrals referrals, MongoDatabase database, Clock clock) {
        this.attachments = attachments;
        this.referrals = referrals;
        this.lease = new Lease(database, "attachment-sweep", LEASE);
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "PT30M", initialDelayString = "PT5M")
    void run() {
        if (lease.hold()) {
            clearContent();
            clearDrafts();
        }
    }

    private void clearContent() {
        int found;
        do {
            var left = attachments.leftBehind(clock.instant().minus(LEFT_BEHIND), BATCH);
            left.forEach(attachments::dropContent);
            found = left.size();
        } while (found == BATCH && lease.hold());
    }

    private void clearDrafts() {
        UUID last = null;
        while (lease.hold()) {
            last = clearDrafts(last);
            if (last == null) {
                return;
            }
        }
    }

    /** The last one looked at; null when there are no more. */
    private @Nullable UUID clearDrafts(@Nullable UUID after) {
        var some = attachments.ofDrafts(after, BATCH);
        for (var it : some) {
            switch (referrals.stand(it.referral())) {
                case GONE -> attachments.forget(it);
                case SENT -> attachments.markSent(it.id());
                case DRAFT -> {}
            }
        }
        return some.size() < BATCH ? null : some.getLast().id();
    }
}
