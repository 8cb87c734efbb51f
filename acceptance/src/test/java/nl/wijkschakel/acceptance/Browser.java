package nl.wijkschakel.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** As much of a browser as a login takes: cookies per server, redirects, a form. Secure cookies count on localhost. */
final class Browser {

    private static final Pattern FORM = Pattern.compile("action=\"([^\"]+)\"");
    private static final int MOST_REDIRECTS = 10;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, Map<String, String>> cookies = new HashMap<>();
    private final String home;

    Browser(String home) {
        this.home = home;
    }

    HttpResponse<String> get(String path) {
        return exchange("GET", URI.create(home + path), "", "application/json", false);
    }

    HttpResponse<String> send(String method, String path, String body) {
        return exchange(method, URI.create(home + path), body, "application/json", true);
    }

    /** Without the header that only our own page can send. */
    HttpResponse<String> forged(String method, String path, String body) {
        return exchange(method, URI.create(home + path), body, "application/json", false);
    }

    void login(String name) {
        var page = follow(exchange("GET", URI.create(home + "/oauth2/authorization/keycloak"), "", "text/html", false));
        var form = FORM.matcher(page.body());
        if (!form.find()) {
            throw new IllegalStateException("No form to log in with at " + page.uri());
        }
        var action = URI.create(form.group(1).replace("&amp;", "&"));
        var fields = "username=%s&password=%s&credentialId=".formatted(encoded(name), encoded(name));
        var answer = follow(exchange("POST", action, fields, "application/x-www-form-urlencoded", false));
        if (!answer.uri().toString().startsWith(home)) {
            throw new IllegalStateException("Keycloak did not let " + name + " in: " + answer.uri());
        }
    }

    int logout() {
        get("/api/me"); // brings the cookie that goes with the next
        return send("POST", "/logout", "").statusCode();
    }

    private HttpResponse<String> follow(HttpResponse<String> answer) {
        var present = answer;
        for (int i = 0; i < MOST_REDIRECTS && present.statusCode() / 100 == 3; i++) {
            var next = present.uri()
                    .resolve(present.headers().firstValue("Location").orElseThrow());
            present = exchange("GET", next, "", "text/html", false);
        }
        return present;
    }

    private HttpResponse<String> exchange(String method, URI uri, String body, String type, boolean own) {
        var jar = cookies.computeIfAbsent(uri.getAuthority(), _ -> new HashMap<>());
        var request = HttpRequest.newBuilder(uri)
                .header("Content-Type", type)
                .header("Accept", type.equals("text/html") ? type : "*/*")
                .method(method, BodyPublishers.ofString(body));
        if (!jar.isEmpty()) {
            request.header(
                    "Cookie",
                    jar.entrySet().stream()
                            .map(it -> it.getKey() + "=" + it.getValue())
                            .collect(Collectors.joining("; ")));
        }
        if (own && jar.containsKey("XSRF-TOKEN")) {
            request.header("X-XSRF-TOKEN", jar.get("XSRF-TOKEN"));
        }
        try {
            var answer = http.send(request.build(), BodyHandlers.ofString());
            answer.headers().allValues("Set-Cookie").forEach(cookie -> keep(jar, cookie));
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void keep(Map<String, String> jar, String cookie) {
        var pair = cookie.split(";", 2)[0].split("=", 2);
        if (cookie.contains("Max-Age=0") || pair.length < 2 || pair[1].isEmpty()) {
            jar.remove(pair[0]);
        } else {
            jar.put(pair[0], pair[1]);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
