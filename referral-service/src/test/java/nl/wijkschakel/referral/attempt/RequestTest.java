package nl.wijkschakel.referral.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import nl.wijkschakel.referral.attempt.AttemptState.Completed;
import nl.wijkschakel.referral.attempt.AttemptState.Outcome;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What is sealed is read back as it was, also where a list is empty. */
class RequestTest {

    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void keepsARequestWithoutGoalsOrSharedData() {
        var agreement = new Request.Agreement(
                Request.Agreement.Kind.EXCEPTION,
                null,
                null,
                null,
                Request.Agreement.Ground.SAFETY,
                "De partner leest mee.");
        var shown = new Request.Shown("HAS_CAPACITY", 0, 2, LocalDate.of(2026, 11, 2));
        var request = new Request(
                "Ik wil rust.",
                List.of(),
                "Er is nog geen hulpvraag.",
                null,
                null,
                null,
                null,
                null,
                agreement,
                List.of(),
                false,
                shown,
                null,
                null,
                new ThirdParties("De ex-partner, Kees", true));

        assertThat(JSON.readValue(JSON.writeValueAsString(request), Request.class))
                .isEqualTo(request);
    }

    @Test
    void keepsACompletionWithoutGoals() {
        var worker = new Worker(new UUID(0, 1), "Bram");
        var completed = new Completed(
                worker, Outcome.HANDED_OVER, List.of(), false, null, null, null, Instant.parse("2026-11-02T10:00:00Z"));

        assertThat(JSON.readValue(JSON.writeValueAsString(completed), AttemptState.class))
                .isEqualTo(completed);
    }
}
