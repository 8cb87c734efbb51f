package nl.wijkschakel.local.journey;

import static nl.wijkschakel.local.api.Json.json;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.StreamSupport;
import nl.wijkschakel.local.api.Answer;
import nl.wijkschakel.local.api.Person;
import nl.wijkschakel.local.api.Platform;
import nl.wijkschakel.local.demo.DemoDirectory;
import nl.wijkschakel.local.demo.TestBsn;
import nl.wijkschakel.local.journey.Stage.Failed;
import tools.jackson.databind.JsonNode;

/**
 * The main job from end to end: Anna of a wijkteam refers a man with debts to Bram of the debt counsellors. Bram sees
 * what lies under them and returns it with advice; Lotte of the addiction care helps him, and Anna hears what came of
 * it. Eva works elsewhere and is to see nothing of it.
 */
final class Loop {

    private static final String CLIENTS = "/api/client/v1/clients";
    private static final String REFERRALS = "/api/referral/v1/referrals";
    private static final String ATTEMPTS = "/api/referral/v1/attempts";
    private static final String SERVICES = "/api/referral/v1/services/";

    private static final UUID TEAM = DemoDirectory.TEAM_NORTH;
    private static final UUID DEBT_COUNSELLING = DemoDirectory.DEBT_COUNSELLING;
    private static final UUID ADDICTION_CARE = DemoDirectory.ADDICTION_CARE;

    private static final String SURNAME = "Proefpersoon";
    private static final String STREET = "Voorbeeldstraat";
    private static final String PHONE = "06 0000 0000";
    private static final String QUESTION = "Ik wil weer zelf mijn rekeningen kunnen betalen en rust in mijn hoofd.";
    private static final String GOAL = "Binnen een half jaar geen nieuwe schulden meer.";
    private static final String FEEDBACK = "Hij is al drie maanden gestopt en betaalt zijn vaste lasten zelf.";

    /** The log comes together by way of Kafka, so it may be a moment behind; after much work longer. */
    private static final Duration FOR_THE_LOG = Duration.ofSeconds(20);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final Stage stage;
    private final Clock clock;
    private final Person anna;
    private final Person bram;
    private final Person lotte;
    private final Person eva;
    private final Person hugo;

    private String bsn = "";
    private UUID client = new UUID(0, 0);
    private UUID referral = new UUID(0, 0);
    private String referralVersion = "";
    private UUID attempt = new UUID(0, 0);
    private String version = "";

    Loop(Stage stage, Platform platform, Clock clock) {
        this.stage = stage;
        this.clock = clock;
        this.anna = Person.of(platform, "anna");
        this.bram = Person.of(platform, "bram");
        this.lotte = Person.of(platform, "lotte");
        this.eva = Person.of(platform, "eva");
        this.hugo = Person.of(platform, "hugo");
    }

    void play() {
        everybodyLogsIn();
        annaRegistersTheClient();
        annaFindsHelp();
        annaWritesDownTheQuestion();
        annaSendsIt();
        bramSeesCoreDataOnly();
        strangersSeeNothing();
        bramClaimsAndReads();
        bramAsksAndAnnaAnswers();
        bramReturnsItWithAdvice();
        bramCannotReadAnyMore();
        annaSendsItElsewhere();
        lotteSeesCoreDataOnly();
        lotteTakesItOn();
        lotteHelps();
        annaReadsWhatCameOfIt();
        everybodyWasToldOnce();
    }

    private void everybodyLogsIn() {
        for (var person : List.of(anna, bram, lotte, eva)) {
            stage.step(person, "logs in and keeps the screen open")
                    .gets(200, person.get("/api/me"))
                    .done();
            stage.opens(person);
        }
        if (anna.get(SERVICES + DEBT_COUNSELLING).status() == 404) {
            int filled = DemoDirectory.fill(hugo);
            stage.step(hugo, "fills the directory, which was empty: %d services".formatted(filled))
                    .gets(200, hugo.get(SERVICES + DEBT_COUNSELLING))
                    .done();
        }
    }

    /** What nobody may learn who is not told. */
    private List<String> whoItIs() {
        return List.of(SURNAME, STREET, PHONE, bsn, QUESTION, GOAL);
    }

    private void annaRegistersTheClient() {
        bsn = bsnOfNobody();
        var failing = bsn.substring(0, 8) + (bsn.charAt(8) - '0' + 1) % 10;
        stage.step(anna, "mistypes the BSN of a new client and is told so")
                .gets(400, anna.post(CLIENTS, person(failing)))
                .shows("/errors/0/pointer", "/bsn/value")
                .shows("/errors/0/code", "eleven-test")
                .hides(List.of(failing))
                .done();
        client = stage.step(anna, "registers the client, who is not safe to call at work")
                .gets(201, anna.post(CLIENTS, person(bsn)))
                .shows("/bsn/masked", masked())
                .hides(List.of(bsn))
                .done()
                .id();
        stage.step(anna, "registers the same person again and is pointed to the first")
                .gets(409, anna.post(CLIENTS, person(bsn)))
                .shows("/client", client)
                .done();
        stage.step(anna, "finds the client by BSN")
                .gets(200, find(bsn))
                .shows("/items/0/id", client)
                .lacks("/items/1")
                .hides(List.of(bsn, STREET, PHONE))
                .done();
    }

    /** On a platform where the story was played before some are taken. */
    private String bsnOfNobody() {
        while (true) {
            var number = TestBsn.numbered(ThreadLocalRandom.current().nextInt(TestBsn.COUNT));
            if (find(number).require(200).json().path("items").isEmpty()) {
                return number;
            }
        }
    }

    private Answer find(String number) {
        return anna.post("/api/client/v1/client-searches", json("""
                {"bsn": %s}""", number));
    }

    private JsonNode person(String number) {
        return json("""
                {
                  "name": {"given": "Jan", "prefix": "de", "surname": %s},
                  "bsn": {"value": %s},
                  "birthDate": {"value": "1984-05-17"},
                  "address": {"value": {"street": %s, "houseNumber": "12", "postcode": "9901 XB", "city": "Waterwijk"}},
                  "municipality": "9901",
                  "contact": {"phone": %s, "email": "jan@example.nl", "preference": "PHONE"},
                  "language": "nl",
                  "safeContact": {"safe": true, "agreedWay": "Bel na vijf uur, niet op het werk."}
                }""", SURNAME, number, STREET, PHONE);
    }

    private String masked() {
        return "*****" + bsn.substring(5);
    }

    private void annaFindsHelp() {
        var found = stage.step(anna, "searches help with debts for a man of 42 in Waterwijk")
                .gets(200, search("DEBT_AND_INCOME"));
        var item = item(anna, found.done(), DEBT_COUNSELLING);
        stage.step(anna, "reads why it fits: " + item.at("/because/0/text").asString())
                .gets(200, anna.get(SERVICES + DEBT_COUNSELLING))
                .holds(item.path("fits").asBoolean(), "that it fits")
                .holds(!item.path("because").isEmpty(), "words that say why")
                .shows("/capacity/confirmedOn")
                .done();
    }

    private Answer search(String theme) {
        return anna.post("/api/referral/v1/service-searches", json("""
                {"theme": %s, "age": 42, "municipality": "9901", "language": "nl", "urgency": "SOON"}""", theme));
    }

    private static JsonNode item(Person who, Answer found, UUID service) {
        return StreamSupport.stream(found.json().path("items").spliterator(), false)
                .filter(it -> it.at("/service/id").asString().equals(service.toString()))
                .findFirst()
                .orElseThrow(() -> new Failed(service + " among what " + who + " finds", found.pretty()));
    }

    private void annaWritesDownTheQuestion() {
        var theme = json("""
                {"client": %s, "team": %s, "content": {"theme": "DEBT_AND_INCOME"}}""", client, TEAM);
        var draft = stage.step(anna, "begins a referral and has only the theme yet")
                .gets(201, anna.post(REFERRALS, theme))
                .shows("/status", "DRAFT")
                .lists("/actions", List.of("EDIT", "SEND", "DELETE", "ASSIGN"))
                .done();
        referral = draft.id();
        stage.step(anna, "sends it too early and hears at once all that is missing")
                .gets(400, anna.post(referral("submission"), draft.version(), json("""
                        {"services": [], "legalBasis": "WGS", "safeContact": true}""")))
                .shows("/errors/2/pointer")
                .done();
        var edited = stage.step(anna, "writes down question, goals and what was tried")
                .gets(200, anna.patch(REFERRALS + "/" + referral, draft.version(), json("""
                        {
                          "question": %s,
                          "goals": [{"text": %s}, {"text": "Mijn zoon weer elke week zien."}],
                          "situation": "Meneer woont alleen. Hij werkt in ploegen en komt elke maand geld tekort.",
                          "tried": "Samen de post geordend. Een regeling met de huisbaas is twee keer niet gelukt.",
                          "doubts": "Hij schaamt zich en is bang dat zijn baas het hoort.",
                          "urgency": "SOON",
                          "origin": "CLIENT",
                          "ownReference": "WT-NOORD-0417"
                        }""", QUESTION, GOAL)))
                .shows("/content/question", QUESTION)
                .done();
        stage.step(anna, "saves once more from a tab that is out of date")
                .gets(412, anna.patch(REFERRALS + "/" + referral, draft.version(), json("""
                        {"urgency": "URGENT"}""")))
                .done();
        referralVersion = edited.version();
    }

    private void annaSendsIt() {
        var asked = asked(DEBT_COUNSELLING);
        var withoutAgreement = json("""
                {"services": [%s], "legalBasis": "WGS", "sharedData": ["NAME"], "safeContact": true}""", asked);
        stage.step(anna, "wants to send it without the client's agreement")
                .gets(400, anna.post(referral("submission"), referralVersion, withoutAgreement))
                .shows("/errors/0/pointer", "/agreement")
                .done();
        var withAgreement = json("""
                {
                  "services": [%s],
                  "legalBasis": "WGS",
                  "agreement": {"kind": "AGREED", "how": "SPOKEN", "on": %s, "by": "CLIENT"},
                  "sharedData": ["NAME", "BIRTH_DATE", "BSN", "CONTACT"],
                  "safeContact": true,
                  "mayBeForwarded": false
                }""", asked, today());
        var answer = anna.post(referral("submission"), referralVersion, withAgreement);
        var step = stage.step(anna, "sends it to the debt counsellors, with the client's agreement")
                .gets(200, answer)
                .shows("/status", "ACTIVE")
                .shows("/attempts/0/status", "SENT");
        attempt = answer.id("/attempts/0/id");
        step.tells(bram, "sent", attempt).done();
        referralVersion = answer.version();
    }

    /** With the room that the sender was shown, as the directory says it. */
    private JsonNode asked(UUID service) {
        var room = anna.get(SERVICES + service).require(200).json().path("capacity");
        return json("""
                {"service": %s, "shown": %s}""", service, room);
    }

    private void bramSeesCoreDataOnly() {
        stage.step(bram, "finds it among the new ones")
                .gets(200, pageWith(attempt, bram, ATTEMPTS + "?limit=100&queue=NEW"))
                .hides(whoItIs())
                .done();
        seesCoreDataOnly(bram);
        stage.step(bram, "cannot accept it before the claim, and hears what can be done")
                .gets(409, bram.post(attempt("acceptance"), version, acceptance("Bram Hendriks")))
                .lists("/actions", List.of("CLAIM", "RETURN"))
                .done();
    }

    private void seesCoreDataOnly(Person receiver) {
        var seen = stage.step(receiver, "reads core data: no name, no BSN, no address, no question")
                .gets(200, receiver.get(ATTEMPTS + "/" + attempt))
                .shows("/access", "CORE")
                .shows("/core/ageGroup", "27-64")
                .shows("/core/postcode4", "9901")
                .shows("/sender/phone")
                .lacks("/client")
                .lacks("/content")
                .lacks("/state")
                .hides(whoItIs())
                .hides(List.of(client.toString()))
                .done();
        version = seen.version();
        stage.step(receiver, "is not shown the client")
                .gets(404, receiver.get(CLIENTS + "/" + client))
                .done();
    }

    private void strangersSeeNothing() {
        stage.step(eva, "of another organisation tries every id, and to claim it")
                .gets(404, eva.get(CLIENTS + "/" + client))
                .gets(404, eva.get(CLIENTS + "/" + client + "/access-log"))
                .gets(404, eva.get(REFERRALS + "/" + referral))
                .gets(404, eva.get(ATTEMPTS + "/" + attempt + "/history"))
                .gets(404, eva.post(attempt("claim"), version))
                .gets(404, eva.get(ATTEMPTS + "/" + attempt))
                .hides(whoItIs())
                .done();
        stage.step(eva, "looks through her lists, and it is in none of them")
                .gets(200, eva.get("/api/referral/v1/attempts/counts"))
                .holds(listed(eva).stream().noneMatch(it -> it.text().contains(referral.toString())), "no trace of it")
                .done();
    }

    /** All lists that there are, page by page. */
    private static List<Answer> listed(Person person) {
        var lists = new ArrayList<Answer>();
        for (var queue : List.of("NEW", "IN_REVIEW", "WAITING_FOR_ANSWER", "ACCEPTED", "WAITLIST", "RUNNING", "DONE")) {
            lists.addAll(pages(person, ATTEMPTS + "?limit=100&queue=" + queue));
        }
        for (var queue : List.of("DRAFT", "ACTION", "SENT", "WAITLIST", "RUNNING", "DONE")) {
            lists.addAll(pages(person, REFERRALS + "?limit=100&queue=" + queue));
        }
        lists.addAll(pages(person, "/api/notification/v1/notifications?limit=100"));
        return lists;
    }

    private static List<Answer> pages(Person person, String path) {
        var pages = new ArrayList<Answer>();
        for (var next = ""; ; ) {
            var page = person.get(path + next).require(200);
            pages.add(page);
            var cursor = page.json().path("next");
            if (!cursor.isString()) {
                return pages;
            }
            next = "&cursor=" + cursor.asString();
        }
    }

    private static Answer pageWith(UUID id, Person person, String path) {
        var pages = pages(person, path);
        return pages.stream()
                .filter(it -> it.text().contains(id.toString()))
                .findFirst()
                .orElseThrow(() -> new Failed(
                        id + " in the list of " + person, pages.getLast().pretty()));
    }

    private void bramClaimsAndReads() {
        claims(bram);
        stage.step(bram, "reads question, goals and what the client doubts")
                .gets(200, bram.get(ATTEMPTS + "/" + attempt))
                .shows("/access", "SHARED")
                .shows("/content/question", QUESTION)
                .shows("/content/goals/0", GOAL)
                .shows("/content/doubts")
                .done();
        stage.step(bram, "reads who it is, as far as it is shared: BSN masked, no address")
                .gets(200, bram.get(CLIENTS + "/" + client))
                .shows("/access", "SHARED")
                .shows("/name/surname", SURNAME)
                .shows("/contact/phone", PHONE)
                .shows("/safeContact/agreedWay")
                .shows("/bsn/masked", masked())
                .lacks("/address")
                .hides(List.of(bsn, STREET))
                .done();
    }

    private void claims(Person receiver) {
        var stale = version;
        var claimed = receiver.post(attempt("claim"), version);
        stage.step(receiver, "claims it")
                .gets(200, claimed)
                .shows("/status", "IN_REVIEW")
                .shows("/clientAccess", "IN_FORCE")
                .tells(anna, "claimed", attempt)
                .done();
        version = claimed.version();
        stage.step(receiver, "claims it again in a tab that is out of date")
                .gets(412, receiver.post(attempt("claim"), stale))
                .done();
        stage.step(receiver, "changes it without saying which version was seen")
                .gets(428, receiver.send("POST", attempt("claim"), null, Map.of()))
                .done();
    }

    private void bramAsksAndAnnaAnswers() {
        var question = "Hoeveel gaat er per maand op aan gokken?";
        var asked = bram.post(attempt("information-request"), version, json("""
                {"question": %s, "why": "Er gaat elke week veel geld naar een gokbedrijf."}""", question));
        stage.step(bram, "asks what the bank statements leave open")
                .gets(200, asked)
                .shows("/status", "INFORMATION_REQUESTED")
                .tells(anna, "information-requested", attempt)
                .done();
        stage.step(anna, "finds it among what waits for her")
                .gets(200, pageWith(attempt, anna, REFERRALS + "?limit=100&queue=ACTION"))
                .done();
        var seen = anna.get(ATTEMPTS + "/" + attempt);
        stage.step(anna, "reads the question and why it is asked")
                .gets(200, seen)
                .shows("/questions/0/question", question)
                .lists("/actions", List.of("ANSWER", "WITHDRAW"))
                .done();
        var answered = anna.post(attempt("answer"), seen.version(), json("""
                {"answer": "Ongeveer zeshonderd euro. Hij vertelde het ons zelf en wil ermee stoppen."}"""));
        stage.step(anna, "answers, having asked the client")
                .gets(200, answered)
                .shows("/status", "IN_REVIEW")
                .tells(bram, "answered", attempt)
                .done();
        version = answered.version();
    }

    private void bramReturnsItWithAdvice() {
        stage.step(bram, "wants to return it without advice")
                .gets(400, bram.post(attempt("return"), version, json("""
                        {"reason": "OTHER_EXPERTISE", "clientToldBy": "REFERRER"}""")))
                .shows("/errors/0/pointer", "/advice")
                .done();
        var returned = bram.post(attempt("return"), version, json("""
                {
                  "reason": "OTHER_EXPERTISE",
                  "advice": {"service": %s},
                  "note": "Zolang hij gokt, komen er schulden bij. Na de behandeling helpen wij graag verder.",
                  "clientToldBy": "REFERRER"
                }""", ADDICTION_CARE));
        stage.step(bram, "returns it, with the advice to ask the addiction care first")
                .gets(200, returned)
                .shows("/status", "RETURNED")
                .shows("/clientAccess", "IN_FORCE")
                .tells(anna, "returned", attempt)
                .done();
        version = returned.version();
    }

    private void bramCannotReadAnyMore() {
        stage.step(bram, "cannot read the client any more")
                .gets(404, bram.get(CLIENTS + "/" + client))
                .hides(whoItIs())
                .done();
        stage.step(bram, "still sees the own decision, and nothing of the content")
                .gets(200, bram.get(ATTEMPTS + "/" + attempt))
                .shows("/access", "OWN_DECISION")
                .shows("/state/reason", "OTHER_EXPERTISE")
                .lacks("/client")
                .lacks("/content")
                .lacks("/questions")
                .hides(whoItIs())
                .done();
        stage.step(bram, "cannot accept it after all: nothing is allowed any more")
                .gets(409, bram.post(attempt("acceptance"), version, acceptance("Bram Hendriks")))
                .lists("/actions", List.of())
                .done();
    }

    private void annaSendsItElsewhere() {
        var advice = stage.step(anna, "reads the advice")
                .gets(200, anna.get(ATTEMPTS + "/" + attempt))
                .shows("/state/note")
                .shows("/state/advice/service", ADDICTION_CARE)
                .done();
        var service = advice.id("/state/advice/service");
        var found = search("ADDICTION");
        stage.step(
                        anna,
                        "looks at that service: "
                                + item(anna, found, service).at("/service/name").asString())
                .gets(200, found)
                .done();
        referralVersion = anna.get(REFERRALS + "/" + referral).require(200).version();
        var answer = anna.post(referral("resubmission"), referralVersion, json("""
                {
                  "services": [%s],
                  "legalBasis": "WMO",
                  "agreement": {"kind": "AGREED", "how": "BY_PHONE", "on": %s, "by": "CLIENT"},
                  "sharedData": ["NAME", "BIRTH_DATE", "CONTACT"],
                  "safeContact": true,
                  "mayBeForwarded": false,
                  "whatChanged": "Schuldhulp ziet dat het gokken eerst moet stoppen. Hij wil daar hulp bij."
                }""", asked(service), today()));
        var step = stage.step(anna, "sends it there, with a new agreement of the client")
                .gets(200, answer)
                .shows("/status", "ACTIVE")
                .shows("/attempts/0/status", "RETURNED")
                .shows("/attempts/1/status", "SENT");
        attempt = answer.id("/attempts/1/id");
        step.tells(lotte, "sent", attempt).done();
        referralVersion = answer.version();
    }

    private void lotteSeesCoreDataOnly() {
        seesCoreDataOnly(lotte);
        stage.step(bram, "is not concerned with the second attempt")
                .gets(404, bram.get(ATTEMPTS + "/" + attempt))
                .done();
    }

    private void lotteTakesItOn() {
        claims(lotte);
        stage.step(lotte, "reads who it is; the BSN is not shared this time")
                .gets(200, lotte.get(CLIENTS + "/" + client))
                .shows("/name/surname", SURNAME)
                .lacks("/bsn")
                .lacks("/address")
                .hides(List.of(bsn, STREET))
                .done();
        var accepted = lotte.post(attempt("acceptance"), version, acceptance("Lotte Meijer"));
        stage.step(lotte, "accepts it: a named person, a first date, the client is told")
                .gets(200, accepted)
                .shows("/status", "ACCEPTED")
                .shows("/state/contact/name", "Lotte Meijer")
                .tells(anna, "accepted", attempt)
                .done();
        version = accepted.version();
    }

    private JsonNode acceptance(String name) {
        return json("""
                {
                  "contact": {"name": %s, "phone": "088 000 07 00"},
                  "firstContactOn": %s,
                  "clientTold": {"by": "RECEIVER", "how": "PHONE"}
                }""", name, today().plusDays(1));
    }

    private void lotteHelps() {
        var started = lotte.post(attempt("start"), version, json("""
                {"on": %s, "kind": "AT_OFFICE"}""", today()));
        stage.step(lotte, "starts: from here on she is responsible")
                .gets(200, started)
                .shows("/status", "STARTED")
                .tells(anna, "started", attempt)
                .done();
        stage.step(lotte, "wants to complete it and forgets a goal")
                .gets(400, lotte.post(attempt("completion"), started.version(), json("""
                        {"outcome": "GOAL_REACHED", "goals": [{"goal": 0, "result": "REACHED"}],
                         "clientAgreesToFeedback": true, "feedback": "Klaar."}""")))
                .shows("/errors/0/pointer", "/goals")
                .done();
        var completed = lotte.post(attempt("completion"), started.version(), json("""
                {
                  "outcome": "PARTLY_REACHED",
                  "goals": [{"goal": 0, "result": "REACHED"}, {"goal": 1, "result": "PARTLY"}],
                  "clientAgreesToFeedback": true,
                  "feedback": %s,
                  "aftercare": "Hij komt nog een half jaar elke maand naar de herstelgroep."
                }""", FEEDBACK));
        stage.step(lotte, "completes it, with a result per goal and feedback")
                .gets(200, completed)
                .shows("/status", "COMPLETED")
                .tells(anna, "completed", attempt)
                .done();
    }

    private void annaReadsWhatCameOfIt() {
        stage.step(anna, "reads what came of it: the loop is closed")
                .gets(200, anna.get(REFERRALS + "/" + referral))
                .shows("/status", "COMPLETED")
                .shows("/attempts/1/state/outcome", "PARTLY_REACHED")
                .shows("/attempts/1/state/feedback", FEEDBACK)
                .shows("/attempts/1/state/goals/1/result", "PARTLY")
                .lists("/actions", List.of("ASSIGN"))
                .done();
        var history = anna.get(ATTEMPTS + "/" + attempt + "/history");
        stage.step(anna, "reads the history: " + transitions(history))
                .gets(200, history)
                .holds(
                        transitions(history).equals(List.of("T16", "T3", "T6", "T10", "T12")),
                        "T16, T3, T6, T10, T12 in that order")
                .done();
        var log = accessLogWithAllReaders();
        stage.step(anna, "sees in the access log that all three organisations looked")
                .gets(200, log)
                .holds(readers(log).containsAll(READERS), "entries of " + READERS)
                .hides(List.of(bsn, SURNAME))
                .done();
        stage.step(eva, "still sees nothing")
                .gets(404, eva.get(CLIENTS + "/" + client))
                .gets(404, eva.get(ATTEMPTS + "/" + attempt))
                .done();
    }

    private static final List<String> READERS = List.of(
            DemoDirectory.organisation(1).toString(),
            DemoDirectory.organisation(5).toString(),
            DemoDirectory.organisation(7).toString());

    private static List<String> transitions(Answer history) {
        return StreamSupport.stream(history.json().path("items").spliterator(), false)
                .map(it -> it.path("transition").asString())
                .toList();
    }

    private Answer accessLogWithAllReaders() {
        long end = System.nanoTime() + FOR_THE_LOG.toNanos();
        while (true) {
            var log = anna.get(CLIENTS + "/" + client + "/access-log?limit=100");
            if (log.status() != 200 || readers(log).containsAll(READERS) || System.nanoTime() > end) {
                return log;
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    private static List<String> readers(Answer log) {
        return StreamSupport.stream(log.json().path("items").spliterator(), false)
                .filter(it -> it.path("action").asString().equals("READ"))
                .map(it -> it.path("organisation").asString())
                .toList();
    }

    private void everybodyWasToldOnce() {
        for (var person : List.of(anna, bram, lotte, eva)) {
            stage.step(person, "has been told each of these things once, and nothing else")
                    .gets(200, person.get("/api/notification/v1/notifications/count"))
                    .holds(
                            stage.unexpected(person, referral).isEmpty(),
                            "no other notice than the ones above, not " + stage.unexpected(person, referral))
                    .done();
        }
    }

    private String referral(String action) {
        return REFERRALS + "/" + referral + "/" + action;
    }

    private String attempt(String action) {
        return ATTEMPTS + "/" + attempt + "/" + action;
    }

    /** The platform's days are Dutch days. */
    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneId.of("Europe/Amsterdam"));
    }
}
