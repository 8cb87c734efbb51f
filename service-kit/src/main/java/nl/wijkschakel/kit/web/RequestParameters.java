package nl.wijkschakel.kit.web;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import nl.wijkschakel.kit.seal.KeyedHash;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.util.WebUtils;

/** Hands controllers {@link Version}, {@link IdempotencyKey} and {@link Paging}. */
final class RequestParameters implements HandlerMethodArgumentResolver {

    private final @Nullable KeyedHash hash;

    /** @param hash null in a service that creates nothing on request, so that none of its endpoints takes a key */
    RequestParameters(@Nullable KeyedHash hash) {
        this.hash = hash;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        var type = parameter.getParameterType();
        return type == Version.class || type == IdempotencyKey.class || type == Paging.class;
    }

    @Override
    public @Nullable Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        var type = parameter.getParameterType();
        if (type == Version.class) {
            return Version.of(request.getHeader(HttpHeaders.IF_MATCH));
        }
        if (type == Paging.class) {
            return Paging.of(request.getParameter("limit"), request.getParameter("cursor"));
        }
        return key(request);
    }

    private @Nullable IdempotencyKey key(NativeWebRequest request) {
        var key = request.getHeader(IdempotencyKey.HEADER);
        if (key == null) {
            return null;
        }
        if (!key.matches("[\\x21-\\x7e]{1,100}")) {
            throw new Refusal.Invalid(new Errors()
                    .add("", "idempotency-key", "Gebruik voor Idempotency-Key 1 tot en met 100 leesbare tekens.")
                    .found());
        }
        var servlet = Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class));
        var read = WebUtils.getNativeRequest(servlet, BodyLimit.Read.class);
        var body = read == null ? new byte[0] : read.body();
        var what =
                servlet.getMethod() + " " + servlet.getRequestURI() + "\n" + new String(body, StandardCharsets.UTF_8);
        return new IdempotencyKey(
                key, Objects.requireNonNull(hash, "seal.hash-key").of("idempotency", what));
    }
}
