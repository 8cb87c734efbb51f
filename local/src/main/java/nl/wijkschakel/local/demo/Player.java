package nl.wijkschakel.local.demo;

import static nl.wijkschakel.local.api.Json.array;
import static nl.wijkschakel.local.api.Json.object;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import nl.wijkschakel.local.api.Answer;
import nl.wijkschakel.local.api.Json;
import nl.wijkschakel.local.api.Person;
import nl.wijkschakel.local.api.Platform;
import nl.wijkschakel.local.demo.Deed.Accept;
import nl.wijkschakel.local.demo.Deed.Ask;
import nl.wijkschakel.local.demo.Deed.Claim;
import nl.wijkschakel.local.demo.Deed.Complete;
import nl.wijkschakel.local.demo.Deed.Draft;
import nl.wijkschakel.local.demo.Deed.Edit;
import nl.wijkschakel.local.demo.Deed.GiveBack;
import nl.wijkschakel.local.demo.Deed.HeardAnswer;
import nl.wijkschakel.local.demo.Deed.PutBack;
import nl.wijkschakel.local.demo.Deed.Resend;
import nl.wijkschakel.local.demo.Deed.Send;
import nl.wijkschakel.local.demo.Deed.Start;
import nl.wijkschakel.local.demo.Deed.Withdraw;
import nl.wijkschakel.local.demo.Deed.WithdrawWhole;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Does what the plan says, as the people of the demo and through the public API. */
final class Player {

    private static final String CLIENTS = "/api/client/v1/clients";
    private static final String REFERRALS = "/api/referral/v1/referrals/";
    private static final String ATTEMPTS = "/api/referral/v1/attempts/";
    private static final String SERVICES = "/api/referral/v1/services/";

    /** A service whose neighbour still warms up says so, and asks to be asked again. */
    private static final int TRIES = 10;

    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    private static final Map<String, String> LEGAL_BASIS_IN_A_CRISIS = Map.of("CRISIS", "VITAL_INTEREST");

    private final Moments moments;
    private final Repeats repeats;
    private final Words words = Words.all();
    private final DemoDirectory directory = DemoDirectory.demo();
    private final List<DemoClient> clients = DemoClient.all();
    private final Map<Staff, Person> people = new HashMap<>();
    private final Person hugo;
    private final Map<Integer, UUID> clientIds = new ConcurrentHashMap<>();
    private final Map<Integer, Track> tracks = new ConcurrentHashMap<>();
    private final Map<UUID, Answer> rooms = new ConcurrentHashMap<>();

    /** How far a course has come. */
    private static final class Track {
        private final UUID referral;
        private String version;
        private final List<UUID> attempts = new ArrayList<>();
        private String attemptVersion = "";

        Track(Answer draft) {
            this.referral = draft.id();
            this.version = draft.version();
        }

        UUID attempt() {
            return attempts.getLast();
        }
    }

    Player(Platform platform, Moments moments, List<Course> courses) {
        this.moments = moments;
        this.repeats = new Repeats(courses);
        this.hugo = Person.of(platform, "hugo");
        for (var staff : Staff.all()) {
            people.put(staff, Person.of(platform, staff.user(), staff.organisationId()));
        }
    }

    Person hugo() {
        return hugo;
    }

    List<Person> staff() {
        return List.copyOf(people.values());
    }

    Person person(Staff staff) {
        return Objects.requireNonNull(people.get(staff), staff.user());
    }

    void register(int client, LocalDate today) {
        var home = directory.teamNumbered(clients.get(client).team());
        var worker = person(Staff.of(home.organisation()).getFirst());
        var body = clients.get(client).body(client, home, today);
        var answer = patiently(() -> worker.post(CLIENTS, body)).require(201);
        clientIds.put(client, answer.id());
    }

    /** A service says how long people wait now. */
    void sayRoom(DemoDirectory.Service service, DemoDirectory.Room room) {
        var path = SERVICES + service.id();
        var seen = rooms.computeIfAbsent(service.id(), _ -> hugo.get(path).require(200));
        var who = service.organisation() == 5 ? person(Staff.of(5).getLast()) : hugo;
        var changed = who.put(path + "/capacity", seen.version(), Json.MAPPER.<ObjectNode>valueToTree(room));
        rooms.put(service.id(), changed.require(200));
    }

    /** @param next what comes after it, if anything does */
    void play(Course course, Course.Event event, Course.@Nullable Event next) {
        switch (event.deed()) {
            case Draft it -> draft(course, it);
            case Edit _ -> edit(course);
            case Send it -> send(course, it, event);
            case Resend it -> resend(course, it, event);
            case Claim it -> claim(course, it);
            case PutBack it -> attempt(course, it.by(), "put-back", reason(it.reason(), it.note()));
            case Ask it -> attempt(course, it.by(), "information-request", question(it));
            case Deed.Answer it -> attempt(course, course.sender(), "answer", answer(it));
            case HeardAnswer it -> attempt(course, it.by(), "answer", answer(it));
            case Accept it -> attempt(course, it.by(), "acceptance", acceptance(it, event, next));
            case GiveBack it -> attempt(course, it.by(), "return", giveBack(it));
            case Start it -> attempt(course, it.by(), "start", start(it, event));
            case Complete it -> attempt(course, it.by(), "completion", completion(it));
            case Withdraw it -> attempt(course, course.sender(), "withdrawal", reason(it.reason(), it.note()));
            case WithdrawWhole it -> withdraw(course, it);
        }
    }

    private static ObjectNode reason(String reason, String note) {
        return object().put("reason", reason).put("note", note);
    }

    private static ObjectNode question(Ask it) {
        return object().put("question", it.question()).put("why", it.why());
    }

    private static ObjectNode answer(HeardAnswer it) {
        return object().put("answer", it.answer()).put("heardFrom", it.from());
    }

    private ObjectNode start(Start it, Course.Event event) {
        return object().put("on", moments.date(event.moment()).toString()).put("kind", it.kind());
    }

    private void draft(Course course, Draft draft) {
        var body = object().put("client", client(course).toString())
                .put("team", course.team().id().toString());
        body.set("content", draft.whole() ? whole(course) : half(course));
        var answer = patiently(() -> person(course.sender()).post("/api/referral/v1/referrals", body))
                .require(201);
        tracks.put(course.number(), new Track(answer));
    }

    private static ObjectNode half(Course course) {
        return object().put("question", course.question())
                .put("theme", course.theme())
                .put("origin", course.origin());
    }

    private static ObjectNode whole(Course course) {
        var content = half(course)
                .put("situation", course.situation())
                .put("tried", course.tried())
                .put("doubts", course.doubts())
                .put("urgency", course.urgency())
                .put("needsSafePlace", course.needsSafePlace())
                .put("needsAccessibility", course.needsAccessibility())
                .put("ownReference", "WT-%04d".formatted(1000 + course.number()));
        var goals = content.putArray("goals");
        course.goals().forEach(goal -> goals.addObject().put("text", goal));
        if (course.legitimation() != null) {
            content.put("noRequestForHelp", true).put("legitimation", course.legitimation());
        }
        content.set("services", array(List.of(course.considered().id())));
        return content;
    }

    private void edit(Course course) {
        var track = track(course);
        track.version = patiently(
                        () -> person(course.sender()).patch(REFERRALS + track.referral, track.version, whole(course)))
                .require(200)
                .version();
    }

    private void send(Course course, Send send, Course.Event event) {
        var body = submission(course, event, send.agreedDaysBefore());
        if (send.exception() != null) {
            body.putObject("agreement")
                    .put("kind", "EXCEPTION")
                    .put("exception", "SAFETY")
                    .put("motivation", send.exception());
        }
        if (send.otherBasis() != null) {
            body.put("legalBasis", LEGAL_BASIS_IN_A_CRISIS.getOrDefault(course.urgency(), "PARTICIPATIEWET"))
                    .put("legalBasisReason", send.otherBasis());
        }
        sent(course, "submission", body);
    }

    private void resend(Course course, Resend resend, Course.Event event) {
        var track = track(course);
        track.version = person(course.sender())
                .get(REFERRALS + track.referral)
                .require(200)
                .version();
        sent(course, "resubmission", submission(course, event, 0).put("whatChanged", resend.whatChanged()));
    }

    private ObjectNode submission(Course course, Course.Event event, int agreedDaysBefore) {
        var services = event.deed().asked();
        var client = clients.get(course.client());
        var body = object();
        var asked = body.putArray("services");
        for (var service : services) {
            asked.addObject()
                    .put("service", service.id().toString())
                    .set(
                            "shown",
                            Objects.requireNonNull(rooms.get(service.id()))
                                    .json()
                                    .path("capacity"));
        }
        body.put("legalBasis", services.getFirst().legalBasis());
        var agreedOn = moments.date(event.moment()).minusDays(agreedDaysBefore);
        body.putObject("agreement")
                .put("kind", "AGREED")
                .put("how", course.number() % 4 == 0 ? "BY_PHONE" : "SPOKEN")
                .put("on", agreedOn.toString())
                .put("by", agreedBy(client));
        var shared = new ArrayList<>(List.of("NAME", "BIRTH_DATE", "CONTACT"));
        if (course.number() % 5 < 3) {
            shared.add("ADDRESS");
        }
        if (client.hasBsn() && services.getFirst().entitledToBsn()) {
            shared.add("BSN");
        }
        body.set("sharedData", array(shared));
        body.put("safeContact", client.isSafe()).put("mayBeForwarded", course.number() % 3 == 0);
        if (repeats.include(course, event)) {
            body.put("duplicateMotivation", words.again());
        }
        return body;
    }

    /** Of a child both, or who has authority (DOMAIN P21). */
    private static String agreedBy(DemoClient client) {
        if (client.age() < 12) {
            return "REPRESENTATIVE";
        }
        return client.age() < 16 ? "CLIENT_AND_REPRESENTATIVE" : "CLIENT";
    }

    private void sent(Course course, String path, JsonNode body) {
        var track = track(course);
        var answer = patiently(() ->
                        person(course.sender()).post(REFERRALS + track.referral + "/" + path, track.version, body))
                .require(200);
        track.version = answer.version();
        var attempts = answer.json().path("attempts");
        if (path.equals("submission")) {
            // the first that was asked is the one that goes on
            track.attempts.add(answer.id("/attempts/0/id"));
        } else {
            track.attempts.add(answer.id("/attempts/%d/id".formatted(attempts.size() - 1)));
        }
        track.attemptVersion = "";
    }

    /** Some look at once whom it is about, so that the access log shows it; all of them would take a minute. */
    private void claim(Course course, Claim claim) {
        attempt(course, claim.by(), "claim", null);
        if (course.number() % 3 == 0) {
            person(claim.by()).get(CLIENTS + "/" + client(course)).require(200);
        }
    }

    private static JsonNode answer(Deed.Answer it) {
        return it.cannotShare() == null
                ? object().put("answer", it.answer())
                : object().put("cannotShare", true).put("why", it.cannotShare());
    }

    private JsonNode acceptance(Accept it, Course.Event event, Course.@Nullable Event next) {
        var phone = directory.organisationNumbered(it.by().organisation()).phone();
        var day = moments.date(event.moment());
        var firstContact = next != null && next.deed() instanceof Start
                ? moments.date(next.moment())
                : day.plusDays(it.firstContactInDays());
        var contact = it.named()
                ? object().put("name", it.by().name()).put("phone", phone)
                : object().put("team", "Aanmeldteam")
                        .put("phone", phone)
                        .put("nameFollowsOn", day.plusDays(3).toString());
        var acceptance = object().put("firstContactOn", firstContact.toString());
        acceptance.set("contact", contact);
        acceptance.putObject("clientTold").put("by", "RECEIVER").put("how", it.told());
        return acceptance;
    }

    private static JsonNode giveBack(GiveBack it) {
        var advice = it.advice() == null
                ? object().put("none", true).put("why", it.noAdvice())
                : object().put("service", it.advice().id().toString());
        return reason(it.reason(), it.note())
                .put("clientToldBy", it.toldByReferrer() ? "REFERRER" : "RECEIVER")
                .set("advice", advice);
    }

    private static JsonNode completion(Complete it) {
        var body = object().put("outcome", it.outcome()).put("clientAgreesToFeedback", it.feedback() != null);
        var goals = body.putArray("goals");
        for (int i = 0; i < it.results().size(); i++) {
            goals.addObject().put("goal", i).put("result", it.results().get(i));
        }
        if (it.feedback() != null) {
            body.put("feedback", it.feedback());
        }
        if (it.aftercare() != null) {
            body.put("aftercare", it.aftercare());
        }
        if (it.stepDown() != null) {
            body.put("stepDown", it.stepDown());
        }
        return body;
    }

    private void withdraw(Course course, WithdrawWhole it) {
        var track = track(course);
        var sender = person(course.sender());
        var seen = sender.get(REFERRALS + track.referral).require(200);
        patiently(() -> sender.post(
                        REFERRALS + track.referral + "/withdrawal", seen.version(), reason(it.reason(), it.note())))
                .require(200);
    }

    /** Who acts on it for the first time has read it. */
    private void attempt(Course course, Staff by, String action, @Nullable JsonNode body) {
        var track = track(course);
        var person = person(by);
        var path = ATTEMPTS + track.attempt();
        if (track.attemptVersion.isEmpty()) {
            track.attemptVersion = person.get(path).require(200).version();
        }
        track.attemptVersion = patiently(() -> body == null
                        ? person.post(path + "/" + action, track.attemptVersion)
                        : person.post(path + "/" + action, track.attemptVersion, body))
                .require(200)
                .version();
    }

    private Track track(Course course) {
        return Objects.requireNonNull(tracks.get(course.number()), "not drafted");
    }

    private UUID client(Course course) {
        return Objects.requireNonNull(clientIds.get(course.client()), "not registered");
    }

    private static Answer patiently(Supplier<Answer> request) {
        var answer = request.get();
        for (int tries = 1; answer.status() == 503 && tries < TRIES; tries++) {
            try {
                Thread.sleep(BETWEEN_TRIES);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
            answer = request.get();
        }
        return answer;
    }
}
