package nl.wijkschakel.referral.attempt;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import nl.wijkschakel.kit.web.Cursor;
import nl.wijkschakel.referral.directory.LegalBasis;
import nl.wijkschakel.referral.directory.Theme;
import nl.wijkschakel.referral.directory.Urgency;
import org.jspecify.annotations.Nullable;

/** An attempt as lists show it: nothing in it is sealed. */
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
        Core core,
        Status status,
        @Nullable Worker worker,
        @Nullable Instant deadline,
        @Nullable Instant readableUntil,
        List<UUID> excluded,
        long order,
        Instant createdAt,
        Instant changedAt) {

    public Cursor cursor() {
        return new Cursor(order, id);
    }
}
