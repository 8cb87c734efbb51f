package nl.wijkschakel.notification.notification;

import static com.mongodb.client.model.Filters.eq;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.mongodb.ExplainVerbosity;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import nl.wijkschakel.kit.caller.Role;
import nl.wijkschakel.kit.web.Cursor;
import nl.wijkschakel.kit.web.Paging;
import nl.wijkschakel.kit.web.Refusal;
import nl.wijkschakel.notification.notification.Recipient.Organisation;
import nl.wijkschakel.notification.notification.Recipient.Person;
import nl.wijkschakel.notification.notification.Recipient.RoleAnywhere;
import nl.wijkschakel.notification.notification.Recipient.RoleAtMunicipality;
import nl.wijkschakel.notification.notification.Recipient.RoleAtOrganisation;
import nl.wijkschakel.servers.MongoServer;
import org.bson.Document;
import org.bson.UuidRepresentation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class NotificationsTest {

    /** Far ahead: mongod forgets readers by its own clock, and a moment of ours must not be long ago to it. */
    private static final Instant NOW = Instant.parse("2100-03-01T09:00:00Z");

    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final Duration RETENTION = Duration.ofDays(36_500);
    private static final Paging FIRST_PAGE = new Paging(25, null);
    private static final UUID SOMEBODY = new UUID(9, 9);

    private static MongoClient client = MongoClients.create(settings().build());
    private static MongoDatabase database = client.getDatabase("none");
    private static Notifications notifications = notifications(database, RETENTION);

    private final UUID organisation = UUID.randomUUID();
    private final Reader reader = reader(UUID.randomUUID(), organisation);
    private final Reader colleague = reader(UUID.randomUUID(), organisation);

    @BeforeAll
    static void anEmptyDatabase() {
        database = client.getDatabase(MongoServer.ofTests().emptyDatabase(NotificationsTest.class));
        for (var each : List.of(Notifications.indexes(), Readers.indexes())) {
            database.getCollection(each.collection()).createIndexes(each.indexes());
        }
        notifications = notifications(database, RETENTION);
    }

    @AfterAll
    static void close() {
        client.close();
    }

    @Test
    void planningAgainInAnotherOrderChangesNothing() {
        var planned = new ArrayList<>(IntStream.range(0, 10)
                .mapToObj(minute -> forOrganisation(minute, SOMEBODY))
                .toList());
        notifications.plan(planned);
        notifications.read(reader, planned.get(3).id());
        var before = notifications.list(reader, false, FIRST_PAGE);

        Collections.reverse(planned);
        notifications.plan(planned);
        notifications.plan(planned.subList(2, 5));

        assertThat(notifications.list(reader, false, FIRST_PAGE)).isEqualTo(before);
        assertThat(before.items()).hasSize(10).isSortedAccordingTo((a, b) -> b.at().compareTo(a.at()));
        assertThat(notifications.countUnread(reader)).isEqualTo(9);
    }

    @Test
    void aListHoldsWhatThePersonAndWhatTheOrganisationIsToldAndNothingElse() {
        var mine = forPerson(1, reader);
        var ours = forOrganisation(2, SOMEBODY);
        notifications.plan(List.of(
                mine,
                ours,
                forPerson(3, colleague),
                forPerson(4, reader(reader.person(), UUID.randomUUID())),
                planned(5, new Organisation(UUID.randomUUID()), SOMEBODY)));

        assertThat(ids(notifications.list(reader, false, FIRST_PAGE).items())).containsExactly(ours.id(), mine.id());
        assertThat(ids(notifications.list(reader, true, FIRST_PAGE).items())).containsExactly(ours.id(), mine.id());
        assertThat(notifications.countUnread(reader)).isEqualTo(2);
    }

    @Test
    void aReadMarkIsOnePersons() {
        var ours = forOrganisation(1, SOMEBODY);
        notifications.plan(List.of(ours));
        notifications.read(reader, ours.id());

        assertThat(notifications.list(reader, false, FIRST_PAGE).items())
                .extracting(Listed::read)
                .containsExactly(true);
        assertThat(notifications.list(reader, true, FIRST_PAGE).items()).isEmpty();
        assertThat(notifications.countUnread(reader)).isZero();
        assertThat(notifications.list(colleague, true, FIRST_PAGE).items())
                .extracting(Listed::read)
                .containsExactly(false);
        assertThat(notifications.countUnread(colleague)).isEqualTo(1);
    }

    @Test
    void readingAllReadsThoseOfBothKindsForThisPersonAndOrganisationOnly() {
        var elsewhere = reader(reader.person(), UUID.randomUUID());
        notifications.countUnread(colleague);
        notifications.plan(List.of(forPerson(1, reader), forOrganisation(2, SOMEBODY), forPerson(3, elsewhere)));
        notifications.readAll(reader);

        assertThat(notifications.countUnread(reader)).isZero();
        assertThat(notifications.countUnread(colleague)).isEqualTo(1);
        assertThat(notifications.countUnread(elsewhere)).isEqualTo(1);

        notifications.plan(List.of(forOrganisation(4, SOMEBODY)));
        assertThat(notifications.countUnread(reader))
                .as("what comes later is unread again")
                .isEqualTo(1);
    }

    @Test
    void theOwnActOfAnOrganisationIsListedButNeverUnread() {
        notifications.countUnread(colleague);
        notifications.plan(List.of(forOrganisation(1, reader.person()), forOrganisation(2, colleague.person())));

        assertThat(notifications.list(reader, false, FIRST_PAGE).items()).hasSize(2);
        assertThat(notifications.countUnread(reader))
                .as("met after it was planned")
                .isEqualTo(1);
        assertThat(notifications.countUnread(colleague)).as("met before").isEqualTo(1);
    }

    @Test
    void whatCameShortlyBeforeTheFirstLookIsUnreadAndWhatCameLongBeforeIsNot() {
        var longAgo =
                planned(NOW.minus(Notifications.LOOK_BACK).minusSeconds(1), new Organisation(organisation), SOMEBODY);
        var lately =
                planned(NOW.minus(Notifications.LOOK_BACK).plusSeconds(1), new Organisation(organisation), SOMEBODY);
        notifications.plan(List.of(longAgo, lately));

        assertThat(ids(notifications.list(reader, true, FIRST_PAGE).items())).containsExactly(lately.id());
        assertThat(ids(notifications.list(reader, false, FIRST_PAGE).items()))
                .containsExactly(lately.id(), longAgo.id());
    }

    @Test
    void aReaderWhoComesWhileSomethingIsPlannedMissesNothing() {
        var met = new AtomicBoolean();
        CommandListener meetsJustBeforeTheWrite = new CommandListener() {
            @Override
            public void commandStarted(CommandStartedEvent event) {
                if (event.getCommandName().equals("update")
                        && event.getCommand().getString("update").getValue().equals(Notifications.COLLECTION)
                        && met.compareAndSet(false, true)) {
                    assertThat(notifications.countUnread(reader)).isZero();
                }
            }
        };
        var ours = forOrganisation(1, SOMEBODY);
        try (var slow = MongoClients.create(
                settings().addCommandListener(meetsJustBeforeTheWrite).build())) {
            notifications(slow.getDatabase(database.getName()), RETENTION).plan(List.of(ours));
        }

        assertThat(met).isTrue();
        assertThat(ids(notifications.list(reader, true, FIRST_PAGE).items())).containsExactly(ours.id());
    }

    @Test
    void whatARoleIsToldIsReadByThoseWhoHaveItNowEachWithAnOwnMark() {
        var coordinators = new RoleAtOrganisation(organisation, Role.COORDINATOR);
        var first = with(reader(UUID.randomUUID(), organisation), coordinators);
        var second = with(reader(UUID.randomUUID(), organisation), coordinators);
        for (var each : List.of(first, second, reader)) {
            assertThat(notifications.countUnread(each)).isZero();
        }
        var told = planned(1, coordinators, SOMEBODY);
        notifications.plan(
                List.of(told, planned(2, new RoleAtOrganisation(UUID.randomUUID(), Role.COORDINATOR), null)));

        assertThat(ids(notifications.list(first, false, FIRST_PAGE).items())).containsExactly(told.id());
        assertThat(ids(notifications.list(second, true, FIRST_PAGE).items())).containsExactly(told.id());
        assertThat(notifications.list(reader, false, FIRST_PAGE).items()).isEmpty();
        assertThat(notifications.countUnread(reader)).isZero();
        assertThatExceptionOfType(Refusal.Unknown.class).isThrownBy(() -> notifications.read(reader, told.id()));

        notifications.read(first, told.id());
        assertThat(notifications.countUnread(first)).isZero();
        assertThat(notifications.countUnread(second)).isEqualTo(1);

        var noLonger = reader(second.person(), organisation);
        assertThat(notifications.countUnread(noLonger)).as("the role is gone").isZero();
        assertThat(notifications.list(noLonger, true, FIRST_PAGE).items()).isEmpty();
        assertThat(notifications.list(noLonger, false, FIRST_PAGE).items()).isEmpty();
    }

    @Test
    void aRoleAtAMunicipalityAndOneAnywhereAreListsOfTheirOwn() {
        var here = new RoleAtMunicipality("9901", Role.PRIVACY_OFFICER);
        var officer = new Reader(UUID.randomUUID(), Set.of(here, new RoleAnywhere(Role.PRIVACY_OFFICER)));
        var admin = new Reader(
                UUID.randomUUID(),
                Set.of(new RoleAtMunicipality("9901", Role.FUNCTIONAL_ADMIN), new RoleAnywhere(Role.FUNCTIONAL_ADMIN)));
        var toOfficers = planned(1, here, SOMEBODY);
        var toAdmins = planned(2, new RoleAnywhere(Role.FUNCTIONAL_ADMIN), null);
        notifications.plan(List.of(
                toOfficers, toAdmins, planned(3, new RoleAtMunicipality("9902", Role.PRIVACY_OFFICER), SOMEBODY)));

        assertThat(ids(notifications.list(officer, true, FIRST_PAGE).items())).containsExactly(toOfficers.id());
        assertThat(ids(notifications.list(admin, true, FIRST_PAGE).items())).containsExactly(toAdmins.id());
        assertThat(notifications.countUnread(officer)).isEqualTo(1);

        notifications.readAll(officer);
        assertThat(notifications.countUnread(officer)).isZero();
        assertThat(notifications.countUnread(admin)).isEqualTo(1);
    }

    private static Reader with(Reader reader, Recipient more) {
        var lists = new HashSet<>(reader.lists());
        lists.add(more);
        return new Reader(reader.person(), lists);
    }

    @Test
    void anothersNotificationIsUnknown() {
        var colleagues = forPerson(1, colleague);
        var elsewhere = planned(2, new Organisation(UUID.randomUUID()), SOMEBODY);
        notifications.plan(List.of(colleagues, elsewhere));

        for (var id : List.of(colleagues.id(), elsewhere.id(), UUID.randomUUID())) {
            assertThatExceptionOfType(Refusal.Unknown.class).isThrownBy(() -> notifications.read(reader, id));
        }
        assertThat(notifications.countUnread(colleague)).isEqualTo(1);
    }

    @Test
    void pagesFollowOneAnotherWithoutGapOrRepeat() {
        notifications.plan(IntStream.range(0, 23)
                .mapToObj(minute -> minute % 3 == 0 ? forPerson(minute, reader) : forOrganisation(minute / 2, SOMEBODY))
                .toList());

        var seen = new ArrayList<Listed>();
        var paging = new Paging(5, null);
        for (var page = notifications.list(reader, false, paging); ; page = notifications.list(reader, false, paging)) {
            seen.addAll(page.items());
            if (page.next() == null) {
                break;
            }
            paging = new Paging(5, Cursor.of(page.next()));
        }
        assertThat(seen)
                .hasSize(23)
                .doesNotHaveDuplicates()
                .isSortedAccordingTo((a, b) -> b.id().toString().compareTo(a.id().toString()));
        assertThat(seen).extracting(Listed::at).isSortedAccordingTo((a, b) -> b.compareTo(a));
    }

    @Test
    void eachListIsReadFromItsIndexAndNoFurtherThanThePage() {
        notifications.countUnread(reader);
        notifications.countUnread(colleague);
        var all = new ArrayList<Notification>();
        for (int minute = 0; minute < 300; minute++) {
            all.add(forOrganisation(minute, SOMEBODY));
            all.add(forPerson(minute, colleague));
            if (minute % 10 == 0) {
                all.add(forPerson(minute, reader));
            }
        }
        notifications.plan(all);
        var readUpTo = notifications.list(reader, false, new Paging(100, null)).items().stream()
                .filter(it -> !it.read())
                .limit(90)
                .toList();
        readUpTo.forEach(it -> notifications.read(reader, it.id()));

        int page = 20;
        var cursor = Cursor.of(
                notifications.list(reader, false, new Paging(60, null)).next());
        for (var paging : List.of(new Paging(page, null), new Paging(page, cursor))) {
            var whole = explained(notifications.find(reader, false, paging).explain(ExplainVerbosity.EXECUTION_STATS));
            assertThat(whole.stages()).contains("IXSCAN", "SORT_MERGE").doesNotContain("SORT", "COLLSCAN");
            assertThat(whole.keys())
                    .as("one more than the page, and one that the merge looks ahead in each other range")
                    .isBetween(page, page + 3);
            assertThat(whole.documents()).isLessThanOrEqualTo(page + 3);

            var unread = explained(notifications.find(reader, true, paging).explain(ExplainVerbosity.EXECUTION_STATS));
            assertThat(unread.stages()).contains("IXSCAN", "SORT_MERGE").doesNotContain("SORT", "COLLSCAN");
            assertThat(unread.keys()).isBetween(page, page + 3);
            assertThat(unread.documents()).isLessThanOrEqualTo(page + 3);
        }
    }

    @Test
    void aListOfNothingUnreadReadsNothing() {
        notifications.countUnread(reader);
        notifications.plan(IntStream.range(0, 100)
                .mapToObj(minute -> forOrganisation(minute, SOMEBODY))
                .toList());
        notifications.readAll(reader);

        var unread = explained(notifications.find(reader, true, FIRST_PAGE).explain(ExplainVerbosity.EXECUTION_STATS));
        assertThat(unread.keys()).as("one for each range").isLessThanOrEqualTo(3);
    }

    @Test
    void noMoreThanAThousandAreCounted() {
        notifications.countUnread(reader);
        notifications.plan(IntStream.range(0, Notifications.MOST_COUNTED + 5)
                .mapToObj(minute -> forPerson(minute, reader))
                .toList());
        assertThat(notifications.countUnread(reader)).isEqualTo(Notifications.MOST_COUNTED);
    }

    @Test
    void whatIsOldDisappears() {
        var shortly = notifications(database, Duration.ofDays(180));
        var old = planned(Instant.now().minus(Duration.ofDays(181)), new Organisation(organisation), SOMEBODY);
        var young = planned(Instant.now().minus(Duration.ofDays(179)), new Organisation(organisation), SOMEBODY);
        shortly.plan(List.of(old, young));

        var stored = database.getCollection(Notifications.COLLECTION);
        await().atMost(Duration.ofSeconds(90))
                .untilAsserted(() ->
                        assertThat(stored.countDocuments(eq("_id", old.id()))).isZero());
        assertThat(stored.countDocuments(eq("_id", young.id()))).isEqualTo(1);
    }

    private record Explained(List<String> stages, int keys, int documents) {}

    private static Explained explained(Document explanation) {
        var stats = explanation.get("executionStats", Document.class);
        var stages = new ArrayList<String>();
        collect(stats.get("executionStages", Document.class), stages);
        return new Explained(stages, stats.getInteger("totalKeysExamined"), stats.getInteger("totalDocsExamined"));
    }

    private static void collect(Document stage, List<String> stages) {
        stages.add(stage.getString("stage"));
        for (var input : stage.values()) {
            if (input instanceof Document below && below.containsKey("stage")) {
                collect(below, stages);
            } else if (input instanceof List<?> several) {
                several.forEach(each -> collect((Document) each, stages));
            }
        }
    }

    private Notification forOrganisation(int minute, UUID by) {
        return planned(minute, new Organisation(organisation), by);
    }

    private static Notification forPerson(int minute, Reader reader) {
        return planned(minute, person(reader), SOMEBODY);
    }

    /** In the hours before now. */
    private static Notification planned(int minute, Recipient recipient, @Nullable UUID by) {
        return planned(NOW.minus(Duration.ofDays(2)).plus(Duration.ofMinutes(minute)), recipient, by);
    }

    private static Notification planned(Instant at, Recipient recipient, @Nullable UUID by) {
        return Notification.of(
                UUID.randomUUID(),
                "nl.wijkschakel.attempt.sent",
                Subject.ofAttempt(UUID.randomUUID(), UUID.randomUUID()),
                recipient,
                by,
                at);
    }

    private static Recipient person(Reader reader) {
        return reader.lists().stream()
                .filter(Person.class::isInstance)
                .findFirst()
                .orElseThrow();
    }

    /** A specialist. */
    private static Reader reader(UUID person, UUID organisation) {
        return new Reader(
                person,
                Set.of(
                        new Person(person, organisation),
                        new Organisation(organisation),
                        new RoleAtOrganisation(organisation, Role.SPECIALIST)));
    }

    private static List<UUID> ids(List<Listed> listed) {
        return listed.stream().map(Listed::id).toList();
    }

    private static Notifications notifications(MongoDatabase database, Duration retention) {
        return new Notifications(database, new Readers(database, CLOCK), List.of(), retention, CLOCK);
    }

    private static MongoClientSettings.Builder settings() {
        return MongoClientSettings.builder()
                .applyConnectionString(
                        new com.mongodb.ConnectionString(MongoServer.ofTests().uri()))
                .uuidRepresentation(UuidRepresentation.STANDARD);
    }
}
