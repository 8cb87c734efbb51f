package nl.wijkschakel.local.api;

import java.net.URI;
import java.util.Map;
import java.util.Objects;

/**
 * Where the platform answers. Paths are always the public ones, such as {@code /api/referral/v1/attempts}.
 *
 * @param issuer of the tokens, the realm's address
 * @param services for each of the names in a public path, the address that stands for {@code /api/<name>}
 * @param gateway empty where the services are asked themselves
 */
public record Platform(String issuer, Map<String, String> services, String gateway) {

    private static final String API = "/api/";

    public Platform {
        services = Map.copyOf(services);
    }

    /** As everybody sees it. */
    public static Platform behind(String gateway, String issuer) {
        return new Platform(issuer, Map.of(), gateway.replaceAll("/+$", ""));
    }

    /** Without a gateway in between, and so without its rate limit. */
    public static Platform direct(String client, String referral, String notification, String issuer) {
        return new Platform(issuer, Map.of("client", client, "referral", referral, "notification", notification), "");
    }

    URI uri(String path) {
        if (!gateway.isEmpty()) {
            return URI.create(gateway + path);
        }
        if (!path.startsWith(API)) {
            throw new IllegalArgumentException("Only the gateway has " + path);
        }
        int end = path.indexOf('/', API.length());
        var name = path.substring(API.length(), end);
        return URI.create(Objects.requireNonNull(services.get(name), name) + path.substring(end));
    }
}
