package nl.wijkschakel.notification.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import nl.wijkschakel.notification.RunningService;
import nl.wijkschakel.notification.RunningService.Answer;
import nl.wijkschakel.notification.Tokens;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init") // the service is there before each test
class SubscriptionControllerTest {

    private static final String PATH = "/v1/subscriptions";
    private static final String URL = "https://systeem.example.nl/meldingen";

    private static RunningService service;

    private final UUID organisation = UUID.randomUUID();
    private final String coordinator = Tokens.of(UUID.randomUUID(), organisation + ":coordinator");

    @BeforeAll
    static void start() {
        service = RunningService.start(SubscriptionControllerTest.class);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void theSecretIsShownOnceAndSoIsANewOne() {
        var made = subscribe(form(URL, "\"authorization\":\"Bearer abc\",\"filters\":{\"statuses\":[\"SENT\"]}"));
        assertThat(made.status()).isEqualTo(201);
        var path = made.response().headers().firstValue("Location").orElseThrow();
        assertThat(path).isEqualTo(PATH + "/" + made.body().path("id").asString());
        var secret = made.body().path("secret").asString();
        assertThat(secret).hasSize(43);

        var read = service.get(path, coordinator);
        assertThat(etag(read)).isEqualTo("\"1\"");
        assertThat(read.response().body()).doesNotContain(secret, "abc");
        assertThat(read.body().path("authorized").asBoolean()).isTrue();
        assertThat(read.body().path("channel").asString()).isEqualTo("referrals");
        assertThat(read.body().at("/filters/statuses/0").asString()).isEqualTo("SENT");

        assertThat(service.post(path + "/secret-renewal", coordinator).status()).isEqualTo(428);
        var renewed = service.post(path + "/secret-renewal", coordinator, "If-Match", "\"1\"");
        assertThat(renewed.body().path("secret").asString()).hasSize(43).isNotEqualTo(secret);
        assertThat(etag(renewed)).isEqualTo("\"2\"");
        assertThat(service.post(path + "/secret-renewal", coordinator, "If-Match", "\"1\"")
                        .status())
                .isEqualTo(412);
    }

    @Test
    void aChangeChangesWhatItNames() {
        var path = PATH + "/"
                + subscribe(form(URL, "\"authorization\":\"Bearer abc\""))
                        .body()
                        .path("id")
                        .asString();
        var changed = patch(path, "{\"filters\":{\"municipalities\":[\"9901\"]}}", 1);
        assertThat(changed.status()).isEqualTo(200);
        assertThat(etag(changed)).isEqualTo("\"2\"");
        assertThat(changed.body().path("authorized").asBoolean()).isTrue();
        assertThat(changed.body().path("callbackUrl").asString()).isEqualTo(URL);
        assertThat(changed.body().at("/filters/municipalities/0").asString()).isEqualTo("9901");
        assertThat(patch(path, "{}", 1).status()).isEqualTo(412);
        assertThat(service.send("PATCH", path, coordinator, "{}").status()).isEqualTo(428);
        assertThat(patch(path, "{\"authorization\":null}", 2)
                        .body()
                        .path("authorized")
                        .asBoolean())
                .isFalse();
        assertThat(patch(path, "{\"callbackUrl\":\"http://systeem.example.nl\"}", 3)
                        .status())
                .isEqualTo(400);
        assertThat(patch(path, "{\"secret\":\"mine\"}", 3).status()).isEqualTo(400);
    }

    @Test
    void theSameRequestTwiceMakesOneAndDoesNotTellTheSecretAgain() {
        var first = subscribe(form(URL, ""), "Idempotency-Key", "one");
        var again = subscribe(form(URL, ""), "Idempotency-Key", "one");
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.body().path("id")).isEqualTo(first.body().path("id"));
        assertThat(again.body().has("secret")).isFalse();
        assertThat(subscribe(form(URL + "/other", ""), "Idempotency-Key", "one").status())
                .isEqualTo(409);
        assertThat(service.get(PATH, coordinator).body().path("items")).hasSize(1);
    }

    @Test
    void whoDeletesMustHaveSeenItAndThenItIsGone() {
        var path = PATH + "/" + subscribe(form(URL, "")).body().path("id").asString();
        assertThat(service.send("DELETE", path, coordinator, "").status()).isEqualTo(428);
        assertThat(service.send("DELETE", path, coordinator, "", "If-Match", "\"9\"")
                        .status())
                .isEqualTo(412);
        assertThat(service.send("DELETE", path, coordinator, "", "If-Match", "\"1\"")
                        .status())
                .isEqualTo(204);
        assertThat(service.get(path, coordinator).status()).isEqualTo(404);
    }

    @Test
    void p5AnothersIs404AndOnlyCoordinatorsSubscribe() {
        var id = subscribe(form(URL, "")).body().path("id").asString();
        var stranger = Tokens.of(UUID.randomUUID(), UUID.randomUUID() + ":coordinator");
        for (var unknown : List.of(id, UUID.randomUUID().toString(), "x")) {
            assertThat(service.get(PATH + "/" + unknown, stranger).status()).isEqualTo(404);
            assertThat(service.post(PATH + "/" + unknown + "/secret-renewal", stranger, "If-Match", "\"1\"")
                            .status())
                    .isEqualTo(404);
            assertThat(service.send("DELETE", PATH + "/" + unknown, stranger, "", "If-Match", "\"1\"")
                            .status())
                    .isEqualTo(404);
        }
        assertThat(service.get("/v1/deliveries?subscription=" + id, stranger).status())
                .isEqualTo(404);
        assertThat(service.get(PATH, stranger).body().path("items")).isEmpty();
        for (var role : List.of(":specialist", ":wijkteam-worker")) {
            assertThat(service.get(PATH, Tokens.of(UUID.randomUUID(), organisation + role))
                            .status())
                    .isEqualTo(403);
        }
        var admin = Tokens.of(UUID.randomUUID(), "9901:functional-admin");
        assertThat(service.get(PATH + "/" + id, admin).status()).isEqualTo(200);
        assertThat(service.get(PATH, admin).status()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({
        "http://systeem.example.nl, https-required",
        "https://localhost/x, not-public",
        "https://intranet/x, not-public",
        "https://127.0.0.1/x, not-public",
        "https://[::1]:8443/x, not-public",
        "https://169.254.169.254/latest, not-public",
        "https://10.0.0.1/x, not-public",
        "https://2130706433/x, not-public",
        "https://user:password@systeem.example.nl, url",
        "https://systeem.example.nl/#part, url",
        "ftp://systeem.example.nl, url",
        "systeem.example.nl, url",
        "'https://systeem.example.nl/a b', url",
        "'', url",
    })
    void aTargetIsOnTheInternetAndEncrypted(String url, String code) {
        var refused = subscribe(form(url, ""));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().at("/errors/0/pointer").asString()).isEqualTo("/callbackUrl");
        assertThat(refused.body().at("/errors/0/code").asString()).isEqualTo(code);
        assertThat(refused.body().path("errors")).hasSize(1);
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        var refused =
                subscribe("{\"channel\":\"clients\",\"authorization\":\"a\\r\\nb: c\",\"filters\":{\"services\":[null],"
                        + "\"statuses\":[\"sent\"],\"municipalities\":[\"99\"]}}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().path("errors").findValuesAsString("pointer"))
                .containsExactlyInAnyOrder(
                        "/channel",
                        "/callbackUrl",
                        "/authorization",
                        "/filters/services/0",
                        "/filters/statuses/0",
                        "/filters/municipalities/0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "{\"callbackUrl\":1}", "{\"filters\":{\"services\":[\"x\"]}}"})
    void whatIsNoFormIs400(String body) {
        assertThat(subscribe(body).status()).isEqualTo(400);
    }

    @Test
    void anOrganisationHasTwentyAtMostAndAListInPages() {
        IntStream.range(0, 20)
                .forEach(_ -> assertThat(subscribe(form(URL, "")).status()).isEqualTo(201));
        var refused = subscribe(form(URL, ""));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().path("type").asString()).endsWith("too-many-subscriptions");

        var seen = new ArrayList<String>();
        var page = service.get(PATH + "?limit=7", coordinator);
        seen.addAll(page.body().path("items").findValuesAsString("id"));
        while (page.body().has("next")) {
            page = service.get(
                    PATH + "?limit=7&cursor=" + page.body().path("next").asString(), coordinator);
            seen.addAll(page.body().path("items").findValuesAsString("id"));
        }
        assertThat(seen).hasSize(20).doesNotHaveDuplicates();
    }

    @Test
    void whereItGoesIsSealed() {
        subscribe(form(URL, "\"authorization\":\"Bearer abc\""));
        var stored = service.bean(MongoDatabase.class)
                .getCollection(Subscriptions.COLLECTION)
                .find()
                .map(it -> it.toJson())
                .into(new ArrayList<>());
        assertThat(stored).isNotEmpty().noneMatch(it -> it.contains("example") || it.contains("Bearer"));
    }

    private Answer subscribe(String body, String... headers) {
        return service.send("POST", PATH, coordinator, body, headers);
    }

    private Answer patch(String path, String body, long version) {
        return service.send("PATCH", path, coordinator, body, "If-Match", "\"" + version + "\"");
    }

    private static String form(String url, String more) {
        return "{\"callbackUrl\":\"%s\"%s}".formatted(url, more.isEmpty() ? "" : "," + more);
    }

    private static String etag(Answer answer) {
        return answer.response().headers().firstValue("ETag").orElse("");
    }
}
