package nl.wijkschakel.referral.referral;

import static nl.wijkschakel.referral.Person.ANNA;
import static nl.wijkschakel.referral.Person.BRAM;
import static nl.wijkschakel.referral.Person.BRUG;
import static nl.wijkschakel.referral.Person.CARLA;
import static nl.wijkschakel.referral.Person.HUGO;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import nl.wijkschakel.referral.Bodies;
import nl.wijkschakel.referral.Person;
import nl.wijkschakel.referral.Profile;
import nl.wijkschakel.referral.ServiceTest;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** A service that ends on a day. */
class ServiceStopTest extends ServiceTest {

    private final UUID service = UUID.randomUUID();

    private void aService() {
        var answer = send(
                HttpMethod.PUT,
                HUGO,
                "/v1/services/" + service,
                """
                        {"organisation":"%s","name":"Eindig","description":"Hulp","themes":["DEBT_AND_INCOME"],
                         "targetGroup":"Iedereen","municipalities":["9901"],"languages":["nl"],"legalBasis":"WGS",
                         "entitledToBsn":false,
                         "capacity":{"status":"HAS_CAPACITY","waitWeeks":{"from":0,"to":2}}}""".formatted(BRUG),
                Map.of(HttpHeaders.IF_NONE_MATCH, "*"));
        assertThat(answer).hasStatus(201);
    }

    private MvcTestResult stop(Person who, int version, String on, boolean confirmed) {
        return send(
                HttpMethod.POST,
                who,
                "/v1/services/" + service + "/stop",
                "{\"on\":\"%s\",\"confirmed\":%s}".formatted(on, confirmed),
                ifMatch(version));
    }

    @Test
    void whatItTouchesIsSaidBeforeAnythingChanges() {
        aService();
        sent(draft(), service);
        assertThat(act(BRAM, sent(draft(), service).getFirst(), "claim", "{}")).hasStatusOk();
        var returned = sent(draft(), service).getFirst();
        assertThat(act(BRAM, returned, "claim", "{}")).hasStatusOk();
        assertThat(act(BRAM, returned, "return", Bodies.RETURN)).hasStatusOk();
        considering(draft());
        var dry = stop(CARLA, 1, "2026-03-31", false);
        assertThat(dry)
                .hasStatusOk()
                .hasHeader(HttpHeaders.ETAG, "\"1\"")
                .bodyJson()
                .isEqualTo("""
                        {"on":"2026-03-31","stopped":false,"touches":{"openAttempts":2,"waiting":0,"drafts":1}}""");
        assertThat(get(ANNA, "/v1/services/" + service)).bodyText().doesNotContain("stopsOn");
        var done = stop(CARLA, 1, "2026-03-31", true);
        assertThat(done).hasStatusOk().hasHeader(HttpHeaders.ETAG, "\"2\"");
        assertThat(body(done).path("stopped").booleanValue()).isTrue();
        assertThat(body(get(ANNA, "/v1/services/" + service)).path("stopsOn").stringValue())
                .isEqualTo("2026-03-31");
    }

    private void considering(UUID referral) {
        var headers = new HashMap<>(ifMatch(1));
        var answer = send(
                HttpMethod.PATCH,
                ANNA,
                "/v1/referrals/" + referral,
                "{\"services\":[\"%s\"]}".formatted(service),
                headers);
        assertThat(answer).hasStatusOk();
    }

    @Test
    void fromThatDayOnNobodyIsSentThereAndTheOthersAreHelpedOn() {
        aService();
        var there = sent(draft(), service).getFirst();
        assertThat(stop(HUGO, 1, "2026-03-03", true)).hasStatusOk();
        assertThat(submit(draft(), Bodies.submission(service))).hasStatusOk();
        clock.set(NOW.plusSeconds(24 * 3600));
        var refused = submit(draft(), Bodies.submission(service));
        assertThat(errors(refused)).containsExactly("/services/0/service stopped");
        assertThat(act(BRAM, there, "claim", "{}")).hasStatusOk();
    }

    @Test
    void itIsNotFoundAnyMoreAndSaidBeforehand() {
        aService();
        assertThat(stop(CARLA, 1, "2026-03-03", true)).hasStatusOk();
        assertThat(search()).bodyText().contains(service.toString(), "Let op: stopt op 3 maart 2026");
        clock.set(NOW.plusSeconds(24 * 3600));
        assertThat(search()).bodyText().doesNotContain(service.toString());
    }

    private MvcTestResult search() {
        return send(
                HttpMethod.POST,
                ANNA,
                "/v1/service-searches?limit=100",
                "{\"municipality\":\"9901\",\"text\":\"eindig\"}",
                Map.of());
    }

    @Test
    void itCanGoOnAfterAll() {
        aService();
        assertThat(stop(CARLA, 1, "2026-03-02", true)).hasStatusOk();
        assertThat(errors(submit(draft(), Bodies.submission(service)))).containsExactly("/services/0/service stopped");
        var path = "/v1/services/" + service + "/stop";
        assertThat(send(HttpMethod.DELETE, CARLA, path, null, ifMatch(1))).hasStatus(412);
        assertThat(send(HttpMethod.DELETE, CARLA, path, null, ifMatch(2)))
                .hasStatusOk()
                .hasHeader(HttpHeaders.ETAG, "\"3\"")
                .bodyText()
                .doesNotContain("stopsOn");
        assertThat(submit(draft(), Bodies.submission(service))).hasStatusOk();
    }

    @Test
    void aChangeOfTheServiceDoesNotUndoIt() {
        aService();
        assertThat(stop(CARLA, 1, "2026-03-31", true)).hasStatusOk();
        var path = "/v1/services/" + service;
        var read = body(get(CARLA, path)).toString();
        assertThat(send(HttpMethod.PUT, CARLA, path, read, ifMatch(2)))
                .hasStatusOk()
                .bodyText()
                .contains("\"stopsOn\":\"2026-03-31\"");
        var without = read.replace("\"stopsOn\":\"2026-03-31\",", "");
        assertThat(without).isNotEqualTo(read);
        assertThat(send(HttpMethod.PUT, CARLA, path, without, ifMatch(3)))
                .hasStatusOk()
                .bodyText()
                .contains("\"stopsOn\":\"2026-03-31\"");
        var other = read.replace("2026-03-31", "2026-04-01");
        assertThat(errors(send(HttpMethod.PUT, CARLA, path, other, ifMatch(4)))).containsExactly("/stopsOn elsewhere");
    }

    @Test
    void onlyWhoKeepsItStopsIt() {
        aService();
        assertThat(stop(BRAM, 1, "2026-03-31", true)).hasStatus(403);
        assertThat(stop(ANNA, 1, "2026-03-31", false)).hasStatus(403);
        var elsewhere = new Person(UUID.randomUUID(), "Iemand", List.of(Person.ANKER + ":coordinator"));
        assertThat(stop(elsewhere, 1, "2026-03-31", false)).hasStatus(403);
        assertThat(errors(stop(CARLA, 1, "2026-03-01", true))).containsExactly("/on in-the-past");
        assertThat(stop(CARLA, 7, "2026-03-31", true)).hasStatus(412);
    }

    private List<Document> counted(String collection) {
        return database.getCollection("system.profile")
                .find(new Document("ns", database.getName() + "." + collection).append("command.aggregate", collection))
                .into(new ArrayList<>());
    }

    @Test
    void countingReadsNoMoreThanItCounts() {
        aService();
        sent(draft(), service);
        try (var _ = new Profile(database)) {
            assertThat(stop(CARLA, 1, "2026-03-31", false)).hasStatusOk();
            assertThat(counted("attempts"))
                    .isNotEmpty()
                    .allSatisfy(it -> assertThat(it.getInteger("docsExamined")).isZero());
            assertThat(counted("referrals"))
                    .isNotEmpty()
                    .allSatisfy(it -> assertThat(it.getInteger("keysExamined")).isLessThanOrEqualTo(1));
        }
    }
}
