package nl.wijkschakel.referral.referral;

import com.mongodb.client.MongoDatabase;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.mongo.Lease;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Deletes drafts that nobody changed for fourteen days (DOMAIN T1, P23); one replica at a time looks. */
@Component
class DraftExpiry {

    private static final Logger log = LoggerFactory.getLogger(DraftExpiry.class);
    private static final Duration LEASE = Duration.ofMinutes(5);

    /** Nobody: the platform itself keeps the rule. */
    private static final Caller PLATFORM =
            new Caller(new UUID(0, 0), "Wijkschakel", List.of(), null, "referral-service", "");

    private final Referrals referrals;
    private final Lease lease;

    DraftExpiry(Referrals referrals, MongoDatabase database) {
        this.referrals = referrals;
        this.lease = new Lease(database, "draft-expiry", LEASE);
    }

    @Scheduled(fixedDelayString = "PT10M", initialDelayString = "PT1M")
    void run() {
        int gone;
        do {
            gone = lease.hold() ? referrals.deleteExpired(PLATFORM) : 0;
            if (gone > 0) {
                log.info("{} drafts expired", gone);
            }
        } while (gone > 0);
    }
}
