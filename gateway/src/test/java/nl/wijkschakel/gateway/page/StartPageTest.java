package nl.wijkschakel.gateway.page;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import nl.wijkschakel.gateway.FakeKeycloak.Login;
import nl.wijkschakel.gateway.GatewayTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartPageTest extends GatewayTest {

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    @Test
    void tellsAStrangerWhatItIsAndWhereToLogIn() {
        var page = browser().get("/");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
        assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(page.body())
                .contains(
                        "<html lang=\"nl\">",
                        "<a class=\"button\" href=\"/oauth2/authorization/keycloak\">Inloggen</a>");
    }

    @Test
    void tellsAPersonWhoSheIs() {
        name(DE_BRUG, "Schuldhulp De Brug");
        var page = browser().login(bram()).get("/").body();
        assertThat(page)
                .contains("U bent ingelogd als <strong>Bram</strong>", "<li>Specialist bij Schuldhulp De Brug</li>")
                .doesNotContain("Voor wie werkt u nu?", "Inloggen");
    }

    @Test
    void letsAPersonChooseWithoutScripts() {
        name(DE_BRUG, "Schuldhulp De Brug");
        name(NOVA, "Verslavingszorg Nova");
        var browser = browser().login(farid());
        var page = browser.get("/").body();
        assertThat(page)
                .contains("Voor wie werkt u nu?", "Verslavingszorg Nova")
                .doesNotContain(" checked");

        var answer = browser.form("/organisation", "organisation=" + NOVA + "&_csrf=" + csrf(page));

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).hasValue("/");
        assertThat(browser.get("/").body()).contains("value=\"" + NOVA + "\" checked");
        assertThat(browser.get("/api/me").body()).endsWith("\"organisation\":\"" + NOVA + "\"}");
    }

    @Test
    void letsNobodyElseChooseForHer() {
        var browser = browser().login(farid());
        assertThat(browser.form("/organisation", "organisation=" + NOVA).statusCode())
                .isEqualTo(403);
        assertThat(browser.form(
                                "/organisation",
                                "organisation=9901&_csrf="
                                        + csrf(browser.get("/").body()))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void asksTheDirectoryInHerOwnName() {
        name(DE_BRUG, "Schuldhulp De Brug");
        browser()
                .login(Login.of("Fatima", "0199aaaa-0000-7000-8000-000000000099:specialist"))
                .get("/");
        assertThat(REFERRAL.getAllServeEvents()).anySatisfy(event -> {
            assertThat(event.getRequest().getUrl()).isEqualTo("/v1/organisations/0199aaaa-0000-7000-8000-000000000099");
            assertThat(event.getRequest().getHeader("Authorization")).startsWith("Bearer ey");
            assertThat(event.getRequest().getHeader("Wijkschakel-Organisation"))
                    .isEqualTo("0199aaaa-0000-7000-8000-000000000099");
        });
    }

    @Test
    void showsTheIdWhereTheDirectoryDoesNotAnswer() {
        var unnamed = "0199aaaa-0000-7000-8000-000000000098";
        REFERRAL.stubFor(get("/v1/organisations/" + unnamed).willReturn(serverError()));
        assertThat(browser()
                        .login(Login.of("Gita", unnamed + ":coordinator"))
                        .get("/")
                        .body())
                .contains("Coördinator bij " + unnamed);
    }

    @Test
    void saysWhatToDoWithoutARole() {
        assertThat(browser().login(Login.of("Nobody")).get("/").body()).contains("Uw account heeft nog geen rol");
    }

    @Test
    void isNotFooledByANameWithSigns() {
        var page = browser()
                .login(Login.of("<script>alert(1)</script>", "9901:<b>"))
                .get("/")
                .body();
        assertThat(page).doesNotContain("<script", "<b>").contains("&lt;script&gt;");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/assets/start.css", "/assets/icon.svg"})
    void bringsItsFilesAlong(String path) {
        var file = browser().get(path);
        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.headers().firstValue("Cache-Control")).hasValue("max-age=3600");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/?login=failed"})
    void usesNothingThatThePolicyForbids(String path) {
        assertThat(browser().get(path).body())
                .doesNotContain("<script", "<style", "style=", "onclick", "http://", "https://");
        assertThat(browser().login(farid()).get(path).body())
                .doesNotContain("<script", "<style", "style=", "onclick", "http://", "https://");
    }

    @Test
    void isNoAnswerToAnyOtherAddress() {
        var page = browser().send("/werk", request -> request.header("Accept", "text/html"));
        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
        assertThat(page.body()).contains("Dit is niet gevonden");
    }

    private static void name(String organisation, String name) {
        REFERRAL.stubFor(get("/v1/organisations/" + organisation)
                .withHeader("Wijkschakel-Organisation", equalTo(organisation))
                .willReturn(okJson("{\"id\":\"%s\",\"name\":\"%s\",\"phone\":\"1\"}".formatted(organisation, name))));
    }

    private static String csrf(String page) {
        var found = CSRF.matcher(page);
        assertThat(found.find()).isTrue();
        return URLEncoder.encode(found.group(1), StandardCharsets.UTF_8);
    }
}
