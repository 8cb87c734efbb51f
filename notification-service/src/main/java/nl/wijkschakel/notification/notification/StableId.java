package nl.wijkschakel.notification.notification;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.UUID;

/**
 * An id that follows from what it names, so that making it twice makes one. It begins with a moment, as a UUIDv7 does, so
 * that its order is the order of a list; the rest is a hash (UUIDv8, RFC 9562).
 */
public final class StableId {

    private static final int RANDOM_BITS_OF_FIRST_HALF = 16;
    private static final long VERSION = 0x8000;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    /** @param what always the same bytes for the same thing, in every release */
    public static UUID of(Instant at, UUID first, byte[] what) {
        var hash = ByteBuffer.wrap(sha256(ByteBuffer.allocate(2 * Long.BYTES + what.length)
                .putLong(first.getMostSignificantBits())
                .putLong(first.getLeastSignificantBits())
                .put(what)
                .array()));
        return new UUID(millis(at) | VERSION | (hash.getLong() & 0xfff), VARIANT | (hash.getLong() >>> 2));
    }

    /** None of that moment or later is lower. */
    public static UUID lowest(Instant at) {
        return new UUID(millis(at), 0);
    }

    public static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
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

    private StableId() {}
}
