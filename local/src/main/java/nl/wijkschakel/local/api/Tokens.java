package nl.wijkschakel.local.api;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** One demo user's access tokens, by name and password; of demo users the password is the name. */
final class Tokens {

    /** Of its life so much is left for the requests that carry it. */
    private static final Duration LEFT = Duration.ofSeconds(60);

    private final URI endpoint;
    private final String user;
    private String token = "";
    private long endsAt;

    Tokens(String issuer, String user) {
        this.endpoint = URI.create(issuer + "/protocol/openid-connect/token");
        this.user = user;
    }

    synchronized String token() {
        if (token.isEmpty() || endsAt - System.nanoTime() < LEFT.toNanos()) {
            var fresh = fetch();
            token = fresh.path("access_token").asString();
            endsAt = System.nanoTime()
                    + Duration.ofSeconds(fresh.path("expires_in").asLong()).toNanos();
        }
        return token;
    }

    private JsonNode fetch() {
        var name = URLEncoder.encode(user, StandardCharsets.UTF_8);
        var form = "grant_type=password&client_id=demo&username=%s&password=%s".formatted(name, name);
        var request = HttpRequest.newBuilder(endpoint)
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
        var answer = Http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new Answer.Unexpected(
                    "%s gives %s no token: %d %s".formatted(endpoint, user, answer.statusCode(), answer.body()));
        }
        return Json.MAPPER.readTree(answer.body());
    }
}
