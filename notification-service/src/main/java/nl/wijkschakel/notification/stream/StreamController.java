package nl.wijkschakel.notification.stream;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import nl.wijkschakel.kit.caller.Allowed;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.caller.Role;
import nl.wijkschakel.notification.notification.Reader;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Tells a browser <em>that</em> something happened; it asks for the rest itself. Each connection begins with
 * {@code resync}, so nothing is missed and nothing is sent twice on purpose.
 */
@RestController
class StreamController {

    private final Streams streams;
    private final StreamProperties properties;

    /** Tokens live by the true time, also where a demo's clock is set to another. */
    private final Clock truth = Clock.systemUTC();

    StreamController(Streams streams, StreamProperties properties) {
        this.streams = streams;
        this.properties = properties;
    }

    /** The request's thread stays with the stream: it is a virtual one, which costs little while it waits. */
    @GetMapping(path = "/v1/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Allowed({Role.WIJKTEAM_WORKER, Role.SPECIALIST, Role.COORDINATOR, Role.FUNCTIONAL_ADMIN, Role.PRIVACY_OFFICER})
    @Operation(operationId = "stream", summary = "Server-sent events: resync, notification; ends with the token")
    void stream(
            @Parameter(hidden = true) Caller caller,
            @AuthenticationPrincipal @Parameter(hidden = true) Jwt token,
            @Parameter(hidden = true) HttpServletResponse response)
            throws IOException, InterruptedException {
        var expires = Objects.requireNonNullElse(token.getExpiresAt(), Instant.EPOCH);
        var stream = new Stream(Reader.of(caller), expires);
        streams.open(stream);
        try {
            response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
            response.setHeader(HttpHeaders.CACHE_CONTROL, CacheControl.noStore().getHeaderValue());
            response.setHeader("X-Accel-Buffering", "no"); // nginx would hold events back
            stream.write(response.getOutputStream(), properties.heartbeat(), truth);
        } catch (IOException _) {
            // the browser is gone; that is how a stream usually ends
        } finally {
            streams.close(stream);
        }
    }
}
