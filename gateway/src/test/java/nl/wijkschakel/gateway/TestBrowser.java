package nl.wijkschakel.gateway;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/** A browser with its cookies; it follows no redirect by itself, so that a test sees each. */
public final class TestBrowser {

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    private final Map<String, String> cookies = new ConcurrentHashMap<>();
    private final FakeKeycloak keycloak;
    private final String origin;

    public TestBrowser(FakeKeycloak keycloak, int port) {
        this.keycloak = keycloak;
        this.origin = "http://127.0.0.1:" + port;
    }

    /** The same browser, its requests led to another replica. */
    public TestBrowser at(int port) {
        var other = new TestBrowser(keycloak, port);
        other.cookies.putAll(cookies);
        return other;
    }

    public @Nullable String cookie(String name) {
        return cookies.get(name);
    }

    public void cookie(String name, String value) {
        cookies.put(name, value);
    }

    public void forget(String name) {
        cookies.remove(name);
    }

    public HttpResponse<String> get(String path) {
        return send(path, request -> request);
    }

    /** As the app does: with the token that the cookie gave it. */
    public HttpResponse<String> send(String method, String path, String json) {
        return send(path, request -> {
            var token = cookies.get("XSRF-TOKEN");
            if (token != null) {
                request.header("X-XSRF-TOKEN", token);
            }
            return request.header("Content-Type", "application/json").method(method, BodyPublishers.ofString(json));
        });
    }

    public HttpResponse<String> form(String path, String body) {
        return send(
                path,
                request -> request.header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(body)));
    }

    public HttpResponse<String> send(String path, UnaryOperator<HttpRequest.Builder> change) {
        var request = HttpRequest.newBuilder(URI.create(origin + path));
        if (!cookies.isEmpty()) {
            var header = new StringBuilder();
            cookies.forEach((name, value) ->
                    header.append(name).append('=').append(value).append("; "));
            request.header("Cookie", header.toString());
        }
        try {
            var response = HTTP.send(change.apply(request).build(), BodyHandlers.ofString());
            for (var header : response.headers().allValues("Set-Cookie")) {
                for (var cookie : HttpCookie.parse(header)) {
                    if (cookie.getMaxAge() == 0) {
                        cookies.remove(cookie.getName());
                    } else {
                        cookies.put(cookie.getName(), cookie.getValue());
                    }
                }
            }
            return response;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Goes to Keycloak's login page; what it says on the way is needed to come back. */
    public Map<String, String> leaveForLogin(String path) {
        var response = get(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(302);
        var target = UriComponentsBuilder.fromUriString(
                        response.headers().firstValue("Location").orElseThrow())
                .build();
        return target.getQueryParams().toSingleValueMap();
    }

    /** Comes back from Keycloak's login page. */
    public HttpResponse<String> returnFromLogin(Map<String, String> left, FakeKeycloak.Login login) {
        var code = keycloak.code(login, requireNonNull(left.get("nonce")));
        return get("/login/oauth2/code/keycloak?code=" + code + "&state=" + left.get("state"));
    }

    public TestBrowser login(FakeKeycloak.Login login) {
        var response = returnFromLogin(leaveForLogin("/oauth2/authorization/keycloak"), login);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(302);
        assertThat(response.headers().firstValue("Location")).hasValue("/");
        assertThat(get("/api/me").statusCode()).isEqualTo(200); // as the app does; it also brings the CSRF cookie
        return this;
    }
}
