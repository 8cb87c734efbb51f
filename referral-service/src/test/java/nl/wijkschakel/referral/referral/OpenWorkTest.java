package nl.wijkschakel.referral.referral;

import static nl.wijkschakel.referral.Person.BERGSTAD;
import static nl.wijkschakel.referral.Person.BRAM;
import static nl.wijkschakel.referral.Person.BRUG;
import static nl.wijkschakel.referral.Person.HUGO;
import static nl.wijkschakel.referral.Person.WIJKTEAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.jwt;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import nl.wijkschakel.referral.Bodies;
import nl.wijkschakel.referral.Person;
import nl.wijkschakel.referral.ServiceTest;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

/** What somebody leaves behind who stops working for an organisation. */
class OpenWorkTest extends ServiceTest {

    private final Person sender = new Person(UUID.randomUUID(), "Wil", List.of(WIJKTEAM + ":wijkteam-worker"));
    private final Person receiver = new Person(UUID.randomUUID(), "Bo", List.of(BRUG + ":specialist"));

    private MvcTestResult ask(Person of, UUID organisation, RequestPostProcessor by) {
        return http.get()
                .uri("/internal/v1/workers/" + of.id() + "/open-work?organisation=" + organisation)
                .with(by)
                .exchange();
    }

    private long open(Person of, UUID organisation) {
        var answer = ask(of, organisation, service("client-service"));
        assertThat(answer).hasStatusOk();
        return body(answer).path("open").asLong();
    }

    private static RequestPostProcessor service(String name) {
        return jwt().jwt(token -> token.subject(UUID.randomUUID().toString()).claim("service", name));
    }

    private UUID draftOfSender() {
        return draft(sender, NOORD, UUID.randomUUID(), "ROUTINE");
    }

    private UUID sentBySender() {
        var answer = submit(sender, draftOfSender(), "submission", Bodies.submission(DEBTS), Map.of());
        assertThat(answer).hasStatusOk();
        return id(body(answer).path("attempts").path(0));
    }

    @Test
    void draftsAndWhatWasSentAreTheSendersUntilTheEnd() {
        assertThat(open(sender, WIJKTEAM)).isZero();
        draftOfSender();
        assertThat(open(sender, WIJKTEAM)).isEqualTo(1);
        var attempt = sentBySender();
        assertThat(open(sender, WIJKTEAM)).isEqualTo(2);

        assertThat(act(receiver, attempt, "claim", "{}")).hasStatusOk();
        assertThat(act(receiver, attempt, "acceptance", Bodies.ACCEPTANCE)).hasStatusOk();
        assertThat(act(receiver, attempt, "start", Bodies.START)).hasStatusOk();
        assertThat(open(sender, WIJKTEAM)).isEqualTo(2);
        assertThat(act(receiver, attempt, "completion", Bodies.COMPLETION)).hasStatusOk();
        assertThat(open(sender, WIJKTEAM)).isEqualTo(1);
    }

    @Test
    void whatIsInHandIsTheReceiversUntilTheEnd() {
        var attempt = sentBySender();
        assertThat(open(receiver, BRUG)).as("nobody's yet").isZero();
        assertThat(act(receiver, attempt, "claim", "{}")).hasStatusOk();
        assertThat(open(receiver, BRUG)).isEqualTo(1);
        assertThat(act(receiver, attempt, "return", Bodies.RETURN)).hasStatusOk();
        assertThat(open(receiver, BRUG)).isZero();
        assertThat(open(sender, WIJKTEAM))
                .as("a return asks the sender something")
                .isEqualTo(1);
    }

    @Test
    void workForAnotherOrganisationIsNotCounted() {
        draftOfSender();
        assertThat(open(sender, BERGSTAD)).isZero();
        assertThat(open(receiver, WIJKTEAM)).isZero();
    }

    @Test
    void onlyClientServiceMayAsk() {
        for (var other : List.of(BRAM.login(), HUGO.login(), service("notification-service"))) {
            assertThat(ask(sender, WIJKTEAM, other)).hasStatus(403);
        }
    }
}
