package nl.wijkschakel.referral.attempt;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import nl.wijkschakel.kit.web.Cursor;
import nl.wijkschakel.referral.directory.LegalBasis;
import nl.wijkschakel.referral.directory.Theme;
import nl.wijkschakel.referral.directory.Urgency;
import org.jspecify.annotations.Nullable;

/**
 * An attempt as lists show it.
 *
 * @param core null where its key was destroyed
 * @param since when it came to stand so
 * @param ruledOut what its status would allow and something else does not
 * @param deadline what is due, for whoever has to act
 * @param cursor its place in the list
 */
public record AttemptRow(
        UUID id,
        long version,
        String number,
        UUID referral,
        UUID client,
        String municipality,
        Sender sender,
        UUID service,
        UUID receiver,
        Theme theme,
        Urgency urgency,
        LegalBasis legalBasis,
        @Nullable Core core,
        Status status,
        Instant since,
        Set<Action> ruledOut,
        @Nullable Worker worker,
        @Nullable Instant deadline,
        @Nullable Instant readableUntil,
        Cursor cursor,
        Instant createdAt,
        Instant changedAt) {}
