package nl.wijkschakel.gateway.route;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import nl.wijkschakel.gateway.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Bodies are JSON and small. They are read whole before a service is called: a slow or broken upload then costs the
 * caller's time and not a connection to a service, and cannot pass for the service's failure.
 */
final class BodyLimit extends OncePerRequestFilter {

    private static final String STREAMED = BodyLimit.class.getName() + ".streamed";

    private final int limit;
    private final Map<String, Integer> exceptions;

    BodyLimit(int limit, Map<String, Integer> exceptions) {
        this.limit = limit;
        this.exceptions = exceptions;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() <= 0 && request.getHeader(HttpHeaders.TRANSFER_ENCODING) == null) {
            chain.doFilter(request, response);
            return;
        }
        var larger = larger(request.getRequestURI());
        if (larger != null) {
            streamed(larger, request, response, chain);
            return;
        }
        var allowed = limit;
        if (request.getContentLengthLong() > allowed) {
            Problem.tooLarge(allowed).write(request, response);
            return;
        }
        byte[] body;
        try {
            body = request.getInputStream().readNBytes(allowed + 1);
        } catch (IOException _) {
            Problem.invalid("De inhoud kwam niet heel aan.").write(request, response);
            return;
        }
        if (body.length > allowed) {
            Problem.tooLarge(allowed).write(request, response);
            return;
        }
        chain.doFilter(new Buffered(request, body), response);
    }

    /** Too much for the memory: it goes on as it comes, and must say beforehand how long it is. */
    private static void streamed(
            int allowed, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() < 0) {
            Problem.lengthRequired().write(request, response);
        } else if (request.getContentLengthLong() > allowed) {
            Problem.tooLarge(allowed).write(request, response);
        } else {
            request.setAttribute(STREAMED, true);
            chain.doFilter(request, response);
        }
    }

    static boolean isStreamed(HttpServletRequest request) {
        return request.getAttribute(STREAMED) != null;
    }

    private @Nullable Integer larger(String path) {
        return exceptions.entrySet().stream()
                .filter(exception -> path.startsWith(exception.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    private static final class Buffered extends HttpServletRequestWrapper {

        private final ServletInputStream stream;

        Buffered(HttpServletRequest request, byte[] body) {
            super(request);
            this.stream = new Bytes(body);
        }

        @Override
        public ServletInputStream getInputStream() {
            return stream;
        }

        @Override
        public BufferedReader getReader() {
            return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
        }
    }

    private static final class Bytes extends ServletInputStream {

        private final ByteArrayInputStream bytes;

        Bytes(byte[] body) {
            this.bytes = new ByteArrayInputStream(body);
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            return bytes.read(into, offset, length);
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException("The body is in memory; nobody needs to wait for it");
        }
    }
}
