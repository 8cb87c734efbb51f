package nl.wijkschakel.kit.web;

import com.mongodb.MongoException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.ConstraintViolation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import nl.wijkschakel.kit.seal.Vault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.validation.ObjectError;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Turns every failure into a problem (RFC 9457). What a person can mend is told to them; the rest to the log. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
final class Problems {

    private static final Logger log = LoggerFactory.getLogger(Problems.class);
    private static final String RETRY_SECONDS = "5";

    @ExceptionHandler
    ResponseEntity<Problem> handle(Refusal refusal) {
        return switch (refusal) {
            case Refusal.Invalid it ->
                answer(problem(HttpStatus.BAD_REQUEST, it).with(it.errors()));
            case Refusal.Forbidden it -> answer(problem(HttpStatus.FORBIDDEN, it));
            case Refusal.Unknown it -> answer(problem(HttpStatus.NOT_FOUND, it));
            case Refusal.Conflict it -> answer(problem(HttpStatus.CONFLICT, it).with(it.detail(), it.more()));
            case Refusal.Stale it -> answer(problem(HttpStatus.PRECONDITION_FAILED, it));
            case Refusal.TooLarge it -> answer(problem(HttpStatus.CONTENT_TOO_LARGE, it));
            case Refusal.VersionRequired it -> answer(problem(HttpStatus.PRECONDITION_REQUIRED, it));
            case Refusal.Unavailable it ->
                unavailable(
                        problem(HttpStatus.SERVICE_UNAVAILABLE, it),
                        String.valueOf(it.retryAfter().toSeconds()));
        };
    }

    @ExceptionHandler
    ResponseEntity<Problem> handle(MethodArgumentNotValidException invalid) {
        var errors = invalid.getBindingResult().getAllErrors().stream()
                .map(Problems::error)
                .toList();
        return handle(new Refusal.Invalid(errors));
    }

    @ExceptionHandler
    ResponseEntity<Problem> handle(HttpMessageNotReadableException unreadable) {
        return unreadable.getCause() instanceof JacksonException cause
                ? handle(cause)
                : handle(new Refusal.Invalid(new Errors()
                        .add("", "required", "Er is geen inhoud meegestuurd.")
                        .found()));
    }

    @ExceptionHandler
    ResponseEntity<Problem> handle(JacksonException unreadable) {
        return handle(new Refusal.Invalid(List.of(error(unreadable))));
    }

    /** A word where an id belongs names nothing, as any id that was never given out. */
    @ExceptionHandler
    ResponseEntity<Problem> handle(MethodArgumentTypeMismatchException mismatch) {
        if (mismatch.getParameter().hasParameterAnnotation(PathVariable.class)) {
            return handle(new Refusal.Unknown());
        }
        return handle(new Refusal.Invalid(new Errors()
                .add("/" + mismatch.getName(), "wrong-type", "Deze waarde past hier niet.")
                .found()));
    }

    /** It was there, and it is gone for good (DOMAIN P22). */
    @ExceptionHandler
    ResponseEntity<Problem> handle(Vault.Destroyed destroyed) {
        return answer(Problem.of(
                HttpStatus.GONE, "destroyed", "De inhoud is vernietigd, omdat die niet langer bewaard mag worden."));
    }

    @ExceptionHandler
    ResponseEntity<Problem> handle(MongoException failure, HttpServletRequest request) {
        if (isOutage(failure)) {
            log.warn("MongoDB does not answer: {}", failure.getClass().getSimpleName());
            return unavailable(
                    Problem.of(
                            HttpStatus.SERVICE_UNAVAILABLE,
                            "database-unavailable",
                            "Dit lukt even niet. Uw gegevens zijn bewaard zoals ze waren; probeer het zo nog eens."),
                    RETRY_SECONDS);
        }
        return handle((Throwable) failure, request);
    }

    /** What Spring itself refuses (method, media type, a missing parameter, no such path) keeps its status. */
    @ExceptionHandler
    ResponseEntity<Problem> handle(Throwable failure, HttpServletRequest request) {
        if (failure instanceof ErrorResponse refused && !refused.getStatusCode().is5xxServerError()) {
            var status = HttpStatus.valueOf(refused.getStatusCode().value());
            var answer = ResponseEntity.status(status)
                    .headers(headers -> headers.addAll(refused.getHeaders()))
                    .contentType(MediaType.APPLICATION_PROBLEM_JSON);
            return answer.body(Problem.of(status, kebab(status), title(status)));
        }
        // the class and the path's pattern only: a message may repeat what was typed
        log.error("{} failed", request.getMethod(), failure);
        return answer(Problem.of(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "failure",
                "Er ging iets mis bij ons. Wat u typte is niet bewaard; probeer het opnieuw."));
    }

    private static boolean isOutage(MongoException failure) {
        return failure instanceof MongoTimeoutException
                || failure instanceof MongoSocketException
                || failure instanceof MongoNotPrimaryException
                || failure instanceof MongoNodeIsRecoveringException
                || failure.hasErrorLabel(MongoException.TRANSIENT_TRANSACTION_ERROR_LABEL)
                || failure.hasErrorLabel("RetryableWriteError")
                || (failure.getCause() instanceof MongoException cause && isOutage(cause)); // the vault wraps its own
    }

    private static FieldError error(ObjectError error) {
        var field = error instanceof org.springframework.validation.FieldError it ? it.getField() : "";
        return error(field, String.valueOf(error.getDefaultMessage()), String.valueOf(error.getCode()));
    }

    static FieldError error(ConstraintViolation<?> violation) {
        var constraint = violation
                .getConstraintDescriptor()
                .getAnnotation()
                .annotationType()
                .getSimpleName();
        return error(violation.getPropertyPath().toString(), violation.getMessage(), constraint);
    }

    private static FieldError error(String field, String message, String constraint) {
        var pointer = field.isEmpty() ? "" : pointer(field);
        var parts = message.split(Consistent.Check.SEPARATOR, 3);
        if (parts.length == 3) {
            return new FieldError(pointer + parts[0], parts[1], Consistent.Check.unescaped(parts[2]));
        }
        return switch (constraint) {
            case "NotNull", "NotBlank", "NotEmpty" -> new FieldError(pointer, "required", "Vul dit in.");
            default -> new FieldError(pointer, kebab(constraint), "Deze waarde past hier niet."); // names, not an enum
        };
    }

    private static String pointer(String field) {
        return "/" + field.replace("[", "/").replace("]", "").replace('.', '/');
    }

    private static FieldError error(JacksonException unreadable) {
        if (unreadable instanceof UnrecognizedPropertyException unknown) {
            return new FieldError(pointer(unknown.getPath()), "unknown-field", "Dit veld bestaat niet.");
        }
        if (unreadable instanceof DatabindException wrong) {
            return new FieldError(pointer(wrong.getPath()), "wrong-type", "Deze waarde past hier niet.");
        }
        if (unreadable instanceof InputCoercionException) {
            return new FieldError("", "out-of-range", "Er staat een getal in dat te groot is.");
        }
        return new FieldError("", "not-json", "De inhoud is geen geldige JSON.");
    }

    private static String pointer(List<JacksonException.Reference> path) {
        var steps = new ArrayList<String>();
        for (var step : path) {
            steps.add(step.getPropertyName() == null ? String.valueOf(step.getIndex()) : step.getPropertyName());
        }
        return steps.stream().map(step -> "/" + step).collect(Collectors.joining());
    }

    private static String kebab(HttpStatus status) {
        return kebab(status.getReasonPhrase().replace(" ", ""));
    }

    private static String kebab(String camel) {
        return camel.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(java.util.Locale.ROOT);
    }

    private static String title(HttpStatus status) {
        return switch (status) {
            case NOT_FOUND -> "Dit is niet gevonden, of het is niet voor u.";
            case METHOD_NOT_ALLOWED -> "Dit kan hier niet.";
            case UNSUPPORTED_MEDIA_TYPE -> "Stuur de inhoud als JSON.";
            case NOT_ACCEPTABLE -> "Wij antwoorden met JSON.";
            default -> "Dit verzoek klopt niet."; // of some sixty statuses, those that matter to a caller stand above
        };
    }

    private static Problem problem(HttpStatus status, Refusal refusal) {
        return Problem.of(status, refusal.type(), refusal.title());
    }

    private static ResponseEntity<Problem> answer(Problem problem) {
        return ResponseEntity.status(problem.status())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    private static ResponseEntity<Problem> unavailable(Problem problem, String seconds) {
        return ResponseEntity.status(problem.status())
                .header(HttpHeaders.RETRY_AFTER, seconds)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }
}
