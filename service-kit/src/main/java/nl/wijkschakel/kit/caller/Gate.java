package nl.wijkschakel.kit.caller;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import nl.wijkschakel.kit.web.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerInterceptor;

/** Lets a request through to its endpoint if {@link Allowed} does, and hands the endpoint its caller. */
public final class Gate implements HandlerInterceptor, HandlerMethodArgumentResolver {

    private static final String CALLER = Gate.class.getName();

    Gate() {}

    /** Who calls, if somebody does. */
    public static Optional<Caller> callerOf(HttpServletRequest request) {
        return Optional.ofNullable((Caller) request.getAttribute(CALLER));
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method
                && SecurityContextHolder.getContext().getAuthentication() instanceof JwtAuthenticationToken token) {
            var caller = Callers.of(token.getToken(), request.getHeader(Caller.ORGANISATION_HEADER));
            request.setAttribute(CALLER, caller);
            check(method, caller);
        }
        return true;
    }

    private static void check(HandlerMethod method, Caller caller) {
        var allowed = allowed(method);
        if (allowed == null) {
            throw new Refusal.Forbidden("forbidden", "Dit is voor niemand opengesteld.");
        }
        if (allowed.anyone() || Arrays.asList(allowed.services()).contains(caller.service())) {
            return;
        }
        var roles = caller.roles();
        if (Arrays.stream(allowed.value()).anyMatch(roles::contains)) {
            return;
        }
        boolean elsewhere = caller.chosen() == null
                && caller.memberships().stream()
                        .anyMatch(it -> Arrays.asList(allowed.value()).contains(it.role()));
        if (elsewhere) {
            caller.organisation(); // refuses, and says that one must be chosen
        }
        throw new Refusal.Forbidden("forbidden", "Uw rol geeft hier geen toegang toe.");
    }

    private static @Nullable Allowed allowed(HandlerMethod method) {
        var own = AnnotatedElementUtils.findMergedAnnotation(method.getMethod(), Allowed.class);
        return own != null ? own : AnnotatedElementUtils.findMergedAnnotation(method.getBeanType(), Allowed.class);
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Caller.class;
    }

    @Override
    public Caller resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        return (Caller) Objects.requireNonNull(
                request.getAttribute(CALLER, RequestAttributes.SCOPE_REQUEST), "an endpoint that nobody logged in for");
    }
}
