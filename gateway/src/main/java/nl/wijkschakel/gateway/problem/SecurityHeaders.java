package nl.wijkschakel.gateway.problem;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** On every answer, failures and static files too, and so before anything that can answer (STANDARDS §1, UI §3). */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class SecurityHeaders implements Filter {

    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
                    + "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        write((HttpServletRequest) request, (HttpServletResponse) response);
        chain.doFilter(request, response);
    }

    static void write(HttpServletRequest request, HttpServletResponse answer) {
        answer.setHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        answer.setHeader("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
        answer.setHeader("X-Content-Type-Options", "nosniff");
        answer.setHeader("X-Frame-Options", "DENY");
        answer.setHeader("Referrer-Policy", "no-referrer");
        answer.setHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
        answer.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        var path = path(request);
        if (path.startsWith("/api/")) {
            answer.setHeader("Cache-Control", "no-store");
            // the description of the API is for everyone; all else is for this site alone
            var description = path.endsWith("/v1/openapi.json");
            answer.setHeader("Cross-Origin-Resource-Policy", description ? "cross-origin" : "same-origin");
            if (description) {
                answer.setHeader("Access-Control-Allow-Origin", "*");
            }
        } else {
            answer.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        }
    }

    /** Tomcat has none where it could not read the first line of a request. */
    static String path(HttpServletRequest request) {
        return Objects.requireNonNullElse(request.getRequestURI(), "");
    }
}
