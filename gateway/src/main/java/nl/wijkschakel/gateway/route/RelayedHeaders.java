package nl.wijkschakel.gateway.route;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.server.mvc.filter.HttpHeadersFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.function.ServerRequest;

/**
 * Which headers of a request reach a service. What opens or steers the session stays here, and who the caller is and for
 * whom it works is said by us, not by the browser. Where the request came from (X-Forwarded-…) is no business of a
 * service, so that none can be lied to about it: their addresses are relative.
 */
final class RelayedHeaders implements HttpHeadersFilter.RequestHttpHeadersFilter, Ordered {

    static final String ORGANISATION = "Wijkschakel-Organisation";

    private static final String RELAY = RelayedHeaders.class.getName();

    /** Never passed on, whoever calls; lower case. {@code wijkschakel-caller} is what services say to each other. */
    private static final Set<String> KEPT_HERE = Set.of(
            "cookie", "x-xsrf-token", "forwarded", "wijkschakel-caller", "x-real-ip", "content-length", "expect");

    /** Of a browser and of strangers these are not taken either. */
    private static final Set<String> SAID_BY_US = Set.of("authorization", "wijkschakel-organisation");

    private record Relay(
            boolean bearer,
            @Nullable String token,
            @Nullable String organisation) {}

    /** Says that the caller's own token and organisation go on as they are. */
    static void bearer(ServerRequest request) {
        request.attributes().put(RELAY, new Relay(true, null, null));
    }

    static void browser(ServerRequest request, String token, @Nullable String organisation) {
        request.attributes().put(RELAY, new Relay(false, token, organisation));
    }

    static void stranger(ServerRequest request) {
        request.attributes().put(RELAY, new Relay(false, null, null));
    }

    @Override
    public HttpHeaders apply(HttpHeaders input, ServerRequest request) {
        if (!(request.attributes().get(RELAY) instanceof Relay relay)) {
            throw new IllegalStateException("Nobody said in whose name this request goes on");
        }
        var headers = new HttpHeaders();
        input.forEach((name, values) -> {
            var lower = name.toLowerCase(Locale.ROOT);
            if (!KEPT_HERE.contains(lower)
                    && !lower.startsWith("x-forwarded-")
                    && (relay.bearer() || !SAID_BY_US.contains(lower))) {
                headers.addAll(name, values);
            }
        });
        var type = request.servletRequest().getHeader(HttpHeaders.CONTENT_TYPE);
        if (type != null) {
            headers.set(HttpHeaders.CONTENT_TYPE, type); // as it was sent; Spring adds a charset
        }
        if (relay.token() != null) {
            headers.setBearerAuth(relay.token());
        }
        if (relay.organisation() != null) {
            headers.set(ORGANISATION, relay.organisation());
        }
        return headers;
    }

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
