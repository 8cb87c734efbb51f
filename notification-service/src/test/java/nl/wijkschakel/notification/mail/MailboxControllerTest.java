package nl.wijkschakel.notification.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import java.util.List;
import java.util.UUID;
import nl.wijkschakel.notification.RunningService;
import nl.wijkschakel.notification.Tokens;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init") // the service is there before each test
class MailboxControllerTest {

    private static final String OFFICERS = "/v1/mailboxes/9921/privacy-officer";

    private static RunningService service;

    private final UUID organisation = UUID.randomUUID();
    private final String admin = Tokens.of(UUID.randomUUID(), "9921:functional-admin");
    private final String officer = Tokens.of(UUID.randomUUID(), "9921:privacy-officer");
    private final String coordinator = Tokens.of(UUID.randomUUID(), organisation + ":coordinator");

    @BeforeAll
    static void start() {
        service = RunningService.start(MailboxControllerTest.class);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void aCoordinatorKeepsTheMailboxOfTheOwnOrganisation() {
        var path = "/v1/mailboxes/" + organisation + "/coordinator";
        assertThat(etag(path, coordinator)).isEqualTo("\"0\"");
        assertThat(put(path, coordinator, "aanmeldingen@example.nl", 0)).isEqualTo(200);
        assertThat(etag(path, coordinator)).isEqualTo("\"1\"");
        assertThat(put(path, coordinator, "other@example.nl", 0)).as("stale").isEqualTo(412);
        assertThat(service.put(path, coordinator, "{}", "If-Match", "\"1\"").status())
                .isEqualTo(200);
        assertThat(service.get(path, coordinator).body().has("address")).isFalse();
        assertThat(service.put(path, coordinator, "{}").status()).isEqualTo(428);

        var items = service.get("/v1/mailboxes", coordinator).body().path("items");
        assertThat(items).hasSize(1);
        assertThat(items.path(0).path("place").asString()).isEqualTo(organisation.toString());
        assertThat(items.path(0).path("role").asString()).isEqualTo("coordinator");
    }

    @Test
    void aFunctionalAdminFillsInThePrivacyOfficersMailboxAndOnlyTheOfficerChangesIt() {
        assertThat(service.get("/v1/mailboxes", admin).body().path("items")).hasSize(2);
        assertThat(put(OFFICERS, admin, "fg@example.nl", 0)).isEqualTo(200);
        assertThat(put(OFFICERS, admin, "elsewhere@example.nl", 1)).isEqualTo(403);
        assertThat(service.put(OFFICERS, admin, "{}", "If-Match", "\"1\"").status())
                .isEqualTo(403);
        assertThat(put(OFFICERS, officer, "new@example.nl", 1)).isEqualTo(200);
        assertThat(service.get(OFFICERS, admin).body().path("address").asString())
                .isEqualTo("new@example.nl");
    }

    @Test
    void anothersMailboxIs404LikeOneThatCannotBe() {
        for (var path : List.of(
                "/v1/mailboxes/9922/privacy-officer",
                "/v1/mailboxes/9921/specialist",
                "/v1/mailboxes/9921/coordinator",
                "/v1/mailboxes/" + organisation + "/coordinator")) {
            assertThat(service.get(path, admin).status()).isEqualTo(404);
            assertThat(put(path, admin, "mine@example.nl", 0)).isEqualTo(404);
        }
        assertThat(service.get("/v1/mailboxes/9921/functional-admin", officer).status())
                .isEqualTo(404);
        assertThat(service.get("/v1/mailboxes", Tokens.ofSpecialist(UUID.randomUUID(), organisation))
                        .status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "a@b",
                "a b@example.nl",
                "a@example.nl,b@example.nl",
                "A <a@example.nl>",
                "a@example.nl\\nBcc: b@example.nl"
            })
    void whatIsNoAddressIs400(String text) {
        var answer = service.put(
                "/v1/mailboxes/9921/functional-admin",
                admin,
                "{\"address\":\"%s\"}".formatted(text),
                "If-Match",
                "\"0\"");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().at("/errors/0/pointer").asString()).isEqualTo("/address");
        assertThat(answer.response().body()).doesNotContain("example.nl,");
    }

    @Test
    void addressesAreSealed() {
        put("/v1/mailboxes/" + organisation + "/coordinator", coordinator, "sealed@example.nl", 0);
        service.get(
                "/v1/notifications",
                Tokens.withAddress("person@example.nl", true, UUID.randomUUID(), organisation + ":specialist"));

        var database = service.bean(MongoDatabase.class);
        for (var name : List.of("mailboxes", "addresses")) {
            var all = database.getCollection(name).find().map(it -> it.toJson()).into(new java.util.ArrayList<>());
            assertThat(all).isNotEmpty().noneMatch(it -> it.contains("example"));
        }
    }

    private static int put(String path, String token, String address, long version) {
        return service.put(path, token, "{\"address\":\"%s\"}".formatted(address), "If-Match", "\"" + version + "\"")
                .status();
    }

    private static String etag(String path, String token) {
        return service.get(path, token).response().headers().firstValue("ETag").orElse("");
    }
}
