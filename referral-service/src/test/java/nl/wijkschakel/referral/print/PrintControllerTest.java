package nl.wijkschakel.referral.print;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.notFound;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlMatching;
import static nl.wijkschakel.referral.Person.ANNA;
import static nl.wijkschakel.referral.Person.BRAM;
import static nl.wijkschakel.referral.Person.DIRK;
import static nl.wijkschakel.referral.Person.EVA;
import static nl.wijkschakel.referral.Person.HUGO;
import static nl.wijkschakel.referral.Person.JORIS;
import static nl.wijkschakel.referral.Person.KIM;
import static nl.wijkschakel.referral.Person.WIJKTEAM;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import nl.wijkschakel.referral.Bodies;
import nl.wijkschakel.referral.Person;
import nl.wijkschakel.referral.ServiceTest;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

class PrintControllerTest extends ServiceTest {

    private static final String PLAIN = person("", "true", "false");
    private static final String UNSAFE = person(",\"agreedWay\":\"Via haar zus\"", "false", "false");
    private static final String SECRET = person("", "true", "true");

    private static String person(String way, String safe, String secrecy) {
        return """
                {"id":"0199dddd-0000-7000-8000-000000000001","number":"C-2026-1","municipality":"9901","access":"OWN",
                 "name":{"given":"Şükran","prefix":"van der","surname":"Łukasz-Đurić"},"bsn":{"masked":"*****9321"},
                 "birthDate":{"value":"1988-04-01"},
                 "address":{"value":{"street":"Teststraat","houseNumber":"12","postcode":"1234AB","city":"Waterwijk"}},
                 "contact":{"phone":"0612345678","email":"s@example.nl"},"language":"nl","interpreterNeeded":false,
                 "safeContact":{"safe":%s%s},"secrecy":%s}""".formatted(safe, way, secrecy);
    }

    @BeforeEach
    void clientServiceShows() {
        shows(okJson(PLAIN));
    }

    private static void shows(ResponseDefinitionBuilder answer) {
        NEIGHBOURS.stubFor(WireMock.get(urlMatching("/v1/clients/.*")).willReturn(answer));
    }

    // the client's letter

    @Test
    void theClientIsToldWhatIsSharedWithWhomAndWhyWhatHappensNextAndWhereToComplain() throws IOException {
        var letter = text(letter(ANNA, sent(), ""));
        assertThat(letter)
                .contains("Beste Şükran van der Łukasz-Đurić")
                .contains("Schuldhulp De Brug")
                .contains("Ik kom er niet meer uit met mijn schulden")
                .contains("Weer slapen")
                .contains("uw naam")
                .contains("uw telefoonnummer en e-mailadres")
                .contains("Op 27 februari 2026 hebt u gezegd dat wij dit mogen delen")
                .contains("Wet gemeentelijke schuldhulpverlening")
                .contains("uiterlijk op 9 maart 2026")
                .contains("0 tot 2 weken")
                .contains("U mag altijd nee zeggen")
                .contains("klachtenregeling")
                .contains("0207654321");
    }

    @Test
    void onceItIsAcceptedTheLetterNamesWhomToExpect() throws IOException {
        assertThat(text(letter(ANNA, accepted(), "")))
                .contains("Bram de Vries, telefoon 0201234567")
                .contains("5 maart 2026");
    }

    @Test
    void p9TheLetterHoldsNoAddressPhoneOrNumberOfTheClient() throws IOException {
        assertThat(text(letter(ANNA, sent(), "")))
                .doesNotContain("Teststraat")
                .doesNotContain("1234AB")
                .doesNotContain("0612345678")
                .doesNotContain("9321");
    }

    @Test
    void p10WhereContactIsNotSafeSomebodyMustHaveThoughtAboutIt() {
        for (var guarded : List.of(UNSAFE, SECRET)) {
            shows(okJson(guarded));
            var attempt = sent();
            var refused = letter(ANNA, attempt, "");
            assertThat(refused).hasStatus(409);
            assertThat(body(refused).path("type").stringValue()).endsWith(":ask-whether-safe");
            assertThat(letter(ANNA, attempt, "?safeToTake=true")).hasStatusOk();
        }
        shows(okJson(PLAIN));
        var told = Bodies.submission(DEBTS).replace("\"safeContact\":true", "\"safeContact\":false");
        var attempt = id(body(submit(draft(), told)).path("attempts").path(0));
        assertThat(letter(ANNA, attempt, "")).hasStatus(409);
    }

    @Test
    void p21AfterAnExceptionForSafetySomebodyMustHaveThoughtAboutIt() throws IOException {
        var exception = Bodies.submission(DEBTS).replace("""
                        {"kind":"AGREED","how":"SPOKEN","on":"2026-02-27","by":"CLIENT"}""", """
                        {"kind":"EXCEPTION","exception":"SAFETY","motivation":"Dreiging thuis"}""");
        var attempt = id(body(submit(draft(), exception)).path("attempts").path(0));
        assertThat(letter(ANNA, attempt, "")).hasStatus(409);
        assertThat(text(letter(ANNA, attempt, "?safeToTake=true")))
                .contains("voor de veiligheid")
                .doesNotContain("Dreiging thuis");
    }

    @Test
    void p20WhatNamesOthersIsNotInTheClientsLetter() throws IOException {
        var client = UUID.randomUUID();
        var draft = Bodies.draft(client, NOORD, "ROUTINE")
                .replace(
                        "\"origin\":",
                        "\"thirdParties\":{\"text\":\"Buurman Piet\",\"neededForSafety\":true},\"origin\":");
        var referral = id(body(send(HttpMethod.POST, ANNA, "/v1/referrals", draft, Map.of())));
        var attempt = sent(referral, DEBTS).getFirst();
        assertThat(text(letter(ANNA, attempt, ""))).doesNotContain("Buurman Piet");
        assertThat(act(BRAM, attempt, "claim", "{}")).hasStatusOk();
        assertThat(text(export(BRAM, attempt, MediaType.APPLICATION_PDF)))
                .as("the receiver needs it")
                .contains("Buurman Piet");
    }

    @Test
    void theLetterIsTheReferrersAlone() {
        var attempt = claimed();
        for (var other : List.of(BRAM, EVA, DIRK)) {
            assertThat(letter(other, attempt, "")).hasStatus(404);
        }
        for (var other : List.of(JORIS, KIM, HUGO)) {
            assertThat(letter(other, attempt, "")).hasStatus(403);
        }
    }

    // export

    @Test
    void afterTheClaimTheReceiverKeepsTheReferralInAFileOfItsOwn() throws IOException {
        var attempt = sent();
        assertThat(export(BRAM, attempt, MediaType.APPLICATION_JSON))
                .as("before the claim")
                .hasStatus(404);
        assertThat(act(BRAM, attempt, "claim", "{}")).hasStatusOk();
        assertThat(act(BRAM, attempt, "information-request", Bodies.QUESTION)).hasStatusOk();
        assertThat(act(ANNA, attempt, "answer", Bodies.ANSWER)).hasStatusOk();
        assertThat(send(
                        HttpMethod.POST,
                        ANNA,
                        "/v1/attempts/" + attempt + "/messages",
                        "{\"text\":\"Zij belt liever niet\"}",
                        Map.of()))
                .hasStatus(201);

        var kept = body(export(BRAM, attempt, MediaType.APPLICATION_JSON));
        assertThat(kept.at("/client/name/surname").stringValue()).isEqualTo("Łukasz-Đurić");
        assertThat(kept.at("/attempt/content/question").stringValue()).contains("schulden");
        assertThat(kept.at("/messages/0/text").stringValue()).isEqualTo("Zij belt liever niet");
        assertThat(kept.path("history")
                        .valueStream()
                        .map(it -> it.path("action").stringValue()))
                .containsExactly("SEND", "CLAIM", "ASK", "ANSWER");

        var answer = export(BRAM, attempt, MediaType.APPLICATION_PDF);
        assertThat(answer.getResponse().getHeader(HttpHeaders.CACHE_CONTROL)).contains("no-store");
        assertThat(text(answer))
                .contains("Şükran van der Łukasz-Đurić", "0612345678", "Ja, bijstand", "Zij belt liever niet")
                .contains("2 maart 2026: in behandeling genomen, Bram");
    }

    @Test
    void whatWasNotSharedIsNotExportedNeitherByTheSender() throws IOException {
        var attempt = claimed();
        for (var reader : List.of(ANNA, BRAM)) {
            var kept = body(export(reader, attempt, MediaType.APPLICATION_JSON)).path("client");
            assertThat(kept.has("address")).isFalse();
            assertThat(kept.has("bsn")).isFalse();
            assertThat(kept.has("birthDate")).isFalse();
            assertThat(text(export(reader, attempt, MediaType.APPLICATION_PDF))).doesNotContain("Teststraat");
        }
    }

    @Test
    void p9OfWhoMustNotBeFoundNoAddressAndNoPhoneIsExported() throws IOException {
        shows(okJson(SECRET));
        var told = Bodies.submission(DEBTS).replace("[\"NAME\",\"CONTACT\"]", "[\"NAME\",\"CONTACT\",\"ADDRESS\"]");
        var attempt = id(body(submit(draft(), told)).path("attempts").path(0));
        assertThat(act(BRAM, attempt, "claim", "{}")).hasStatusOk();
        for (var reader : List.of(ANNA, BRAM)) {
            var kept = body(export(reader, attempt, MediaType.APPLICATION_JSON)).path("client");
            assertThat(kept.has("address")).isFalse();
            assertThat(kept.at("/contact/phone").isMissingNode()).isTrue();
            assertThat(text(export(reader, attempt, MediaType.APPLICATION_PDF)))
                    .doesNotContain("Teststraat", "0612345678");
        }
    }

    @Test
    void p6AfterAReturnThereIsNothingToExport() {
        var attempt = claimed();
        assertThat(export(BRAM, attempt, MediaType.APPLICATION_JSON)).hasStatusOk();
        assertThat(act(BRAM, attempt, "return", Bodies.RETURN)).hasStatusOk();
        assertThat(export(BRAM, attempt, MediaType.APPLICATION_JSON)).hasStatus(404);
        assertThat(export(BRAM, attempt, MediaType.APPLICATION_PDF)).hasStatus(404);
    }

    @Test
    void p14EachIsWrittenDownAsAnExport() {
        var attempt = claimed();
        assertThat(letter(ANNA, attempt, "")).hasStatusOk();
        assertThat(export(BRAM, attempt, MediaType.APPLICATION_PDF)).hasStatusOk();
        assertThat(database.getCollection("access_entries")
                        .find()
                        .map(Document::toString)
                        .into(new ArrayList<>()))
                .filteredOn(it -> it.contains(attempt.toString()) && it.contains("\"EXPORT\""))
                .hasSize(2);
    }

    // client-service

    @Test
    void namesAreAskedWithTheWorkersOwnToken() {
        var client = UUID.randomUUID();
        var attempt = sent(draft(client, "ROUTINE"), DEBTS).getFirst();
        assertThat(letter(ANNA, attempt, "")).hasStatusOk();
        NEIGHBOURS.verify(getRequestedFor(urlMatching("/v1/clients/" + client))
                .withHeader("Authorization", equalTo("Bearer " + ANNA.token()))
                .withHeader("Wijkschakel-Organisation", equalTo(WIJKTEAM.toString())));
    }

    @Test
    void whatClientServiceDoesNotShowIsNotPrinted() {
        var attempt = claimed();
        for (var answer : List.of(serverError(), notFound(), okJson("[]"))) {
            shows(answer);
            assertThat(letter(ANNA, attempt, "")).hasStatus(503);
            assertThat(export(BRAM, attempt, MediaType.APPLICATION_JSON)).hasStatus(503);
        }
    }

    // the file itself

    @Test
    void aScreenReaderCanReadIt() throws IOException {
        try (var pdf = open(letter(ANNA, sent(), ""))) {
            var catalog = pdf.getDocumentCatalog();
            assertThat(catalog.getLanguage()).isEqualTo("nl");
            assertThat(catalog.getMarkInfo().isMarked()).isTrue();
            assertThat(catalog.getStructureTreeRoot().getKids()).isNotEmpty();
            assertThat(pdf.getDocumentInformation().getTitle()).isEqualTo("Brief over uw hulpvraag");
            for (var page : pdf.getPages()) {
                for (var font : page.getResources().getFontNames()) {
                    assertThat(page.getResources().getFont(font).isEmbedded()).isTrue();
                }
            }
        }
    }

    private MvcTestResult letter(Person who, UUID attempt, String query) {
        return send(
                HttpMethod.GET,
                who,
                "/v1/attempts/" + attempt + "/client-letter" + query,
                null,
                Map.of(HttpHeaders.ACCEPT, "application/pdf, application/problem+json"));
    }

    private MvcTestResult export(Person who, UUID attempt, MediaType as) {
        return send(
                HttpMethod.GET,
                who,
                "/v1/attempts/" + attempt + "/export",
                null,
                Map.of(HttpHeaders.ACCEPT, as.toString()));
    }

    private static PDDocument open(MvcTestResult answer) throws IOException {
        assertThat(answer).hasStatusOk().hasContentType(MediaType.APPLICATION_PDF);
        return Loader.loadPDF(answer.getResponse().getContentAsByteArray());
    }

    /** On one line, since it breaks where the page does. */
    private static String text(MvcTestResult answer) throws IOException {
        try (var pdf = open(answer)) {
            return new PDFTextStripper().getText(pdf).replaceAll("\\s+", " ");
        }
    }
}
