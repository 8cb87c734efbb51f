package nl.wijkschakel.gateway.page;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Objects;
import java.util.stream.Collectors;
import nl.wijkschakel.gateway.login.LoginGuard;
import nl.wijkschakel.gateway.me.Membership;
import nl.wijkschakel.gateway.me.People;
import nl.wijkschakel.gateway.me.Person;
import nl.wijkschakel.gateway.session.AccessToken;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.HtmlUtils;

/** What it is, logging in, and for whom one works. Works without scripts; the app will take its place. */
@Controller
class StartPage {

    private final People people;
    private final OrganisationNames names;

    StartPage(People people, OrganisationNames names) {
        this.people = people;
        this.names = names;
    }

    @GetMapping("/")
    ResponseEntity<String> start(
            HttpServletRequest request,
            @Nullable Authentication caller,
            CsrfToken csrf,
            @RequestParam(required = false) @Nullable String login) {
        if (!(caller instanceof OAuth2AuthenticationToken)) {
            return page(stranger(login));
        }
        var token = people.token(request);
        return page(known(people.person(request, token), token, csrf));
    }

    @PostMapping(path = "/organisation", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    ResponseEntity<Void> choose(HttpServletRequest request, @RequestParam String organisation) {
        people.choose(request, organisation);
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create("/"))
                .build();
    }

    private static String stranger(@Nullable String login) {
        var failed = "failed".equals(login)
                ? "<p class=\"alert\" role=\"alert\">Het inloggen is niet gelukt. Probeer het opnieuw.</p>"
                : "";
        return """
                %s
                <p>Wijkschakel is voor wijkteams en voor de organisaties waarnaar zij verwijzen. Een verwijzing gaat op weg
                met instemming van de cliënt, krijgt altijd antwoord, en de uitkomst komt terug.</p>
                <p><a class="button" href="%s">Inloggen</a></p>
                """.formatted(failed, LoginGuard.LOGIN);
    }

    private String known(Person person, AccessToken token, CsrfToken csrf) {
        var organisations = person.memberships().stream()
                .map(Membership::organisation)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        var hidden = "<input type=\"hidden\" name=\"%s\" value=\"%s\">"
                .formatted(csrf.getParameterName(), escape(csrf.getToken()));
        var roles = person.memberships().stream()
                .map(membership -> "<li>%s</li>".formatted(escape(role(membership, token))))
                .collect(Collectors.joining("\n"));
        var choices = organisations.stream()
                .map(id -> """
                        <p><label><input type="radio" name="organisation" value="%s"%s> %s</label></p>
                        """.formatted(
                        escape(id), id.equals(person.organisation()) ? " checked" : "", escape(names.of(id, token))))
                .collect(Collectors.joining());
        var choice = organisations.size() < 2 ? "" : """
                <form method="post" action="/organisation">
                %s
                <fieldset>
                <legend>Voor wie werkt u nu?</legend>
                %s
                </fieldset>
                <p><button type="submit">Kiezen</button></p>
                </form>
                """.formatted(hidden, choices);
        var none = person.memberships().isEmpty()
                ? "<p>Uw account heeft nog geen rol. Vraag de functioneel beheerder van uw gemeente om er een te geven.</p>"
                : "";
        return """
                <p>U bent ingelogd als <strong>%s</strong>.</p>
                %s
                <ul>
                %s
                </ul>
                %s
                <p>De schermen van Wijkschakel zijn nog in de maak. De diensten zelf werken: andere systemen en de
                meegeleverde proefreis gebruiken ze al.</p>
                <form method="post" action="/logout">
                %s
                <p><button type="submit">Uitloggen</button></p>
                </form>
                """.formatted(escape(person.name() == null ? "onbekend" : person.name()), none, roles, choice, hidden);
    }

    private String role(Membership membership, AccessToken token) {
        var role = Roles.inWords(membership.role());
        return membership.organisation() == null
                ? role + " van gemeente " + membership.municipality()
                : role + " bij " + names.of(membership.organisation(), token);
    }

    private static ResponseEntity<String> page(String content) {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("text/html;charset=UTF-8"))
                .cacheControl(CacheControl.noStore())
                .body("""
                        <!doctype html>
                        <html lang="nl">
                        <head>
                        <meta charset="utf-8">
                        <meta name="viewport" content="width=device-width, initial-scale=1">
                        <title>Wijkschakel</title>
                        <link rel="icon" href="/assets/icon.svg">
                        <link rel="stylesheet" href="/assets/start.css">
                        </head>
                        <body>
                        <main>
                        <h1>Wijkschakel</h1>
                        %s
                        </main>
                        </body>
                        </html>
                        """.formatted(content));
    }

    private static String escape(String text) {
        return HtmlUtils.htmlEscape(text, "UTF-8");
    }
}
