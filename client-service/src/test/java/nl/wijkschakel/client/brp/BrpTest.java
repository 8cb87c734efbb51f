package nl.wijkschakel.client.brp;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import nl.wijkschakel.client.ServiceTest;
import tools.jackson.databind.JsonNode;

/** The BRP as a neighbour that says what a test wants. */
abstract class BrpTest extends ServiceTest {

    static final String LOOKUPS = "/v1/brp-lookups";

    static String asking(String... bsns) {
        return "{\"bsns\":[\"" + String.join("\",\"", bsns) + "\"]}";
    }

    static void brpAnswers(ResponseDefinitionBuilder answer) {
        NEIGHBOURS.stubFor(WireMock.post(urlEqualTo(BRP)).willReturn(answer));
    }

    /** @param persons JSON of persons, in the BRP's form */
    static void brpHas(String... persons) {
        brpAnswers(okJson(answer(String.join(",", persons))));
    }

    static String answer(String persons) {
        return "{\"type\":\"RaadpleegMetBurgerservicenummer\",\"personen\":[" + persons + "]}";
    }

    /** @param more such as {@code ,"geheimhoudingPersoonsgegevens":true} */
    static String sanne(String bsn, String more) {
        return """
                {"burgerservicenummer":"%s",
                 "naam":{"voornamen":"Sanne Maria","voorvoegsel":"van der","geslachtsnaam":"Smit"},
                 "geboorte":{"datum":{"type":"Datum","datum":"1988-04-01","langFormaat":"1 april 1988"}},
                 "verblijfplaats":{"type":"Adres","functieAdres":{"code":"W"},
                   "verblijfadres":{"officieleStraatnaam":"Dorpsstraat","huisnummer":12,"huisnummertoevoeging":"a",
                     "postcode":"1234AB","woonplaats":"Waterwijk"}},
                 "gemeenteVanInschrijving":{"code":"9901","omschrijving":"Waterwijk"}%s}
                """.formatted(bsn, more);
    }

    /** What the BRP was asked last. */
    JsonNode question() {
        return json.readTree(
                NEIGHBOURS.findAll(postRequestedFor(urlEqualTo(BRP))).getLast().getBody());
    }

    static int questions() {
        return NEIGHBOURS.findAll(postRequestedFor(anyUrl())).size();
    }
}
