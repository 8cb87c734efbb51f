package nl.wijkschakel.gateway.route;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.havingExactly;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.patchRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import nl.wijkschakel.gateway.GatewayTest;
import nl.wijkschakel.gateway.RawHttp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RelayTest extends GatewayTest {

    @Test
    void eachServiceGetsItsOwn() {
        var services = Map.of("client", CLIENT, "referral", REFERRAL, "notification", NOTIFICATION);
        services.forEach((name, service) -> {
            assertThat(ask("/api/" + name + "/v1/things/17").statusCode()).isEqualTo(200);
            service.verify(1, getRequestedFor(urlEqualTo("/v1/things/17")));
        });
        services.values().forEach(service -> service.verify(1, anyRequestedFor(anyUrl())));
    }

    @Test
    void theQueryArrivesAsItWasMeant() {
        ask("/api/referral/v1/attempts?queue=NEW&q=caf%C3%A9%20%2B%26%3D%25&q=2&empty=");
        REFERRAL.verify(getRequestedFor(urlPathEqualTo("/v1/attempts"))
                .withQueryParam("queue", equalTo("NEW"))
                .withQueryParam("q", havingExactly("café +&=%", "2"))
                .withQueryParam("empty", equalTo("")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/referral/v1/x?q=%zz", "/api/referral/v1/x?q=%C3%28"})
    void aBrokenQueryIsNoFaultOfOurs(String path) throws Exception {
        var response = RawHttp.get(port, path, "Authorization: Bearer " + KEYCLOAK.accessToken(bram()));
        assertThat(response.status()).as(response.text()).isEqualTo(400);
    }

    @Test
    void theBodyAndTheMethodArrive() {
        ask(
                "/api/client/v1/clients/17",
                request -> request.header("Content-Type", "application/merge-patch+json")
                        .header("If-Match", "\"3\"")
                        .header("Idempotency-Key", "k")
                        .method("PATCH", BodyPublishers.ofString("{\"language\":\"nl 😀\"}")));
        CLIENT.verify(patchRequestedFor(urlEqualTo("/v1/clients/17"))
                .withHeader("Content-Type", equalTo("application/merge-patch+json"))
                .withHeader("If-Match", equalTo("\"3\""))
                .withHeader("Idempotency-Key", equalTo("k"))
                .withRequestBody(equalTo("{\"language\":\"nl 😀\"}")));
    }

    @Test
    void theAnswerComesBackWhole() {
        var body = "{\"title\":\"%s\"}".formatted("é".repeat(200_000));
        CLIENT.stubFor(get("/v1/clients/17")
                .willReturn(aResponse()
                        .withStatus(409)
                        .withHeader("Content-Type", "application/problem+json")
                        .withHeader("ETag", "\"4\"")
                        .withHeader("API-Version", "1.2.3")
                        .withBody(body)));
        var response = ask("/api/client/v1/clients/17");
        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(response.headers().firstValue("ETag")).hasValue("\"4\"");
        assertThat(response.headers().firstValue("API-Version")).hasValue("1.2.3");
        assertThat(response.body()).isEqualTo(body);
    }

    @Test
    void anAddressInTheAnswerIsThatOfOutside() {
        CLIENT.stubFor(any(urlEqualTo("/v1/clients"))
                .willReturn(aResponse().withStatus(201).withHeader("Location", "/v1/clients/17?x=1")));
        assertThat(ask("/api/client/v1/clients").headers().firstValue("Location"))
                .hasValue("/api/client/v1/clients/17?x=1");

        CLIENT.stubFor(any(urlEqualTo("/v1/clients"))
                .willReturn(aResponse().withStatus(201).withHeader("Location", CLIENT.baseUrl() + "/v1/clients/17")));
        assertThat(ask("/api/client/v1/clients").headers().firstValue("Location"))
                .hasValue("/api/client/v1/clients/17");

        for (var elsewhere : List.of("https://elders.nl/v1/clients/17", "http://[", "%zz", "")) {
            CLIENT.stubFor(any(urlEqualTo("/v1/clients"))
                    .willReturn(aResponse().withStatus(201).withHeader("Location", elsewhere)));
            assertThat(ask("/api/client/v1/clients").headers().firstValue("Location"))
                    .hasValue(elsewhere);
        }
    }

    @Test
    void aVersionThatTheCallerHasIsNotSentAgainAndCostsNoConnection() {
        CLIENT.stubFor(get("/v1/clients/17").willReturn(okJson("{}").withHeader("ETag", "\"4\"")));
        CLIENT.stubFor(get("/v1/clients/17")
                .withHeader("If-None-Match", equalTo("\"4\""))
                .willReturn(aResponse().withStatus(304).withHeader("ETag", "\"4\"")));
        CLIENT.stubFor(get("/v1/clients/18").willReturn(okJson("{}").withHeader("ETag", "\"4\"")));
        for (int i = 0; i < 500; i++) { // the half is more than there are connections
            var path = i % 2 == 0 ? "/api/client/v1/clients/17" : "/api/client/v1/clients/18";
            var response = ask(path, request -> request.header("If-None-Match", "\"4\""));
            assertThat(response.statusCode()).isEqualTo(i % 2 == 0 ? 304 : 200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/internal/v1/grants/17",
                "/api/internal/v1/grants/17",
                "/api/client/internal/v1/grants/17",
                "/api/client/v1/../internal/v1/grants/17",
                "/api/client/v1/%2e%2e/internal/v1/grants/17",
                "/api/client/v1/..%2finternal/v1/grants/17",
                "/api/client/v1%2f..%2finternal/v1/grants/17",
                "/api/client/v1/%252e%252e/internal/v1/grants/17",
                "/api/client/v1/..;/internal/v1/grants/17",
                "/api/client/v1/;/../internal/v1/grants/17",
                "/api/client;v1/internal/v1/grants/17",
                "/api/client//internal/v1/grants/17",
                "/api/client/v1//internal/v1/grants/17",
                "//api/client/v1/clients",
                "/api//client/v1/clients",
                "/api/client/%76%31/clients",
                "/api/client/v1/clients/%2e",
                "/api/client/v1/clients/.hidden",
                "/api/client/v1/clients\\..\\..\\internal",
                "/api/client/v1/clients%00",
                "/api/client/v1/clients%0d%0aX:1",
                "/api/client/v1/clients/",
                "/api/client/v1/",
                "/api/client/v1",
                "/api/client/v2/clients",
                "/api/client/actuator/health",
                "/api/client/v1/%61ctuator",
                "/api/gateway/v1/actuator/health",
                "/api/actuator/health",
                "/API/client/v1/clients",
                "/api/client/V1/clients",
                "/api/clients/v1/clients",
                "/api/client/v1/clients%C3%A9",
            })
    void nothingElseOfAServiceCanBeReached(String path) throws Exception {
        var response = RawHttp.get(port, path, "Authorization: Bearer " + KEYCLOAK.accessToken(bram()));
        assertThat(response.status()).as(response.text()).isIn(400, 401, 404);
        assertThat(response.text()).contains("application/problem+json");
        for (var service : List.of(CLIENT, REFERRAL, NOTIFICATION)) {
            service.verify(0, anyRequestedFor(anyUrl()));
        }
    }

    @Test
    void aBrowserIsKnownByItsSessionAndByNothingItSays() {
        var browser = browser().login(bram());
        browser.send(
                "/api/client/v1/clients",
                request -> request.header("Wijkschakel-Organisation", NOVA)
                        .header("Authorization", "Basic YTpi")
                        .header("Wijkschakel-Caller", "somebody")
                        .header("X-XSRF-TOKEN", "t")
                        .header("X-Forwarded-For", "1.2.3.4")
                        .header("X-Forwarded-Host", "elders.nl")
                        .header("Forwarded", "for=1.2.3.4")
                        .header("X-Real-IP", "1.2.3.4"));
        CLIENT.verify(getRequestedFor(urlEqualTo("/v1/clients"))
                .withHeader("Authorization", matching("Bearer ey.*"))
                .withHeader("Wijkschakel-Organisation", equalTo(DE_BRUG))
                .withHeader("Wijkschakel-Caller", absent())
                .withHeader("Cookie", absent())
                .withHeader("X-XSRF-TOKEN", absent())
                .withHeader("X-Forwarded-For", absent())
                .withHeader("X-Forwarded-Host", absent())
                .withHeader("X-Forwarded-Prefix", absent())
                .withHeader("Forwarded", absent())
                .withHeader("X-Real-IP", absent()));
        CLIENT.getAllServeEvents()
                .forEach(event -> assertThat(
                                event.getRequest().header("Authorization").values())
                        .hasSize(1));
    }

    @Test
    void aSystemNamesItsOrganisationItself() {
        ask(
                "/api/client/v1/clients",
                request -> request.header("Wijkschakel-Organisation", NOVA)
                        .header("Cookie", "a=b")
                        .header("Wijkschakel-Caller", "somebody"));
        CLIENT.verify(getRequestedFor(urlEqualTo("/v1/clients"))
                .withHeader("Wijkschakel-Organisation", equalTo(NOVA))
                .withHeader("Wijkschakel-Caller", absent())
                .withHeader("Cookie", absent()));
    }

    @Test
    void aStrangerSeesTheDescriptionAndIsNobodyThere() {
        var response = browser()
                .send(
                        "/api/client/v1/openapi.json",
                        request ->
                                request.header("Wijkschakel-Organisation", NOVA).header("Origin", "https://elders.nl"));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
        CLIENT.verify(getRequestedFor(urlEqualTo("/v1/openapi.json"))
                .withHeader("Authorization", absent())
                .withHeader("Wijkschakel-Organisation", absent()));
    }

    @Test
    void otherSitesReadNothingElse() {
        var response = ask("/api/client/v1/clients", request -> request.header("Origin", "https://elders.nl"));
        assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        var preflight = browser()
                .send(
                        "/api/client/v1/clients",
                        request -> request.header("Origin", "https://elders.nl")
                                .header("Access-Control-Request-Method", "POST")
                                .method("OPTIONS", BodyPublishers.noBody()));
        assertThat(preflight.headers().map()).doesNotContainKey("access-control-allow-origin");
    }

    @Test
    void aServiceSetsNoCookieAndNoPolicy() {
        CLIENT.stubFor(get("/v1/clients")
                .willReturn(okJson("{}")
                        .withHeader("Set-Cookie", "a=b")
                        .withHeader("Cache-Control", "public, max-age=600")
                        .withHeader("X-Content-Type-Options", "nosniff")
                        .withHeader("X-Frame-Options", "SAMEORIGIN")
                        .withHeader("Access-Control-Allow-Origin", "*")
                        .withHeader("Server", "secret/1.0")
                        .withHeader("Content-Security-Policy", "default-src *")));
        var response = ask("/api/client/v1/clients");
        assertThat(response.headers().map())
                .doesNotContainKeys("set-cookie", "server", "access-control-allow-origin")
                .containsEntry("cache-control", List.of("no-store"))
                .containsEntry("x-content-type-options", List.of("nosniff"))
                .containsEntry("x-frame-options", List.of("DENY"));
        assertThat(response.headers().allValues("Content-Security-Policy"))
                .singleElement()
                .asString()
                .startsWith("default-src 'none'");
    }

    @Test
    void aBodyOfAMegabyteGoesOn() {
        var body = "\"" + "x".repeat(1_048_574) + "\"";
        assertThat(ask("/api/client/v1/clients", json(BodyPublishers.ofString(body)))
                        .statusCode())
                .isEqualTo(200);
        assertThat(bodies(CLIENT)).containsExactly(body);
    }

    @Test
    void aLargerOneIsRefusedWhetherItsLengthIsToldOrNot() {
        var body = new byte[1_048_577];
        for (var publisher : List.of(
                BodyPublishers.ofByteArray(body),
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)),
                BodyPublishers.ofByteArray(new byte[10_000_000]))) {
            var response = ask("/api/client/v1/clients", json(publisher));
            assertThat(response.statusCode()).isEqualTo(413);
            assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(response.body()).contains("urn:wijkschakel:problem:too-large", "1048576");
        }
        CLIENT.verify(0, anyRequestedFor(anyUrl()));
    }

    @Test
    void aStrangersBodyIsNotRead() {
        var response = browser()
                .send(
                        "/api/client/v1/clients",
                        request -> request.header("Authorization", "Bearer x")
                                .POST(BodyPublishers.ofByteArray(new byte[2_000_000])));
        assertThat(response.statusCode()).isEqualTo(401);
    }

    @Test
    void whatIsNoAddressOfOursIsNotFound() {
        var response = ask("/api/nothing/v1/x");
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains("urn:wijkschakel:problem:unknown");
    }

    private static UnaryOperator<HttpRequest.Builder> json(HttpRequest.BodyPublisher body) {
        return request -> request.header("Content-Type", "application/json").POST(body);
    }

    private static List<String> bodies(WireMockServer service) {
        return service.getAllServeEvents().stream()
                .map(event -> new String(event.getRequest().getBody(), StandardCharsets.UTF_8))
                .toList();
    }

    private HttpResponse<String> ask(String path) {
        return ask(path, request -> request);
    }

    private HttpResponse<String> ask(String path, UnaryOperator<HttpRequest.Builder> change) {
        var token = KEYCLOAK.accessToken(bram());
        return browser().send(path, request -> change.apply(request.header("Authorization", "Bearer " + token)));
    }
}
