package nl.wijkschakel.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import nl.wijkschakel.servers.Ports;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The form is that of Haal Centraal BRP Personen bevragen 2 (STANDARDS §4). */
class BrpPartTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final BrpPart brp = new BrpPart(Ports.free());

    @BeforeEach
    void start() {
        brp.start();
    }

    @AfterEach
    void stop() {
        brp.stop();
    }

    @Test
    void findsPersonsByBsnWithTheFieldsThatWereAskedFor() throws Exception {
        var answer = ask("""
                {"type":"RaadpleegMetBurgerservicenummer","burgerservicenummer":["999994086","999999321"],
                 "fields":["burgerservicenummer","naam","geboorte.datum"]}""");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        var persons = JSON.readTree(answer.body()).required("personen");
        assertThat(persons.size()).isEqualTo(2);
        assertThat(persons).allSatisfy(person -> {
            assertThat(person.propertyNames()).containsExactlyInAnyOrder("burgerservicenummer", "naam", "geboorte");
            assertThat(person.at("/naam/geslachtsnaam").asString()).isNotBlank();
        });
    }

    @Test
    void secrecyComesUnasked() throws Exception {
        var persons = persons("999993082");
        assertThat(persons.get(0).required("geheimhoudingPersoonsgegevens").asBoolean())
                .isTrue();
        assertThat(persons.get(0).has("verblijfplaats")).isFalse();
    }

    @Test
    void aNumberThatNobodyHasGivesAnEmptyList() throws Exception {
        assertThat(persons("999990019").size()).isZero();
    }

    @Test
    void namesEveryParameterThatIsWrong() throws Exception {
        var answer = ask("""
                {"type":"ZoekMetNaam","burgerservicenummer":["12345678"],"fields":[]}""");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        var problem = JSON.readTree(answer.body());
        assertThat(problem.required("code").asString()).isEqualTo("paramsValidation");
        assertThat(problem.required("invalidParams").values().stream()
                        .map(parameter -> parameter.required("name").asString()))
                .containsExactly("type", "burgerservicenummer[0]", "fields");
    }

    @Test
    void refusesWhatMayNotBeAskedForAndWhatIsNoJson() throws Exception {
        assertThat(ask("""
                {"type":"RaadpleegMetBurgerservicenummer","burgerservicenummer":["999994086"],
                 "fields":["geheimhoudingPersoonsgegevens"]}""").statusCode()).isEqualTo(400);
        assertThat(ask("{").statusCode()).isEqualTo(400);
    }

    @Test
    void everyInventedPersonHasANumberThatPassesTheElevenTest() throws Exception {
        var persons = JSON.readTree(Files.readString(Path.of("src", "main", "resources", "brp", "personen.json")))
                .required("personen");
        assertThat(persons.size()).isEqualTo(10);
        assertThat(persons)
                .allSatisfy(person -> assertThat(
                                passes(person.required("burgerservicenummer").asString()))
                        .isTrue());
    }

    @Test
    void answersAgainAfterARestart() throws Exception {
        brp.restart();
        assertThat(persons("000000152").size()).isEqualTo(1);
    }

    private static boolean passes(String bsn) {
        int sum =
                IntStream.range(0, 8).map(i -> (9 - i) * (bsn.charAt(i) - '0')).sum() - (bsn.charAt(8) - '0');
        return bsn.length() == 9 && sum % 11 == 0;
    }

    private JsonNode persons(String bsn) throws Exception {
        var answer = ask("""
                {"type":"RaadpleegMetBurgerservicenummer","burgerservicenummer":["%s"],"fields":["naam"]}""".formatted(bsn));
        return JSON.readTree(answer.body()).required("personen");
    }

    private HttpResponse<String> ask(String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(brp.address()))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return HTTP.send(request, BodyHandlers.ofString());
    }
}
