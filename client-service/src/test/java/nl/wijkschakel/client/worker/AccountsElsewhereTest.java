package nl.wijkschakel.client.worker;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static nl.wijkschakel.client.People.ANNA;
import static nl.wijkschakel.client.People.HUGO;
import static nl.wijkschakel.client.People.WIJKTEAM;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** Where the municipality's own identity provider is the source of accounts. */
@TestPropertySource(properties = "ACCOUNTS=ELSEWHERE")
class AccountsElsewhereTest extends WorkerTest {

    @Test
    void everyWayInSaysSoAndAsksNobody() {
        var id = UUID.randomUUID();
        for (var answer : List.of(
                get(ANNA, "/v1/workers?organisation=" + WIJKTEAM),
                get(HUGO, "/v1/workers/" + id),
                post(HUGO, "/v1/workers", form(anotherEmail(), at(WIJKTEAM, "specialist"), "")),
                change(HUGO, id, 1, "{}"),
                invite(HUGO, id, 1))) {
            assertThat(answer).hasStatus(409);
            assertThat(problem(answer)).isEqualTo("accounts-elsewhere");
        }
        NEIGHBOURS.verify(0, anyRequestedFor(anyUrl()));
    }
}
