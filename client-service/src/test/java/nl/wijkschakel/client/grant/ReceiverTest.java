package nl.wijkschakel.client.grant;

import static nl.wijkschakel.client.People.ANNA;
import static nl.wijkschakel.client.People.BRAM;
import static nl.wijkschakel.client.People.BRAM_ID;
import static nl.wijkschakel.client.People.CARLA;
import static nl.wijkschakel.client.People.DE_BRUG;
import static nl.wijkschakel.client.People.DIRK;
import static nl.wijkschakel.client.People.FARID;
import static nl.wijkschakel.client.People.HET_ANKER;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import nl.wijkschakel.client.Bodies;
import nl.wijkschakel.client.ServiceTest;
import nl.wijkschakel.kit.caller.Caller;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;

/** What a receiver sees of a client, over HTTP. */
class ReceiverTest extends ServiceTest {

    private static final String ALL = "\"NAME\",\"BIRTH_DATE\",\"BSN\",\"ADDRESS\",\"CONTACT\"";

    @ParameterizedTest
    @ValueSource(strings = {"NONE", "CORE"})
    void p4SeesNobodyBeforeTheClaim(String access) {
        var client = register(ANNA, Bodies.client("Smit", anotherBsn()));
        var attempt = UUID.randomUUID();
        assertThat(agree(attempt, Bodies.agreement(client, ALL))).hasStatusOk();
        assertThat(grant(attempt, "{\"access\":\"%s\",\"sequence\":1}".formatted(access)))
                .hasStatus(204);
        assertThat(get(BRAM, "/v1/clients/" + client)).hasStatus(404);
    }

    @Test
    void seesNoMoreThanWhatIsShared() {
        var client = register(ANNA, Bodies.client("Smit", anotherBsn()));
        share(client, "\"NAME\"");
        var read = get(BRAM, "/v1/clients/" + client);
        assertThat(read).hasStatusOk();
        assertThat(body(read).propertyNames())
                .containsExactlyInAnyOrder(
                        "id",
                        "number",
                        "organisation",
                        "access",
                        "municipality",
                        "name",
                        "language",
                        "interpreterNeeded",
                        "safeContact",
                        "secrecy");
        assertThat(body(read).path("access").stringValue()).isEqualTo("SHARED");
        assertThat(get(DIRK, "/v1/clients/" + client)).hasStatus(404);
    }

    @Test
    void seesAllThatIsSharedAndMayChangeNothing() {
        var bsn = anotherBsn();
        var client = register(ANNA, Bodies.client("Smit", bsn));
        share(client, ALL);
        assertThat(get(CARLA, "/v1/clients/" + client)).bodyJson().isLenientlyEqualTo("""
                        {"name":{"surname":"Smit"},"birthDate":{"value":"1988-04-01"},"bsn":{"masked":"*****%s"},
                         "address":{"value":{"postcode":"1234AB"}},"contact":{"phone":"0612345678"}}
                        """.formatted(bsn.substring(5)));
        assertThat(patch(BRAM, client, 1, "{\"language\":\"en\"}")).hasStatus(404);
        assertThat(get(BRAM, "/v1/clients/" + client + "/access-log")).hasStatus(404);
    }

    @Test
    void p8SeesTheBsnOnlyWhereALawEntitlesIt() {
        var client = register(ANNA, Bodies.client("Smit", anotherBsn()));
        var attempt = UUID.randomUUID();
        var informal = Bodies.agreement(client, "\"NAME\",\"BSN\"")
                .replace("\"receiverEntitledToBsn\":true", "\"receiverEntitledToBsn\":false");
        assertThat(agree(attempt, informal)).hasStatusOk();
        assertThat(grant(attempt, "{\"access\":\"SHARED\",\"sequence\":2}")).hasStatus(204);
        var read = body(get(BRAM, "/v1/clients/" + client));
        assertThat(read.has("name")).isTrue();
        assertThat(read.has("bsn")).isFalse();
    }

    @Test
    void p9SecrecyHidesAddressAndPhone() {
        var client =
                register(ANNA, Bodies.client("Smit", anotherBsn()).replace("\"secrecy\":false", "\"secrecy\":true"));
        share(client, ALL);
        assertGuarded(client);
        // their own organisation sees what it recorded
        assertThat(body(get(ANNA, "/v1/clients/" + client)).has("address")).isTrue();
    }

    @Test
    void p9TheSendersWordHidesAddressAndPhoneToo() {
        var client = register(ANNA, Bodies.client("Smit", anotherBsn()));
        var attempt = UUID.randomUUID();
        assertThat(agree(
                        attempt,
                        Bodies.agreement(client, ALL).replace("\"safeContact\":true", "\"safeContact\":false")))
                .hasStatusOk();
        assertThat(grant(attempt, "{\"access\":\"SHARED\",\"sequence\":2}")).hasStatus(204);
        assertGuarded(client);
    }

    @Test
    void p11ASecretPlaceHidesAddressAndPhoneOfWhoIsThere() {
        var client = register(ANNA, Bodies.client("Smit", anotherBsn()));
        var attempt = UUID.randomUUID();
        assertThat(agree(
                        attempt,
                        Bodies.agreement(client, ALL).replace("\"secretPlace\":false", "\"secretPlace\":true")))
                .hasStatusOk();
        assertThat(grant(attempt, "{\"access\":\"SHARED\",\"sequence\":2}")).hasStatus(204);
        assertGuarded(client);
    }

    @Test
    void p10AlwaysSeesTheAgreedSafeWay() {
        var client = register(
                ANNA,
                Bodies.client("Smit", anotherBsn())
                        .replace("{\"safe\":true}", "{\"safe\":false,\"agreedWay\":\"Bel tijdens schooltijd\"}"));
        share(client, "\"NAME\"");
        assertThat(get(BRAM, "/v1/clients/" + client))
                .bodyJson()
                .extractingPath("$.safeContact")
                .isEqualTo(Map.of("safe", false, "agreedWay", "Bel tijdens schooltijd"));
        assertGuarded(client);
    }

    @Test
    void p6SeesNothingAnyMoreAtOnceAfterTheEnd() {
        var client = register(ANNA, Bodies.client("Smit", anotherBsn()));
        var attempt = share(client, ALL);
        assertThat(get(BRAM, "/v1/clients/" + client)).hasStatusOk();
        assertThat(grant(attempt, "{\"access\":\"NONE\",\"sequence\":3}")).hasStatus(204);
        assertThat(get(BRAM, "/v1/clients/" + client)).hasStatus(404);
    }

    @Test
    void p6SeesItUntilTheMomentAndNotFromThenOn() {
        var client = register(ANNA, Bodies.client("Smit", anotherBsn()));
        var attempt = share(client, ALL);
        var until = NOW.plus(Duration.ofDays(90));
        assertThat(grant(attempt, "{\"access\":\"SHARED\",\"sequence\":3,\"until\":\"%s\"}".formatted(until)))
                .hasStatus(204);
        clock.set(until.minusSeconds(60));
        assertThat(get(BRAM, "/v1/clients/" + client)).hasStatusOk();
        clock.set(until);
        assertThat(get(BRAM, "/v1/clients/" + client)).hasStatus(404);
        assertThat(post(BRAM, "/v1/client-lookups", "{\"ids\":[\"%s\"]}".formatted(client)))
                .bodyJson()
                .extractingPath("$.items")
                .asArray()
                .isEmpty();
    }

    @Test
    void anExcludedWorkerSeesNothingAndTheColleaguesDo() {
        var client = register(ANNA, Bodies.client("Smit", anotherBsn()));
        var attempt = share(client, ALL);
        assertThat(grant(
                        attempt,
                        "{\"access\":\"SHARED\",\"sequence\":3,\"excludedWorkers\":[\"%s\"]}".formatted(BRAM_ID)))
                .hasStatus(204);
        assertThat(get(BRAM, "/v1/clients/" + client)).hasStatus(404);
        assertThat(post(BRAM, "/v1/client-lookups", "{\"ids\":[\"%s\"]}".formatted(client)))
                .bodyJson()
                .extractingPath("$.items")
                .asArray()
                .isEmpty();
        assertThat(get(CARLA, "/v1/clients/" + client)).hasStatusOk();
    }

    @Test
    void anOlderGrantChangesNothing() {
        var client = register(ANNA, Bodies.client("Smit", anotherBsn()));
        var attempt = share(client, ALL);
        assertThat(grant(attempt, "{\"access\":\"NONE\",\"sequence\":5}")).hasStatus(204);
        for (long sequence : new long[] {4, 5}) {
            assertThat(grant(attempt, "{\"access\":\"SHARED\",\"sequence\":%d}".formatted(sequence)))
                    .hasStatus(204);
            assertThat(get(BRAM, "/v1/clients/" + client)).hasStatus(404);
        }
        assertThat(grant(attempt, "{\"access\":\"SHARED\",\"sequence\":6}")).hasStatus(204);
        assertThat(get(BRAM, "/v1/clients/" + client)).hasStatusOk();
    }

    @Test
    void aGrantWithoutAgreementIs404() {
        assertThat(grant(UUID.randomUUID(), "{\"access\":\"SHARED\",\"sequence\":1}"))
                .hasStatus(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"access\":\"SHARED\"}",
                "{\"sequence\":1}",
                "{\"access\":\"ALL\",\"sequence\":1}",
                "{\"access\":\"SHARED\",\"sequence\":0}",
                "{\"access\":\"SHARED\",\"sequence\":1,\"until\":\"tomorrow\"}",
                "{\"access\":\"SHARED\",\"sequence\":1,\"excludedWorkers\":[null]}",
                "{\"access\":\"SHARED\",\"sequence\":1,\"more\":1}"
            })
    void aGrantThatIsNotWholeIs400(String body) {
        var client = register(ANNA, Bodies.unknownClient("Smit"));
        var attempt = UUID.randomUUID();
        assertThat(agree(attempt, Bodies.agreement(client, "\"NAME\""))).hasStatusOk();
        assertThat(grant(attempt, body)).hasStatus(400);
        assertThat(stored("grants", attempt).getLong("sequence")).isZero();
    }

    @Test
    void seesItForTheOrganisationThatClaimedAndForNoOther() {
        var client = register(ANNA, Bodies.client("Smit", anotherBsn()));
        share(client, "\"NAME\"");
        var path = "/v1/clients/" + client;
        assertThat(send(HttpMethod.GET, FARID, path, null, Map.of(Caller.ORGANISATION_HEADER, DE_BRUG.toString())))
                .hasStatusOk();
        assertThat(send(HttpMethod.GET, FARID, path, null, Map.of(Caller.ORGANISATION_HEADER, HET_ANKER.toString())))
                .hasStatus(404);
        assertThat(send(HttpMethod.GET, FARID, path, null, Map.of())).hasStatus(400);
    }

    private void assertGuarded(UUID client) {
        var read = get(BRAM, "/v1/clients/" + client);
        assertThat(read).hasStatusOk().bodyText().doesNotContain("Dorpsstraat", "1234AB", "0612345678");
    }
}
