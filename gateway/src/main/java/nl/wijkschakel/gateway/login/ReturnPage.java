package nl.wijkschakel.gateway.login;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;

/** After the login a person is back on the page that asked for it: {@code ?return=/werk}. */
public final class ReturnPage implements AuthenticationSuccessHandler {

    private static final String PARAMETER = "return";
    private static final String ATTRIBUTE = "return";
    private static final int LONGEST = 500;

    static void remember(HttpServletRequest request) {
        var page = request.getParameter(PARAMETER);
        if (isOurs(page)) {
            request.getSession().setAttribute(ATTRIBUTE, page);
        }
    }

    @Override
    public void onAuthenticationSuccess(
            HttpServletRequest request, HttpServletResponse response, Authentication authentication)
            throws IOException {
        var session = request.getSession();
        var page = session.getAttribute(ATTRIBUTE) instanceof String remembered ? remembered : "/";
        session.removeAttribute(ATTRIBUTE);
        response.sendRedirect(page);
    }

    /** A path on this site: anything else would make the login a way to lead people elsewhere. */
    private static boolean isOurs(@Nullable String page) {
        return page != null
                && page.length() <= LONGEST
                && page.startsWith("/")
                && !page.startsWith("//")
                && page.chars().allMatch(c -> c > ' ' && c < 127 && c != '\\');
    }
}
