package nl.wijkschakel.gateway.me;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import nl.wijkschakel.gateway.problem.Problem;
import nl.wijkschakel.gateway.problem.Refused;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Who is logged in, and for whom that person works now. A bearer of a token may ask too; it chooses by header. */
@RestController
class MeController {

    private final People people;

    MeController(People people) {
        this.people = people;
    }

    record Choice(@Nullable String organisation) {}

    @GetMapping("/api/me")
    Person me(HttpServletRequest request, Authentication caller) {
        if (!(caller instanceof JwtAuthenticationToken bearer)) {
            return people.person(request);
        }
        var claims = bearer.getToken().getClaimAsStringList("memberships");
        return Person.of(
                bearer.getToken().getClaimAsString("name"), Memberships.of(claims == null ? List.of() : claims), null);
    }

    @PutMapping("/api/me/organisation")
    Person choose(HttpServletRequest request, Authentication caller, @RequestBody Choice choice) {
        if (caller instanceof JwtAuthenticationToken) {
            throw new Refused(
                    Problem.forbidden(
                            "Kiezen kan in een browser; wie een token meestuurt noemt de organisatie in Wijkschakel-Organisation."));
        }
        if (choice.organisation() == null) {
            throw new Refused(Problem.invalid(
                    new Problem.Field("/organisation", "required", "Noem de organisatie waarvoor u werkt.")));
        }
        return people.choose(request, choice.organisation());
    }
}
