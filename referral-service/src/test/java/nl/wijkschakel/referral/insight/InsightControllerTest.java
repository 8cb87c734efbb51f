package nl.wijkschakel.referral.insight;

import static nl.wijkschakel.referral.Person.ANKER;
import static nl.wijkschakel.referral.Person.ANNA;
import static nl.wijkschakel.referral.Person.BRAM;
import static nl.wijkschakel.referral.Person.CARLA;
import static nl.wijkschakel.referral.Person.HUGO;
import static nl.wijkschakel.referral.Person.INES;
import static nl.wijkschakel.referral.Person.JORIS;
import static nl.wijkschakel.referral.Person.KIM;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.Projections;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import nl.wijkschakel.referral.Bodies;
import nl.wijkschakel.referral.Person;
import nl.wijkschakel.referral.ServiceTest;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class InsightControllerTest extends ServiceTest {

    private static final String MARCH = "&from=2026-03&to=2026-03";

    // the own organisation's

    @Test
    void aCoordinatorSeesWaitsAnswersReturnsAndOutcomesInFull() {
        var before = own(CARLA, "RECEIVER");

        var returned = claimed();
        assertThat(act(BRAM, returned, "return", Bodies.RETURN)).hasStatusOk();
        var asked = claimed();
        assertThat(act(BRAM, asked, "information-request", Bodies.QUESTION)).hasStatusOk();
        clock.set(NOW.plus(Duration.ofDays(2)));
        assertThat(act(ANNA, asked, "answer", Bodies.ANSWER)).hasStatusOk();
        clock.set(NOW);
        var done = started();
        assertThat(act(BRAM, done, "completion", Bodies.COMPLETION)).hasStatusOk();

        var after = own(CARLA, "RECEIVER");
        assertThat(after.path("attempts").longValue() - before.path("attempts").longValue())
                .isEqualTo(3);
        assertThat(grown(before, after, "returns", "NO_CAPACITY")).isEqualTo(1);
        assertThat(grown(before, after, "outcomes", "GOAL_REACHED")).isEqualTo(1);
        assertThat(after.at("/statuses/COMPLETED").longValue(0)
                        - before.at("/statuses/COMPLETED").longValue(0))
                .isEqualTo(1);
        assertThat(after.at("/answer/count").longValue()
                        - before.at("/answer/count").longValue())
                .isEqualTo(1);
        assertThat(after.at("/start/count").longValue()
                        - before.at("/start/count").longValue())
                .isEqualTo(1);
        assertThat(after.path("months")).hasSize(1);
        assertThat(after.at("/months/0/month").stringValue()).isEqualTo("2026-03");
        assertThat(after.path("services")
                        .valueStream()
                        .map(it -> it.path("name").stringValue()))
                .contains("Schuldhulp");
        assertThat(after.at("/links/waiting").stringValue()).contains("queue=WAITLIST");
    }

    @Test
    void theReferrersSideCountsOnlyOutcomesTheClientAgreedToTell() {
        var coordinator = coordinatorOf(Person.WIJKTEAM);
        var before = own(coordinator, "SENDER");
        var told = started();
        assertThat(act(BRAM, told, "completion", Bodies.COMPLETION)).hasStatusOk();
        var untold = started();
        assertThat(act(
                        BRAM,
                        untold,
                        "completion",
                        Bodies.COMPLETION
                                .replace("\"clientAgreesToFeedback\":true", "\"clientAgreesToFeedback\":false")
                                .replace(",\"feedback\":\"De schulden zijn geregeld\"", "")))
                .hasStatusOk();
        var after = own(coordinator, "SENDER");
        assertThat(after.at("/statuses/COMPLETED").longValue(0)
                        - before.at("/statuses/COMPLETED").longValue(0))
                .isEqualTo(2);
        assertThat(grown(before, after, "outcomes", "GOAL_REACHED")).isEqualTo(1);
    }

    @Test
    void whoWaitsWithoutContactIsCounted() {
        var before = own(CARLA, "RECEIVER").path("now");
        var attempt = claimed();
        assertThat(act(BRAM, attempt, "waitlisting", Bodies.WAITLISTING)).hasStatusOk();
        clock.set(NOW.plus(Duration.ofDays(40)));
        var after = own(CARLA, "RECEIVER").path("now");
        assertThat(after.path("all").longValue() - before.path("all").longValue())
                .isEqualTo(1);
        assertThat(after.path("contactDue").longValue()).isPositive();
        assertThat(after.path("expectationOld").longValue()).isPositive();
    }

    @Test
    void figuresCanBeOfOneServiceOrTeam() {
        sent(draft(), BUDGET);
        var all = own(CARLA, "RECEIVER").path("attempts").longValue();
        var one = body(get(CARLA, "/v1/own-figures?side=RECEIVER" + MARCH + "&service=" + BUDGET));
        assertThat(one.path("attempts").longValue()).isPositive().isLessThanOrEqualTo(all);
        assertThat(one.path("services")).hasSize(1);
        var none = body(get(CARLA, "/v1/own-figures?side=RECEIVER" + MARCH + "&team=" + UUID.randomUUID()));
        assertThat(none.path("attempts").longValue()).isZero();
    }

    @Test
    void onlyTheOwnOrganisationIsCounted() {
        var before = own(coordinatorOf(ANKER), "RECEIVER").path("attempts").longValue();
        sent();
        assertThat(own(coordinatorOf(ANKER), "RECEIVER").path("attempts").longValue())
                .isEqualTo(before);
        for (var other : List.of(ANNA, BRAM, JORIS, KIM, HUGO, INES)) {
            assertThat(get(other, "/v1/own-figures?side=RECEIVER" + MARCH)).hasStatus(403);
        }
    }

    @Test
    void allThatIsWrongIsNamed() {
        assertThat(errors(get(CARLA, "/v1/own-figures?side=EITHER&from=2026-03&to=2026-02")))
                .containsExactlyInAnyOrder("/side out-of-range", "/to before-from");
        assertThat(errors(get(CARLA, "/v1/own-figures?side=SENDER&from=2024-01&to=2026-02")))
                .containsExactly("/to too-long");
    }

    // the municipality's

    @Test
    void p24ThePolicyOfficerSeesNoFewerThanTen() {
        var municipality = "9902";
        var of = new ArrayList<UUID>();
        for (int i = 0; i < 9; i++) {
            of.add(sent());
        }
        inMunicipality(municipality, of, "2025-02-03T09:00:00Z");
        assertThat(figures(municipality, 2025).at("/sent/themes")).isEmpty();
        inMunicipality(municipality, List.of(sent()), "2025-02-03T09:00:00Z");
        var shown = figures(municipality, 2025);
        assertThat(shown.at("/sent/themes/0/theme").stringValue()).isEqualTo("DEBT_AND_INCOME");
        assertThat(shown.at("/sent/themes/0/counts/0").longValue()).isEqualTo(10);
        assertThat(shown.at("/sent/themes/0/counts/1").isNull()).isTrue();
        assertThat(shown.at("/sent/themes/0/year").isMissingNode())
                .as("it would tell that the other quarters have none")
                .isTrue();
        assertThat(shown.at("/endings/statuses/0/status").stringValue()).isEqualTo("SENT");
        assertThat(shown.at("/endings/statuses/0/count").longValue()).isEqualTo(10);
        assertThat(shown.at("/endings/total").isMissingNode()).isTrue();
    }

    @Test
    void p24OnlyWhatIsOverIsCounted() {
        var running = figures("9901", 2026);
        assertThat(running.path("quarters")).isEmpty();
        assertThat(running.has("endings")).isFalse();
        assertThat(running.has("waits")).isFalse();
        clock.set(Instant.parse("2026-04-01T09:00:00Z"));
        assertThat(figures("9901", 2026).path("quarters")).hasSize(1);
    }

    @Test
    void p25PolicyFiguresAreForThoseOfTheMunicipality() {
        for (var who : List.of(JORIS, HUGO)) {
            assertThat(get(who, "/v1/policy-figures?municipality=9901&year=2025"))
                    .hasStatusOk();
        }
        assertThat(get(JORIS, "/v1/policy-figures?municipality=9902&year=2025")).hasStatus(403);
        for (var other : List.of(ANNA, CARLA, KIM, INES)) {
            assertThat(get(other, "/v1/policy-figures?municipality=9901&year=2025"))
                    .hasStatus(403);
        }
        assertThat(errors(get(JORIS, "/v1/policy-figures?municipality=9901&year=2027")))
                .containsExactly("/year out-of-range");
    }

    // no figure reads through everything

    @Test
    void figuresComeFromAnIndex() {
        var period = new Document("$gte", Date.from(NOW)).append("$lt", Date.from(NOW.plus(Duration.ofDays(30))));
        for (var whose : Map.of("receiver", ANKER, "sender.organisation", ANKER, "municipality", "9901")
                .entrySet()) {
            var plan = database.getCollection("attempts")
                    .find(new Document(whose.getKey(), whose.getValue()).append("createdAt", period))
                    .projection(Projections.include("client"))
                    .explain()
                    .toJson();
            assertThat(plan).contains("IXSCAN", "createdAt").doesNotContain("COLLSCAN", "\"SORT\"");
        }
    }

    private JsonNode own(Person who, String side) {
        var answer = get(who, "/v1/own-figures?side=" + side + MARCH);
        assertThat(answer).hasStatusOk();
        return body(answer);
    }

    private JsonNode figures(String municipality, int year) {
        var answer = get(HUGO, "/v1/policy-figures?municipality=" + municipality + "&year=" + year);
        assertThat(answer).hasStatusOk();
        return body(answer);
    }

    private static long grown(JsonNode before, JsonNode after, String list, String code) {
        return count(after, list, code) - count(before, list, code);
    }

    private static long count(JsonNode figures, String list, String code) {
        return figures.path(list)
                .valueStream()
                .filter(it -> it.path("code").stringValue().equals(code))
                .mapToLong(it -> it.path("count").longValue())
                .sum();
    }

    private static Person coordinatorOf(UUID organisation) {
        return new Person(
                new UUID(9, organisation.getLeastSignificantBits()),
                "Coördinator",
                List.of(organisation + ":coordinator"));
    }

    /** Moves what was sent just now to another place and time, which nothing over the API can. */
    private void inMunicipality(String municipality, List<UUID> attempts, String sentAt) {
        var at = Date.from(Instant.parse(sentAt));
        for (var attempt : attempts) {
            database.getCollection("attempts")
                    .updateOne(
                            new Document("_id", attempt),
                            new Document(
                                    "$set",
                                    new Document("municipality", municipality)
                                            .append("createdAt", at)
                                            .append("history.0.at", at)));
        }
    }
}
