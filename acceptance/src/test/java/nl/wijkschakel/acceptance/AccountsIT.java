package nl.wijkschakel.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMailUtil;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import nl.wijkschakel.local.api.Json;
import org.junit.jupiter.api.Test;

/** Accounts of professionals in a real Keycloak, with the least that its client may do. */
class AccountsIT {

    private static final String WORKERS = "/api/client/v1/workers";

    @Test
    void anAdminMakesAnAccountAndItsOwnerIsInvited() {
        var email = "noor." + UUID.randomUUID() + "@wijkteams.example";
        var hugo = Person.of("hugo");
        var made = hugo.post(WORKERS, """
                        {"name":{"given":"Noor","surname":"Voorbeeld"},"email":"%s","teams":["%s"],
                         "memberships":[{"organisation":"%s","role":"wijkteam-worker"}]}""".formatted(email, World.TEAM, World.WIJKTEAMS))
                .require(201);
        assertThat(made.json().path("invitation").asString()).isEqualTo("SENT");
        var mail =
                await().atMost(Duration.ofSeconds(30)).until(() -> mailTo(email).findFirst(), it -> it.isPresent());
        assertThat(GreenMailUtil.getBody(mail.orElseThrow())).contains("/realms/wijkschakel/login-actions/");

        var path = WORKERS + "/" + made.id();
        var gita = Person.of("gita");
        assertThat(gita.get(WORKERS + "?limit=100&organisation=" + World.WIJKTEAMS)
                        .require(200)
                        .text())
                .contains(made.id().toString(), email);
        var changed = hugo.real()
                .patch(
                        path,
                        made.version(),
                        Json.MAPPER.readTree("{\"memberships\":[{\"organisation\":\"%s\",\"role\":\"coordinator\"}]}"
                                .formatted(World.WIJKTEAMS)))
                .require(200);
        assertThat(changed.json().at("/memberships/0/role").asString()).isEqualTo("coordinator");
        assertThat(hugo.real().get(path).require(200).json().path("teams").toString())
                .isEqualTo("[\"" + World.TEAM + "\"]");

        var closed = hugo.real()
                .patch(path, hugo.get(path).require(200).version(), Json.MAPPER.readTree("{\"active\":false}"))
                .require(200);
        assertThat(closed.json().path("active").asBoolean())
                .as("nothing was in hand")
                .isFalse();

        assertThat(Person.of("bram").get(path).status()).isEqualTo(404);
        assertThat(hugo.real()
                        .send("POST", path + "/invitation", null, Map.of("If-Match", made.version()))
                        .status())
                .isEqualTo(412);
        assertThat(hugo.post(WORKERS, """
                                {"name":{"given":"Noor","surname":"Voorbeeld"},"email":"%s",
                                 "memberships":[{"organisation":"%s","role":"specialist"}]}""".formatted(email, World.WIJKTEAMS))
                        .require(409)
                        .json()
                        .path("worker")
                        .asString())
                .isEqualTo(made.id().toString());
    }

    private static Stream<MimeMessage> mailTo(String address) {
        return Stream.of(TestPlatform.stack().mail().getReceivedMessages()).filter(message -> {
            try {
                return message.getAllRecipients()[0].toString().equals(address);
            } catch (MessagingException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
