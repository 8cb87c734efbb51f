package nl.wijkschakel.referral.attachment;

import java.time.Instant;
import java.util.UUID;
import nl.wijkschakel.referral.attempt.Action.Side;
import nl.wijkschakel.referral.attempt.Worker;
import org.jspecify.annotations.Nullable;

/**
 * A file that one side added. It stays as it was sent; taken back, a shell is left that says who took it back and when.
 *
 * @param attempt the receiver's: what it added to its attempt; null for the sender's, which goes with the referral
 * @param content where its content is stored
 * @param secret null once it was taken back
 * @param size of the content, in bytes
 * @param scanned whether a virus scanner has seen it
 * @param referralDraft whether it was added to a draft, and goes when that goes
 */
record Attachment(
        UUID id,
        UUID referral,
        @Nullable UUID attempt,
        UUID content,
        UUID organisation,
        Worker by,
        FileType type,
        long size,
        boolean scanned,
        boolean referralDraft,
        @Nullable Secret secret,
        Instant at,
        @Nullable Instant removedAt) {

    /**
     * What is sealed of it.
     *
     * @param key under which the content is encrypted, as Tink writes it
     */
    record Secret(String name, String key) {}

    Side side() {
        return attempt == null ? Side.SENDER : Side.RECEIVER;
    }
}
