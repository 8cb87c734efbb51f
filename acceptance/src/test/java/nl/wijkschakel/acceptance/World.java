package nl.wijkschakel.acceptance;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicInteger;
import nl.wijkschakel.local.api.Answer;

/** Who and what there is for the tests: a few of the demo's organisations, and clients that each test makes for itself. */
final class World {

    static final String WIJKTEAMS = "0199aaaa-0000-7000-8000-000000000001";
    static final String BRIDGE = "0199aaaa-0000-7000-8000-000000000005";
    static final String NOVA = "0199aaaa-0000-7000-8000-000000000007";
    static final String FRIENDS = "0199aaaa-0000-7000-8000-000000000003";
    static final String TEAM = "0199bbbb-0000-7000-8000-000000000001";
    static final String DEBTS = "0199cccc-0000-7000-8000-000000000001";
    static final String ADDICTION = "0199cccc-0000-7000-8000-000000000002";
    static final String BUDDY = "0199cccc-0000-7000-8000-000000000003";

    private static final AtomicInteger BSNS = new AtomicInteger(10_000);

    static void furnish() {
        var admin = Person.of("hugo");
        organisation(admin, WIJKTEAMS, "Wijkteams Waterwijk", "FIRST_LINE");
        organisation(admin, FRIENDS, "Maatjesproject Samen", "INFORMAL");
        organisation(admin, BRIDGE, "Schuldhulp De Brug", "SECOND_LINE");
        organisation(admin, NOVA, "Verslavingszorg Nova", "SECOND_LINE");
        admin.create("/api/referral/v1/teams/" + TEAM, """
                        {"organisation":"%s","name":"Noord","municipality":"9901","phone":"0101234567"}""".formatted(WIJKTEAMS)).require(201);
        service(admin, DEBTS, BRIDGE, "Schuldregeling", "DEBT_AND_INCOME", true);
        service(admin, ADDICTION, NOVA, "Behandeling verslaving", "ADDICTION", true);
        service(admin, BUDDY, FRIENDS, "Maatje", "LONELINESS", false);
    }

    private static void organisation(Person admin, String id, String name, String kind) {
        admin.create("/api/referral/v1/organisations/" + id, """
                        {"name":"%s","kind":"%s","municipalities":["9901"],"phone":"0101234567"}""".formatted(name, kind))
                .require(201);
    }

    private static void service(Person admin, String id, String organisation, String name, String theme, boolean bsn) {
        admin.create("/api/referral/v1/services/" + id, """
                        {"organisation":"%s","name":"%s","description":"Hulp in Waterwijk","themes":["%s"],
                         "targetGroup":"Volwassenen","minimumAge":18,"municipalities":["9901"],"languages":["nl"],
                         "legalBasis":"WMO","entitledToBsn":%s,
                         "capacity":{"status":"HAS_CAPACITY","waitWeeks":{"from":1,"to":3}}}""".formatted(organisation, name, theme, bsn))
                .require(201);
    }

    /** A number that passes the eleven-test and was given to nobody. */
    static String bsn() {
        while (true) {
            var eight = "9998" + String.format("%04d", BSNS.getAndIncrement() % 10_000);
            int sum = 0;
            for (int i = 0; i < 8; i++) {
                sum += (9 - i) * (eight.charAt(i) - '0');
            }
            if (sum % 11 < 10) {
                return eight + sum % 11;
            }
        }
    }

    /** A client of Anna's, with everything there is to know. */
    static String client(String surname, String bsn) {
        return Person.of("anna")
                .post("/api/client/v1/clients", """
                        {"name":{"given":"Sanne","surname":"%s"},"bsn":{"value":"%s"},
                         "birthDate":{"value":"1988-04-01"},
                         "address":{"value":{"street":"Voorbeeldstraat","houseNumber":"12a","postcode":"1234AB","city":"Waterwijk"}},
                         "municipality":"9901","contact":{"phone":"0612345678","email":"sanne@example.nl","preference":"PHONE"},
                         "language":"nl","interpreterNeeded":false,"safeContact":{"safe":true},"secrecy":false}""".formatted(surname, bsn))
                .require(201)
                .id()
                .toString();
    }

    static String client(String surname) {
        return client(surname, bsn());
    }

    static Answer draft(String client, String question) {
        return Person.of("anna")
                .post("/api/referral/v1/referrals", """
                        {"client":"%s","team":"%s","content":{"question":"%s","goals":[{"text":"Rust in mijn hoofd"}],
                         "theme":"DEBT_AND_INCOME","urgency":"ROUTINE"}}""".formatted(client, TEAM, question))
                .require(201);
    }

    static String submission(String service) {
        return """
                {"services":[{"service":"%s","shown":{"status":"HAS_CAPACITY","waitWeeks":{"from":1,"to":3},"confirmedOn":"2026-11-01"}}],
                 "legalBasis":"WMO","agreement":{"kind":"AGREED","how":"SPOKEN","on":"2026-11-20","by":"CLIENT"},
                 "sharedData":["NAME","BIRTH_DATE","ADDRESS","CONTACT","BSN"],"safeContact":true,"mayBeForwarded":false}""".formatted(service);
    }

    /** A referral of Anna's that was just sent; gives the attempt's id. */
    static String sent(String client, String service, String question) {
        var draft = draft(client, question);
        var sent = Person.of("anna")
                .post("/api/referral/v1/referrals/" + draft.id() + "/submission", submission(service), draft.version())
                .require(200);
        return sent.json().path("attempts").path(0).path("id").asString();
    }

    static String sent(String surname) {
        return sent(client(surname), DEBTS, "Ik slaap niet van de schulden");
    }

    /** Takes the next action with the attempt as it is now. */
    static Answer act(Person who, String attempt, String action, String body) {
        var path = "/api/referral/v1/attempts/" + attempt;
        return who.post(path + "/" + action, body, who.get(path).require(200).version());
    }

    static final String RETURN = """
            {"reason":"NO_CAPACITY","advice":{"none":true,"why":"Geen ander aanbod bekend"},"clientToldBy":"REFERRER"}""";

    /** The first contact is next week. */
    static String acceptance() {
        return """
                {"contact":{"name":"Bram Voorbeeld","phone":"0107654321"},"firstContactOn":"%s",
                 "clientTold":{"by":"RECEIVER","how":"PHONE"}}""".formatted(LocalDate.now(ZoneId.of("Europe/Amsterdam")).plusDays(7));
    }

    private World() {}
}
