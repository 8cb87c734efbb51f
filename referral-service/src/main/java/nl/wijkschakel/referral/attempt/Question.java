package nl.wijkschakel.referral.attempt;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the receiver asked the referrer, and what came of it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Question(
        String question,
        String why,
        Instant askedAt,
        @Nullable Reply reply) {

    /** With {@code heardFrom}: from whom the receiver heard it by phone. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public sealed interface Reply {

        @JsonTypeName("ANSWER")
        @Schema(name = "ReplyAnswer")
        record Answer(String text, @Nullable String heardFrom, Instant at) implements Reply {}

        @JsonTypeName("CANNOT_SHARE")
        @Schema(name = "ReplyCannotShare")
        record CannotShare(String why, @Nullable String heardFrom, Instant at) implements Reply {}
    }
}
