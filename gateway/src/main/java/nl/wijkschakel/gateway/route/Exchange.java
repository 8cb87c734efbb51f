package nl.wijkschakel.gateway.route;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executors;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.server.mvc.common.AbstractProxyExchange;
import org.springframework.cloud.gateway.server.mvc.config.GatewayMvcProperties;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.RestClient;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Asks a service and passes its answer on.
 *
 * <p>Two clients. Ordinary calls go by HttpComponents, which costs less per call than the JDK's and limits the wait for
 * each piece of an answer. Streams go by the JDK's: HttpComponents reads an answer to its end before it lets go of it, and
 * so would hold a thread and a connection for each browser that has left, until the stream ends by itself.
 *
 * <p>Not the gateway's own exchange, which does not close a service's answer when the browser already has that version
 * (If-None-Match): a few hundred of such questions would use up the connections.
 */
final class Exchange extends AbstractProxyExchange {

    /** We say these ourselves, or nobody does; lower case. */
    private static final Set<String> SAID_BY_US = Set.of(
            "set-cookie",
            "server",
            "cache-control",
            "pragma",
            "expires",
            "content-security-policy",
            "strict-transport-security",
            "x-content-type-options",
            "x-frame-options",
            "x-xss-protection",
            "referrer-policy",
            "permissions-policy",
            "vary",
            "connection",
            "keep-alive",
            "transfer-encoding");

    private static final int PART = 16 * 1024;

    private final RestClient calls;
    private final RestClient streams;
    private final OpenStreams open;

    Exchange(RestClient.Builder builder, RouteProperties properties, GatewayMvcProperties gateway, OpenStreams open) {
        super(gateway);
        this.open = open;
        this.calls = builder.clone().requestFactory(httpComponents(properties)).build();
        this.streams = builder.clone().requestFactory(jdk(properties)).build();
    }

    @Override
    public ServerResponse exchange(Request request) {
        var client = Routes.isStream(request.getServerRequest()) ? streams : calls;
        var call = client.method(request.getMethod())
                .uri(Objects.requireNonNull(request.getUri()))
                .headers(headers -> headers.putAll(request.getHeaders()));
        var caller = request.getServerRequest().servletRequest();
        if (BodyLimit.isStreamed(caller)) {
            call.body(out -> pass(caller, out));
        } else {
            var body = body(caller);
            if (body.length > 0) {
                call.body(body);
            }
        }
        var answer = call.exchange((_, response) -> answer(request, response), false);
        return Objects.requireNonNull(answer);
    }

    private static byte[] body(HttpServletRequest caller) {
        try {
            // in memory already, BodyLimit has seen to that
            return caller.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a caller cannot finish sending says nothing of the service, so it is no failure of the call to it. */
    private static void pass(HttpServletRequest caller, OutputStream service) throws IOException {
        var part = new byte[PART];
        while (true) {
            int read;
            try {
                read = caller.getInputStream().read(part);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            if (read < 0) {
                return;
            }
            service.write(part, 0, read);
        }
    }

    private ServerResponse answer(Request request, ClientHttpResponse response) throws IOException {
        var headers = new HttpHeaders();
        response.getHeaders().forEach((name, values) -> {
            if (!SAID_BY_US.contains(name.toLowerCase(Locale.ROOT))
                    && !name.regionMatches(true, 0, "access-control-", 0, "access-control-".length())) {
                headers.addAll(name, values);
            }
        });
        outside(headers, HttpHeaders.LOCATION, request);
        outside(headers, HttpHeaders.CONTENT_LOCATION, request);
        return new Relayed(response.getStatusCode(), headers, response);
    }

    /** A service says {@code /v1/clients/…}; from outside that is {@code /api/client/v1/clients/…}. */
    private static void outside(HttpHeaders headers, String name, Request request) {
        var location = headers.getFirst(name);
        if (location == null) {
            return;
        }
        var service = Objects.requireNonNull(request.getUri());
        var inside = service.getScheme() + "://" + service.getRawAuthority();
        var path = location.startsWith(inside) ? location.substring(inside.length()) : location;
        if (path.startsWith("/v1/")) {
            var asked = request.getServerRequest().servletRequest().getRequestURI();
            headers.set(name, asked.substring(0, asked.indexOf("/v1/")) + path);
        }
    }

    /** A service's answer on its way to the caller; closed whatever happens. */
    private final class Relayed implements ServerResponse {

        private final HttpStatusCode status;
        private final HttpHeaders headers;
        private final ClientHttpResponse response;

        Relayed(HttpStatusCode status, HttpHeaders headers, ClientHttpResponse response) {
            this.status = status;
            this.headers = headers;
            this.response = response;
        }

        @Override
        public HttpStatusCode statusCode() {
            return status;
        }

        @Override
        public HttpHeaders headers() {
            return headers;
        }

        @Override
        public MultiValueMap<String, Cookie> cookies() {
            return new LinkedMultiValueMap<>();
        }

        @Override
        public @Nullable ModelAndView writeTo(HttpServletRequest to, HttpServletResponse caller, Context context)
                throws IOException {
            var body = response.getBody();
            IOException failure = null;
            if (isStream()) {
                open.add(body);
            }
            try {
                caller.setStatus(status.value());
                headers.forEach((name, values) -> values.forEach(value -> caller.addHeader(name, value)));
                copyResponseBody(response, body, caller.getOutputStream());
            } catch (IOException e) {
                failure = e;
            } finally {
                open.remove(body);
                closeResponse(response, body, failure);
            }
            if (failure != null && !isStream()) {
                throw failure;
            }
            return null; // a stream ends when the browser leaves or we do: nothing that anyone has to be told
        }

        private boolean isStream() {
            return MediaType.TEXT_EVENT_STREAM.equalsTypeAndSubtype(headers.getContentType());
        }
    }

    private static ClientHttpRequestFactory httpComponents(RouteProperties properties) {
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                // one per service; a call that finds none free waits no longer than for a connection to be made
                .setMaxConnPerRoute(200)
                .setMaxConnTotal(600)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(properties.connect()))
                        .setSocketTimeout(Timeout.of(properties.answer()))
                        .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                        .setTimeToLive(TimeValue.ofMinutes(5)) // so that calls spread over new replicas
                        .build())
                .build();
        var requests = RequestConfig.custom()
                .setConnectionRequestTimeout(Timeout.of(properties.connect()))
                .setResponseTimeout(Timeout.of(properties.answer()))
                .build();
        return new HttpComponentsClientHttpRequestFactory(HttpClients.custom()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(requests)
                .evictIdleConnections(TimeValue.ofSeconds(20))
                // a relay does what it is told, once
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableContentCompression()
                .disableCookieManagement()
                .disableAuthCaching()
                .build());
    }

    private static ClientHttpRequestFactory jdk(RouteProperties properties) {
        return new JdkClientHttpRequestFactory(HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(properties.connect())
                .followRedirects(HttpClient.Redirect.NEVER)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build());
    }
}
