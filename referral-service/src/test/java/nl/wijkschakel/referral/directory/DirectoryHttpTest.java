package nl.wijkschakel.referral.directory;

import static java.util.Objects.requireNonNull;
import static nl.wijkschakel.referral.directory.DirectoryFixture.BERGSTAD;
import static nl.wijkschakel.referral.directory.DirectoryFixture.WATERWIJK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.jwt;

import com.mongodb.client.MongoDatabase;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import nl.wijkschakel.kit.TimeOrderedIds;
import nl.wijkschakel.servers.MongoServer;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The directory over HTTP, on a real mongod and without the rest of the service. */
@SpringBootTest(classes = DirectoryHttpTest.DirectoryAlone.class)
@AutoConfigureMockMvc
class DirectoryHttpTest {

    /** Not a configuration of its own accord, so that no scan of the whole service takes it in. */
    @EnableAutoConfiguration
    @ComponentScan
    static class DirectoryAlone {

        /** In Amsterdam it is past midnight already. */
        @Bean
        Clock clock() {
            return Clock.fixed(Instant.parse("2026-11-20T23:30:00Z"), ZoneOffset.UTC);
        }
    }

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry properties) {
        var key = java.util.Base64.getEncoder().encodeToString(new byte[96]);
        properties.add("spring.mongodb.uri", () -> MongoServer.ofTests().uri());
        properties.add("spring.mongodb.database", () -> "directory-http-test");
        properties.add("spring.kafka.bootstrap-servers", () -> "127.0.0.1:1"); // nothing is sent
        properties.add("logging.level.org.apache.kafka", () -> "error");
        properties.add("tokens.issuer", () -> "http://localhost/realms/wijkschakel");
        properties.add("tokens.jwks-uri", () -> "http://localhost/realms/wijkschakel/certs");
        properties.add("events.source", () -> "urn:nld:oin:00000000000000000000:systeem:wijkschakel-referral-service");
        properties.add("api.version", () -> "0.1.0");
        properties.add("seal.master-key", () -> key);
        properties.add("seal.hash-key", () -> key);
    }

    private static final List<String> ADMIN = List.of("9901:functional-admin");
    private static final String ETAG_1 = "\"1\"";

    @Autowired
    private MockMvcTester http;

    @Autowired
    private MongoDatabase database;

    @Autowired
    private Directory directory;

    /** Sends half a surrogate pair as it is, where UTF-8 cannot. */
    private final JsonMapper json =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final UUID organisation = TimeOrderedIds.next();
    private final UUID informal = TimeOrderedIds.next();
    private final List<String> coordinator = List.of(organisation + ":coordinator");

    @BeforeEach
    void twoOrganisations() {
        assertThat(create("organisations", organisation, organisationBody(), ADMIN))
                .hasStatus(201);
        var volunteers = organisationBody().put("name", "Buurthuis").put("kind", "INFORMAL");
        assertThat(create("organisations", informal, volunteers, ADMIN)).hasStatus(201);
    }

    private ObjectNode object(String text) {
        return (ObjectNode) json.readTree(text.replace('\'', '"'));
    }

    private ObjectNode organisationBody() {
        return object("""
                {'name':'Schuldhulp De Brug','kind':'SECOND_LINE','municipalities':['9901'],
                 'phone':'010 123 45 67','email':'info@brug.example'}""");
    }

    private ObjectNode teamBody() {
        return object("""
                {'name':'Noord','municipality':'9901','phone':'0101234567'}""").put("organisation", organisation.toString());
    }

    private ObjectNode serviceBody() {
        return object("""
                {'name':'Hulp bij schulden','description':'Wij helpen u uw schulden op een rij te zetten.',
                 'themes':['DEBT_AND_INCOME'],'targetGroup':'Volwassenen','minimumAge':18,'municipalities':['9901'],
                 'languages':['nl','ar'],'legalBasis':'WGS','entitledToBsn':true,'crisisPhone':'088 123 45 67',
                 'notFor':'Ondernemers',
                 'capacity':{'status':'WAITLIST','waitWeeks':{'from':1,'to':3},'confirmedOn':'2026-11-01'}}""").put("organisation", organisation.toString());
    }

    private MvcTestResult create(String kind, UUID id, JsonNode body, List<String> memberships) {
        return send(
                http.put().uri("/v1/{kind}/{id}", kind, id).header(HttpHeaders.IF_NONE_MATCH, "*"), body, memberships);
    }

    private MvcTestResult change(String path, String etag, JsonNode body, List<String> memberships) {
        return send(http.put().uri(path).header(HttpHeaders.IF_MATCH, etag), body, memberships);
    }

    private MvcTestResult send(MockMvcTester.MockMvcRequestBuilder request, JsonNode body, List<String> memberships) {
        return request.contentType(MediaType.APPLICATION_JSON)
                .content(json.writeValueAsString(body))
                .with(jwt().jwt(token ->
                        token.subject(UUID.randomUUID().toString()).claim("memberships", memberships)))
                .exchange();
    }

    private MvcTestResult get(String path, List<String> memberships) {
        return http.get()
                .uri(path)
                .with(jwt().jwt(token ->
                        token.subject(UUID.randomUUID().toString()).claim("memberships", memberships)))
                .exchange();
    }

    private JsonNode body(MvcTestResult result) {
        return json.readTree(result.getResponse().getContentAsByteArray());
    }

    /** {@code pointer code} of each error, in order. */
    private List<String> errors(MvcTestResult result) {
        assertThat(result).hasStatus(400).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
        return body(result)
                .get("errors")
                .valueStream()
                .map(error -> error.get("pointer").stringValue() + " "
                        + error.get("code").stringValue())
                .toList();
    }

    private UUID aService() {
        var id = TimeOrderedIds.next();
        assertThat(create("services", id, serviceBody(), ADMIN)).hasStatus(201);
        return id;
    }

    private ObjectNode bodyOf(String kind) {
        return switch (kind) {
            case "organisations" -> organisationBody();
            case "teams" -> teamBody();
            case "services" -> serviceBody();
            default -> throw new IllegalArgumentException(kind);
        };
    }

    // reading and writing

    @ParameterizedTest
    @ValueSource(strings = {"organisations", "teams", "services"})
    void whatWasCreatedIsReadAsItWasSent(String kind) {
        var id = TimeOrderedIds.next();
        var sent = bodyOf(kind).put("id", id.toString());
        var created = create(kind, id, sent, ADMIN);
        assertThat(created)
                .hasStatus(201)
                .hasHeader("Location", "/v1/" + kind + "/" + id)
                .hasHeader("ETag", ETAG_1);
        assertThat(body(created)).isEqualTo(sent);
        var read = get("/v1/" + kind + "/" + id, ADMIN);
        assertThat(read).hasStatus(200).hasHeader("ETag", ETAG_1);
        assertThat(body(read)).isEqualTo(sent);
    }

    @ParameterizedTest
    @ValueSource(strings = {"organisations", "teams", "services"})
    void whatWasReadCanBeSentBackChanged(String kind) {
        var id = TimeOrderedIds.next();
        assertThat(create(kind, id, bodyOf(kind), ADMIN)).hasStatus(201);
        var path = "/v1/" + kind + "/" + id;
        var renamed = ((ObjectNode) body(get(path, ADMIN))).put("name", "Anders");
        var changed = change(path, ETAG_1, renamed, ADMIN);
        assertThat(changed).hasStatus(200).hasHeader("ETag", "\"2\"");
        assertThat(body(changed)).isEqualTo(renamed);
        assertThat(body(get(path, ADMIN))).isEqualTo(renamed);
    }

    @Test
    void whatIsLeftOutGoes() {
        var id = aService();
        var sparse = serviceBody();
        sparse.remove(List.of("minimumAge", "crisisPhone", "notFor"));
        assertThat(change("/v1/services/" + id, ETAG_1, sparse, ADMIN)).hasStatus(200);
        assertThat(body(get("/v1/services/" + id, ADMIN)).propertyNames())
                .doesNotContain("minimumAge", "maximumAge", "crisisPhone", "notFor")
                .contains("capacity");
    }

    @ParameterizedTest
    @ValueSource(strings = {"organisations", "teams", "services"})
    void aChangeSaysWhichVersionItChanges(String kind) {
        var id = TimeOrderedIds.next();
        var path = "/v1/" + kind + "/" + id;
        assertThat(change(path, ETAG_1, bodyOf(kind), ADMIN)).hasStatus(404);
        assertThat(create(kind, id, bodyOf(kind), ADMIN)).hasStatus(201);
        assertThat(send(http.put().uri(path), bodyOf(kind), ADMIN)).hasStatus(428);
        assertThat(send(http.put().uri(path).header("If-None-Match", ETAG_1), bodyOf(kind), ADMIN))
                .hasStatus(428);
        assertThat(change(path, "\"2\"", bodyOf(kind), ADMIN)).hasStatus(412);
        assertThat(change(path, "*", bodyOf(kind), ADMIN)).hasStatus(412);
        assertThat(change(path, "W/\"1\"", bodyOf(kind), ADMIN)).hasStatus(412);
        assertThat(create(kind, id, bodyOf(kind), ADMIN)).hasStatus(412);
        assertThat(get(path, ADMIN)).hasHeader("ETag", ETAG_1);
    }

    @Test
    void whatIsNotThereIsUnknown() {
        for (var kind : List.of("organisations", "teams", "services")) {
            assertThat(get("/v1/" + kind + "/" + UUID.randomUUID(), ADMIN)).hasStatus(404);
            assertThat(get("/v1/" + kind + "/geen-nummer", ADMIN)).hasStatus(404);
        }
    }

    @Test
    void otherPartsSeeAChangeAtOnce() {
        var id = aService();
        assertThat(directory.service(id).name()).isEqualTo("Hulp bij schulden");
        assertThat(change("/v1/services/" + id, ETAG_1, serviceBody().put("name", "Nieuw"), ADMIN))
                .hasStatus(200);
        assertThat(directory.service(id).name()).isEqualTo("Nieuw");
        assertThat(directory.organisations(java.util.Set.of(organisation, informal)))
                .containsOnlyKeys(organisation, informal);
    }

    @Test
    void anOrganisationThatBecameInformalLearnsNoBsn() {
        var id = aService();
        assertThat(directory.mayKnowBsn(directory.service(id))).isTrue();
        var volunteers = organisationBody().put("kind", "INFORMAL");
        assertThat(change("/v1/organisations/" + organisation, ETAG_1, volunteers, ADMIN))
                .hasStatus(200);
        assertThat(directory.mayKnowBsn(directory.service(id))).isFalse();
    }

    // who may

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0199aaaa-0000-7000-8000-000000000077:wijkteam-worker",
                "0199aaaa-0000-7000-8000-000000000077:specialist",
                "0199aaaa-0000-7000-8000-000000000077:coordinator",
                "9902:functional-admin",
                "9902:privacy-officer",
                "9902:policy-officer",
                "9902:it-admin",
            })
    void everybodyWithARoleReadsAndOnlyTheAdminOfItsMunicipalityWrites(String membership) {
        var anyone = List.of(membership);
        for (var kind : List.of("organisations", "teams", "services")) {
            var id = TimeOrderedIds.next();
            assertThat(create(kind, id, bodyOf(kind), anyone)).hasStatus(403);
            assertThat(create(kind, id, bodyOf(kind), ADMIN)).hasStatus(201);
            assertThat(get("/v1/" + kind + "/" + id, anyone)).hasStatus(200);
            assertThat(get("/v1/" + kind, anyone)).hasStatus(200);
            assertThat(change("/v1/" + kind + "/" + id, ETAG_1, bodyOf(kind), anyone))
                    .hasStatus(403);
        }
        assertThat(search("{'municipality':'9901'}", anyone)).hasStatus(200);
    }

    @Test
    void aStrangerReadsNothing() {
        for (var path : List.of("organisations", "teams", "services")) {
            assertThat(http.get().uri("/v1/" + path).exchange()).hasStatus(401);
            assertThat(get("/v1/" + path, List.of())).hasStatus(403);
            assertThat(get("/v1/" + path + "/" + organisation, List.of())).hasStatus(403);
        }
        assertThat(search("{'municipality':'9901'}", List.of())).hasStatus(403);
    }

    @Test
    void eachAdminOfASharedEntryChangesItAndNobodyTakesItFromAnother() {
        var id = TimeOrderedIds.next();
        var shared = serviceBody();
        shared.putArray("municipalities").add(WATERWIJK).add(BERGSTAD);
        var other = List.of("9902:functional-admin");
        assertThat(create("services", id, shared, ADMIN)).hasStatus(201);
        assertThat(change("/v1/services/" + id, ETAG_1, shared.put("name", "Van ons samen"), other))
                .hasStatus(200);
        assertThat(change("/v1/services/" + id, "\"2\"", serviceBody(), ADMIN)).hasStatus(403);
        assertThat(change("/v1/services/" + id, "\"2\"", serviceBody(), other)).hasStatus(200);
        assertThat(change("/v1/services/" + id, "\"3\"", serviceBody(), other)).hasStatus(403);
    }

    // capacity

    @Test
    void theCoordinatorSaysWhatRoomThereIsToday() {
        var id = aService();
        var changed = change("/v1/services/" + id + "/capacity", ETAG_1, room(0, 2), coordinator);
        assertThat(changed).hasStatus(200).hasHeader("ETag", "\"2\"");
        assertThat(body(changed).get("capacity")).isEqualTo(object("""
                        {'status':'HAS_CAPACITY','waitWeeks':{'from':0,'to':2},'confirmedOn':'2026-11-21'}"""));
        assertThat(body(changed).get("name").stringValue()).isEqualTo("Hulp bij schulden");
        assertThat(change("/v1/services/" + id + "/capacity", "\"2\"", room(0, 2), ADMIN))
                .hasStatus(200);
        assertThat(body(get("/v1/services/" + id, ADMIN))).isEqualTo(((ObjectNode) body(changed)));
    }

    private ObjectNode room(int from, int to) {
        var room = object("{'status':'HAS_CAPACITY'}");
        room.putObject("waitWeeks").put("from", from).put("to", to);
        return room;
    }

    @Test
    void otherPeopleDoNotSayWhatRoomThereIs() {
        var id = aService();
        var path = "/v1/services/" + id + "/capacity";
        for (var membership : List.of(
                informal + ":coordinator", organisation + ":specialist", "9902:functional-admin", "9901:it-admin")) {
            assertThat(change(path, ETAG_1, room(0, 2), List.of(membership)))
                    .as(membership)
                    .hasStatus(403);
        }
        // a coordinator elsewhere who is a specialist here
        var both = List.of(informal + ":coordinator", organisation + ":specialist");
        assertThat(change(path, ETAG_1, room(0, 2), both)).hasStatus(400);
        for (var chosen : List.of(informal, organisation)) {
            var named = http.put()
                    .uri(path)
                    .header("If-Match", ETAG_1)
                    .header("Wijkschakel-Organisation", chosen.toString());
            assertThat(send(named, room(0, 2), both)).hasStatus(403);
        }
        assertThat(get("/v1/services/" + id, ADMIN)).hasHeader("ETag", ETAG_1);
    }

    @Test
    void aChangeOfRoomIsCheckedLikeAnyOther() {
        var id = aService();
        var path = "/v1/services/" + id + "/capacity";
        assertThat(send(http.put().uri(path), room(0, 2), coordinator)).hasStatus(428);
        assertThat(change(path, "\"7\"", room(0, 2), coordinator)).hasStatus(412);
        assertThat(change("/v1/services/" + UUID.randomUUID() + "/capacity", ETAG_1, room(0, 2), coordinator))
                .hasStatus(404);
        assertThat(errors(change(path, ETAG_1, object("{}"), coordinator)))
                .containsExactly("/status required", "/waitWeeks required");
        assertThat(errors(change(path, ETAG_1, room(-1, 521), coordinator)))
                .containsExactly("/waitWeeks/from out-of-range", "/waitWeeks/to out-of-range");
        var endless = object("{'status':'WAITLIST','waitWeeks':{'from':0,'to':99999999999}}");
        assertThat(change(path, ETAG_1, endless, coordinator)).hasStatus(400);
        assertThat(errors(change(path, ETAG_1, room(3, 2), coordinator)))
                .containsExactly("/waitWeeks/to less-than-from");
        assertThat(errors(change(path, ETAG_1, room(1, 2).put("confirmedOn", "2026-11-22"), coordinator)))
                .containsExactly("/confirmedOn in-the-future");
        assertThat(body(change(path, ETAG_1, room(1, 2).put("confirmedOn", "2026-11-19"), coordinator))
                        .at("/capacity/confirmedOn")
                        .stringValue())
                .isEqualTo("2026-11-19");
    }

    @Test
    void theDayToAskAgainIsStoredForWhoReminds() {
        var id = aService();
        var stored = storedService(id);
        assertThat(stored.get("capacity", Document.class).getString("remindOn")).isEqualTo("2026-12-01");
    }

    private Document storedService(UUID id) {
        return requireNonNull(
                database.getCollection("services").find(new Document("_id", id)).first());
    }

    // kept up to date by its organisation

    @Test
    void theCoordinatorKeepsTheOwnServicesUpToDate() {
        var id = aService();
        var mine = serviceBody()
                .put("id", id.toString())
                .put("description", "Wij helpen ook digitaal.")
                .put("maximumAge", 67);
        var changed = change("/v1/services/" + id, ETAG_1, mine, coordinator);
        assertThat(changed).hasStatus(200).hasHeader("ETag", "\"2\"");
        assertThat(body(changed)).isEqualTo(mine);
        assertThat(change("/v1/services/" + id, "\"2\"", mine, List.of(informal + ":coordinator")))
                .hasStatus(403);
    }

    @Test
    void whatTheMunicipalityDecidesIsNotTheCoordinators() {
        var id = aService();
        var mine = serviceBody().put("legalBasis", "WMO").put("entitledToBsn", false);
        mine.putArray("municipalities").add("9901").add("9902");
        assertThat(errors(change("/v1/services/" + id, ETAG_1, mine, coordinator)))
                .containsExactly(
                        "/legalBasis of-municipality",
                        "/entitledToBsn of-municipality",
                        "/municipalities of-municipality");
        assertThat(change("/v1/services/" + id, ETAG_1, mine, ADMIN)).hasStatus(200);
    }

    // where it is

    private ObjectNode addressBody() {
        return object("{'line':'Kade 7','postcode':'1234 AB','city':'Waterwijk'}");
    }

    @Test
    void anOpenPlaceHasAnAddress() {
        var open = serviceBody();
        open.set("address", addressBody().put("postcode", "1234ab"));
        var created = create("services", TimeOrderedIds.next(), open, ADMIN);
        assertThat(created).hasStatus(201);
        assertThat(body(created).get("address")).isEqualTo(addressBody());
        open.set("address", object("{'postcode':'12 AB','city':' '}"));
        assertThat(errors(create("services", TimeOrderedIds.next(), open, ADMIN)))
                .containsExactly("/address/line required", "/address/postcode postcode", "/address/city required");
    }

    @Test
    void p11ASecretPlaceIsWrittenDownNowhere() {
        var secret = serviceBody().put("secretPlace", true);
        secret.set("address", addressBody());
        secret.put("description", "Op de Kade, 1234 AB Waterwijk").put("notFor", "Wie 1234AB kent");
        assertThat(errors(create("services", TimeOrderedIds.next(), secret, ADMIN)))
                .containsExactly("/address secret-place", "/description secret-place", "/notFor secret-place");
        var open = serviceBody();
        open.set("address", addressBody());
        var id = in("7011", open);
        var admin = List.of("7011:functional-admin");
        secret.remove("address");
        secret.put("description", "Veilige opvang").remove("notFor");
        secret.putArray("municipalities").add("7011");
        assertThat(change("/v1/services/" + id, ETAG_1, secret, admin)).hasStatus(200);
        for (var reader : List.of(admin, coordinator, List.of(informal + ":wijkteam-worker"))) {
            for (var answer : List.of(
                    get("/v1/services/" + id, reader),
                    get("/v1/services?municipality=7011", reader),
                    search("{'municipality':'7011','theme':'DEBT_AND_INCOME'}", reader))) {
                assertThat(answer)
                        .hasStatus(200)
                        .bodyText()
                        .contains("secretPlace")
                        .doesNotContain("Kade", "1234");
            }
        }
        assertThat(search("{'municipality':'7011','text':'kade'}", admin))
                .bodyText()
                .doesNotContain(id.toString());
        var stored = storedService(id);
        assertThat(stored.toJson()).doesNotContain("Kade", "kade", "1234 AB");
    }

    @Test
    void p11OnlyItsOrganisationSaysThatAPlaceIsNotSecretAnyMore() {
        var id = TimeOrderedIds.next();
        assertThat(create("services", id, serviceBody().put("secretPlace", true), ADMIN))
                .hasStatus(201);
        assertThat(errors(change("/v1/services/" + id, ETAG_1, serviceBody(), ADMIN)))
                .containsExactly("/secretPlace only-its-organisation");
        assertThat(change("/v1/services/" + id, ETAG_1, serviceBody(), coordinator))
                .hasStatus(200);
    }

    @Test
    void anOrganisationSaysWhereToComplain() {
        var id = TimeOrderedIds.next();
        var body = organisationBody().put("id", id.toString());
        body.set("address", addressBody().put("line", "Postbus 12"));
        body.set(
                "complaints",
                object(
                        "{'name':'Klachtencommissie','email':'klacht@brug.example','website':'https://brug.example/klacht'}"));
        assertThat(body(create("organisations", id, body, ADMIN))).isEqualTo(body);
        assertThat(body(get("/v1/organisations/" + id, ADMIN))).isEqualTo(body);
        body.remove("id");
        body.set("complaints", object("{'name':'Klachtencommissie'}"));
        assertThat(errors(create("organisations", UUID.randomUUID(), body, ADMIN)))
                .containsExactly("/complaints no-way");
        body.set("complaints", object("{'website':'http://brug.example'}"));
        assertThat(errors(create("organisations", UUID.randomUUID(), body, ADMIN)))
                .containsExactly("/complaints/name required", "/complaints/website website");
    }

    @Test
    void onlyANewSayingMovesTheDayOnWhichItWasSaid() {
        var id = aService();
        var path = "/v1/services/" + id;
        var body = serviceBody();
        ((ObjectNode) body.get("capacity")).remove("confirmedOn");
        var same = change(path, ETAG_1, body, ADMIN);
        assertThat(body(same).at("/capacity/confirmedOn").stringValue()).isEqualTo("2026-11-01");
        ((ObjectNode) body.at("/capacity/waitWeeks")).put("to", 4);
        var other = change(path, "\"2\"", body, ADMIN);
        assertThat(body(other).at("/capacity/confirmedOn").stringValue()).isEqualTo("2026-11-21");
    }

    // what is filled in

    @Test
    void everythingThatIsMissingIsNamedInOneAnswer() {
        var nothing = object("{}");
        assertThat(errors(create("organisations", UUID.randomUUID(), nothing, ADMIN)))
                .containsExactly("/name required", "/kind required", "/municipalities required", "/phone required");
        assertThat(errors(create("teams", UUID.randomUUID(), nothing, ADMIN)))
                .containsExactly(
                        "/organisation required", "/name required", "/municipality required", "/phone required");
        assertThat(errors(create("services", UUID.randomUUID(), nothing, ADMIN)))
                .containsExactly(
                        "/organisation required",
                        "/name required",
                        "/description required",
                        "/themes required",
                        "/targetGroup required",
                        "/municipalities required",
                        "/languages required",
                        "/legalBasis required",
                        "/entitledToBsn required",
                        "/capacity required");
    }

    @Test
    void everythingThatIsWrongIsNamedInOneAnswer() {
        var wrong = object("""
                {'id':'0199cccc-0000-7000-8000-000000000001','organisation':'0199aaaa-0000-7000-8000-999999999999',
                 'name':' ','description':'a\\u0000b','themes':['ADDICTION','ADDICTION',null],
                 'targetGroup':'\\ud800','minimumAge':-1,'maximumAge':131,'municipalities':['990','9901','99011'],
                 'languages':['nl','nederlands!','und',''],'legalBasis':'CONSENT','entitledToBsn':false,
                 'crisisPhone':'bel maar','notFor':'',
                 'capacity':{'status':'WAITLIST','waitWeeks':{'from':12,'to':8},'confirmedOn':'2026-11-22'}}""");
        assertThat(errors(create("services", UUID.randomUUID(), wrong, ADMIN)))
                .containsExactly(
                        "/id other-id",
                        "/organisation unknown",
                        "/name required",
                        "/description unreadable-sign",
                        "/themes/1 twice",
                        "/themes/2 required",
                        "/targetGroup unreadable-sign",
                        "/minimumAge out-of-range",
                        "/maximumAge out-of-range",
                        "/municipalities/0 municipality",
                        "/municipalities/2 municipality",
                        "/languages/1 language",
                        "/languages/2 language",
                        "/languages/3 language",
                        "/legalBasis not-available-yet",
                        "/crisisPhone phone",
                        "/notFor required",
                        "/capacity/waitWeeks/to less-than-from",
                        "/capacity/confirmedOn in-the-future");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            services      | {'name':12}                          | /name wrong-type
            services      | {'themes':'ADDICTION'}               | /themes wrong-type
            services      | {'themes':[3]}                       | /themes/0 wrong-type
            services      | {'themes':['UNKNOWN']}               | /themes/0 wrong-type
            services      | {'themes':[]}                        | /themes required
            services      | {'minimumAge':'18'}                  | /minimumAge wrong-type
            services      | {'minimumAge':30,'maximumAge':18}    | /maximumAge less-than-from
            services      | {'entitledToBsn':'true'}             | /entitledToBsn wrong-type
            services      | {'entitledToBsn':1}                  | /entitledToBsn wrong-type
            services      | {'organisation':'de brug'}           | /organisation wrong-type
            services      | {'capacity':[]}                      | /capacity wrong-type
            services      | {'capacity':{}}                      | /capacity/status required,/capacity/waitWeeks required
            services      | {'capacity':{'status':'FULL'}}       | /capacity/status wrong-type
            services      | {'location':'Geheim 1'}              | /location unknown-field
            services      | {'version':7}                        | /version unknown-field
            organisations | {'kind':'BUSINESS'}                  | /kind wrong-type
            organisations | {'kind':0}                           | /kind wrong-type
            organisations | {'municipalities':[]}                | /municipalities required
            organisations | {'municipalities':['٩٩٠١']}          | /municipalities/0 municipality
            organisations | {'phone':'12'}                       | /phone phone
            organisations | {'phone':'06-12345678901234567890'}  | /phone phone
            organisations | {'phone':''}                         | /phone phone
            organisations | {'email':'geen adres'}               | /email email
            organisations | {'email':'a@b@c.nl'}                 | /email email
            teams         | {'municipality':'Waterwijk'}         | /municipality municipality
            """)
    void whatIsWrongIsNamed(String kind, String fields, String expected) {
        var wrong = bodyOf(kind);
        object(fields).properties().forEach(field -> wrong.set(field.getKey(), field.getValue()));
        var id = UUID.randomUUID();
        assertThat(errors(create(kind, id, wrong, ADMIN))).containsExactly(expected.split(",", -1));
        assertThat(get("/v1/" + kind + "/" + id, ADMIN)).hasStatus(404);
    }

    @Test
    void textsHaveAnEndAndEmojiAreWelcome() {
        var tooLong = serviceBody()
                .put("name", "n".repeat(5_000))
                .put("description", "d".repeat(4_001))
                .put("targetGroup", "t".repeat(501));
        assertThat(errors(create("services", UUID.randomUUID(), tooLong, ADMIN)))
                .containsExactly("/name too-long", "/description too-long", "/targetGroup too-long");
        var longest = serviceBody().put("name", "😀".repeat(120)).put("description", "d".repeat(4_000));
        assertThat(create("services", UUID.randomUUID(), longest, ADMIN)).hasStatus(201);
        var many = serviceBody();
        var codes = many.putArray("municipalities").add(WATERWIJK);
        IntStream.range(0, 100).forEach(i -> codes.add("80%02d".formatted(i)));
        assertThat(errors(create("services", UUID.randomUUID(), many, ADMIN)))
                .containsExactly("/municipalities too-many");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "\"tekst\"", "{\"name\":\"a\",\"name\":\"b\"}", "{} {}"})
    void whatIsNoObjectIsRefused(String broken) {
        var answer = http.put()
                .uri("/v1/organisations/" + UUID.randomUUID())
                .header("If-None-Match", "*")
                .contentType(MediaType.APPLICATION_JSON)
                .content(broken)
                .with(jwt().jwt(token ->
                        token.subject(UUID.randomUUID().toString()).claim("memberships", ADMIN)))
                .exchange();
        assertThat(answer).hasStatus(400).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
    }

    @Test
    void anEntryStaysWithItsOrganisation() {
        var team = TimeOrderedIds.next();
        assertThat(create("teams", team, teamBody(), ADMIN)).hasStatus(201);
        var moved = teamBody().put("organisation", informal.toString());
        assertThat(errors(change("/v1/teams/" + team, ETAG_1, moved, ADMIN))).containsExactly("/organisation fixed");
        var service = serviceBody().put("organisation", informal.toString()).put("entitledToBsn", false);
        assertThat(errors(change("/v1/services/" + aService(), ETAG_1, service, ADMIN)))
                .containsExactly("/organisation fixed");
    }

    @Test
    void informalHelpIsNeverEntitledToABsn() {
        var service = serviceBody().put("organisation", informal.toString());
        assertThat(errors(create("services", UUID.randomUUID(), service, ADMIN)))
                .containsExactly("/entitledToBsn informal");
        assertThat(create("services", UUID.randomUUID(), service.put("entitledToBsn", false), ADMIN))
                .hasStatus(201);
    }

    @Test
    void languagesAreKeptInTheirUsualForm() {
        var body = serviceBody();
        body.putArray("languages").add("NL-be").add("zh-hant");
        var created = create("services", UUID.randomUUID(), body, ADMIN);
        assertThat(body(created).get("languages").toString()).isEqualTo("[\"nl-BE\",\"zh-Hant\"]");
    }

    // lists

    @Test
    void listsAreFilteredAndPaged() {
        var names = List.of("alfa", "Bravo", "Échó", "delta", "Alfa 2");
        for (var name : names) {
            assertThat(create("teams", TimeOrderedIds.next(), teamBody().put("name", name), ADMIN))
                    .hasStatus(201);
        }
        var list = "/v1/teams?organisation=" + organisation + "&municipality=9901&limit=2";
        var seen = new ArrayList<String>();
        @Nullable String next = null;
        do {
            var page = body(get(next == null ? list : list + "&cursor=" + next, ADMIN));
            assertThat(page.get("items").size()).isBetween(1, 2);
            page.get("items").forEach(item -> seen.add(item.get("name").stringValue()));
            next = page.has("next") ? page.get("next").stringValue() : null;
        } while (next != null);
        assertThat(seen).containsExactly("alfa", "Alfa 2", "Bravo", "delta", "Échó");
        assertThat(body(get("/v1/teams?municipality=9902&organisation=" + organisation, ADMIN))
                        .get("items"))
                .isEmpty();
    }

    @Test
    void organisationsAreListedByKindAndServicesByTheme() {
        aService();
        assertThat(ids("/v1/organisations?municipality=9901&kind=INFORMAL&limit=100"))
                .contains(informal)
                .doesNotContain(organisation);
        assertThat(body(get("/v1/services?theme=DEBT_AND_INCOME&organisation=" + organisation, ADMIN))
                        .get("items"))
                .hasSize(1);
        assertThat(body(get("/v1/services?theme=ADDICTION&organisation=" + organisation, ADMIN))
                        .get("items"))
                .isEmpty();
    }

    private List<UUID> ids(String path) {
        return body(get(path, ADMIN))
                .get("items")
                .valueStream()
                .map(item -> UUID.fromString(item.get("id").stringValue()))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/organisations?kind=SHOP, /kind wrong-type",
        "/v1/organisations?municipality=99, /municipality municipality",
        "/v1/teams?organisation=brug, /organisation wrong-type",
        "/v1/services?theme=money, /theme wrong-type",
        "/v1/services?municipality=9901|ADDICTION, /municipality municipality",
        "/v1/services?limit=0, /limit out-of-range",
        "/v1/services?limit=101, /limit out-of-range",
        "/v1/services?cursor=x, /cursor unknown-cursor",
    })
    void aListThatThereCannotBeIsRefused(String path, String expected) {
        assertThat(errors(get(path, ADMIN))).containsExactly(expected);
    }

    @Test
    void theIndexesAreMadeAtStart() {
        for (var kind : List.of("organisations", "teams", "services")) {
            assertThat(database.getCollection(kind).listIndexes())
                    .extracting(index -> index.get("key", Document.class).toJson())
                    .contains("{\"lists\": 1, \"order\": 1}");
        }
    }

    // searching

    private MvcTestResult search(String question, List<String> memberships) {
        return send(http.method(HttpMethod.POST).uri("/v1/service-searches"), object(question), memberships);
    }

    /** A municipality of a test's own. */
    private UUID in(String municipality, ObjectNode body) {
        body.putArray("municipalities").add(municipality);
        var id = TimeOrderedIds.next();
        var admin = List.of(municipality + ":functional-admin");
        assertThat(create("services", id, body, admin)).hasStatus(201);
        return id;
    }

    @Test
    void aSearchSaysWhyAServiceFitsAndWhatToMind() {
        in("7001", serviceBody());
        var found = body(search("""
                {'theme':'DEBT_AND_INCOME','age':16,'municipality':'7001','language':'ar','urgency':'CRISIS'}""", ADMIN));
        assertThat(found.has("more")).isFalse();
        assertThat(found.get("items")).hasSize(1);
        var item = found.get("items").get(0);
        assertThat(item.get("organisationName").stringValue()).isEqualTo("Schuldhulp De Brug");
        assertThat(item.at("/service/name").stringValue()).isEqualTo("Hulp bij schulden");
        assertThat(item.get("fits").booleanValue()).isFalse();
        assertThat(item.get("because").toString())
                .isEqualTo(object("""
                        {'a':[{'code':'THEME_FITS','text':'Past bij schulden en inkomen'},
                              {'code':'MUNICIPALITY_FITS','text':'Werkt in uw gemeente'},
                              {'code':'LANGUAGE_FITS','text':'Helpt in het Arabisch'},
                              {'code':'CRISIS_PHONE','text':'Bel bij een crisis eerst 088 123 45 67'}]}""").get("a").toString());
        assertThat(item.get("warnings").toString())
                .isEqualTo(object("""
                        {'a':[{'code':'AGE_TOO_LOW','text':'Let op: voor 18 jaar en ouder; deze persoon is 16'},
                              {'code':'WAITLIST','text':'Let op: wachttijd 1 tot 3 weken'}]}""").get("a").toString());
    }

    @Test
    void anotherThemeOrMunicipalityIsNotFoundAndTextIsFoundInAnyCase() {
        var debts = in("7002", serviceBody());
        var addiction = serviceBody().put("name", "Café zonder Álcohol");
        addiction.putArray("themes").add("ADDICTION");
        var cafe = in("7002", addiction);
        in("7003", serviceBody());
        assertThat(found("{'municipality':'7002'}")).containsExactlyInAnyOrder(debts, cafe);
        assertThat(found("{'municipality':'7002','theme':'ADDICTION'}")).containsExactly(cafe);
        assertThat(found("{'municipality':'7002','text':'alcohol CAFE'}")).containsExactly(cafe);
        assertThat(found("{'municipality':'7002','text':'.*'}")).containsExactlyInAnyOrder(debts, cafe);
        assertThat(found("{'municipality':'7002','text':'rij te zetten'}")).containsExactlyInAnyOrder(debts, cafe);
        assertThat(found("{'municipality':'7002','text':'fiets'}")).isEmpty();
    }

    private List<UUID> found(String question) {
        return idsOf(body(search(question, coordinator)));
    }

    private static List<UUID> idsOf(JsonNode found) {
        return found.get("items")
                .valueStream()
                .map(item -> UUID.fromString(item.at("/service/id").stringValue()))
                .toList();
    }

    @Test
    void theOwnServicesDoNotComeFirst() {
        var own = in("7004", serviceBody().put("name", "Zelfde"));
        var other = in(
                "7004",
                serviceBody()
                        .put("name", "Andere")
                        .put("organisation", informal.toString())
                        .put("entitledToBsn", false));
        assertThat(found("{'municipality':'7004'}")).containsExactly(other, own);
        var soon = serviceBody().put("name", "Zo snel mogelijk");
        ((ObjectNode) soon.at("/capacity/waitWeeks")).put("from", 0).put("to", 0);
        var first = in("7004", soon);
        var minors = serviceBody().put("name", "Aan kinderen").put("maximumAge", 18);
        var last = in("7004", minors);
        assertThat(found("{'municipality':'7004','age':40}")).containsExactly(first, other, own, last);
    }

    @Test
    void whatIsFoundIsPagedInItsOrder() {
        IntStream.range(0, 30).forEach(i -> in("7005", serviceBody().put("name", "Hulp " + (char) ('a' + i % 26) + i)));
        var soon = serviceBody();
        ((ObjectNode) soon.at("/capacity/waitWeeks")).put("from", 0).put("to", 0);
        var first = in("7005", soon.put("name", "Zonder wachttijd"));
        var all = body(searchPage("{'municipality':'7005'}", "?limit=100"));
        assertThat(all.get("items")).hasSize(31);
        assertThat(all.has("more")).isFalse();
        assertThat(all.has("next")).isFalse();
        var seen = new ArrayList<UUID>();
        @Nullable String next = null;
        do {
            var page =
                    body(searchPage("{'municipality':'7005'}", "?limit=8" + (next == null ? "" : "&cursor=" + next)));
            assertThat(page.get("items").size()).isBetween(1, 8);
            seen.addAll(idsOf(page));
            next = page.has("next") ? page.get("next").stringValue() : null;
            assertThat(page.has("more")).isEqualTo(next != null);
        } while (next != null);
        assertThat(seen).isEqualTo(idsOf(all)).startsWith(first);
    }

    private MvcTestResult searchPage(String question, String paging) {
        return send(http.method(HttpMethod.POST).uri("/v1/service-searches" + paging), object(question), coordinator);
    }

    @Test
    void anOwnServiceIsSaidToBeOne() {
        in("7006", serviceBody());
        var mine = body(search("{'municipality':'7006'}", coordinator)).at("/items/0");
        assertThat(mine.get("own").booleanValue()).isTrue();
        assertThat(mine.get("warnings").toString()).contains("OWN_ORGANISATION");
        var theirs = body(search("{'municipality':'7006'}", List.of(informal + ":coordinator")))
                .at("/items/0");
        assertThat(theirs.has("own")).isFalse();
        assertThat(theirs.get("warnings").toString()).doesNotContain("OWN_ORGANISATION");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                        | /municipality required
            {'municipality':'Waterwijk'}                              | /municipality municipality
            {'municipality':'9901','age':131,'language':'!','text':''} | /age out-of-range,/language language,/text required
            {'municipality':'9901','age':'34'}                        | /age wrong-type
            {'municipality':'9901','urgency':'NOW'}                   | /urgency wrong-type
            {'municipality':'9901','bsn':'999994086'}                 | /bsn unknown-field
            {'municipality':'9901','text':'a\\u0000'}                 | /text unreadable-sign
            {'municipality':'9901','targetGroup':' '}                 | /targetGroup required
            {'municipality':'9901','maximumWaitWeeks':-1}             | /maximumWaitWeeks out-of-range
            """)
    void aQuestionThatMakesNoSenseIsRefused(String question, String expected) {
        assertThat(errors(search(question, coordinator))).containsExactly(expected.split(",", -1));
    }
}
