package nl.wijkschakel.client.brp;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static nl.wijkschakel.client.People.ANNA;
import static nl.wijkschakel.client.People.BRAM;
import static nl.wijkschakel.client.People.EVA;
import static nl.wijkschakel.client.People.MILAN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import nl.wijkschakel.client.Bodies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** The BRP beside a client's record. */
class BrpComparisonTest extends BrpTest {

    private final String bsn = anotherBsn();

    @Test
    void saysNothingWhereBothSayTheSame() {
        var client = register(ANNA, Bodies.client("Smit", bsn));
        brpHas(sanne(bsn, "").replace("\"huisnummertoevoeging\":\"a\"", "\"huisletter\":\"A\""));
        var answer = compare(MILAN, client);
        assertThat(answer).hasStatusOk().hasHeader(HttpHeaders.ETAG, "\"1\"");
        assertThat(body(answer).path("inBrp").booleanValue()).isTrue();
        assertThat(body(answer).path("differences").size()).isZero();
        assertThat(answer).bodyText().doesNotContain(bsn);
    }

    @ParameterizedTest
    @CsvSource({
        "Smit,Jansen,/name",
        "Sanne Maria,Noa,/name",
        "1988-04-01,1988-04-02,/birthDate",
        "\"huisnummer\":12,\"huisnummer\":14,/address",
        "1234AB,1234AC,/address",
        "\"code\":\"9901\",\"code\":\"9902\",/municipality",
        "\"code\":\"W\",\"code\":\"B\",/address"
    })
    void namesWhatDiffersAndLeavesTheRecordAsItIs(String same, String other, String pointer) {
        var client = register(ANNA, Bodies.client("Smit", bsn));
        brpHas(sanne(bsn, "").replace(same, other));
        var before = stored("clients", client);
        var answer = compare(ANNA, client);
        assertThat(pointers(answer)).containsExactly(pointer);
        assertThat(body(answer).at("/differences/0").propertyNames()).containsExactly("pointer", "record", "brp");
        assertThat(stored("clients", client).get("sealed")).isEqualTo(before.get("sealed"));
        assertThat(stored("clients", client).getLong("version")).isEqualTo(1);

        // the worker takes it over
        var difference = body(answer).at("/differences/0");
        var change = json.createObjectNode();
        change.set(pointer.substring(1), difference.path("brp"));
        if (pointer.equals("/address") && difference.at("/brp").has("unknownBecause")) {
            ((tools.jackson.databind.node.ObjectNode) change.path("address")).putNull("value");
        }
        assertThat(patch(ANNA, client, 1, change.toString())).hasStatusOk();
        assertThat(pointers(compare(ANNA, client))).isEmpty();
    }

    @Test
    void p9ANewSecrecyFlagIsSaidFirstAndTheAddressNotAtAll() {
        var client = register(ANNA, Bodies.client("Smit", bsn));
        brpHas(sanne(bsn, ",\"geheimhoudingPersoonsgegevens\":true").replace("Dorpsstraat", "Schuilplaats"));
        var answer = compare(ANNA, client);
        assertThat(pointers(answer)).containsExactly("/secrecy");
        assertThat(answer).bodyText().doesNotContain("Schuilplaats");
    }

    @Test
    void whatTheRecordLeavesOutOnPurposeIsNotAsked() {
        var client = register(
                ANNA,
                Bodies.client("Smit", bsn)
                        .replaceFirst("\"address\":\\{.*}}", "\"address\":{\"unknownBecause\":\"NOT_TOLD\"}"));
        brpHas(sanne(bsn, ""));
        var answer = compare(ANNA, client);
        assertThat(pointers(answer)).isEmpty();
        assertThat(question().path("fields").toString()).doesNotContain("verblijfplaats");
        assertThat(answer).bodyText().doesNotContain("Dorpsstraat");
    }

    @Test
    void deathIsSaid() {
        var client = register(ANNA, Bodies.client("Smit", bsn));
        brpHas(
                sanne(
                        bsn,
                        ",\"opschortingBijhouding\":{\"reden\":{\"code\":\"O\"},\"datum\":{\"type\":\"Datum\",\"datum\":\"2026-02-12\"}}"));
        assertThat(body(compare(ANNA, client)).at("/person/suspended/reason").stringValue())
                .isEqualTo("DECEASED");
    }

    @Test
    void whoIsNotInTheBrpIsSaidSo() {
        var client = register(ANNA, Bodies.client("Smit", bsn));
        brpHas();
        assertThat(compare(ANNA, client)).hasStatusOk().bodyJson().isStrictlyEqualTo("""
                {"inBrp":false,"differences":[]}""");
    }

    @Test
    void withoutANumberNobodyIsAsked() {
        var client = register(ANNA, Bodies.unknownClient("Smit"));
        var answer = compare(ANNA, client);
        assertThat(answer).hasStatus(409);
        assertThat(body(answer).path("type").stringValue()).endsWith(":bsn-unknown");
        assertThat(questions()).isZero();
    }

    @Test
    void p5OnlyForTheOwnClients() {
        var client = register(ANNA, Bodies.client("Smit", bsn));
        share(client, "\"NAME\",\"BSN\"");
        brpHas(sanne(bsn, ""));
        assertThat(compare(EVA, client)).hasStatus(404);
        assertThat(compare(BRAM, client)).hasStatus(403);
        assertThat(questions()).isZero();
    }

    @Test
    void isAProblemWhileTheBrpIsAway() {
        var client = register(ANNA, Bodies.client("Smit", bsn));
        brpAnswers(aResponse().withStatus(500));
        assertThat(compare(ANNA, client)).hasStatus(503);
    }

    private MvcTestResult compare(String token, UUID client) {
        return post(token, "/v1/clients/" + client + "/brp-comparisons", "");
    }

    private List<String> pointers(MvcTestResult answer) {
        assertThat(answer).hasStatusOk();
        return body(answer)
                .path("differences")
                .valueStream()
                .map(it -> it.path("pointer").stringValue())
                .toList();
    }
}
