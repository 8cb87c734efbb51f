package nl.wijkschakel.referral.directory;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import nl.wijkschakel.kit.caller.Allowed;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.caller.Role;
import nl.wijkschakel.kit.web.Errors;
import nl.wijkschakel.kit.web.Page;
import nl.wijkschakel.kit.web.Paging;
import nl.wijkschakel.kit.web.Version;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Readers
final class TeamController {

    private static final String PATH = "/v1/teams";
    private static final String ENTRY = PATH + "/{id}";

    private final Entries<Team> teams;
    private final Entries<Organisation> organisations;

    TeamController(Entries<Team> teams, Entries<Organisation> organisations) {
        this.teams = teams;
        this.organisations = organisations;
    }

    @GetMapping(PATH)
    Page<Team> listTeams(
            @RequestParam @Nullable UUID organisation, @RequestParam @Nullable String municipality, Paging paging) {
        return teams.page(List.of(Entries.only(organisation), Entries.onlyIn(municipality)), paging);
    }

    @GetMapping(ENTRY)
    ResponseEntity<Team> readTeam(@PathVariable UUID id) {
        return Editing.read(teams, id);
    }

    @PutMapping(path = ENTRY, headers = Editing.IF_NEW)
    @Allowed(Role.FUNCTIONAL_ADMIN)
    ResponseEntity<Team> createTeam(@PathVariable UUID id, @RequestBody Form form, Caller caller) {
        return Editing.create(teams, checked(form, id, null), PATH, caller);
    }

    @PutMapping(ENTRY)
    @Allowed(Role.FUNCTIONAL_ADMIN)
    ResponseEntity<Team> changeTeam(@PathVariable UUID id, Version version, @RequestBody Form form, Caller caller) {
        return Editing.change(teams, id, version, caller, seen -> checked(form, id, seen));
    }

    /** A team as it was filled in. */
    @Schema(name = "TeamForm")
    record Form(
            @Nullable UUID id,
            @Nullable UUID organisation,
            @Nullable String name,
            @Nullable String municipality,
            @Nullable String phone) {}

    private Team checked(Form form, UUID id, @Nullable Team seen) {
        var errors = new Errors();
        var checks = new Checks(errors);
        checks.sameId(form.id(), id);
        checks.organisation(form.organisation(), seen == null ? null : seen.organisation(), organisations);
        checks.text(form.name(), "/name", Checks.LONGEST_NAME);
        checks.municipality(form.municipality(), "/municipality");
        checks.phone(form.phone(), "/phone");
        errors.refuse();
        return new Team(
                id,
                seen == null ? 1 : seen.version() + 1,
                Objects.requireNonNull(form.organisation()),
                Checks.tidy(form.name()),
                Objects.requireNonNull(form.municipality()),
                Checks.tidy(form.phone()));
    }
}
