package nl.wijkschakel.referral.attachment;

import static nl.wijkschakel.referral.Person.ANNA;
import static nl.wijkschakel.referral.Person.BRAM;
import static nl.wijkschakel.referral.Person.CARLA;
import static nl.wijkschakel.referral.Person.DIRK;
import static nl.wijkschakel.referral.Person.EVA;
import static nl.wijkschakel.referral.Person.HUGO;
import static nl.wijkschakel.referral.Person.JORIS;
import static nl.wijkschakel.referral.Person.KIM;
import static nl.wijkschakel.referral.Person.LOTTE;
import static nl.wijkschakel.referral.Person.MILAN;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import nl.wijkschakel.kit.seal.Vault;
import nl.wijkschakel.referral.Bodies;
import nl.wijkschakel.referral.Person;
import nl.wijkschakel.referral.ServiceTest;
import org.bson.Document;
import org.bson.types.Binary;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;

class AttachmentControllerTest extends ServiceTest {

    private static final String NAME = "Brief van de schuldeiser.pdf";

    @Autowired
    AttachmentSweep sweep;

    @Autowired
    Vault vault;

    // both sides

    @Test
    void whatTheReferrerAddsToTheDraftTheReceiverReadsAfterTheClaim() {
        var draft = draft();
        var file = added(ANNA, "referral=" + draft, Files.PDF);
        var attempt = sent(draft, DEBTS).getFirst();
        isNotThere(BRAM, file);
        assertThat(act(BRAM, attempt, "claim", "{}")).hasStatusOk();
        for (var reader : List.of(ANNA, MILAN, BRAM, CARLA)) {
            assertThat(content(reader, file))
                    .hasStatusOk()
                    .hasContentType(MediaType.APPLICATION_PDF)
                    .hasHeader("Content-Length", String.valueOf(Files.PDF.length));
            assertThat(content(reader, file).getResponse().getContentAsByteArray())
                    .isEqualTo(Files.PDF);
        }
        var shown = list(BRAM, "attempt=" + attempt).path("items").path(0);
        assertThat(shown.path("name").stringValue()).isEqualTo(NAME);
        assertThat(shown.path("mine").booleanValue()).isFalse();
        assertThat(shown.path("scanned").booleanValue())
                .as("there is no scanner")
                .isFalse();
        assertThat(shown.at("/by/name").stringValue()).isEqualTo("Anna");
        assertThat(content(BRAM, file).getResponse().getHeader("Content-Disposition"))
                .contains("attachment", "Brief");
    }

    @Test
    void whatAReceiverAddsTheReferrerReadsAndNoOtherReceiver() {
        var crisis = draft(UUID.randomUUID(), "CRISIS");
        var attempts = sent(crisis, DEBTS, SHELTER);
        assertThat(act(BRAM, attempts.get(0), "claim", "{}")).hasStatusOk();
        assertThat(act(DIRK, attempts.get(1), "claim", "{}")).hasStatusOk();
        var file = added(BRAM, "attempt=" + attempts.get(0), Files.WORD);
        assertThat(content(ANNA, file)).hasStatusOk();
        isNotThere(DIRK, file);
        assertThat(list(DIRK, "attempt=" + attempts.get(1)).path("items")).isEmpty();
        assertThat(list(ANNA, "referral=" + crisis).path("items")).hasSize(1);
        assertThat(list(ANNA, "attempt=" + attempts.get(0)).path("items")).hasSize(1);
    }

    @Test
    void theOtherSideIsTold() {
        var attempt = claimed();
        added(BRAM, "attempt=" + attempt, Files.TEXT);
        var file = added(ANNA, "attempt=" + attempt, Files.PNG);
        assertThat(send(HttpMethod.DELETE, ANNA, "/v1/attachments/" + file, null, Map.of()))
                .hasStatus(204);
        var told = outbox(storedAttempt(attempt), "referral.events.v1").stream()
                .map(it -> it.path("type").stringValue() + " "
                        + it.at("/data/by/person").stringValue())
                .toList();
        assertThat(told)
                .endsWith(
                        "nl.wijkschakel.attempt.attachment-added " + BRAM.id(),
                        "nl.wijkschakel.attempt.attachment-added " + ANNA.id(),
                        "nl.wijkschakel.attempt.attachment-removed " + ANNA.id());
        assertThat(storedAttempt(attempt).getLong("version"))
                .as("no open form becomes stale")
                .isEqualTo(2);
    }

    // who may

    @Test
    void p5ForAStrangerThereIsNone() {
        var file = added(ANNA, "attempt=" + claimed(), Files.PDF);
        for (var stranger : List.of(EVA, LOTTE)) {
            isNotThere(stranger, file);
            assertThat(send(HttpMethod.DELETE, stranger, "/v1/attachments/" + file, null, Map.of()))
                    .hasStatus(404);
        }
        assertThat(get(ANNA, "/v1/attachments/" + UUID.randomUUID())).hasStatus(404);
        assertThat(add(EVA, UUID.randomUUID(), "attempt=" + claimed(), NAME, Files.PDF))
                .hasStatus(404);
        assertThat(add(EVA, UUID.randomUUID(), "referral=" + draft(), NAME, Files.PDF))
                .hasStatus(404);
    }

    @Test
    void p6AfterAReturnTheReceiverReadsNoAttachmentNotEvenItsOwn() {
        var attempt = claimed();
        var theirs = added(ANNA, "attempt=" + attempt, Files.PDF);
        var own = added(BRAM, "attempt=" + attempt, Files.PDF);
        assertThat(act(BRAM, attempt, "return", Bodies.RETURN)).hasStatusOk();
        isNotThere(BRAM, theirs);
        isNotThere(BRAM, own);
        assertThat(content(ANNA, own)).hasStatusOk();
    }

    @Test
    void p25WithoutARoleInCareNothingIsReached() {
        var file = added(ANNA, "attempt=" + claimed(), Files.PDF);
        for (var other : List.of(JORIS, KIM, HUGO)) {
            assertThat(content(other, file)).hasStatus(403);
        }
    }

    @Test
    void p14EachLookIsWrittenDown() {
        var attempt = claimed();
        var file = added(ANNA, "attempt=" + attempt, Files.PDF);
        long before = entries(file);
        assertThat(content(BRAM, file)).hasStatusOk();
        assertThat(get(BRAM, "/v1/attachments/" + file)).hasStatusOk();
        assertThat(entries(file) - before).isEqualTo(2);
    }

    // taking back

    @Test
    void whatIsTakenBackLeavesWhoAddedItAndNothingOfIt() {
        var attempt = claimed();
        var file = added(ANNA, "attempt=" + attempt, Files.PDF);
        var stored = stored("attachments", file).get("content", UUID.class);
        assertThat(send(HttpMethod.DELETE, BRAM, "/v1/attachments/" + file, null, Map.of()))
                .as("the other side's")
                .hasStatus(403);
        for (int i = 0; i < 2; i++) {
            assertThat(send(HttpMethod.DELETE, MILAN, "/v1/attachments/" + file, null, Map.of()))
                    .hasStatus(204);
        }
        for (var reader : List.of(ANNA, BRAM)) {
            isNotThereAsAFile(reader, file);
            var shown = body(get(reader, "/v1/attachments/" + file));
            assertThat(shown.has("name")).isFalse();
            assertThat(shown.path("removedAt").stringValue())
                    .isEqualTo(clock.instant().toString());
            assertThat(shown.at("/by/name").stringValue()).isEqualTo("Anna");
        }
        assertThat(database.getCollection("attachment_content.files").countDocuments(new Document("_id", stored)))
                .isZero();
        assertThat(database.getCollection("attachment_content.chunks").countDocuments(new Document("files_id", stored)))
                .isZero();
    }

    // what is taken in

    @Test
    void theTypeIsToldByTheContentAndNotByTheName() {
        var attempt = "attempt=" + claimed();
        for (var wrong : List.of(Files.PROGRAM, Files.WORD_WITH_MACROS, Files.SPREADSHEET, Files.ODT_WITH_MACROS)) {
            var refused = add(ANNA, UUID.randomUUID(), attempt, NAME, wrong);
            assertThat(refused).hasStatus(400);
            assertThat(type(refused)).isEqualTo("file-type");
        }
        assertThat(type(add(ANNA, UUID.randomUUID(), attempt, NAME, new byte[0])))
                .isEqualTo("empty-file");
        var picture = added(ANNA, attempt, Files.JPEG);
        assertThat(content(ANNA, picture)).hasStatusOk().hasContentType(MediaType.IMAGE_JPEG);
        assertThat(contents()).as("nothing is left of what was refused").containsExactlyElementsOf(attached());
    }

    @Test
    void twentyMegabytesFitAndNoMore() {
        var attempt = "attempt=" + claimed();
        var file = Arrays.copyOf(Files.PDF, 20 * 1024 * 1024);
        var id = added(ANNA, attempt, file);
        assertThat(content(BRAM, id).getResponse().getContentAsByteArray()).isEqualTo(file);
        assertThat(add(ANNA, UUID.randomUUID(), attempt, NAME, Arrays.copyOf(Files.PDF, file.length + 1)))
                .hasStatus(413);
        assertThat(contents()).containsExactlyElementsOf(attached());
    }

    @Test
    void aNameIsNeededAndIsNoPath() {
        var attempt = "attempt=" + claimed();
        for (var name : List.of("", "  ", "../../etc/passwd", "a\\b", "x".repeat(201))) {
            assertThat(errors(add(ANNA, UUID.randomUUID(), attempt, name, Files.PDF)))
                    .containsExactly("/name name");
        }
        assertThat(errors(http.put()
                        .uri("/v1/attachments/" + UUID.randomUUID() + "?" + attempt)
                        .with(ANNA.login())
                        .content(Files.PDF)
                        .exchange()))
                .containsExactly("/name name");
        assertThat(errors(add(ANNA, UUID.randomUUID(), "", NAME, Files.PDF))).containsExactly("/referral one-place");
        assertThat(body(add(ANNA, UUID.randomUUID(), attempt, "Überzicht 👍.pdf", Files.PDF))
                        .path("name")
                        .stringValue())
                .isEqualTo("Überzicht 👍.pdf");
    }

    @Test
    void sentTwiceAtOnceItIsStoredOnce() throws Exception {
        var attempt = "attempt=" + claimed();
        var id = UUID.randomUUID();
        var barrier = new CyclicBarrier(3);
        try (var threads = Executors.newFixedThreadPool(3)) {
            var all = new ArrayList<Future<MvcTestResult>>();
            for (int i = 0; i < 3; i++) {
                all.add(threads.submit(() -> {
                    barrier.await();
                    return add(ANNA, id, attempt, NAME, Files.PDF);
                }));
            }
            for (var each : all) {
                assertThat(each.get().getResponse().getStatus()).isIn(200, 201);
            }
        }
        assertThat(add(ANNA, id, attempt, NAME, Files.PDF)).hasStatus(200);
        assertThat(add(BRAM, id, attempt, NAME, Files.PDF)).as("another's id").hasStatus(409);
        assertThat(contents()).containsExactlyElementsOf(attached());
    }

    @Test
    void fiftyFitAtAReferral() {
        var draft = draft();
        for (int i = 0; i < 50; i++) {
            added(ANNA, "referral=" + draft, Files.TEXT);
        }
        var refused = add(ANNA, UUID.randomUUID(), "referral=" + draft, NAME, Files.TEXT);
        assertThat(refused).hasStatus(409);
        assertThat(type(refused)).isEqualTo("too-many-attachments");
    }

    // how it lies there

    @Test
    void neitherNameNorContentCanBeReadInTheDatabase() {
        var file = added(ANNA, "attempt=" + claimed(), Files.TEXT);
        var stored = stored("attachments", file);
        assertThat(stored.toJson()).doesNotContain("Brief", "schuldeiser");
        var chunks = database.getCollection("attachment_content.chunks")
                .find(new Document("files_id", stored.get("content")))
                .into(new ArrayList<>());
        assertThat(chunks).isNotEmpty();
        for (var chunk : chunks) {
            assertThat(new String(chunk.get("data", Binary.class).getData(), StandardCharsets.UTF_8))
                    .doesNotContain("collega");
        }
        var details = database.getCollection("attachment_content.files")
                .find(new Document("_id", stored.get("content")))
                .first();
        assertThat(String.valueOf(details)).doesNotContain("Brief");
    }

    @Test
    void p23TheAttachmentsOfADeletedDraftGoWithIt() {
        var draft = draft();
        var file = added(ANNA, "referral=" + draft, Files.PDF);
        var kept = added(ANNA, "referral=" + draft(), Files.PDF);
        assertThat(send(HttpMethod.DELETE, ANNA, "/v1/referrals/" + draft, null, ifMatch(1)))
                .hasStatus(204);
        assertThat(content(ANNA, file).getResponse().getStatus()).isGreaterThanOrEqualTo(404);
        sweep.run();
        assertThat(database.getCollection("attachments").countDocuments(new Document("_id", file)))
                .isZero();
        assertThat(content(ANNA, kept)).hasStatusOk();
        assertThat(contents()).containsExactlyElementsOf(attached());
    }

    @Test
    void whatACrashLeftBehindIsSweptAway() throws Exception {
        var attachments = new Attachments(database, vault, clock);
        var left = UUID.randomUUID();
        try (var out = attachments.write(left, Sealing.newKey())) {
            out.write(Files.PDF);
        }
        sweep.run();
        assertThat(contents()).as("it may still be coming in").contains(left);
        clock.pass(Duration.ofMinutes(61));
        sweep.run();
        assertThat(contents()).doesNotContain(left);
    }

    private MvcTestResult add(Person who, UUID id, String place, String name, byte[] file) {
        var encoded = java.net.URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        return http.put()
                .uri("/v1/attachments/" + id + "?" + place)
                .with(who.login())
                .header("Content-Disposition", "attachment; filename*=UTF-8''" + encoded)
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .content(file)
                .exchange();
    }

    private UUID added(Person who, String place, byte[] file) {
        var id = UUID.randomUUID();
        assertThat(add(who, id, place, NAME, file)).hasStatus(201);
        return id;
    }

    private MvcTestResult content(Person who, UUID file) {
        return get(who, "/v1/attachments/" + file + "/content");
    }

    private JsonNode list(Person who, String place) {
        var answer = get(who, "/v1/attachments?" + place);
        assertThat(answer).hasStatusOk();
        return body(answer);
    }

    private void isNotThere(Person who, UUID file) {
        assertThat(get(who, "/v1/attachments/" + file)).hasStatus(404);
        isNotThereAsAFile(who, file);
    }

    private void isNotThereAsAFile(Person who, UUID file) {
        assertThat(content(who, file)).hasStatus(404);
    }

    private String type(MvcTestResult answer) {
        var type = body(answer).path("type").stringValue();
        return type.substring(type.lastIndexOf(':') + 1);
    }

    private long entries(UUID file) {
        return database.getCollection("access_entries").find().into(new ArrayList<>()).stream()
                .filter(it -> it.toString().contains(file.toString()))
                .count();
    }

    private List<UUID> contents() {
        return ids("attachment_content.files", new Document(), "_id");
    }

    private List<UUID> attached() {
        return ids("attachments", new Document("removedAt", null), "content");
    }

    private List<UUID> ids(String collection, Document filter, String field) {
        return database.getCollection(collection).find(filter).into(new ArrayList<>()).stream()
                .map(it -> it.get(field, UUID.class))
                .sorted()
                .toList();
    }
}
