package nl.wijkschakel.referral;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The public description of the service; others make their types from it. */
class DescriptionTest extends ServiceTest {

    /** Two kinds of one name would be described as one of them. */
    @ParameterizedTest
    @CsvSource({
        "Service, capacity",
        "Team, municipality",
        "ContactTeam, nameFollowsOn",
        "ContactPerson, email",
        "AdviceService, service",
        "AdviceNone, why",
        "Answer, cannotShare",
        "ReplyAnswer, text",
        "ReplyCannotShare, heardFrom",
        "Goal, text",
        "GoalBody, result",
        "Weeks, from",
        "Completion, clientAgreesToFeedback",
        "ReferralView, draftExpiresAt",
        "OrganisationForm, complaints",
        "TeamForm, municipality",
        "AddressForm, postcode",
        "ComplaintsForm, website",
        "CapacityForm, confirmedOn",
        "ServiceSearch, text",
        "Assignment, person",
        "ReferralAssignment, team",
    })
    void eachKindIsDescribedAsItself(String name, String field) {
        assertThat(description().at("/components/schemas/" + name).toString()).contains("\"" + field + "\"");
    }

    @Test
    void whatIsReferredToIsThere() {
        var description = description();
        var referred = new TreeSet<String>();
        description.findValuesAsString("$ref").forEach(referred::add);
        assertThat(referred)
                .isNotEmpty()
                .allSatisfy(it -> assertThat(description.at(it.substring(1)).isMissingNode())
                        .isFalse());
        assertThat(description
                        .at(
                                "/paths/~1v1~1attempts~1{id}~1completion/post/requestBody/content/application~1json/schema/$ref")
                        .stringValue())
                .isEqualTo("#/components/schemas/Completion");
        assertThat(description
                        .at("/components/schemas/Completion/properties/goals/items/$ref")
                        .stringValue())
                .isEqualTo("#/components/schemas/GoalBody");
    }

    @Test
    void everyActionOfAnAttemptIsAPath() {
        assertThat(description().path("paths").propertyNames())
                .contains(
                        "/v1/attempts/{id}/claim",
                        "/v1/attempts/{id}/put-back",
                        "/v1/attempts/{id}/information-request",
                        "/v1/attempts/{id}/answer",
                        "/v1/attempts/{id}/acceptance",
                        "/v1/attempts/{id}/acceptance-undo",
                        "/v1/attempts/{id}/waitlisting",
                        "/v1/attempts/{id}/return",
                        "/v1/attempts/{id}/start",
                        "/v1/attempts/{id}/pause",
                        "/v1/attempts/{id}/resumption",
                        "/v1/attempts/{id}/completion",
                        "/v1/attempts/{id}/early-end",
                        "/v1/attempts/{id}/withdrawal",
                        "/v1/attempts/{id}/forwarding",
                        "/v1/attempts/{id}/assignment",
                        "/v1/attempts/{id}/contact-person",
                        "/v1/referrals/{id}/submission",
                        "/v1/referrals/{id}/resubmission",
                        "/v1/referrals/{id}/withdrawal",
                        "/v1/referrals/{id}/assignment");
    }

    private JsonNode description() {
        var answer = http.get().uri("/v1/openapi.json").exchange();
        assertThat(answer).hasStatusOk();
        return body(answer);
    }
}
