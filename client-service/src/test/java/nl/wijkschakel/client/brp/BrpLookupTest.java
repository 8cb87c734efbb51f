package nl.wijkschakel.client.brp;

import static nl.wijkschakel.client.People.ANNA;
import static nl.wijkschakel.client.People.ANNA_ID;
import static nl.wijkschakel.client.People.BRAM;
import static nl.wijkschakel.client.People.CARLA;
import static nl.wijkschakel.client.People.EVA;
import static nl.wijkschakel.client.People.FARID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import nl.wijkschakel.client.Bodies;
import nl.wijkschakel.client.Tokens;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;

/** What is asked of the BRP, and what of its answer is shown. */
class BrpLookupTest extends BrpTest {

    private final String bsn = anotherBsn();

    @Test
    void showsAPersonInTheFormInWhichAClientIsRegistered() {
        brpHas(sanne(bsn, ""));
        var answer = post(ANNA, LOOKUPS, asking(bsn));
        assertThat(answer).hasStatusOk().bodyJson().isStrictlyEqualTo("""
                {"items":[{"persons":[{
                  "name":{"given":"Sanne Maria","prefix":"van der","surname":"Smit"},
                  "birthDate":{"value":"1988-04-01"},
                  "address":{"value":{"street":"Dorpsstraat","houseNumber":"12a","postcode":"1234AB","city":"Waterwijk"}},
                  "municipality":"9901","secrecy":false,"underInvestigation":[]}]}]}
                """);
        var person = body(answer).at("/items/0/persons/0");
        var form = json.createObjectNode();
        form.set("name", person.path("name"));
        form.set("birthDate", person.path("birthDate"));
        form.set("address", person.path("address"));
        form.set("municipality", person.path("municipality"));
        form.set("secrecy", person.path("secrecy"));
        form.putObject("bsn").put("value", bsn);
        form.putObject("safeContact").put("safe", true);
        register(ANNA, form.toString());
    }

    @Test
    void p7TheNumberTravelsInTheBodyAndTheFieldsAreTheOnesThatAreNeeded() {
        brpHas(sanne(bsn, ""));
        assertThat(post(ANNA, LOOKUPS, "{\"bsns\":[\"%s\"],\"fields\":[\"BIRTH_DATE\"]}".formatted(bsn)))
                .hasStatusOk();
        assertThat(question()).isEqualTo(json.readTree("""
                {"type":"RaadpleegMetBurgerservicenummer","burgerservicenummer":["%s"],
                 "fields":["burgerservicenummer","geboorte.datum"]}""".formatted(bsn)));
        assertThat(post(ANNA, LOOKUPS, asking(bsn))).hasStatusOk();
        assertThat(question().path("fields").valueStream().map(JsonNode::stringValue))
                .containsExactly(
                        "burgerservicenummer",
                        "naam.voornamen",
                        "naam.voorvoegsel",
                        "naam.geslachtsnaam",
                        "geboorte.datum",
                        "verblijfplaats.functieAdres",
                        "verblijfplaats.verblijfadres",
                        "gemeenteVanInschrijving");
        assertThat(NEIGHBOURS.getAllServeEvents())
                .allSatisfy(it -> assertThat(it.getRequest().getUrl()).isEqualTo(BRP));
    }

    @Test
    void whatWasNotAskedIsNotShown() {
        brpHas(sanne(bsn, "")); // it may answer with more
        var answer = post(ANNA, LOOKUPS, "{\"bsns\":[\"%s\"],\"fields\":[\"NAME\"]}".formatted(bsn));
        assertThat(body(answer).at("/items/0/persons/0").propertyNames())
                .containsExactlyInAnyOrder("name", "secrecy", "underInvestigation");
    }

    @Test
    void noneOneOrSeveralPersonsInTheOrderOfTheQuestion() {
        var nobodys = anotherBsn();
        var others = anotherBsn();
        brpHas(sanne(others, "").replace("Sanne Maria", "Noa"), sanne(bsn, ""));
        var answer = post(ANNA, LOOKUPS, asking(bsn, nobodys, others));
        assertThat(body(answer).path("items").size()).isEqualTo(3);
        assertThat(body(answer).at("/items/0/persons/0/name/given").stringValue())
                .isEqualTo("Sanne Maria");
        assertThat(body(answer).at("/items/1/persons").size()).isZero();
        assertThat(body(answer).at("/items/2/persons/0/name/given").stringValue())
                .isEqualTo("Noa");
        assertThat(answer).bodyText().doesNotContain(bsn, nobodys, others);

        brpHas();
        assertThat(post(ANNA, LOOKUPS, asking(bsn))).hasStatusOk().bodyJson().isStrictlyEqualTo("""
                {"items":[{"persons":[]}]}""");
        brpHas(sanne(bsn, ""), sanne(bsn, ""));
        assertThat(body(post(ANNA, LOOKUPS, asking(bsn))).at("/items/0/persons").size())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "{\"type\":\"Datum\",\"datum\":\"1988-04-01\"}|{\"value\":\"1988-04-01\"}",
                "{\"type\":\"JaarMaandDatum\",\"jaar\":1941,\"maand\":7}|{\"unknownBecause\":\"NOT_KNOWN\",\"knownPart\":\"1941-07\"}",
                "{\"type\":\"JaarDatum\",\"jaar\":1993}|{\"unknownBecause\":\"NOT_KNOWN\",\"knownPart\":\"1993\"}",
                "{\"type\":\"OnbekendDatum\",\"onbekend\":true}|{\"unknownBecause\":\"NOT_KNOWN\"}",
                "{\"type\":\"DatumOnbekend\",\"onbekend\":true}|{\"unknownBecause\":\"NOT_KNOWN\"}"
            })
    void readsEachFormOfADateAndAClientIsRegisteredWithIt(String brps, String ours) {
        brpHas(sanne(bsn, "")
                .replace("{\"type\":\"Datum\",\"datum\":\"1988-04-01\",\"langFormaat\":\"1 april 1988\"}", brps));
        var birthDate = body(post(ANNA, LOOKUPS, asking(bsn))).at("/items/0/persons/0/birthDate");
        assertThat(birthDate).isEqualTo(json.readTree(ours));
        var client = register(
                ANNA, Bodies.client("Smit", anotherBsn()).replace("{\"value\":\"1988-04-01\"}", birthDate.toString()));
        assertThat(body(get(ANNA, "/v1/clients/" + client)).path("birthDate")).isEqualTo(birthDate);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"type\":\"Adres\",\"functieAdres\":{\"code\":\"B\"}|POSTAL_ADDRESS_ONLY",
                "\"type\":\"VerblijfplaatsBuitenland\"|ABROAD",
                "\"type\":\"VerblijfplaatsOnbekend\"|NOT_KNOWN",
                "\"type\":\"Locatie\"|NOT_KNOWN"
            })
    void readsEachKindOfPlace(String brps, String ours) {
        brpHas(sanne(bsn, "").replace("\"type\":\"Adres\",\"functieAdres\":{\"code\":\"W\"}", brps));
        assertThat(body(post(ANNA, LOOKUPS, asking(bsn))).at("/items/0/persons/0/address"))
                .isEqualTo(json.readTree("{\"unknownBecause\":\"%s\"}".formatted(ours)));
    }

    @Test
    void whatTheBrpDoesNotKnowIsSaid() {
        brpHas("{\"burgerservicenummer\":\"%s\",\"naam\":{\"geslachtsnaam\":\".\"}}".formatted(bsn));
        assertThat(body(post(ANNA, LOOKUPS, asking(bsn))).at("/items/0/persons/0"))
                .isEqualTo(json.readTree("""
                {"birthDate":{"unknownBecause":"NOT_KNOWN"},"address":{"unknownBecause":"NOT_KNOWN"},
                 "secrecy":false,"underInvestigation":[]}"""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"reden\":{\"code\":\"O\"},\"datum\":{\"type\":\"Datum\",\"datum\":\"2026-02-12\"}}|{\"reason\":\"DECEASED\",\"on\":\"2026-02-12\"}",
                "{\"reden\":{\"code\":\"O\"},\"datum\":{\"type\":\"JaarMaandDatum\",\"jaar\":2026,\"maand\":2}}|{\"reason\":\"DECEASED\",\"on\":\"2026-02\"}",
                "{\"reden\":{\"code\":\"E\"},\"datum\":{\"type\":\"JaarDatum\",\"jaar\":2025}}|{\"reason\":\"EMIGRATED\",\"on\":\"2025\"}",
                "{\"reden\":{\"code\":\"R\"}}|{\"reason\":\"NON_RESIDENT\"}",
                "{\"reden\":{\"code\":\"M\"}}|{\"reason\":\"MINISTERIAL_DECISION\"}",
                "{\"reden\":{\"code\":\"F\"}}|{\"reason\":\"REGISTERED_BY_MISTAKE\"}",
                "{\"reden\":{\"code\":\"?\"}}|{\"reason\":\"OTHER\"}",
                "{}|{\"reason\":\"OTHER\"}"
            })
    void deathAndOtherSuspensionsComeUnasked(String brps, String ours) {
        brpHas(sanne(bsn, ",\"opschortingBijhouding\":" + brps));
        assertThat(body(post(ANNA, LOOKUPS, asking(bsn))).at("/items/0/persons/0/suspended"))
                .isEqualTo(json.readTree(ours));
    }

    @ParameterizedTest
    @CsvSource({"true,true", "1,true", "\"7\",true", "{},true", "false,false", "0,false", "null,false"})
    void p9SecrecyComesUnaskedAndHidesTheAddress(String brps, boolean secrecy) {
        brpHas(sanne(bsn, ",\"geheimhoudingPersoonsgegevens\":" + brps));
        var answer = post(ANNA, LOOKUPS, asking(bsn));
        var person = body(answer).at("/items/0/persons/0");
        assertThat(person.path("secrecy").booleanValue()).isEqualTo(secrecy);
        assertThat(person.path("address").has("value")).isEqualTo(!secrecy);
        if (secrecy) {
            assertThat(person.at("/address/unknownBecause").stringValue()).isEqualTo("KEPT_SECRET");
            assertThat(answer).bodyText().doesNotContain("Dorpsstraat", "1234AB");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                ",\"inOnderzoek\":{\"verblijfplaats\":true,\"naam\":{\"geslachtsnaam\":true}}|[\"NAME\",\"ADDRESS\"]",
                ",\"inOnderzoek\":{\"geboorte\":false,\"gemeenteVanInschrijving\":true}|[\"MUNICIPALITY\"]"
            })
    void whatIsUnderInvestigationComesUnasked(String more, String ours) {
        brpHas(sanne(bsn, more));
        assertThat(body(post(ANNA, LOOKUPS, asking(bsn))).at("/items/0/persons/0/underInvestigation"))
                .isEqualTo(json.readTree(ours));
    }

    @Test
    void whatIsUnderInvestigationMayStandWithinThePart() {
        brpHas(sanne(bsn, "").replace("\"naam\":{", "\"naam\":{\"inOnderzoek\":{\"voornamen\":true},"));
        assertThat(body(post(ANNA, LOOKUPS, asking(bsn))).at("/items/0/persons/0/underInvestigation"))
                .isEqualTo(json.readTree("[\"NAME\"]"));
    }

    @Test
    void pointsAtTheOwnClientWhoHasTheNumberAlready() {
        var client = register(ANNA, Bodies.client("Smit", bsn));
        brpHas(sanne(bsn, ""));
        assertThat(body(post(ANNA, LOOKUPS, asking(bsn))).at("/items/0/client"))
                .isEqualTo(json.valueToTree(
                        Map.of("id", client, "number", stored("clients", client).getString("number"))));
        assertThat(body(post(EVA, LOOKUPS, asking(bsn))).at("/items/0").has("client"))
                .as("another organisation's")
                .isFalse();
    }

    @Test
    void p14ALookUpIsOneEntryWithItsPurposeAlsoWhenItFindsNobody() {
        var person = UUID.randomUUID();
        var token = Tokens.of(person, "0199aaaa-0000-7000-8000-000000000001:wijkteam-worker");
        var client = register(ANNA, Bodies.client("Smit", bsn));
        brpHas(sanne(bsn, ""));
        assertThat(post(token, LOOKUPS, asking(bsn))).hasStatusOk();
        brpHas();
        assertThat(post(token, LOOKUPS, asking(anotherBsn()))).hasStatusOk();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(entries(person))
                        .extracting(
                                it -> it.getString("action"),
                                it -> it.getString("purpose"),
                                it -> it.getList("clients", UUID.class))
                        .containsExactlyInAnyOrder(
                                org.assertj.core.groups.Tuple.tuple("LOOK_UP", "BRP_LOOK_UP", List.of(client)),
                                org.assertj.core.groups.Tuple.tuple("LOOK_UP", "BRP_LOOK_UP", List.of())));
    }

    private List<Document> entries(UUID person) {
        return database.getCollection("access_log")
                .find(new Document("person", person))
                .into(new ArrayList<>());
    }

    @Test
    void namesAllThatIsWrongWithTheQuestionAndAsksNothing() {
        assertErrors(post(ANNA, LOOKUPS, "{}"), "/bsns required");
        assertErrors(post(ANNA, LOOKUPS, "{\"bsns\":[]}"), "/bsns required");
        assertErrors(
                post(ANNA, LOOKUPS, "{\"bsns\":[\"999999322\",null,\"999994086\"],\"fields\":[]}"),
                "/bsns/0 eleven-test",
                "/bsns/1 eleven-test",
                "/fields required");
        assertErrors(post(ANNA, LOOKUPS, asking("999994086", "999994086")), "/bsns duplicate");
        var many = IntStream.range(0, 21).mapToObj(_ -> anotherBsn()).collect(Collectors.joining("\",\""));
        assertErrors(post(ANNA, LOOKUPS, asking(many)), "/bsns too-many");
        assertThat(post(ANNA, LOOKUPS, "{\"bsns\":[\"999994086\"],\"fields\":[\"PARENTS\"]}"))
                .hasStatus(400);
        assertThat(post(ANNA, LOOKUPS, asking("999999322"))).bodyText().doesNotContain("999999322");
        assertThat(questions()).isZero();
    }

    @Test
    void onlyAWijkteamAsks() {
        brpHas(sanne(bsn, ""));
        for (var other : List.of(
                BRAM, CARLA, FARID, Tokens.of(ANNA_ID, "9901:functional-admin"), Tokens.of(ANNA_ID, "9901:it-admin"))) {
            assertThat(post(other, LOOKUPS, asking(bsn)).getResponse().getStatus())
                    .isEqualTo(403);
        }
        assertThat(questions()).isZero();
    }

    private void assertErrors(MvcTestResult answer, String... errors) {
        assertThat(answer).hasStatus(400);
        assertThat(body(answer)
                        .path("errors")
                        .valueStream()
                        .map(it -> it.path("pointer").stringValue() + " "
                                + it.path("code").stringValue()))
                .containsExactlyInAnyOrder(errors);
    }
}
