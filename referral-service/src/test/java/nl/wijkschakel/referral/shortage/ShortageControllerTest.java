package nl.wijkschakel.referral.shortage;

import static nl.wijkschakel.referral.Person.ANNA;
import static nl.wijkschakel.referral.Person.BRAM;
import static nl.wijkschakel.referral.Person.HUGO;
import static nl.wijkschakel.referral.Person.INES;
import static nl.wijkschakel.referral.Person.JORIS;
import static nl.wijkschakel.referral.Person.KIM;
import static nl.wijkschakel.referral.Person.MILAN;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import nl.wijkschakel.referral.Person;
import nl.wijkschakel.referral.Profile;
import nl.wijkschakel.referral.ServiceTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

class ShortageControllerTest extends ServiceTest {

    private static final String SOUGHT = "Nachtopvang met een hond";

    @BeforeEach
    void nothingIsShortYet() {
        database.getCollection("shortages").deleteMany(new org.bson.Document());
    }

    private MvcTestResult report(Person who, String body, Map<String, String> headers) {
        return send(HttpMethod.POST, who, "/v1/shortages", body, headers);
    }

    private UUID report(String theme) {
        var answer = report(ANNA, """
                        {"municipality":"9901","theme":"%s","ageGroup":"18-22","language":"so","area":"Noord",
                         "urgency":"SOON","sought":"%s"}""".formatted(theme, SOUGHT), Map.of());
        assertThat(answer).hasStatus(201);
        return id(body(answer));
    }

    @Test
    void whatIsReportedIsReadByItsOrganisationAndTheAdmin() {
        var id = report("HOUSING_AND_SHELTER");
        for (var reader : List.of(ANNA, MILAN, HUGO)) {
            assertThat(get(reader, "/v1/shortages/" + id))
                    .hasStatusOk()
                    .bodyJson()
                    .isLenientlyEqualTo("""
                            {"municipality":"9901","theme":"HOUSING_AND_SHELTER","ageGroup":"18-22","language":"so",
                             "area":"Noord","urgency":"SOON","sought":"Nachtopvang met een hond",
                             "reportedAt":"2026-03-02T09:00:00Z"}""");
        }
        var elsewhere = new Person(UUID.randomUUID(), "Iemand", List.of("9903:functional-admin"));
        for (var stranger : List.of(BRAM, elsewhere)) {
            assertThat(get(stranger, "/v1/shortages/" + id)).hasStatus(404);
        }
    }

    @Test
    void whatWasWrittenIsSealed() {
        var stored = stored("shortages", report("ADDICTION")).toJson();
        assertThat(stored).doesNotContain("Nachtopvang", "Noord").contains("ADDICTION");
    }

    @Test
    void everythingThatIsWrongIsNamed() {
        assertThat(errors(report(ANNA, "{}", Map.of())))
                .containsExactly("/municipality required", "/theme required", "/sought required");
        assertThat(errors(report(
                        ANNA,
                        "{\"municipality\":\"99\",\"theme\":\"ADDICTION\",\"language\":\"!\",\"area\":\"\",\"sought\":\" \"}",
                        Map.of())))
                .containsExactly(
                        "/municipality municipality", "/language language", "/area required", "/sought required");
        assertThat(errors(report(ANNA, "{\"ageGroup\":\"19\"}", Map.of()))).containsExactly("/ageGroup wrong-type");
        assertThat(errors(report(ANNA, "{\"client\":\"" + UUID.randomUUID() + "\"}", Map.of())))
                .containsExactly("/client unknown-field");
    }

    @Test
    void sentTwiceItIsStoredOnce() {
        var body = "{\"municipality\":\"9901\",\"theme\":\"ADDICTION\",\"sought\":\"Iets\"}";
        var key = Map.of("Idempotency-Key", "k-" + UUID.randomUUID());
        var first = report(ANNA, body, key);
        assertThat(first).hasStatus(201);
        assertThat(body(report(ANNA, body, key))).isEqualTo(body(first));
        assertThat(report(ANNA, body.replace("Iets", "Anders"), key)).hasStatus(409);
        assertThat(body(report(MILAN, body, key))).isNotEqualTo(body(first));
        clock.set(NOW.plusSeconds(25 * 3600));
        assertThat(report(ANNA, body.replace("Iets", "Anders"), key)).hasStatus(201);
        assertThat(database.getCollection("shortages").countDocuments()).isEqualTo(3);
    }

    @Test
    void theAdminReadsThemNewestFirst() {
        var ids = new ArrayList<UUID>();
        for (int i = 0; i < 7; i++) {
            clock.set(NOW.plusSeconds(i));
            ids.addFirst(report(i % 2 == 0 ? "ADDICTION" : "LONELINESS"));
        }
        assertThat(listed("/v1/shortages?municipality=9901&limit=3")).isEqualTo(ids);
        assertThat(listed("/v1/shortages?municipality=9901&theme=LONELINESS&limit=2"))
                .containsExactly(ids.get(1), ids.get(3), ids.get(5));
        assertThat(listed("/v1/shortages?municipality=9902")).isEmpty();
    }

    private List<UUID> listed(String list) {
        var seen = new ArrayList<UUID>();
        @Nullable String next = null;
        do {
            var page = body(get(HUGO, next == null ? list : list + "&cursor=" + next));
            page.path("items").forEach(it -> seen.add(id(it)));
            next = page.has("next") ? page.path("next").stringValue() : null;
        } while (next != null);
        return seen;
    }

    @Test
    void theListReadsNoMoreThanItShows() {
        for (int i = 0; i < 12; i++) {
            report("ADDICTION");
        }
        try (var profile = new Profile(database)) {
            assertThat(get(HUGO, "/v1/shortages?municipality=9901&theme=ADDICTION&limit=5"))
                    .hasStatusOk();
            var query = profile.last("shortages", "lists");
            assertThat(query.getInteger("keysExamined")).isLessThanOrEqualTo(6);
            assertThat(query.getBoolean("hasSortStage", false)).isFalse();
        }
    }

    @Test
    void p24ThePolicyOfficerSeesFiguresOnlyAndNoneBelowTen() {
        var id = report("ADDICTION");
        for (int i = 0; i < 9; i++) {
            report("ADDICTION");
            report("LONELINESS");
        }
        clock.set(Instant.parse("2026-04-01T09:00:00Z"));
        assertThat(get(JORIS, "/v1/shortages?municipality=9901")).hasStatus(403);
        assertThat(get(JORIS, "/v1/shortages/" + id)).hasStatus(403);
        assertThat(get(JORIS, "/v1/shortage-figures?municipality=9901&year=2026"))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo("""
                        {"municipality":"9901","year":2026,"quarters":["2026-Q1"],
                         "themes":[{"theme":"ADDICTION","counts":[10]}]}""");
    }

    @Test
    void p24AQuarterThatRunsIsNotThereYet() {
        for (int i = 0; i < 12; i++) {
            report("ADDICTION");
        }
        // in Amsterdam it is the second quarter from 22:00 on
        clock.set(Instant.parse("2026-03-31T21:59:59Z"));
        assertThat(get(JORIS, "/v1/shortage-figures?municipality=9901&year=2026"))
                .bodyText()
                .doesNotContain("ADDICTION");
        clock.set(Instant.parse("2026-03-31T22:00:00Z"));
        assertThat(get(JORIS, "/v1/shortage-figures?municipality=9901&year=2026"))
                .bodyText()
                .contains("ADDICTION");
    }

    @Test
    void whoMayDoWhat() {
        var body = "{\"municipality\":\"9901\",\"theme\":\"ADDICTION\",\"sought\":\"Iets\"}";
        for (var other : List.of(HUGO, INES, JORIS, KIM)) {
            assertThat(report(other, body, Map.of())).hasStatus(403);
        }
        for (var other : List.of(ANNA, BRAM, INES, KIM)) {
            assertThat(get(other, "/v1/shortages?municipality=9901")).hasStatus(403);
            assertThat(get(other, "/v1/shortage-figures?municipality=9901&year=2026"))
                    .hasStatus(403);
        }
        assertThat(get(HUGO, "/v1/shortages?municipality=9903")).hasStatus(403);
        assertThat(get(JORIS, "/v1/shortage-figures?municipality=9902&year=2026"))
                .hasStatus(403);
        assertThat(errors(get(JORIS, "/v1/shortage-figures?municipality=9901&year=2027")))
                .containsExactly("/year out-of-range");
        assertThat(report(ANNA, body, Map.of())).hasHeader(HttpHeaders.LOCATION, "/v1/shortages/" + newest());
    }

    private UUID newest() {
        return listed("/v1/shortages?municipality=9901").getFirst();
    }
}
