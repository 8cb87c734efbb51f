package nl.wijkschakel.referral.directory;

import static nl.wijkschakel.referral.directory.DirectoryFixture.BERGSTAD;
import static nl.wijkschakel.referral.directory.DirectoryFixture.WATERWIJK;
import static nl.wijkschakel.referral.directory.DirectoryFixture.organisation;
import static nl.wijkschakel.referral.directory.DirectoryFixture.service;
import static nl.wijkschakel.referral.directory.DirectoryFixture.team;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;
import nl.wijkschakel.kit.TimeOrderedIds;
import nl.wijkschakel.kit.web.Cursor;
import nl.wijkschakel.kit.web.Page;
import nl.wijkschakel.kit.web.Paging;
import nl.wijkschakel.kit.web.Refusal;
import nl.wijkschakel.referral.directory.Capacity.Status;
import nl.wijkschakel.referral.directory.Organisation.Kind;
import nl.wijkschakel.servers.MongoServer;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.UuidRepresentation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Stored entries, on a real mongod. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EntriesTest {

    private static final int PAGE = 5;

    /** Every find that was sent, so that the very query of production is explained. */
    private final List<BsonDocument> sent = new CopyOnWriteArrayList<>();

    private final MongoClient client = MongoClients.create(MongoClientSettings.builder()
            .applyConnectionString(new ConnectionString(MongoServer.ofTests().uri()))
            .uuidRepresentation(UuidRepresentation.STANDARD)
            .addCommandListener(new CommandListener() {
                @Override
                public void commandStarted(CommandStartedEvent event) {
                    if (event.getCommandName().equals("find")) {
                        sent.add(event.getCommand().clone());
                    }
                }
            })
            .build());

    /** Filled once, and never changed. */
    private final MongoDatabase database = client.getDatabase("entries-test");

    private final Entries<Organisation> organisations = new Entries<>(database, Entries.ORGANISATIONS);
    private final Entries<Team> teams = new Entries<>(database, Entries.TEAMS);
    private final Entries<Service> services = new Entries<>(database, Entries.SERVICES);

    /** For tests that change something. */
    private final MongoDatabase changing = client.getDatabase("entries-test-changing");

    private final List<Organisation> allOrganisations = new ArrayList<>();
    private final List<Team> allTeams = new ArrayList<>();
    private final List<Service> allServices = new ArrayList<>();

    @BeforeAll
    void fill() {
        database.drop();
        changing.drop();
        Stream.of(Entries.ORGANISATIONS, Entries.TEAMS, Entries.SERVICES)
                .map(Entries.Shape::indexed)
                .forEach(it -> database.getCollection(it.collection()).createIndexes(it.indexes()));
        var kinds = Kind.values();
        for (int i = 0; i < 12; i++) {
            var kind = kinds[i % kinds.length];
            allOrganisations.add(
                    i % 4 == 0
                            ? organisation("Stichting " + i, kind, WATERWIJK, BERGSTAD)
                            : organisation("Stichting " + i, kind, i % 2 == 0 ? WATERWIJK : BERGSTAD));
        }
        var themes = Theme.values();
        for (int i = 0; i < 90; i++) {
            var owner = allOrganisations.get(i % 3);
            allTeams.add(team(owner, "Team " + i % 7, i % 2 == 0 ? WATERWIJK : BERGSTAD));
            var offered = service()
                    .of(owner)
                    .named((i % 2 == 0 ? "hulp " : "Élan ") + i % 40)
                    .about(themes[i % 4], themes[i % 4 + 1], themes[(i + 7) % themes.length]);
            allServices.add(
                    (i % 5 == 0 ? offered.in(WATERWIJK, BERGSTAD) : offered.in(i % 2 == 0 ? WATERWIJK : BERGSTAD))
                            .build());
        }
        allOrganisations.forEach(organisations::add);
        allTeams.forEach(teams::add);
        allServices.forEach(services::add);
    }

    @AfterAll
    void close() {
        client.close();
    }

    record Listing<T extends Entry>(String name, Entries<T> entries, List<String> chosen, List<T> expected) {
        @Override
        public String toString() {
            return name + chosen;
        }
    }

    private static <T extends Entry> Listing<T> listing(
            Entries<T> entries, List<T> all, Predicate<T> belongs, @Nullable Object... chosen) {
        var expected = all.stream()
                .filter(belongs)
                .sorted(Comparator.comparing((T it) -> Words.folded(it.name()))
                        .thenComparing(it -> it.id().toString()))
                .toList();
        var choices = Stream.of(chosen).map(Entries::only).toList();
        return new Listing<>(all.getFirst().getClass().getSimpleName(), entries, choices, expected);
    }

    /** Every choice of filters there is, with what it must list. */
    Stream<Listing<?>> listings() {
        var listings = new ArrayList<Listing<?>>();
        for (var municipality : new @Nullable String[] {null, WATERWIJK}) {
            for (var kind : new @Nullable Kind[] {null, Kind.INFORMAL}) {
                listings.add(listing(
                        organisations,
                        allOrganisations,
                        it -> fits(municipality, it.municipalities()) && fits(kind, List.of(it.kind())),
                        kind,
                        municipality));
            }
            for (var owner :
                    new @Nullable UUID[] {null, allOrganisations.getFirst().id()}) {
                listings.add(listing(
                        teams,
                        allTeams,
                        it -> fits(municipality, it.municipalities()) && fits(owner, List.of(it.organisation())),
                        owner,
                        municipality));
                for (var theme : new @Nullable Theme[] {null, Theme.ADDICTION}) {
                    listings.add(listing(
                            services,
                            allServices,
                            it -> fits(municipality, it.municipalities())
                                    && fits(owner, List.of(it.organisation()))
                                    && fits(theme, it.themes()),
                            owner,
                            municipality,
                            theme));
                }
            }
        }
        return listings.stream();
    }

    private static <V> boolean fits(@Nullable V chosen, List<V> values) {
        return chosen == null || values.contains(chosen);
    }

    @ParameterizedTest
    @MethodSource("listings")
    <T extends Entry> void eachChoiceOfFiltersListsWhatBelongsThereByName(Listing<T> listing) {
        assertThat(listing.expected()).isNotEmpty();
        assertThat(all(listing)).isEqualTo(listing.expected());
    }

    @ParameterizedTest
    @MethodSource("listings")
    <T extends Entry> void eachPageIsOneRangeOfTheIndexWithoutASort(Listing<T> listing) {
        sent.clear();
        all(listing);
        var pages = sent.stream().filter(it -> it.containsKey("sort")).toList();
        assertThat(pages).hasSize(Math.ceilDiv(listing.expected().size(), PAGE));
        assertThat(pages).allSatisfy(page -> {
            var explained = explain(page);
            assertThat(explained.toJson()).contains("\"IXSCAN\"").doesNotContain("\"SORT\"", "\"COLLSCAN\"");
            var statistics = explained.get("executionStats", Document.class);
            assertThat(statistics.getInteger("totalKeysExamined")).isBetween(1, PAGE + 1);
            assertThat(statistics.getInteger("totalDocsExamined")).isBetween(1, PAGE + 1);
        });
    }

    /** All pages, by their cursors. */
    private static <T extends Entry> List<T> all(Listing<T> listing) {
        var found = new ArrayList<T>();
        @Nullable Cursor after = null;
        Page<T> page;
        do {
            page = listing.entries().page(listing.chosen(), new Paging(PAGE, after));
            found.addAll(page.items());
            after = new Cursor(0, found.getLast().id());
        } while (page.next() != null);
        return found;
    }

    private Document explain(BsonDocument find) {
        var query = new BsonDocument();
        for (var part : List.of("find", "filter", "projection", "sort", "limit")) {
            query.append(part, find.get(part));
        }
        return database.runCommand(new Document("explain", query).append("verbosity", "executionStats"));
    }

    @Test
    void aSearchReadsTheServicesOfItsThemeAndMunicipalityOnly() {
        sent.clear();
        var chosen = List.of(Entries.only(null), WATERWIJK, Theme.ADDICTION.name());
        var expected = allServices.stream()
                .filter(it -> it.municipalities().contains(WATERWIJK)
                        && it.themes().contains(Theme.ADDICTION)
                        && it.name().startsWith("Élan"))
                .toList();
        assertThat(expected).isNotEmpty();
        assertThat(services.containing(List.of("ELÁN", "schuld"), chosen, 100))
                .containsExactlyInAnyOrderElementsOf(expected);
        var explained = explain(sent.getLast());
        assertThat(explained.toJson()).contains("\"IXSCAN\"").doesNotContain("\"SORT\"");
        var belonging = allServices.stream()
                .filter(it ->
                        it.municipalities().contains(WATERWIJK) && it.themes().contains(Theme.ADDICTION))
                .count();
        assertThat(explained.get("executionStats", Document.class).getInteger("totalKeysExamined"))
                .isLessThanOrEqualTo((int) belonging + 1);
    }

    @Test
    void theSignsOfAPatternAreWordsLikeAnyOther() {
        var chosen = List.of(Entries.only(null), WATERWIJK, Entries.only(null));
        assertThat(services.containing(List.of("h.lp"), chosen, 100)).isEmpty();
    }

    @Test
    void whatIsStoredIsReadAsItWas() {
        var services = new Entries<>(changing, Entries.SERVICES);
        var organisations = new Entries<>(changing, Entries.ORGANISATIONS);
        var full = service().ages(12, 17).crisisPhone("088 123 45 67").build();
        var sparse = service().ages(null, null).build();
        services.add(full);
        services.add(sparse);
        assertThat(services.find(full.id())).contains(full);
        assertThat(services.find(sparse.id())).contains(sparse);
        var noMail = new Organisation(
                TimeOrderedIds.next(), 1, "Zonder", Kind.INFORMAL, List.of("9903"), "112", null, null, null);
        organisations.add(noMail);
        assertThat(organisations.find(noMail.id())).contains(noMail);
    }

    @Test
    void oneIdIsGivenOutOnce() {
        var teams = new Entries<>(changing, Entries.TEAMS);
        var team = team(organisation(), "Eerste", "9909");
        teams.add(team);
        var other = new Team(team.id(), 1, team.organisation(), "Tweede", "9909", "112");
        assertThatThrownBy(() -> teams.add(other)).isInstanceOf(Refusal.Stale.class);
        assertThat(teams.find(team.id())).contains(team);
    }

    @Test
    void losesNoChangeToARace() {
        var services = new Entries<>(changing, Entries.SERVICES);
        var first = service().in("9909").build();
        services.add(first);
        var full = first.with(DirectoryFixture.room(Status.NO_CAPACITY, 0, 0));
        services.replace(full);
        var late = first.with(DirectoryFixture.room(Status.WAITLIST, 1, 2));
        assertThatThrownBy(() -> services.replace(late)).isInstanceOf(Refusal.Stale.class);
        assertThat(services.find(first.id())).contains(full);
    }

    @Test
    void aRenamedEntryMovesToItsPlace() {
        var organisations = new Entries<>(changing, Entries.ORGANISATIONS);
        var before = organisation("Aan het begin", Kind.INFORMAL, "9908");
        var between = organisation("Middenin", Kind.INFORMAL, "9908");
        organisations.add(before);
        organisations.add(between);
        var after = new Organisation(
                before.id(), 2, "Zo ver mogelijk", Kind.INFORMAL, List.of("9908"), "112", null, null, null);
        organisations.replace(after);
        assertThat(organisations
                        .page(List.of("", "9908"), new Paging(PAGE, null))
                        .items())
                .containsExactly(between, after);
    }

    @Test
    void aCursorThatNamesNothingIsRefused() {
        var nothing = new Paging(PAGE, new Cursor(0, UUID.randomUUID()));
        assertThatThrownBy(() -> teams.page(List.of("", ""), nothing)).isInstanceOf(Refusal.Invalid.class);
    }

    @Test
    void aLookUpOfManyAsksTheDatabaseOnceAndThenRemembers() {
        var some = allServices.subList(0, 20).stream().map(Service::id).toList();
        var asked = new java.util.HashSet<>(some);
        asked.add(UUID.randomUUID());
        var fresh = new Entries<>(database, Entries.SERVICES);
        sent.clear();
        assertThat(fresh.recent(asked)).containsOnlyKeys(some);
        assertThat(sent).hasSize(1);
        sent.clear();
        assertThat(fresh.recent(Set.copyOf(some))).containsOnlyKeys(some);
        assertThat(sent).isEmpty();
    }

    @Test
    void aChangeMadeHereIsSeenAtOnce() {
        var services = new Entries<>(changing, Entries.SERVICES);
        var first = service().in("9909").build();
        services.add(first);
        assertThat(services.recent(Set.of(first.id()))).containsValue(first);
        var full = first.with(DirectoryFixture.room(Status.NO_CAPACITY, 0, 0));
        services.replace(full);
        assertThat(services.recent(Set.of(first.id()))).containsValue(full);
    }

    @Test
    void whatIsNotThereYetIsFoundOnceItIs() {
        var teams = new Entries<>(changing, Entries.TEAMS);
        var late = team(organisation(), "Later", "9909");
        assertThat(teams.recent(Set.of(late.id()))).isEmpty();
        new Entries<>(changing, Entries.TEAMS).add(late); // by another replica
        assertThat(teams.recent(Set.of(late.id()))).containsValue(late);
    }
}
