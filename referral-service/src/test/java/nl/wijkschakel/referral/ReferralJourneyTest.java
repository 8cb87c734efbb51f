package nl.wijkschakel.referral;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static nl.wijkschakel.referral.Person.ANNA;
import static nl.wijkschakel.referral.Person.BRAM;
import static nl.wijkschakel.referral.Person.BRUG;
import static nl.wijkschakel.referral.Person.LOTTE;
import static nl.wijkschakel.referral.Person.WIJKTEAM;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;

/** The platform's main job as one story: a wijkteam refers, a specialist answers, the outcome comes back. */
class ReferralJourneyTest extends ServiceTest {

    private final UUID client = UUID.randomUUID();

    @Test
    void aReferralGoesOutComesBackGoesElsewhereAndEndsWell() {
        // Anna writes it with the client, and sends it
        var referral = draft(client, "ROUTINE");
        assertThat(status(referral)).isEqualTo("DRAFT");
        var first = sent(referral, DEBTS).getFirst();
        assertThat(status(referral)).isEqualTo("ACTIVE");
        NEIGHBOURS.verify(putRequestedFor(urlEqualTo("/internal/v1/agreements/" + first))
                .withHeader("Authorization", equalTo("Bearer our-own"))
                .withHeader("Wijkschakel-Caller", equalTo(ANNA.token()))
                .withHeader("Wijkschakel-Organisation", equalTo(WIJKTEAM.toString()))
                .withRequestBody(equalToJson("""
                        {"client":"%s","referral":"%s","receiver":"%s","receiverEntitledToBsn":true,"legalBasis":"WGS",
                         "agreement":{"kind":"AGREED","how":"SPOKEN","on":"2026-02-27","by":"CLIENT"},
                         "sharedData":["NAME","CONTACT"],"safeContact":true,"secretPlace":false}""".formatted(client, referral, BRUG))));
        granted(first, "CORE", 1);

        // Bram sees it in his inbox, with core data only; he claims it and reads the rest
        assertThat(body(get(BRAM, "/v1/attempts?queue=NEW&service=" + DEBTS))
                        .path("items")
                        .valueStream()
                        .map(ServiceTest::id))
                .contains(first);
        assertThat(seenBy(BRAM, first).path("access").stringValue()).isEqualTo("CORE");
        assertThat(done(act(BRAM, first, "claim", "{}")).path("clientAccess").stringValue())
                .isEqualTo("IN_FORCE");
        granted(first, "SHARED", 2);
        assertThat(seenBy(BRAM, first).at("/content/question").stringValue())
                .isEqualTo("Ik kom er niet meer uit met mijn schulden");
        assertThat(seenBy(BRAM, first).path("client").stringValue()).isEqualTo(client.toString());

        // he asks, she answers, he returns it with advice
        done(act(BRAM, first, "information-request", Bodies.QUESTION));
        assertThat(status(referral)).isEqualTo("ACTION_REFERRER");
        done(act(ANNA, first, "answer", Bodies.ANSWER));
        assertThat(seenBy(BRAM, first).at("/questions/0/reply/text").stringValue())
                .isEqualTo("Ja, bijstand");
        var advice = """
                {"reason":"OTHER_EXPERTISE","advice":{"service":"%s"},"note":"Eerst de verslaving",
                 "clientToldBy":"RECEIVER"}""".formatted(ADDICTION);
        assertThat(done(act(BRAM, first, "return", advice)).path("access").stringValue())
                .isEqualTo("OWN_DECISION");
        granted(first, "NONE", 5);
        assertThat(seenBy(BRAM, first).has("content")).isFalse();

        // Anna reads the advice and sends it there
        var returned = seenBy(ANNA, first);
        assertThat(returned.at("/state/advice/service").stringValue()).isEqualTo(ADDICTION.toString());
        assertThat(returned.at("/state/note").stringValue()).isEqualTo("Eerst de verslaving");
        assertThat(status(referral)).isEqualTo("ACTION_REFERRER");
        clock.pass(Duration.ofDays(1));
        var again = done(submit(ANNA, referral, "resubmission", Bodies.resubmission(ADDICTION), java.util.Map.of()));
        assertThat(again.path("status").stringValue()).isEqualTo("ACTIVE");
        var second = id(again.path("attempts").get(1));

        // Lotte takes it, helps, and tells how it ended
        done(act(LOTTE, second, "claim", "{}"));
        assertThat(seenBy(LOTTE, second).at("/content/whatChanged").stringValue())
                .isEqualTo("Er is nu een uitkering");
        done(act(LOTTE, second, "acceptance", Bodies.ACCEPTANCE));
        assertThat(seenBy(ANNA, second).at("/state/contact/name").stringValue()).isEqualTo("Bram de Vries");
        clock.pass(Duration.ofDays(2));
        done(act(LOTTE, second, "start", "{\"on\":\"2026-03-05\",\"kind\":\"AT_OFFICE\"}"));
        clock.pass(Duration.ofDays(60));
        done(act(LOTTE, second, "completion", Bodies.COMPLETION));
        assertThat(seenBy(ANNA, second).at("/state/feedback").stringValue()).isEqualTo("De schulden zijn geregeld");
        assertThat(status(referral)).isEqualTo("COMPLETED");

        // every step is told in order, and stands in the history
        assertThat(told(first))
                .containsExactly("sent 1", "claimed 2", "information-requested 3", "answered 4", "returned 5");
        assertThat(told(second)).containsExactly("sent 1", "claimed 2", "accepted 3", "started 4", "completed 5");
        assertThat(transitions(first)).containsExactly("T2", "T3", "T4", "T5", "T9");
        assertThat(transitions(second)).containsExactly("T16", "T3", "T6", "T10", "T12");
    }

    private JsonNode done(MvcTestResult answer) {
        assertThat(answer).hasStatusOk();
        return body(answer);
    }

    private JsonNode seenBy(Person who, UUID attempt) {
        return done(get(who, "/v1/attempts/" + attempt));
    }

    private String status(UUID referral) {
        return done(get(ANNA, "/v1/referrals/" + referral)).path("status").stringValue();
    }

    private static void granted(UUID attempt, String access, long sequence) {
        NEIGHBOURS.verify(putRequestedFor(urlEqualTo("/internal/v1/grants/" + attempt))
                .withHeader("Authorization", equalTo("Bearer our-own"))
                .withRequestBody(equalToJson(
                        "{\"access\":\"%s\",\"sequence\":%d,\"excludedWorkers\":[]}".formatted(access, sequence))));
    }

    private List<String> told(UUID attempt) {
        return outbox(storedAttempt(attempt), "referral.events.v1").stream()
                .map(it -> it.path("type").stringValue().replace("nl.wijkschakel.attempt.", "") + " "
                        + it.path("sequence").stringValue())
                .toList();
    }

    private List<String> transitions(UUID attempt) {
        return done(get(ANNA, "/v1/attempts/" + attempt + "/history"))
                .path("items")
                .valueStream()
                .map(it -> it.path("transition").stringValue())
                .toList();
    }
}
