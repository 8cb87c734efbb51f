package nl.wijkschakel.referral.colleague;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import nl.wijkschakel.referral.Person;
import nl.wijkschakel.referral.Profile;
import nl.wijkschakel.referral.ServiceTest;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

class ColleagueControllerTest extends ServiceTest {

    @Autowired
    Colleagues colleagues;

    private final UUID organisation = UUID.randomUUID();

    @Test
    void whoeverCameByIsKnownWithTheRolesOfTheToken() {
        var chris = person("Chris", organisation + ":specialist", organisation + ":coordinator");
        var zoe = person("Zoë", organisation + ":specialist");
        visit(zoe);
        clock.pass(Duration.ofDays(2));
        var items = list(chris);
        assertThat(items.size()).as("known from the next request on").isEqualTo(1);
        items = list(chris);
        assertThat(items).isEqualTo(json.readTree("""
                [{"person":"%s","name":"Chris","roles":["coordinator","specialist"],"seenAt":"2026-03-04T09:00:00Z"},
                 {"person":"%s","name":"Zoë","roles":["specialist"],"seenAt":"2026-03-02T09:00:00Z"}]""".formatted(chris.id(), zoe.id())));
    }

    @Test
    void whoWorksForSeveralIsKnownToTheOneTheyCameFor() {
        var other = UUID.randomUUID();
        var both = person("Bo", organisation + ":specialist", other + ":specialist");
        assertThat(send(
                        HttpMethod.GET,
                        both,
                        "/v1/colleagues",
                        null,
                        Map.of("Wijkschakel-Organisation", other.toString())))
                .hasStatusOk();
        assertThat(colleagues.find(other, both.id())).isPresent();
        assertThat(colleagues.find(organisation, both.id())).isEmpty();
    }

    @Test
    void aVisitIsWrittenDownOnceAndAnotherNameAtOnce() {
        var bo = person("Bo", organisation + ":specialist");
        visit(bo);
        var written = stored("colleagues", organisation + "|" + bo.id());
        clock.pass(Duration.ofHours(1));
        visit(bo);
        assertThat(stored("colleagues", organisation + "|" + bo.id())).isEqualTo(written);
        var married = new Person(bo.id(), "Bo de Wit", bo.memberships());
        visit(married);
        assertThat(colleagues.find(organisation, bo.id()).orElseThrow().name()).isEqualTo("Bo de Wit");
    }

    @Test
    void whoStayedAwayIsStillListedButGivenNothing() {
        var bo = person("Bo", organisation + ":specialist");
        var chris = person("Chris", organisation + ":coordinator");
        visit(bo);
        visit(chris);
        clock.pass(Duration.ofDays(90).minusSeconds(1));
        assertThat(colleagues.find(organisation, bo.id())).isPresent();
        clock.pass(Duration.ofSeconds(1));
        assertThat(colleagues.find(organisation, bo.id())).isEmpty();
        assertThat(names(list(chris))).contains("Bo");
    }

    @Test
    void whoIsRefusedTellsNothing() {
        var outsider = person("Bo", organisation + ":specialist");
        assertThat(send(
                        HttpMethod.GET,
                        outsider,
                        "/v1/colleagues",
                        null,
                        Map.of("Wijkschakel-Organisation", Person.BRUG.toString())))
                .hasStatus(403);
        assertThat(colleagues.find(Person.BRUG, outsider.id())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Hugo", "Ines", "Joris", "Kim"})
    void p25WhoWorksForAMunicipalityHasNoColleaguesHere(String name) {
        var who = List.of(Person.HUGO, Person.INES, Person.JORIS, Person.KIM).stream()
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow();
        assertThat(get(who, "/v1/colleagues")).hasStatus(403);
    }

    @Test
    void theListIsPagedByNameAndOneRangeOfItsIndex() {
        for (var name : List.of("Émile", "anna", "Bram", "Łukasz", "Zoë", "Anna", "dirk")) {
            visit(person(name, organisation + ":specialist"));
        }
        var reader = person("bram", organisation + ":specialist");
        visit(reader);
        var seen = new ArrayList<String>();
        var next = "";
        try (var profile = new Profile(database)) {
            do {
                var page = body(get(reader, "/v1/colleagues?limit=3" + next));
                seen.addAll(names(page.path("items")));
                next = page.has("next") ? "&cursor=" + page.path("next").stringValue() : "";
                var query = profile.last(Colleagues.COLLECTION, "organisation");
                assertThat(query.getBoolean("hasSortStage", false)).isFalse();
                assertThat(query.getInteger("keysExamined")).isLessThanOrEqualTo(4);
            } while (!next.isEmpty());
        }
        assertThat(seen.stream().map(it -> it.substring(0, 1).toLowerCase(java.util.Locale.ROOT)))
                .containsExactly("a", "a", "b", "b", "d", "é", "ł", "z");
        assertThat(errors(get(reader, "/v1/colleagues?cursor=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")))
                .containsExactly("/cursor unknown-cursor");
    }

    @Test
    void theyAreForgottenAfterFourHundredDays() {
        var indexes =
                database.getCollection(Colleagues.COLLECTION).listIndexes().into(new ArrayList<>());
        assertThat(indexes.stream().map(it -> it.get("expireAfterSeconds")).filter(it -> it != null))
                .containsExactly((int) Duration.ofDays(400).toSeconds());
        assertThat(indexes).extracting(it -> it.get("key", Document.class)).hasSize(3);
    }

    // steps

    private static Person person(String name, String... memberships) {
        return new Person(UUID.randomUUID(), name, List.of(memberships));
    }

    private void visit(Person who) {
        assertThat(get(who, "/v1/attempts/counts")).hasStatusOk();
    }

    private JsonNode list(Person who) {
        var answer = get(who, "/v1/colleagues");
        assertThat(answer).hasStatusOk();
        return body(answer).path("items");
    }

    private static List<String> names(JsonNode items) {
        return items.valueStream().map(it -> it.path("name").stringValue()).toList();
    }
}
