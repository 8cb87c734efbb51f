package nl.wijkschakel.kit.web;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;

/**
 * An answer that says what went wrong (RFC 9457).
 *
 * @param title a sentence in Dutch
 * @param more what helps to go on, such as the actions that are allowed now
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        List<FieldError> errors,
        @JsonAnyGetter Map<String, Object> more) {

    private static final String PREFIX = "urn:wijkschakel:problem:";

    public static Problem of(HttpStatus status, String type, String title) {
        return new Problem(PREFIX + type, title, status.value(), "", List.of(), Map.of());
    }

    Problem with(List<FieldError> found) {
        return new Problem(type, title, status, detail, found, more);
    }

    Problem with(String detail, Map<String, Object> more) {
        return new Problem(type, title, status, detail, errors, more);
    }
}
