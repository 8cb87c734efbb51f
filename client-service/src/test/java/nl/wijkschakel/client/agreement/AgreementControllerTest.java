package nl.wijkschakel.client.agreement;

import static nl.wijkschakel.client.People.ANNA;
import static nl.wijkschakel.client.People.BRAM;
import static nl.wijkschakel.client.People.DE_BRUG;
import static nl.wijkschakel.client.People.MILAN;
import static nl.wijkschakel.client.People.REFERRAL_SERVICE;
import static nl.wijkschakel.client.People.WIJKTEAM;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import nl.wijkschakel.client.Bodies;
import nl.wijkschakel.client.ServiceTest;
import nl.wijkschakel.client.Tokens;
import nl.wijkschakel.kit.caller.Caller;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;

class AgreementControllerTest extends ServiceTest {

    private final UUID attempt = UUID.randomUUID();

    @Test
    void p4AnswersWhatTheReceiverMayKnowBeforeTheClaim() {
        var client = register(ANNA, Bodies.client("Smit", anotherBsn()));
        assertThat(agree(attempt, Bodies.agreement(client, "\"NAME\"")))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo("""
                        {"ageGroup":"27-64","language":"nl","interpreterNeeded":false,"postcode4":"1234","municipality":"9901"}
                        """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"secrecy\":false|\"secrecy\":true",
                "{\"safe\":true}|{\"safe\":false,\"agreedWay\":\"Via school\"}",
                "\"address\":{\"value\":{\"street\":\"Dorpsstraat\",\"houseNumber\":\"12a\",\"postcode\":\"1234 ab\",\"city\":\"Waterwijk\"}}|\"address\":{\"unknownBecause\":\"NO_FIXED_PLACE\"}"
            })
    void p4LeavesThePostcodeOutWhereItCouldGiveSomebodyAway(String usual, String special) {
        var body = Bodies.client("Smit", anotherBsn());
        assertThat(body).contains(usual);
        var client = register(ANNA, body.replace(usual, special));
        var answer = agree(attempt, Bodies.agreement(client, "\"NAME\""));
        assertThat(answer).hasStatusOk();
        assertThat(body(answer).has("postcode4")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"\"safeContact\":true,\"safeContact\":false", "\"secretPlace\":false,\"secretPlace\":true"})
    void p11TheSendersWordIsEnoughToLeaveThePostcodeOut(String usual, String special) {
        var client = register(ANNA, Bodies.client("Smit", anotherBsn()));
        var answer = agree(attempt, Bodies.agreement(client, "\"NAME\"").replace(usual, special));
        assertThat(answer).hasStatusOk();
        assertThat(body(answer).has("postcode4")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-02,0-3",
        "2022-03-03,0-3",
        "2022-03-02,4-11",
        "2014-03-02,12-17",
        "2008-03-02,18-22",
        "2003-03-02,23-26",
        "1999-03-02,27-64",
        "1961-03-03,27-64",
        "1961-03-02,65+",
        "1900-01-01,65+"
    })
    void knowsTheAgeGroup(String birthDate, String ageGroup) {
        var client = register(ANNA, Bodies.client("Smit", anotherBsn()).replace("1988-04-01", birthDate));
        var answer = agree(attempt, Bodies.agreement(client, "\"NAME\""));
        assertThat(body(answer).path("ageGroup").stringValue()).isEqualTo(ageGroup);
    }

    @Test
    void anUnknownAgeIsUnknownAndAnEstimateCounts() {
        var body = Bodies.unknownClient("Smit");
        var estimated = register(ANNA, body);
        assertThat(body(agree(attempt, Bodies.agreement(estimated, "\"NAME\"")))
                        .path("ageGroup")
                        .stringValue())
                .isEqualTo("27-64");
        var unknown = register(ANNA, body.replace("\"ESTIMATED\",\"estimatedAge\":35", "\"NOT_TOLD\""));
        assertThat(body(agree(UUID.randomUUID(), Bodies.agreement(unknown, "\"NAME\"")))
                        .path("ageGroup")
                        .stringValue())
                .isEqualTo("unknown");
    }

    @Test
    void storedTwiceItAnswersTheSameAndIsStoredOnce() {
        var client = register(ANNA, Bodies.client("Smit", anotherBsn()));
        var body = Bodies.agreement(client, "\"NAME\"");
        var first = body(agree(attempt, body));
        assertThat(grant(attempt, "{\"access\":\"SHARED\",\"sequence\":2}")).hasStatus(204);
        assertThat(body(agree(attempt, body))).isEqualTo(first);
        assertThat(get(BRAM, "/v1/clients/" + client)).hasStatusOk(); // it is still in force
        assertThat(database.getCollection("agreements").countDocuments(new Document("client", client)))
                .isEqualTo(1);
    }

    @Test
    void untilItIsSentItCanBeReplacedAndThenNoMore() {
        var client = register(ANNA, Bodies.client("Smit", anotherBsn()));
        assertThat(agree(attempt, Bodies.agreement(client, "\"NAME\",\"CONTACT\"")))
                .hasStatusOk();
        assertThat(agree(attempt, Bodies.agreement(client, "\"NAME\""), MILAN)).hasStatusOk();
        assertThat(grant(attempt, "{\"access\":\"SHARED\",\"sequence\":1}")).hasStatus(204);
        assertThat(body(get(BRAM, "/v1/clients/" + client)).has("contact")).isFalse();
        var late = agree(attempt, Bodies.agreement(client, "\"NAME\",\"CONTACT\""));
        assertThat(late).hasStatus(409);
        assertThat(body(late).path("type").stringValue()).endsWith(":agreement-in-force");
        assertThat(body(get(BRAM, "/v1/clients/" + client)).has("contact")).isFalse();
    }

    @Test
    void givesNothingAwayBeforeTheAttemptSaysSo() {
        var client = register(ANNA, Bodies.client("Smit", anotherBsn()));
        assertThat(agree(attempt, Bodies.agreement(client, "\"NAME\""))).hasStatusOk();
        assertThat(get(BRAM, "/v1/clients/" + client)).hasStatus(404);
    }

    @Test
    void p1WantsALegalBasisThatThereIs() {
        var client = register(ANNA, Bodies.client("Smit", anotherBsn()));
        var body = Bodies.agreement(client, "\"NAME\"");
        assertError(body.replace("\"legalBasis\":\"WMO\",", ""), "/legalBasis", "required");
        assertError(body.replace("\"WMO\"", "\"ENFORCEMENT\""), "/legalBasis", "wrong-type");
    }

    @Test
    void p2WantsAgreementOrAMotivatedException() {
        var client = register(ANNA, Bodies.client("Smit", anotherBsn()));
        var body = Bodies.agreement(client, "\"NAME\"");
        var agreed = "{\"kind\":\"AGREED\",\"how\":\"SPOKEN\",\"on\":\"2026-03-01\",\"by\":\"CLIENT\"}";
        assertThat(body).contains(agreed);
        assertError(body.replace("\"agreement\":" + agreed + ",", ""), "/agreement", "required");
        assertError(body.replace(agreed, "{\"kind\":\"AGREED\"}"), "/agreement/how", "required");
        assertError(body.replace("2026-03-01", "2026-03-03"), "/agreement/on", "in-future");
        assertError(
                body.replace(agreed, "{\"kind\":\"EXCEPTION\",\"exception\":\"SAFETY\"}"),
                "/agreement/motivation",
                "required");
        assertError(
                body.replace(agreed, "{\"kind\":\"EXCEPTION\",\"exception\":\"SAFETY\",\"motivation\":\" \"}"),
                "/agreement/motivation",
                "required");
        assertError(
                body.replace(agreed, "{\"kind\":\"EXCEPTION\",\"motivation\":\"Daarom\"}"),
                "/agreement/exception",
                "required");
        assertError(body.replace(agreed, "{\"kind\":\"MAYBE\"}"), "/agreement", "wrong-type");
        assertThat(agree(
                        attempt,
                        body.replace(
                                agreed,
                                "{\"kind\":\"EXCEPTION\",\"exception\":\"INCAPACITY\",\"motivation\":\"Daarom\"}")))
                .hasStatusOk();
    }

    @Test
    void p5OnlyTheOwnOrganisationsClientsAreShared() {
        var client = register(BRAM, Bodies.client("Smit", anotherBsn()));
        assertThat(agree(attempt, Bodies.agreement(client, "\"NAME\""))).hasStatus(404);
        assertThat(agree(attempt, Bodies.agreement(UUID.randomUUID(), "\"NAME\"")))
                .hasStatus(404);
        assertThat(database.getCollection("grants").countDocuments(new Document("_id", attempt)))
                .isZero();
    }

    @Test
    void anAttemptOfAnotherOrganisationIsNotFound() {
        var own = register(ANNA, Bodies.client("Smit", anotherBsn()));
        assertThat(agree(attempt, Bodies.agreement(own, "\"NAME\""))).hasStatusOk();
        var other = register(BRAM, Bodies.client("Smit", anotherBsn()));
        var answer = send(
                HttpMethod.PUT,
                REFERRAL_SERVICE,
                "/internal/v1/agreements/" + attempt,
                Bodies.agreement(other, "\"NAME\""),
                Map.of("Wijkschakel-Caller", BRAM, Caller.ORGANISATION_HEADER, DE_BRUG.toString()));
        assertThat(answer).hasStatus(404);
        assertThat(stored("grants", attempt).get("client", UUID.class)).isEqualTo(own);
    }

    @Test
    void takesBothTokens() {
        var client = register(ANNA, Bodies.client("Smit", anotherBsn()));
        var body = Bodies.agreement(client, "\"NAME\"");
        var path = "/internal/v1/agreements/" + attempt;
        assertThat(send(HttpMethod.PUT, REFERRAL_SERVICE, path, body, Map.of())).hasStatus(403);
        for (var caller : List.of(
                "nonsense",
                REFERRAL_SERVICE,
                Tokens.of(new UUID(1, 98), "9901:policy-officer"),
                Tokens.of(new UUID(1, 98), WIJKTEAM + ":nothing-we-know"))) {
            assertThat(send(HttpMethod.PUT, REFERRAL_SERVICE, path, body, Map.of("Wijkschakel-Caller", caller))
                            .getResponse()
                            .getStatus())
                    .isIn(400, 403);
        }
        for (var token : List.of(ANNA, Tokens.ofService("notification-service"))) {
            assertThat(send(HttpMethod.PUT, token, path, body, Map.of("Wijkschakel-Caller", ANNA)))
                    .hasStatus(403);
            assertThat(send(
                            HttpMethod.PUT,
                            token,
                            "/internal/v1/grants/" + attempt,
                            "{\"access\":\"SHARED\",\"sequence\":1}",
                            Map.of()))
                    .hasStatus(403);
        }
        assertThat(database.getCollection("agreements").countDocuments(new Document("_id", attempt)))
                .isZero();
        assertThat(agree(attempt, body)).hasStatusOk();
    }

    private void assertError(String body, String pointer, String code) {
        var answer = agree(attempt, body);
        assertThat(answer).hasStatus(400);
        assertThat(body(answer)
                        .path("errors")
                        .valueStream()
                        .map(it -> it.path("pointer").stringValue() + " "
                                + it.path("code").stringValue()))
                .contains(pointer + " " + code);
    }
}
