package nl.wijkschakel.kit.access;

import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Paths under which there is data of clients; one bean for each. Who asks for one of them and is refused is written down
 * ({@link RefusedLooks}).
 *
 * @param prefix what comes before the id, such as {@code /v1/clients}
 * @param kind of what has the id
 * @param clientOf whose it is, if it is there
 */
public record GuardedPath(String prefix, String kind, Purpose purpose, Function<UUID, Optional<UUID>> clientOf) {

    private static final String VARIABLE = "/{";

    boolean covers(String pattern) {
        return pattern.startsWith(prefix + VARIABLE);
    }

    /** How the pattern of an endpoint names the id. */
    String variable(String pattern) {
        int begin = prefix.length() + VARIABLE.length();
        return pattern.substring(begin, pattern.indexOf('}', begin));
    }
}
