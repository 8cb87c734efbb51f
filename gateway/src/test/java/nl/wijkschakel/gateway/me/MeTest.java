package nl.wijkschakel.gateway.me;

import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.matching.StringValuePattern;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import nl.wijkschakel.gateway.FakeKeycloak.Login;
import nl.wijkschakel.gateway.GatewayTest;
import nl.wijkschakel.gateway.TestBrowser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeTest extends GatewayTest {

    @Test
    void whoWorksForOneOrganisationNeedsNotChoose() {
        var browser = browser().login(bram());
        var answer = browser.get("/api/me");
        assertThat(answer.body()).isEqualTo("""
                {"name":"Bram","memberships":[{"organisation":"%s","role":"specialist"}],"organisation":"%s"}""".formatted(DE_BRUG, DE_BRUG));
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        relayed(browser, equalTo(DE_BRUG));
    }

    @Test
    void severalRolesInOneOrganisationAreOneOrganisation() {
        var browser = browser().login(Login.of("Carla", DE_BRUG + ":coordinator", DE_BRUG + ":specialist"));
        assertThat(browser.get("/api/me").body()).endsWith("\"organisation\":\"" + DE_BRUG + "\"}");
    }

    @Test
    void whoWorksForSeveralChooses() {
        var browser = browser().login(farid());
        assertThat(browser.get("/api/me").body())
                .contains(DE_BRUG, NOVA)
                .doesNotContain("\"organisation\":\"" + NOVA + "\"}");
        relayed(browser, absent());

        var answer = choose(browser, NOVA);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).endsWith("\"organisation\":\"" + NOVA + "\"}");
        relayed(browser, equalTo(NOVA));

        choose(browser, DE_BRUG);
        relayed(browser, equalTo(DE_BRUG));
    }

    @Test
    void aRoleInAMunicipalityIsNoOrganisation() {
        var browser = browser().login(Login.of("Hugo", "9901:functional-admin", "9902:functional-admin"));
        assertThat(browser.get("/api/me").body()).isEqualTo("""
                {"name":"Hugo","memberships":[{"municipality":"9901","role":"functional-admin"},\
                {"municipality":"9902","role":"functional-admin"}]}""");
        relayed(browser, absent());
    }

    @Test
    void whoHasNoRoleIsToldSoByAnEmptyList() {
        assertThat(browser().login(Login.of("Nobody")).get("/api/me").body())
                .isEqualTo("{\"name\":\"Nobody\",\"memberships\":[]}");
    }

    @Test
    void whatKeycloakWritesOtherwiseIsNoMembership() {
        var browser = browser().login(Login.of("Odd", "nonsense", ":specialist", DE_BRUG + ":", ""));
        assertThat(browser.get("/api/me").body()).contains("\"memberships\":[]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"organisation\":\"0199aaaa-0000-7000-8000-000000000006\"}",
                "{\"organisation\":\"9901\"}",
                "{\"organisation\":\"\"}",
                "{\"organisation\":null}",
                "{}"
            })
    void whatIsNotAmongTheMembershipsCannotBeChosen(String body) {
        var browser = browser().login(farid());
        var answer = browser.send("PUT", "/api/me/organisation", body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body())
                .contains("urn:wijkschakel:problem:invalid", "\"pointer\":\"/organisation\"")
                .doesNotContain("0199aaaa-0000-7000-8000-000000000006");
        relayed(browser, absent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "", "[]", "17", "{\"organisation\":[]}", "\u0000"})
    void whatIsNoChoiceIsTheCallersMistake(String body) {
        var answer = browser().login(farid()).send("PUT", "/api/me/organisation", body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    @Test
    void otherMethodsAndFormsOfContentAreNamed() {
        var browser = browser().login(farid());
        assertThat(browser.send("DELETE", "/api/me", "").statusCode()).isEqualTo(405);
        assertThat(browser.send(
                                "/api/me/organisation",
                                request -> request.header("X-XSRF-TOKEN", String.valueOf(browser.cookie("XSRF-TOKEN")))
                                        .header("Content-Type", "text/plain")
                                        .PUT(BodyPublishers.ofString("x")))
                        .statusCode())
                .isEqualTo(415);
    }

    @Test
    void aChoiceThatIsNoLongerAMembershipDoesNotCount() {
        var farid = farid();
        var browser = browser().login(farid);
        choose(browser, NOVA);
        // the next token says otherwise
        KEYCLOAK.change(farid.subject(), DE_BRUG + ":specialist");
        CLOCK.advance(Duration.ofMinutes(5));
        assertThat(browser.get("/api/me").body()).endsWith("\"organisation\":\"" + DE_BRUG + "\"}");
        relayed(browser, equalTo(DE_BRUG));
    }

    @Test
    void aSystemMayAskWhoItIsAndChoosesByHeader() {
        var token = KEYCLOAK.accessToken(farid());
        var me = browser().send("/api/me", request -> request.header("Authorization", "Bearer " + token));
        assertThat(me.body()).contains("\"name\":\"Farid\"", NOVA);
        var choice = browser()
                .send(
                        "/api/me/organisation",
                        request -> request.header("Authorization", "Bearer " + token)
                                .header("Content-Type", "application/json")
                                .PUT(BodyPublishers.ofString("{\"organisation\":\"%s\"}".formatted(NOVA))));
        assertThat(choice.statusCode()).isEqualTo(403);
        assertThat(choice.body()).contains("Wijkschakel-Organisation");
    }

    private void relayed(TestBrowser browser, StringValuePattern organisation) {
        CLIENT.resetRequests();
        assertThat(browser.get("/api/client/v1/clients").statusCode()).isEqualTo(200);
        CLIENT.verify(getRequestedFor(urlEqualTo("/v1/clients")).withHeader("Wijkschakel-Organisation", organisation));
    }

    private static HttpResponse<String> choose(TestBrowser browser, String organisation) {
        return browser.send("PUT", "/api/me/organisation", "{\"organisation\":\"%s\"}".formatted(organisation));
    }
}
