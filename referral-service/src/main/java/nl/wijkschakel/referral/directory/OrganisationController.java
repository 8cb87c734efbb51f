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
import nl.wijkschakel.referral.directory.Organisation.Kind;
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
final class OrganisationController {

    private static final String PATH = "/v1/organisations";
    private static final String ENTRY = PATH + "/{id}";

    private final Entries<Organisation> organisations;

    OrganisationController(Entries<Organisation> organisations) {
        this.organisations = organisations;
    }

    @GetMapping(PATH)
    Page<Organisation> listOrganisations(
            @RequestParam @Nullable String municipality, @RequestParam @Nullable Kind kind, Paging paging) {
        return organisations.page(List.of(Entries.only(kind), Entries.onlyIn(municipality)), paging);
    }

    @GetMapping(ENTRY)
    ResponseEntity<Organisation> readOrganisation(@PathVariable UUID id) {
        return Editing.read(organisations, id);
    }

    @PutMapping(path = ENTRY, headers = Editing.IF_NEW)
    @Allowed(Role.FUNCTIONAL_ADMIN)
    ResponseEntity<Organisation> createOrganisation(@PathVariable UUID id, @RequestBody Form form, Caller caller) {
        return Editing.create(organisations, form.checked(id, 1), PATH, caller);
    }

    @PutMapping(ENTRY)
    @Allowed(Role.FUNCTIONAL_ADMIN)
    ResponseEntity<Organisation> changeOrganisation(
            @PathVariable UUID id, Version version, @RequestBody Form form, Caller caller) {
        return Editing.change(organisations, id, version, caller, seen -> form.checked(id, seen.version() + 1));
    }

    /** An organisation as it was filled in. */
    @Schema(name = "OrganisationForm")
    record Form(
            @Nullable UUID id,
            @Nullable String name,
            @Nullable Kind kind,
            @Nullable List<@Nullable String> municipalities,
            @Nullable String phone,
            @Nullable String email,
            Address.@Nullable Form address,
            Complaints.@Nullable Form complaints) {

        Organisation checked(UUID path, long version) {
            var errors = new Errors();
            var checks = new Checks(errors);
            checks.sameId(id, path);
            checks.text(name, "/name", Checks.LONGEST_NAME);
            checks.required(kind, "/kind");
            checks.atLeastOne(municipalities, "/municipalities");
            checks.each(municipalities, "/municipalities", Checks.MOST_MUNICIPALITIES, checks::municipality);
            checks.phone(phone, "/phone");
            checks.optionalEmail(email, "/email");
            if (address != null) {
                address.check(checks, "/address");
            }
            if (complaints != null) {
                complaints.check(checks, "/complaints");
            }
            errors.refuse();
            return new Organisation(
                    path,
                    version,
                    Checks.tidy(name),
                    Objects.requireNonNull(kind),
                    Checks.whole(municipalities),
                    Checks.tidy(phone),
                    email,
                    address == null ? null : address.address(),
                    complaints == null ? null : complaints.complaints());
        }
    }
}
