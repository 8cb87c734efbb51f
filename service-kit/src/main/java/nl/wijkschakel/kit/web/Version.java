package nl.wijkschakel.kit.web;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which version a caller saw, from {@code If-Match: "3"}. A controller takes it as a parameter; without one: 428. */
public record Version(long value) {

    /** Fits no version: what we never gave out is stale. */
    private static final Version NEVER = new Version(-1);

    private static final Pattern ETAG = Pattern.compile("\"([0-9]{1,18})\"");

    static Version of(@Nullable String ifMatch) {
        if (ifMatch == null) {
            throw new Refusal.VersionRequired();
        }
        var etag = ETAG.matcher(ifMatch.strip());
        return etag.matches() ? new Version(Long.parseLong(etag.group(1))) : NEVER;
    }

    public static String etag(long version) {
        return "\"" + version + "\"";
    }

    /** @throws Refusal.Stale when it is another */
    public void require(long present) {
        if (value != present) {
            throw new Refusal.Stale();
        }
    }
}
