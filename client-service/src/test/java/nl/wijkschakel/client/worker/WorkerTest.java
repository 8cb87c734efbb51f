package nl.wijkschakel.client.worker;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlMatching;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static java.util.Objects.requireNonNull;
import static nl.wijkschakel.client.People.BERGSTAD;
import static nl.wijkschakel.client.People.DE_BRUG;
import static nl.wijkschakel.client.People.HET_ANKER;
import static nl.wijkschakel.client.People.WIJKTEAM;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import nl.wijkschakel.client.ServiceTest;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;

/** Accounts, with a Keycloak and a referral-service that do what they should until a test says otherwise. */
abstract class WorkerTest extends ServiceTest {

    static final UUID NOORD = UUID.fromString("0199bbbb-0000-7000-8000-000000000001");
    static final UUID OF_DE_BRUG = UUID.fromString("0199bbbb-0000-7000-8000-000000000005");

    static final FakeKeycloak KEYCLOAK = new FakeKeycloak();

    @BeforeEach
    void neighboursWork() {
        NEIGHBOURS.stubFor(any(urlEqualTo("/token")).willReturn(okJson("""
                {"access_token":"our-own","token_type":"Bearer","expires_in":300}""")));
        NEIGHBOURS.stubFor(any(urlMatching("/admin/.*"))
                .withHeader("Authorization", equalTo("Bearer our-own"))
                .willReturn(aResponse().proxiedFrom(KEYCLOAK.address())));
        organisation(WIJKTEAM, "9901");
        organisation(DE_BRUG, "9901");
        organisation(HET_ANKER, "9901", "9902");
        organisation(BERGSTAD, "9902");
        team(NOORD, WIJKTEAM);
        team(OF_DE_BRUG, DE_BRUG);
        openWork(okJson("{\"open\":0}"));
    }

    private void organisation(UUID id, String... municipalities) {
        NEIGHBOURS.stubFor(any(urlEqualTo("/v1/organisations/" + id))
                .willReturn(okJson(json.writeValueAsString(
                        Map.of("id", id, "name", "Een organisatie", "municipalities", List.of(municipalities))))));
    }

    private void team(UUID id, UUID organisation) {
        NEIGHBOURS.stubFor(any(urlEqualTo("/v1/teams/" + id))
                .willReturn(okJson(
                        json.writeValueAsString(Map.of("id", id, "name", "Een team", "organisation", organisation)))));
    }

    static void openWork(ResponseDefinitionBuilder answer) {
        NEIGHBOURS.stubFor(any(urlPathMatching("/internal/v1/workers/.*/open-work"))
                .withHeader("Authorization", equalTo("Bearer our-own"))
                .willReturn(answer));
    }

    static String form(String email, String memberships, String more) {
        return """
                {"name":{"given":"Noor","surname":"van Dijk"},"email":"%s","memberships":[%s]%s}""".formatted(email, memberships, more);
    }

    static String at(UUID organisation, String role) {
        return "{\"organisation\":\"%s\",\"role\":\"%s\"}".formatted(organisation, role);
    }

    static String in(String municipality, String role) {
        return "{\"municipality\":\"%s\",\"role\":\"%s\"}".formatted(municipality, role);
    }

    static String anotherEmail() {
        return "noor." + UUID.randomUUID() + "@wijkteam.example";
    }

    /** Makes one at the wijkteam. */
    UUID created(String token) {
        var answer = post(token, "/v1/workers", form(anotherEmail(), at(WIJKTEAM, "wijkteam-worker"), ""));
        assertThat(answer).hasStatus(201);
        return id(answer);
    }

    UUID id(MvcTestResult answer) {
        return UUID.fromString(body(answer).path("id").stringValue());
    }

    MvcTestResult change(String token, UUID worker, long version, String body) {
        return send(
                HttpMethod.PATCH,
                token,
                "/v1/workers/" + worker,
                body,
                Map.of(HttpHeaders.IF_MATCH, "\"" + version + "\""));
    }

    MvcTestResult invite(String token, UUID worker, long version) {
        return send(
                HttpMethod.POST,
                token,
                "/v1/workers/" + worker + "/invitation",
                null,
                Map.of(HttpHeaders.IF_MATCH, "\"" + version + "\""));
    }

    String problem(MvcTestResult answer) {
        var type = body(answer).path("type").stringValue();
        return requireNonNull(type).substring("urn:wijkschakel:problem:".length());
    }

    List<String> errors(MvcTestResult answer) {
        assertThat(answer).hasStatus(400);
        return body(answer).path("errors").values().stream()
                .map(it -> it.path("pointer").asString() + " " + it.path("code").asString())
                .toList();
    }

    List<String> names(JsonNode page, String field) {
        return page.path("items").values().stream()
                .map(it -> it.path("name").path(field).asString())
                .toList();
    }
}
