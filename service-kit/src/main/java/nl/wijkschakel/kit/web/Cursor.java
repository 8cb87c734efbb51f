package nl.wijkschakel.kit.web;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The last item of a page: its place in the order, and its id where places are equal. */
public record Cursor(long position, UUID id) {

    private static final int LENGTH = 3 * Long.BYTES;

    /**
     * Sorts as position and id do, so that a list needs one stored field and one range of its index to go on after an
     * item. Positions are not negative.
     */
    public byte[] bytes() {
        return ByteBuffer.allocate(LENGTH)
                .putLong(position)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    /** What {@link #bytes} were made of. */
    public static Cursor of(byte[] bytes) {
        var buffer = ByteBuffer.wrap(bytes);
        return new Cursor(buffer.getLong(), new UUID(buffer.getLong(), buffer.getLong()));
    }

    String text() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes());
    }

    /** @throws Refusal.Invalid when it is none of ours */
    public static @Nullable Cursor of(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            var bytes = Base64.getUrlDecoder().decode(text);
            if (bytes.length == LENGTH) {
                return of(bytes);
            }
        } catch (IllegalArgumentException _) {
            // not ours, said below
        }
        throw new Refusal.Invalid(new Errors()
                .add("/cursor", "unknown-cursor", "Deze bladzijde bestaat niet. Begin bij de eerste.")
                .found());
    }
}
