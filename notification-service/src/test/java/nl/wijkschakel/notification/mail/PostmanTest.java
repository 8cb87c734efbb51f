package nl.wijkschakel.notification.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.mongodb.ExplainVerbosity;
import com.mongodb.client.MongoDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import nl.wijkschakel.kit.caller.Role;
import nl.wijkschakel.kit.demo.MovableClock;
import nl.wijkschakel.kit.mongo.Lease;
import nl.wijkschakel.notification.RunningService;
import nl.wijkschakel.notification.Tokens;
import nl.wijkschakel.notification.notification.Notification;
import nl.wijkschakel.notification.notification.Notifications;
import nl.wijkschakel.notification.notification.Recipient;
import nl.wijkschakel.notification.notification.Recipient.Organisation;
import nl.wijkschakel.notification.notification.Recipient.Person;
import nl.wijkschakel.notification.notification.Recipient.RoleAnywhere;
import nl.wijkschakel.notification.notification.Recipient.RoleAtMunicipality;
import nl.wijkschakel.notification.notification.Subject;
import nl.wijkschakel.servers.Ports;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import tools.jackson.databind.JsonNode;

/** Mail as it goes out of a running service, through a real mail server, by a clock that the test moves. */
@SuppressWarnings("NullAway.Init") // the service is there before each test
class PostmanTest {

    private static final UUID SOMEBODY = new UUID(9, 9);
    private static final String ADMIN = Tokens.of(new UUID(7, 7), "9901:it-admin");
    private static final int PORT = Ports.free();

    /** At noon, so that nothing but the test decides what is due; far ahead of the database's own clock (TTL). */
    private static final Instant NOON = Instant.parse("2100-03-01T11:00:00Z");

    private static RunningService service;
    private static MovableClock clock;

    private final UUID person = UUID.randomUUID();
    private final UUID organisation = UUID.randomUUID();
    private final String address = person + "@example.nl";
    private GreenMail server = server();

    @BeforeAll
    static void start() {
        service = RunningService.start(
                PostmanTest.class,
                "--spring.profiles.active=demo", // for its clock
                "--SMTP_HOST=127.0.0.1",
                "--SMTP_PORT=" + PORT,
                "--SMTP_STARTTLS=false",
                "--MAIL_FROM=Wijkschakel <noreply@gemeente.example>",
                "--WEB_ADDRESS=https://wijkschakel.example",
                "--mail.period=P1D"); // the test does the rounds
        clock = service.bean(MovableClock.class);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @BeforeEach
    void itIsNoon() {
        service.bean(MongoDatabase.class).getCollection(Mails.COLLECTION).deleteMany(new Document());
        clock.set(NOON);
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop();
    }

    @Test
    void tellsOnceHoweverOftenItIsPlanned() {
        looks(person, address);
        var told = List.of(told(new Person(person, organisation)));
        plan(told);
        plan(told);
        round();
        plan(told);
        round();

        assertThat(received()).containsExactly(address);
    }

    @Test
    void whatIsDueTogetherIsOneMail() throws MessagingException {
        looks(person, address);
        plan(List.of(told(new Person(person, organisation)), told(new Person(person, UUID.randomUUID()))));
        round();

        assertThat(received()).containsExactly(address);
        assertThat(server.getReceivedMessages()[0].getSubject()).isEqualTo("Er staan berichten voor u klaar");
        assertThat(mails("SENT")).hasSize(2);
    }

    @Test
    void p12AnEmailSaysThatAMessageWaitsAndWhereAndNothingElse() throws MessagingException, IOException {
        looks(person, address);
        var told = told(new Person(person, organisation));
        plan(List.of(told));
        round();

        var mail = server.getReceivedMessages()[0];
        assertThat(mail.getSubject()).isEqualTo("Er staat een bericht voor u klaar");
        assertThat(mail.getContent().toString().lines())
                .containsExactlyElementsOf("""
                Er staat een bericht voor u klaar in Wijkschakel.

                Log in om te lezen: https://wijkschakel.example/meldingen

                Waar het over gaat staat niet in deze e-mail. Dat leest u na het inloggen.
                Welke e-mails u krijgt, kiest u zelf bij uw meldingen.
                """.lines().toList());
        assertThat(raw(mail))
                .contains("Auto-Submitted: auto-generated")
                .doesNotContain(
                        "attempt",
                        String.valueOf(told.subject().attempt()),
                        String.valueOf(told.subject().referral()),
                        told.id().toString(),
                        organisation.toString());
    }

    @Test
    void aServerThatIsAwayForAnHourLosesNothingAndNothingGoesOutTwice() {
        server.stop();
        var persons = IntStream.range(0, 20).mapToObj(_ -> UUID.randomUUID()).toList();
        persons.forEach(it -> looks(it, it + "@example.nl"));
        for (var minute = 0; minute < 60; minute++) {
            clock.set(NOON.plus(Duration.ofMinutes(minute)));
            if (minute % 3 == 0) {
                plan(List.of(told(new Person(persons.get(minute / 3), organisation))));
            }
            round();
        }
        assertThat(mails("WAITING")).hasSize(20).allSatisfy(it -> {
            assertThat(it.path("failure").asString()).isEqualTo("away");
            assertThat(it.path("tries").asInt()).isBetween(1, 8);
        });

        server = server();
        server.start();
        for (var minute = 60; minute < 80; minute++) {
            clock.set(NOON.plus(Duration.ofMinutes(minute)));
            round();
        }
        assertThat(received())
                .containsExactlyInAnyOrderElementsOf(
                        persons.stream().map(it -> it + "@example.nl").toList());
        assertThat(mails("SENT")).hasSize(20);
    }

    @Test
    void aServerThatIsAwayForDaysIsGivenUpAndTheMailCanBeSentAgain() {
        server.stop();
        looks(person, address);
        plan(List.of(told(new Person(person, organisation))));
        for (var hour = 0; hour <= Mails.TRIED.toHours(); hour++) {
            clock.set(NOON.plus(Duration.ofHours(hour)));
            round();
        }
        var failed = mails("FAILED");
        assertThat(failed).hasSize(1);

        server = server();
        server.start();
        round();
        assertThat(received()).isEmpty();
        var id = failed.getFirst().path("id").asString();
        assertThat(service.post("/v1/mails/" + id + "/resending", ADMIN).status())
                .isEqualTo(204);
        round();
        assertThat(received()).containsExactly(address);
        assertThat(service.post("/v1/mails/" + UUID.randomUUID() + "/resending", ADMIN)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void whatAReplicaHadInHandWhenItDiedIsNotSentAgainByItselfAndIsListed() {
        looks(person, address);
        plan(List.of(told(new Person(person, organisation))));
        var mails = service.bean(Mails.class);
        assertThat(mails.claim(mails.due(10))).hasSize(1);

        clock.set(NOON.plus(Mails.STUCK));
        round();
        var sending = mails("SENDING");
        assertThat(sending).hasSize(1);
        assertThat(service.post("/v1/mails/" + sending.getFirst().path("id").asString() + "/resending", ADMIN)
                        .status())
                .isEqualTo(409);

        clock.set(NOON.plus(Mails.STUCK).plusSeconds(1));
        round();
        assertThat(received()).isEmpty();
        var uncertain = mails("UNCERTAIN");
        assertThat(uncertain)
                .singleElement()
                .satisfies(it -> assertThat(it.path("failure").asString()).isEqualTo("interrupted"));
        service.post("/v1/mails/" + uncertain.getFirst().path("id").asString() + "/resending", ADMIN);
        round();
        assertThat(received()).containsExactly(address);
    }

    @ParameterizedTest
    @CsvSource({
        "554 no such person, FAILED, 554",
        "451 come back later, WAITING, 451",
        "'', UNCERTAIN, no-answer",
    })
    void theServersAnswerDecides(String answer, String state, String failure) throws IOException {
        looks(person, address);
        plan(List.of(told(new Person(person, organisation))));
        try (var rude = new RudeServer(answer)) {
            var postman = postman("rude " + rude.port(), rude.port());
            postman.round();
            postman.round();
            assertThat(rude.heard()).isEqualTo(1);
        }
        assertThat(mails(state))
                .singleElement()
                .satisfies(it -> assertThat(it.path("failure").asString()).isEqualTo(failure));
    }

    @Test
    void twoReplicasAtOnceSendEachMailOnce() {
        var persons = IntStream.range(0, 60).mapToObj(_ -> UUID.randomUUID()).toList();
        persons.forEach(it -> looks(it, it + "@example.nl"));
        plan(persons.stream().map(it -> told(new Person(it, organisation))).toList());
        var replicas = IntStream.range(0, 4)
                .mapToObj(it -> postman("replica " + it, PORT)) // each believes to hold the lease
                .map(it -> CompletableFuture.runAsync(it::round))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(replicas).join();

        assertThat(received())
                .containsExactlyInAnyOrderElementsOf(
                        persons.stream().map(it -> it + "@example.nl").toList());
    }

    @Test
    void ofTwoReplicasThatSawAMailOneHasIt() {
        looks(person, address);
        plan(List.of(told(new Person(person, organisation))));
        var mails = service.bean(Mails.class);
        var seen = mails.due(10);
        var claimed = mails.claim(seen);
        assertThat(claimed).hasSize(1);
        assertThat(mails.claim(seen)).isEmpty();
        mails.sent(claimed);
        assertThat(mails.claim(seen)).isEmpty();
    }

    @Test
    void whatWasReadOnTheScreenIsNotMailed() {
        looks(person, address);
        plan(List.of(told(new Person(person, organisation))));
        service.post("/v1/notifications/read", token(person, address));
        round();

        assertThat(received()).isEmpty();
        assertThat(mails("READ")).hasSize(1);
    }

    @Test
    void whatAnOrganisationIsToldIsMailedInTheMorningToThoseWhoDidNotDoIt() {
        var colleague = UUID.randomUUID();
        looks(person, address);
        looks(colleague, colleague + "@example.nl");
        plan(List.of(Notification.of(
                UUID.randomUUID(),
                "nl.wijkschakel.attempt.sent",
                Subject.ofAttempt(UUID.randomUUID(), UUID.randomUUID()),
                new Organisation(organisation),
                colleague,
                clock.instant())));
        round();
        assertThat(received()).isEmpty();

        clock.set(Instant.parse("2100-03-02T06:59:59Z"));
        round();
        assertThat(received()).isEmpty();
        clock.set(Instant.parse("2100-03-02T07:00:00Z")); // eight o'clock in Amsterdam
        round();
        assertThat(received()).containsExactly(address);
    }

    @Test
    void aRoleIsReachedAlsoWhereNobodyHasLookedYet() {
        var admin = Tokens.of(UUID.randomUUID(), "9911:functional-admin");
        plan(List.of(told(new RoleAtMunicipality("9911", Role.PRIVACY_OFFICER))));
        round();
        assertThat(received()).isEmpty();
        assertThat(mails("NO_ADDRESS"))
                .as("it shows that nobody was reached")
                .singleElement()
                .satisfies(it -> assertThat(it.path("mailbox").asString()).isEqualTo("9911:privacy-officer"));

        service.put(
                "/v1/mailboxes/9911/privacy-officer", admin, "{\"address\":\"fg@example.nl\"}", "If-Match", "\"0\"");
        service.put(
                "/v1/mailboxes/9911/functional-admin", admin, "{\"address\":\"fb@example.nl\"}", "If-Match", "\"0\"");
        plan(List.of(
                told(new RoleAtMunicipality("9911", Role.PRIVACY_OFFICER)),
                told(new RoleAnywhere(Role.FUNCTIONAL_ADMIN)),
                told(new RoleAtMunicipality("9912", Role.PRIVACY_OFFICER))));
        round();
        assertThat(received()).containsExactlyInAnyOrder("fg@example.nl", "fb@example.nl");
    }

    @Test
    void thoseWhoHaveARoleAreMailedThemselvesAndSoIsTheirMailbox() {
        var officer = Tokens.withAddress(address, true, person, "9913:privacy-officer");
        service.get("/v1/notifications/count", officer);
        service.put(
                "/v1/mailboxes/9913/privacy-officer", officer, "{\"address\":\"fg@example.nl\"}", "If-Match", "\"0\"");
        plan(List.of(told(new RoleAtMunicipality("9913", Role.PRIVACY_OFFICER))));
        round();

        assertThat(received()).containsExactlyInAnyOrder("fg@example.nl", address);
    }

    @Test
    void whoNeverLookedHasNoAddressAndAnUnverifiedOneCountsForNothing() {
        var other = UUID.randomUUID();
        service.get(
                "/v1/notifications/count",
                Tokens.withAddress("another@example.nl", false, other, organisation + ":specialist"));
        plan(List.of(told(new Person(person, organisation)), told(new Person(other, organisation))));
        round();

        assertThat(received()).isEmpty();
        assertThat(mails("NO_ADDRESS")).hasSize(2);
    }

    @Test
    void mailGoesToTheAddressOfTheLastLook() {
        looks(person, address);
        looks(person, "new-" + address);
        plan(List.of(told(new Person(person, organisation))));
        round();

        assertThat(received()).containsExactly("new-" + address);
    }

    @Test
    void ofWhatHappenedLongAgoNobodyIsMailed() {
        looks(person, address);
        clock.set(NOON.plus(MailOutlet.NEWS));
        plan(List.of(Notification.of(
                UUID.randomUUID(),
                "nl.wijkschakel.attempt.accepted",
                Subject.ofAttempt(UUID.randomUUID(), UUID.randomUUID()),
                new Person(person, organisation),
                SOMEBODY,
                NOON)));
        round();

        assertThat(received()).isEmpty();
        assertThat(mails("WAITING")).isEmpty();
    }

    @Test
    void theListIsForThoseWhoKeepThePlatformGoingAndDoesNotSayWhatItWasAbout() {
        looks(person, address);
        plan(List.of(told(new Person(person, organisation))));

        for (var path : List.of("/v1/mails", "/v1/mails?state=WAITING")) {
            assertThat(service.get(path, token(person, address)).status()).isEqualTo(403);
            var items = service.get(path, ADMIN).body().path("items");
            assertThat(items).hasSize(1);
            assertThat(items.path(0).propertyNames())
                    .containsExactlyInAnyOrder("id", "person", "state", "plannedAt", "due", "tries");
        }
        assertThat(service.get("/v1/mails?state=LOST", ADMIN).status()).isEqualTo(400);
    }

    @Test
    void eachQueryIsReadFromItsIndexAndNoFurtherThanThePage() {
        var planned = new HashMap<Mail, Instant>();
        for (var minute = 0; minute < 300; minute++) {
            var mail = new Mail(UUID.randomUUID(), UUID.randomUUID(), new Addressee.Person(UUID.randomUUID()), 0);
            planned.put(mail, NOON.plus(Duration.ofMinutes(minute - 150)));
        }
        var mails = service.bean(Mails.class);
        mails.plan(planned);
        for (var explained : List.of(
                mails.findDue(20).explain(ExplainVerbosity.EXECUTION_STATS),
                mails.find(MailState.WAITING, new nl.wijkschakel.kit.web.Paging(19, null))
                        .explain(ExplainVerbosity.EXECUTION_STATS),
                mails.find(null, new nl.wijkschakel.kit.web.Paging(19, null))
                        .explain(ExplainVerbosity.EXECUTION_STATS))) {
            assertThat(explained.get("queryPlanner", Document.class).toJson())
                    .contains("IXSCAN")
                    .doesNotContain("\"SORT\"", "COLLSCAN");
            assertThat(explained.get("executionStats", Document.class).getInteger("totalKeysExamined"))
                    .isLessThanOrEqualTo(21);
        }
    }

    private static GreenMail server() {
        return new GreenMail(new ServerSetup(PORT, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    }

    private static Postman postman(String lease, int port) {
        var settings = new JavaMailSenderImpl();
        settings.setProtocol("smtp");
        settings.setHost("127.0.0.1");
        settings.setPort(port);
        return new Postman(
                service.bean(Mails.class),
                service.bean(Addresses.class),
                service.bean(Mailboxes.class),
                service.bean(Notifications.class),
                new Smtp(settings, "noreply@gemeente.example"),
                URI.create("https://wijkschakel.example"),
                new Lease(service.bean(MongoDatabase.class), lease, Duration.ofMinutes(1)),
                clock,
                new SimpleMeterRegistry());
    }

    private void looks(UUID who, String mail) {
        assertThat(service.get("/v1/notifications/count", token(who, mail)).status())
                .isEqualTo(200);
    }

    private String token(UUID who, String mail) {
        return Tokens.withAddress(mail, true, who, organisation + ":specialist");
    }

    private Notification told(Recipient recipient) {
        return Notification.of(
                UUID.randomUUID(),
                "nl.wijkschakel.attempt.accepted",
                Subject.ofAttempt(UUID.randomUUID(), UUID.randomUUID()),
                recipient,
                SOMEBODY,
                clock.instant());
    }

    private static void plan(List<Notification> told) {
        service.bean(Notifications.class).plan(told);
    }

    private static void round() {
        service.bean(Postman.class).round();
    }

    /** To whom mail came. */
    private List<String> received() {
        return Arrays.stream(server.getReceivedMessages())
                .map(PostmanTest::recipient)
                .toList();
    }

    private static String recipient(MimeMessage mail) {
        try {
            return mail.getAllRecipients()[0].toString();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String raw(MimeMessage mail) throws IOException, MessagingException {
        var bytes = new java.io.ByteArrayOutputStream();
        mail.writeTo(bytes);
        return bytes.toString(java.nio.charset.StandardCharsets.UTF_8);
    }

    private static List<JsonNode> mails(String state) {
        return service.get("/v1/mails?limit=100&state=" + state, ADMIN)
                .body()
                .path("items")
                .valueStream()
                .toList();
    }
}
