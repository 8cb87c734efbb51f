package nl.wijkschakel.gateway.login;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.oidc.web.logout.OidcClientInitiatedLogoutSuccessHandler;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.web.util.HtmlUtils;
import tools.jackson.databind.json.JsonMapper;

/**
 * The session here has ended; now the one at Keycloak. Not by a redirect: to a form that would be refused, since our
 * policy ({@code form-action 'self'}) holds for where a form is redirected too, and to a script it would be of no use. So
 * a form gets a page that goes on by itself, a script the address to go to.
 */
public final class LogoutAtKeycloak extends OidcClientInitiatedLogoutSuccessHandler {

    public LogoutAtKeycloak(ClientRegistrationRepository registrations) {
        super(registrations);
        setPostLogoutRedirectUri("{baseUrl}/");
    }

    @Override
    public void onLogoutSuccess(
            HttpServletRequest request, HttpServletResponse response, @Nullable Authentication authentication)
            throws IOException {
        var target = authentication == null ? "/" : determineTargetUrl(request, response, authentication);
        var accept = request.getHeader(HttpHeaders.ACCEPT);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store"); // the address holds the ID token
        if (accept != null && accept.contains(MediaType.APPLICATION_JSON_VALUE)) {
            write(
                    response,
                    MediaType.APPLICATION_JSON_VALUE,
                    JsonMapper.shared().writeValueAsString(Map.of("location", target)));
            return;
        }
        response.setHeader("Refresh", "0;url=" + target);
        write(response, "text/html;charset=UTF-8", """
                <!doctype html>
                <html lang="nl">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>Uitloggen – Wijkschakel</title>
                <link rel="icon" href="/assets/icon.svg">
                <link rel="stylesheet" href="/assets/start.css">
                </head>
                <body>
                <main>
                <h1>U wordt uitgelogd</h1>
                <p><a href="%s">Verder</a> als dit niet vanzelf gaat.</p>
                </main>
                </body>
                </html>
                """.formatted(HtmlUtils.htmlEscape(target, "UTF-8")));
    }

    private static void write(HttpServletResponse response, String type, String body) throws IOException {
        response.setContentType(type);
        response.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
    }
}
