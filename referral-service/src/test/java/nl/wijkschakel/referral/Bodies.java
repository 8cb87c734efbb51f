package nl.wijkschakel.referral;

import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Collectors;

/** Requests that are right as they are. */
public final class Bodies {

    public static final String ACCEPTANCE = """
            {"contact":{"name":"Bram de Vries","phone":"0201234567"},"firstContactOn":"2026-03-05",
             "clientTold":{"by":"RECEIVER","how":"PHONE"}}""";

    public static final String CONTACT = """
            {"contact":{"name":"Carla Smit","phone":"0207654321"}}""";

    public static final String START = """
            {"on":"2026-03-02","kind":"VISIT"}""";

    public static final String RETURN = """
            {"reason":"NO_CAPACITY","advice":{"none":true,"why":"Er is nergens plek"},"clientToldBy":"REFERRER"}""";

    public static final String QUESTION = """
            {"question":"Is er een uitkering?","why":"Dat bepaalt wie helpt"}""";

    public static final String ANSWER = """
            {"answer":"Ja, bijstand"}""";

    public static final String COMPLETION = """
            {"outcome":"GOAL_REACHED","goals":[{"goal":0,"result":"REACHED"},{"goal":1,"result":"PARTLY"}],
             "clientAgreesToFeedback":true,"feedback":"De schulden zijn geregeld"}""";

    public static final String WAITLISTING = """
            {"waitWeeks":{"from":2,"to":6},"reason":"Er is nu geen plek",
             "contact":{"by":"RECEIVER","name":"Carla","phone":"0201234567","everyWeeks":4},
             "clientToldBy":"RECEIVER"}""";

    public static final String START_FROM_WAITLIST = """
            {"on":"2026-03-02","kind":"VISIT","contact":{"name":"Bram de Vries"}}""";

    public static final String PAUSE = """
            {"wish":"CLIENT","reason":"Eerst verhuizen","reviewOn":"2026-03-16"}""";

    public static final String EARLY_END = """
            {"reason":"CLIENT_STOPPED"}""";

    public static final String UNDO = """
            {"reason":"Het team zit toch vol"}""";

    public static final String WITHDRAWAL = """
            {"reason":"CLIENT_DECLINES"}""";

    public static String draft(UUID client, UUID team, String urgency) {
        return """
                {"client":"%s","team":"%s","content":{"question":"Ik kom er niet meer uit met mijn schulden",
                 "goals":[{"text":"Schulden op een rij"},{"text":"Weer slapen"}],"situation":"Woont alleen",
                 "doubts":"Bang voor een bewindvoerder","theme":"DEBT_AND_INCOME","urgency":"%s",
                 "needsAccessibility":true,"origin":"GP","ownReference":"W-2026-17"}}""".formatted(client, team, urgency);
    }

    /** On the legal basis Wgs, the first service's own; others need the reason that is given. */
    public static String submission(UUID... services) {
        return """
                {"services":[%s],"legalBasis":"WGS","legalBasisReason":"Het gaat om schulden",
                 "agreement":{"kind":"AGREED","how":"SPOKEN","on":"2026-02-27","by":"CLIENT"},
                 "sharedData":["NAME","CONTACT"],"safeContact":true,"mayBeForwarded":false}""".formatted(Arrays.stream(services).map(Bodies::asked).collect(Collectors.joining(",")));
    }

    public static String resubmission(UUID service) {
        return submission(service).replaceFirst("\\{", "{\"whatChanged\":\"Er is nu een uitkering\",");
    }

    private static String asked(UUID service) {
        return """
                {"service":"%s","shown":{"status":"HAS_CAPACITY","waitWeeks":{"from":0,"to":2},
                 "confirmedOn":"2026-02-20"}}""".formatted(service);
    }

    private Bodies() {}
}
