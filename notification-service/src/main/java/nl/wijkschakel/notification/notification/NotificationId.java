package nl.wijkschakel.notification.notification;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.UUID;

/**
 * An id that follows from the event and the recipient, so that telling twice is telling once. It begins with the moment
 * of the event, as a UUIDv7 does, so that its order is the order of the list; the rest is a hash (UUIDv8, RFC 9562).
 */
final class NotificationId {

    private static final int RANDOM_BITS_OF_FIRST_HALF = 16;
    private static final long VERSION = 0x8000;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    static UUID of(UUID event, Recipient recipient, Instant at) {
        var address = Address.of(recipient).bytes();
        var hash = ByteBuffer.wrap(sha256(ByteBuffer.allocate(2 * Long.BYTES + address.length)
                .putLong(event.getMostSignificantBits())
                .putLong(event.getLeastSignificantBits())
                .put(address)
                .array()));
        return new UUID(millis(at) | VERSION | (hash.getLong() & 0xfff), VARIANT | (hash.getLong() >>> 2));
    }

    /** No notification of that moment or later has a lower one. */
    static UUID lowest(Instant at) {
        return new UUID(millis(at), 0);
    }

    private static long millis(Instant at) {
        return at.toEpochMilli() << RANDOM_BITS_OF_FIRST_HALF;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }

    private NotificationId() {}
}
