package nl.wijkschakel.gateway.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.util.HtmlUtils;
import tools.jackson.databind.json.JsonMapper;

/**
 * A failure as RFC 9457 tells it. The title is Dutch and for people; the detail never repeats what was sent.
 *
 * @param type the last part of {@code urn:wijkschakel:problem:…}
 */
public record Problem(
        HttpStatus status,
        String type,
        String title,
        @Nullable String detail,
        List<Field> errors,
        Map<String, String> headers) {

    /** What is wrong with one field; {@code pointer} is a JSON pointer into the body. */
    public record Field(String pointer, String code, String detail) {}

    private static final String INVALID = "Dit verzoek klopt niet.";
    private static final JsonMapper JSON = JsonMapper.shared();

    private Problem(HttpStatus status, String type, String title, @Nullable String detail) {
        this(status, type, title, detail, List.of(), Map.of());
    }

    public static Problem invalid(String detail) {
        return new Problem(HttpStatus.BAD_REQUEST, "invalid", INVALID, detail);
    }

    public static Problem invalid(Field error) {
        return new Problem(HttpStatus.BAD_REQUEST, "invalid", INVALID, null, List.of(error), Map.of());
    }

    public static Problem unauthenticated() {
        return new Problem(HttpStatus.UNAUTHORIZED, "unauthenticated", "U bent niet ingelogd.", null);
    }

    /** The browser had a session, and Keycloak no longer stands for it. */
    public static Problem sessionEnded() {
        return new Problem(
                HttpStatus.UNAUTHORIZED,
                "session-ended",
                "Uw sessie is verlopen.",
                "Log opnieuw in om verder te gaan.");
    }

    public static Problem forbidden(@Nullable String detail) {
        return new Problem(HttpStatus.FORBIDDEN, "forbidden", "Dit mag u niet.", detail);
    }

    public static Problem unknown() {
        return new Problem(HttpStatus.NOT_FOUND, "unknown", "Dit is niet gevonden, of het is niet voor u.", null);
    }

    public static Problem tooLarge(long limit) {
        return new Problem(
                HttpStatus.CONTENT_TOO_LARGE,
                "too-large",
                "Dit verzoek is te groot.",
                "Een verzoek mag hier hoogstens %d bytes zijn.".formatted(limit));
    }

    public static Problem lengthRequired() {
        return new Problem(
                HttpStatus.LENGTH_REQUIRED,
                "length-required",
                "Zeg hoe groot dit verzoek is.",
                "Hier hoort een Content-Length bij.");
    }

    public static Problem tooManyRequests(Duration wait) {
        return new Problem(
                        HttpStatus.TOO_MANY_REQUESTS,
                        "too-many-requests",
                        "Dat ging te snel achter elkaar.",
                        "Wacht even voor u verdergaat.")
                .with(HttpHeaders.RETRY_AFTER, seconds(wait));
    }

    public static Problem unavailable(@Nullable String detail, Duration wait) {
        return new Problem(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "unavailable",
                        "Dit lukt even niet. Probeer het zo nog eens.",
                        detail)
                .with(HttpHeaders.RETRY_AFTER, seconds(wait));
    }

    /** Whether a change was stored is not known to the gateway; the caller repeats it with the same Idempotency-Key. */
    public static Problem noAnswerInTime(String service) {
        return new Problem(
                HttpStatus.GATEWAY_TIMEOUT,
                "no-answer-in-time",
                "Het antwoord duurt te lang.",
                "%s antwoordt niet op tijd. Kijk of een wijziging is bewaard voor u haar herhaalt.".formatted(service));
    }

    /** For what the framework refuses by itself. */
    public static Problem of(HttpStatusCode code) {
        var status = HttpStatus.resolve(code.value());
        return switch (status) {
            case UNAUTHORIZED -> unauthenticated();
            case FORBIDDEN -> forbidden(null);
            case NOT_FOUND -> unknown();
            case METHOD_NOT_ALLOWED -> new Problem(status, "method-not-allowed", "Dit kan hier niet.", null);
            case NOT_ACCEPTABLE -> new Problem(status, "not-acceptable", "Wij antwoorden met JSON.", null);
            case CONTENT_TOO_LARGE -> new Problem(status, "too-large", "Dit verzoek is te groot.", null);
            case UNSUPPORTED_MEDIA_TYPE ->
                new Problem(status, "unsupported-media-type", "Stuur de inhoud als JSON.", null);
            case SERVICE_UNAVAILABLE -> unavailable(null, Duration.ofSeconds(5));
            case null, default ->
                code.is4xxClientError()
                        ? new Problem(status == null ? HttpStatus.BAD_REQUEST : status, "invalid", INVALID, null)
                        : new Problem(HttpStatus.INTERNAL_SERVER_ERROR, "failure", "Er ging iets mis bij ons.", null);
        };
    }

    public Problem with(String header, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Problem(status, type, title, detail, errors, Map.copyOf(more));
    }

    /** Writes this as the answer, unless one is on its way already. */
    public void write(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        response.setStatus(status.value());
        headers.forEach(response::setHeader);
        var page = wantsPage(request);
        var body = (page ? html() : json()).getBytes(StandardCharsets.UTF_8);
        response.setContentType(page ? "text/html;charset=UTF-8" : MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    public ServerResponse response() {
        return ServerResponse.status(status).build((request, response) -> {
            write(request, response);
            return null;
        });
    }

    /** A person who follows a link gets a page to read; programs, and all that is under /api, get problem+json. */
    private static boolean wantsPage(HttpServletRequest request) {
        var accept = request.getHeader(HttpHeaders.ACCEPT);
        return accept != null
                && accept.contains(MediaType.TEXT_HTML_VALUE)
                && !SecurityHeaders.path(request).startsWith("/api/");
    }

    private String json() {
        var members = new LinkedHashMap<String, Object>();
        members.put("type", "urn:wijkschakel:problem:" + type);
        members.put("title", title);
        members.put("status", status.value());
        if (detail != null) {
            members.put("detail", detail);
        }
        if (!errors.isEmpty()) {
            members.put("errors", errors);
        }
        return JSON.writeValueAsString(members);
    }

    private String html() {
        return """
                <!doctype html>
                <html lang="nl">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%1$s – Wijkschakel</title>
                <link rel="icon" href="/assets/icon.svg">
                <link rel="stylesheet" href="/assets/start.css">
                </head>
                <body>
                <main>
                <h1>%1$s</h1>
                <p>%2$s</p>
                <p><a href="/">Naar de startpagina</a></p>
                </main>
                </body>
                </html>
                """.formatted(
                HtmlUtils.htmlEscape(title, "UTF-8"), detail == null ? "" : HtmlUtils.htmlEscape(detail, "UTF-8"));
    }

    private static String seconds(Duration wait) {
        return String.valueOf(Math.max(1, wait.plusMillis(999).toSeconds()));
    }
}
