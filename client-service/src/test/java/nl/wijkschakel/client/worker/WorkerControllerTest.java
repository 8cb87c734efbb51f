package nl.wijkschakel.client.worker;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static nl.wijkschakel.client.People.ANNA;
import static nl.wijkschakel.client.People.BERGSTAD;
import static nl.wijkschakel.client.People.BRAM;
import static nl.wijkschakel.client.People.CARLA;
import static nl.wijkschakel.client.People.DE_BRUG;
import static nl.wijkschakel.client.People.EVA;
import static nl.wijkschakel.client.People.HET_ANKER;
import static nl.wijkschakel.client.People.HUGO;
import static nl.wijkschakel.client.People.WIJKTEAM;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import nl.wijkschakel.client.Tokens;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

class WorkerControllerTest extends WorkerTest {

    private static final String ADMIN_ELSEWHERE = Tokens.of(new UUID(1, 21), "9902:functional-admin");
    private static final String COORDINATOR = Tokens.of(new UUID(1, 22), WIJKTEAM + ":coordinator");

    @Autowired
    Workers workers;

    @Test
    void anAdminMakesAnAccountAndKeycloakInvites() {
        var email = "N." + anotherEmail();
        var more = ",\"teams\":[\"" + NOORD + "\"]";
        var answer = post(HUGO, "/v1/workers", form(email, at(WIJKTEAM, "wijkteam-worker"), more));
        assertThat(answer).hasStatus(201).hasHeader(HttpHeaders.ETAG, "\"1\"");
        var id = id(answer);
        assertThat(answer).hasHeader(HttpHeaders.LOCATION, "/v1/workers/" + id);
        var lower = email.toLowerCase(Locale.ROOT);
        assertThat(answer).bodyJson().isStrictlyEqualTo("""
                        {"id":"%s","name":{"given":"Noor","surname":"van Dijk"},"email":"%s",
                         "memberships":[{"organisation":"%s","role":"wijkteam-worker"}],"teams":["%s"],"active":true,
                         "invitation":"SENT"}""".formatted(id, lower, WIJKTEAM, NOORD));
        var account = KEYCLOAK.user(id);
        assertThat(account.path("username").asString()).isEqualTo(lower);
        assertThat(account.at("/attributes/memberships").toString())
                .isEqualTo("[\"" + WIJKTEAM + ":wijkteam-worker\"]");
        assertThat(account.path("requiredActions").toString()).isEqualTo("[\"UPDATE_PASSWORD\"]");
        assertThat(KEYCLOAK.deeds()).contains("execute-actions-email " + id);
        assertThat(workers.teamsOf(id)).containsExactly(NOORD);
        assertThat(get(HUGO, "/v1/workers/" + id))
                .hasStatusOk()
                .hasHeader(HttpHeaders.ETAG, "\"1\"")
                .bodyJson()
                .doesNotHavePath("$.invitation");
    }

    @Test
    void anInvitationThatWasNotSentIsSaidAndSentAgain() {
        var mail = NEIGHBOURS.stubFor(any(urlPathMatching(".*/execute-actions-email"))
                .willReturn(aResponse().withStatus(500)));
        var answer = post(HUGO, "/v1/workers", form(anotherEmail(), at(WIJKTEAM, "specialist"), ""));
        assertThat(answer)
                .hasStatus(201)
                .bodyJson()
                .extractingPath("$.invitation")
                .isEqualTo("NOT_SENT");
        NEIGHBOURS.removeStub(mail);

        var again = invite(HUGO, id(answer), 1);
        assertThat(again).hasStatusOk().hasHeader(HttpHeaders.ETAG, "\"2\"");
        assertThat(again).bodyJson().extractingPath("$.invitation").isEqualTo("SENT");
        assertThat(KEYCLOAK.deeds()).contains("execute-actions-email " + id(answer));
        assertThat(invite(HUGO, id(answer), 1)).hasStatus(412);
    }

    @Test
    void aClosedAccountIsNotInvited() {
        var id = created(HUGO);
        assertThat(change(HUGO, id, 1, "{\"active\":false}")).hasStatusOk();
        var refused = invite(HUGO, id, 2);
        assertThat(refused).hasStatus(409);
        assertThat(problem(refused)).isEqualTo("not-active");
    }

    @Test
    void theSameRequestTwiceMakesOne() {
        var body = form(anotherEmail(), at(WIJKTEAM, "wijkteam-worker"), "");
        var key = Map.of("Idempotency-Key", "een-" + UUID.randomUUID());
        var first = send(HttpMethod.POST, HUGO, "/v1/workers", body, key);
        assertThat(first).hasStatus(201);
        int people = KEYCLOAK.size();
        int deeds = KEYCLOAK.deeds().size();
        var second = send(HttpMethod.POST, HUGO, "/v1/workers", body, key);
        assertThat(second).hasStatus(201);
        assertThat(id(second)).isEqualTo(id(first));
        assertThat(KEYCLOAK.size()).isEqualTo(people);
        assertThat(KEYCLOAK.deeds()).hasSize(deeds);

        var other = send(
                HttpMethod.POST, HUGO, "/v1/workers", form(anotherEmail(), at(WIJKTEAM, "wijkteam-worker"), ""), key);
        assertThat(other).hasStatus(409);
        assertThat(problem(other)).isEqualTo("idempotency-key-used");
        clock.set(NOW.plus(Duration.ofHours(25)));
        assertThat(send(
                        HttpMethod.POST,
                        HUGO,
                        "/v1/workers",
                        form(anotherEmail(), at(WIJKTEAM, "specialist"), ""),
                        key))
                .hasStatus(201);
    }

    @Test
    void anAddressThatIsKnownPointsAtItsAccountForWhoMaySeeIt() {
        var here = KEYCLOAK.add("hier" + UUID.randomUUID(), WIJKTEAM + ":wijkteam-worker");
        var elsewhere = KEYCLOAK.add("daar" + UUID.randomUUID(), BERGSTAD + ":wijkteam-worker");
        var known = post(HUGO, "/v1/workers", form(email(here), at(WIJKTEAM, "specialist"), ""));
        assertThat(known).hasStatus(409);
        assertThat(problem(known)).isEqualTo("worker-exists");
        assertThat(body(known).path("worker").stringValue()).isEqualTo(here.toString());
        var hidden = post(HUGO, "/v1/workers", form(email(elsewhere), at(WIJKTEAM, "specialist"), ""));
        assertThat(hidden).hasStatus(409);
        assertThat(body(hidden).has("worker")).isFalse();

        var taken = change(HUGO, created(HUGO), 1, "{\"email\":\"%s\"}".formatted(email(here)));
        assertThat(taken).hasStatus(409);
        assertThat(problem(taken)).isEqualTo("worker-exists");
    }

    private String email(UUID id) {
        return KEYCLOAK.user(id).path("email").asString();
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        assertThat(errors(post(HUGO, "/v1/workers", """
                        {"name":{"given":" "},"email":"noor@","memberships":[
                          {"organisation":"%s"},{"role":"coordinator"},{"municipality":"9901","role":"coordinator"},
                          {"organisation":"%s","role":"functional-admin"},{"municipality":"9901","role":"privacy-officer"},
                          {"municipality":"9901","role":"policy-officer"},{"municipality":"9901","role":"policy-officer"}],
                         "teams":["%s","%s",null]}""".formatted(WIJKTEAM, WIJKTEAM, NOORD, NOORD))))
                .containsExactly(
                        "/name/given required",
                        "/name/surname required",
                        "/email email",
                        "/memberships/0/role required",
                        "/memberships/1 one-of",
                        "/memberships/2/role wrong-role",
                        "/memberships/3/role wrong-role",
                        "/memberships/4/role independent",
                        "/memberships/6 twice",
                        "/teams/1 twice",
                        "/teams/2 required");
        assertThat(errors(post(HUGO, "/v1/workers", "{\"memberships\":[]}")))
                .containsExactly("/name required", "/email required");
        assertThat(errors(post(HUGO, "/v1/workers", form(anotherEmail(), "", ""))))
                .containsExactly("/memberships required");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a@b", "a b@c.nl", "@c.nl", "a@c..nl", "a@.nl", "a@c.nl,d@e.nl", "a@c.nl\\nBcc: d@e.nl"})
    void whatIsNoMailAddressIsRefused(String text) {
        var refused = post(HUGO, "/v1/workers", form(text, at(WIJKTEAM, "specialist"), ""));
        assertThat(errors(refused)).containsExactly("/email email");
    }

    @Test
    void whatKeycloakFindsWrongIsToldAsOurs() {
        NEIGHBOURS.stubFor(any(urlPathMatching("/admin/.*/users"))
                .willReturn(aResponse()
                        .withStatus(400)
                        .withHeader("Content-Type", "application/json")
                        .withBody("""
                                {"errors":[{"field":"lastName","errorMessage":"error-person-name-invalid-character",
                                 "params":["lastName"]},{"field":"firstName","errorMessage":"x"}]}""")));
        assertThat(errors(post(HUGO, "/v1/workers", form(anotherEmail(), at(WIJKTEAM, "specialist"), ""))))
                .containsExactly("/name/surname not-usable", "/name/given not-usable");
    }

    @Test
    void anAdminDecidesOnlyAboutTheOwnMunicipality() {
        for (var membership : List.of(
                at(BERGSTAD, "wijkteam-worker"),
                at(UUID.randomUUID(), "wijkteam-worker"),
                in("9902", "policy-officer"),
                at(WIJKTEAM, "wijkteam-worker") + "," + in("9902", "functional-admin"))) {
            var refused = post(HUGO, "/v1/workers", form(anotherEmail(), membership, ""));
            assertThat(refused).hasStatus(403);
            assertThat(problem(refused)).isEqualTo("not-your-municipality");
        }
        assertThat(get(HUGO, "/v1/workers?organisation=" + BERGSTAD)).hasStatus(403);
        assertThat(get(HUGO, "/v1/workers?municipality=9902")).hasStatus(403);
        // an organisation that works for both municipalities has two admins
        var both = post(HUGO, "/v1/workers", form(anotherEmail(), at(HET_ANKER, "specialist"), ""));
        assertThat(both).hasStatus(201);
        assertThat(change(ADMIN_ELSEWHERE, id(both), 1, "{\"name\":{\"given\":\"Nora\"}}"))
                .hasStatusOk();
    }

    @Test
    void p5WhoIsElsewhereIsNotFound() {
        var worker = created(HUGO);
        for (var token : List.of(ADMIN_ELSEWHERE, BRAM, CARLA, EVA)) {
            assertThat(get(token, "/v1/workers/" + worker)).hasStatus(404);
        }
        assertThat(change(ADMIN_ELSEWHERE, worker, 1, "{}")).hasStatus(404);
        assertThat(invite(ADMIN_ELSEWHERE, worker, 1)).hasStatus(404);
        assertThat(get(HUGO, "/v1/workers/" + UUID.randomUUID())).hasStatus(404);
        var system = KEYCLOAK.add("service-account-system");
        assertThat(get(HUGO, "/v1/workers/" + system)).hasStatus(404);
    }

    @Test
    void p25OnlyTheAdminChangesAndWhoSeesFiguresSeesNobody() {
        var worker = created(HUGO);
        var body = form(anotherEmail(), at(WIJKTEAM, "wijkteam-worker"), "");
        for (var token : List.of(ANNA, COORDINATOR)) {
            assertThat(post(token, "/v1/workers", body)).hasStatus(403);
            assertThat(change(token, worker, 1, "{}")).hasStatus(403);
            assertThat(invite(token, worker, 1)).hasStatus(403);
        }
        for (var role : List.of("policy-officer", "it-admin", "privacy-officer")) {
            var token = Tokens.of(new UUID(1, 23), "9901:" + role);
            assertThat(get(token, "/v1/workers?municipality=9901")).hasStatus(403);
            assertThat(get(token, "/v1/workers/" + worker)).hasStatus(403);
            assertThat(post(token, "/v1/workers", body)).hasStatus(403);
        }
    }

    @Test
    void colleaguesSeeNamesAndTheirCoordinatorSeesAddresses() {
        var name = "Aa" + UUID.randomUUID();
        var worker = KEYCLOAK.add(name, WIJKTEAM + ":wijkteam-worker", DE_BRUG + ":specialist", "9902:it-admin");
        for (var path : List.of("/v1/workers/" + worker, "/v1/workers?limit=100&organisation=" + WIJKTEAM)) {
            var seen = get(ANNA, path);
            assertThat(seen).hasStatusOk();
            assertThat(seen)
                    .bodyText()
                    .contains(name)
                    .contains(WIJKTEAM + "\",\"role\":\"wijkteam-worker\"")
                    .doesNotContain(name + "@")
                    .doesNotContain(DE_BRUG.toString(), "9902");
            assertThat(get(COORDINATOR, path)).bodyText().contains(name + "@").doesNotContain(DE_BRUG.toString());
            assertThat(get(HUGO, path)).bodyText().contains(name + "@").doesNotContain("9902");
        }
        assertThat(get(ANNA, "/v1/workers?organisation=" + DE_BRUG)).hasStatus(403);
        assertThat(get(ANNA, "/v1/workers?municipality=9901")).hasStatus(403);
    }

    @Test
    void aListIsByNameAndPaged() {
        var municipality = "9905";
        var admin = Tokens.of(new UUID(1, 24), municipality + ":functional-admin");
        for (var name : List.of("carla", "Bert", "anna")) {
            KEYCLOAK.add(name + UUID.randomUUID(), municipality + ":policy-officer");
        }
        KEYCLOAK.add("Dora" + UUID.randomUUID(), municipality + ":privacy-officer", municipality + ":it-admin");
        var path = "/v1/workers?municipality=" + municipality + "&limit=3";
        var first = body(get(admin, path));
        assertThat(names(first, "given").stream().map(it -> it.substring(0, 4)))
                .containsExactly("anna", "Bert", "carl");
        var second = body(get(admin, path + "&cursor=" + first.path("next").asString()));
        assertThat(names(second, "given").stream().map(it -> it.substring(0, 4)))
                .containsExactly("Dora");
        assertThat(second.has("next")).isFalse();
        assertThat(errors(get(admin, "/v1/workers"))).containsExactly("/organisation one-of");
        assertThat(errors(get(admin, path + "&organisation=" + WIJKTEAM))).containsExactly("/organisation one-of");
    }

    @Test
    void aChangeLeavesWhatIsOthersToDecide() {
        var id =
                KEYCLOAK.add("samen" + UUID.randomUUID(), WIJKTEAM + ":wijkteam-worker", BERGSTAD + ":wijkteam-worker");
        var changed = change(HUGO, id, 0, "{\"memberships\":[%s]}".formatted(at(WIJKTEAM, "coordinator")));
        assertThat(changed).hasStatusOk().hasHeader(HttpHeaders.ETAG, "\"1\"");
        assertThat(body(changed).path("memberships").toString())
                .isEqualTo("[{\"organisation\":\"" + WIJKTEAM + "\",\"role\":\"coordinator\"}]");
        var account = KEYCLOAK.user(id);
        assertThat(account.at("/attributes/memberships").values().stream().map(it -> it.asString()))
                .containsExactlyInAnyOrder(BERGSTAD + ":wijkteam-worker", WIJKTEAM + ":coordinator");
        assertThat(account.at("/attributes/phone/0").asString())
                .as("what Keycloak keeps besides")
                .isEqualTo("010");
        assertThat(account.path("username").asString()).startsWith("samen").doesNotContain("@");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":{\"given\":\"Anders\"}}",
                "{\"email\":\"anders@wijkteam.example\"}",
                "{\"active\":false}"
            })
    void whoAlsoWorksElsewhereIsNotOneAdminsToRenameOrToClose(String change) {
        var id = KEYCLOAK.add("deels" + UUID.randomUUID(), WIJKTEAM + ":specialist", BERGSTAD + ":specialist");
        var refused = change(HUGO, id, 0, change);
        assertThat(refused).hasStatus(403);
        assertThat(problem(refused)).isEqualTo("works-elsewhere");
        var privacyOfficer = KEYCLOAK.add("fg" + UUID.randomUUID(), WIJKTEAM + ":specialist", "9901:privacy-officer");
        assertThat(problem(change(HUGO, privacyOfficer, 0, change))).isEqualTo("works-elsewhere");
        assertThat(problem(invite(HUGO, privacyOfficer, 0))).isEqualTo("works-elsewhere");
    }

    @Test
    void nobodyGivesThemselvesARole() {
        var me = KEYCLOAK.add("ik" + UUID.randomUUID(), "9901:functional-admin", "9901:policy-officer");
        var myself = Tokens.of(me, "9901:functional-admin", "9901:policy-officer");
        var more = in("9901", "functional-admin") + "," + in("9901", "policy-officer");
        for (var change : List.of(
                "{\"memberships\":[%s,%s]}".formatted(more, at(WIJKTEAM, "coordinator")), "{\"active\":false}")) {
            var refused = change(myself, me, 0, change);
            assertThat(refused).hasStatus(403);
            assertThat(problem(refused)).isEqualTo("not-yourself");
        }
        assertThat(change(
                        myself,
                        me,
                        0,
                        "{\"name\":{\"given\":\"Anders\"},\"memberships\":[%s,%s]}"
                                .formatted(in("9901", "policy-officer"), in("9901", "functional-admin"))))
                .hasStatusOk();
    }

    @Test
    void noAccountClosesWhileItHoldsOpenWork() {
        var id = created(HUGO);
        openWork(okJson("{\"open\":3,\"anythingLater\":1}"));
        for (var change :
                List.of("{\"active\":false}", "{\"memberships\":[%s]}".formatted(at(DE_BRUG, "specialist")))) {
            var refused = change(HUGO, id, 1, change);
            assertThat(refused).hasStatus(409);
            assertThat(problem(refused)).isEqualTo("open-work");
            assertThat(body(refused).path("open").asInt()).isEqualTo(3);
            assertThat(body(refused).path("organisations").path(0).asString()).isEqualTo(WIJKTEAM.toString());
        }
        assertThat(KEYCLOAK.user(id).path("enabled").asBoolean()).isTrue();
        assertThat(get(HUGO, "/v1/workers/" + id)).hasHeader(HttpHeaders.ETAG, "\"1\"");
        // another role at the same organisation leaves the work where it is
        assertThat(change(HUGO, id, 1, "{\"memberships\":[%s]}".formatted(at(WIJKTEAM, "coordinator"))))
                .hasStatusOk();

        openWork(okJson("{\"open\":0}"));
        assertThat(change(HUGO, id, 2, "{\"active\":false}"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.active")
                .isEqualTo(false);
        assertThat(KEYCLOAK.user(id).path("enabled").asBoolean()).isFalse();
        assertThat(KEYCLOAK.deeds()).contains("logout " + id);
        assertThat(change(HUGO, id, 3, "{\"active\":true}")).hasStatusOk();
        assertThat(KEYCLOAK.user(id).path("enabled").asBoolean()).isTrue();
    }

    @Test
    void teamsAreOfTheOrganisationsOfThePerson() {
        var unknown = UUID.randomUUID();
        var email = anotherEmail();
        var teams = ",\"teams\":[\"%s\",\"%s\",\"%s\"]".formatted(NOORD, OF_DE_BRUG, unknown);
        var refused = post(HUGO, "/v1/workers", form(email, at(WIJKTEAM, "wijkteam-worker"), teams));
        assertThat(errors(refused)).containsExactly("/teams/1 not-a-member", "/teams/2 unknown-team");

        var both = at(WIJKTEAM, "wijkteam-worker") + "," + at(DE_BRUG, "specialist");
        var id = id(post(
                HUGO, "/v1/workers", form(email, both, ",\"teams\":[\"%s\",\"%s\"]".formatted(NOORD, OF_DE_BRUG))));
        assertThat(workers.teamsOf(id)).containsExactlyInAnyOrder(NOORD, OF_DE_BRUG);
        assertThat(body(get(CARLA, "/v1/workers/" + id)).path("teams").toString())
                .as("those of one's own organisation")
                .isEqualTo("[\"" + OF_DE_BRUG + "\"]");
        assertThat(errors(change(HUGO, id, 1, "{\"memberships\":[%s]}".formatted(at(DE_BRUG, "specialist")))))
                .containsExactly("/teams/0 not-a-member");
        assertThat(change(
                        HUGO,
                        id,
                        1,
                        "{\"memberships\":[%s],\"teams\":[\"%s\"]}".formatted(at(DE_BRUG, "specialist"), OF_DE_BRUG)))
                .hasStatusOk();
        assertThat(workers.teamsOf(id)).containsExactly(OF_DE_BRUG);
    }

    @Test
    void ofTwoWhoChangeOneAccountAtOnceOneIsRefusedBeforeAnythingHappened() throws Exception {
        var id = created(HUGO);
        assertThat(change(HUGO, id, 2, "{}")).hasStatus(412);
        assertThat(change(HUGO, id, 0, "{}")).hasStatus(412);
        assertThat(send(HttpMethod.PATCH, HUGO, "/v1/workers/" + id, "{}", Map.of()))
                .hasStatus(428);
        var barrier = new CyclicBarrier(4);
        var statuses = new ArrayList<Integer>();
        try (var threads = Executors.newFixedThreadPool(4)) {
            var all = new ArrayList<Future<MvcTestResult>>();
            for (int i = 0; i < 4; i++) {
                var change = "{\"name\":{\"given\":\"Noor " + i + "\"}}";
                all.add(threads.submit(() -> {
                    barrier.await();
                    return change(HUGO, id, 1, change);
                }));
            }
            for (var each : all) {
                statuses.add(each.get().getResponse().getStatus());
            }
        }
        assertThat(statuses).containsExactlyInAnyOrder(200, 412, 412, 412);
        var changes = stored("workers", id).getList("changes", Document.class);
        assertThat(changes.stream().map(it -> it.getString("deed"))).containsExactly("CREATED", "CHANGED");
        assertThat(changes.getLast().get("by", UUID.class)).isEqualTo(new UUID(1, 7));
        assertThat(changes.toString()).as("who somebody is stands in one place").doesNotContain("Noor", "@");
    }
}
