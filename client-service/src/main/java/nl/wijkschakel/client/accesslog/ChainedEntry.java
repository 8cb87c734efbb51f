package nl.wijkschakel.client.accesslog;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.UUID;
import nl.wijkschakel.kit.access.AccessEntry;
import org.jspecify.annotations.Nullable;

/**
 * One look at somebody's data, in its place in the log. Each holds the hash of the one before, so that none can be changed
 * or taken out unnoticed.
 *
 * @param event the id it came with; the same never stands twice
 * @param source which part of the platform it was
 * @param previous hash of the entry before it, {@link #NONE} for the first
 */
record ChainedEntry(
        int partition, long number, UUID event, Instant at, String source, AccessEntry entry, String previous) {

    static final String NONE = "";

    /** @param at as the database keeps it, so that what is read back hashes the same */
    ChainedEntry {
        at = at.truncatedTo(ChronoUnit.MILLIS);
    }

    String id() {
        return partition + ":" + number;
    }

    /** SHA-256 over all of it, each value with its length, so that no two entries read the same. */
    String hash() {
        var text = new StringBuilder();
        add(text, partition);
        add(text, number);
        add(text, event);
        add(text, at);
        add(text, source);
        add(text, entry.person());
        add(text, entry.service());
        add(text, entry.organisation());
        add(text, entry.role());
        add(text, entry.action());
        add(text, entry.clients().size());
        entry.clients().forEach(client -> add(text, client));
        add(text, entry.resource().kind());
        add(text, entry.resource().id());
        add(text, entry.purpose());
        add(text, entry.result());
        add(text, previous);
        return HexFormat.of().formatHex(sha256().digest(text.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static void add(StringBuilder text, @Nullable Object value) {
        if (value == null) {
            text.append("-;");
        } else {
            var written = value.toString();
            text.append(written.length()).append(':').append(written).append(';');
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
