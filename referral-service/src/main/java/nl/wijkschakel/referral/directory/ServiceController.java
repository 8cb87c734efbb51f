package nl.wijkschakel.referral.directory;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import nl.wijkschakel.kit.caller.Allowed;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.caller.Role;
import nl.wijkschakel.kit.web.Errors;
import nl.wijkschakel.kit.web.Page;
import nl.wijkschakel.kit.web.Paging;
import nl.wijkschakel.kit.web.Refusal;
import nl.wijkschakel.kit.web.Version;
import nl.wijkschakel.referral.directory.Capacity.Status;
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
final class ServiceController {

    private static final String PATH = "/v1/services";
    private static final String ENTRY = PATH + "/{id}";

    private final Entries<Service> services;
    private final Entries<Organisation> organisations;
    private final Clock clock;

    ServiceController(Entries<Service> services, Entries<Organisation> organisations, Clock clock) {
        this.services = services;
        this.organisations = organisations;
        this.clock = clock;
    }

    @GetMapping(PATH)
    Page<Service> listServices(
            @RequestParam @Nullable UUID organisation,
            @RequestParam @Nullable String municipality,
            @RequestParam @Nullable Theme theme,
            Paging paging) {
        return services.page(
                List.of(Entries.only(organisation), Entries.onlyIn(municipality), Entries.only(theme)), paging);
    }

    @GetMapping(ENTRY)
    ResponseEntity<Service> readService(@PathVariable UUID id) {
        return Editing.read(services, id);
    }

    @PutMapping(path = ENTRY, headers = Editing.IF_NEW)
    @Allowed(Role.FUNCTIONAL_ADMIN)
    ResponseEntity<Service> createService(@PathVariable UUID id, @RequestBody ServiceForm form, Caller caller) {
        var admin = new ServiceForm.Editor(true, false);
        return Editing.create(services, form.checked(id, null, admin, organisations, clock), PATH, caller);
    }

    /** The municipality sets a service up; its organisation keeps it up to date. */
    @PutMapping(ENTRY)
    @Allowed({Role.COORDINATOR, Role.FUNCTIONAL_ADMIN})
    ResponseEntity<Service> changeService(
            @PathVariable UUID id, Version version, @RequestBody ServiceForm form, Caller caller) {
        return Editing.change(
                services,
                id,
                version,
                caller,
                seen -> Keepers.require(caller, seen),
                seen -> form.checked(id, seen, Keepers.editor(caller, seen), organisations, clock));
    }

    /** @param confirmedOn the day on which it was known to be so; today if absent */
    @Schema(name = "CapacityForm")
    record Room(
            @Nullable Status status,
            ServiceForm.@Nullable Wait waitWeeks,
            @Nullable LocalDate confirmedOn) {}

    @PutMapping(ENTRY + "/capacity")
    @Allowed({Role.COORDINATOR, Role.FUNCTIONAL_ADMIN})
    ResponseEntity<Service> changeCapacity(
            @PathVariable UUID id, Version version, @RequestBody Room room, Caller caller) {
        var seen = services.find(id).orElseThrow(Refusal.Unknown::new);
        Keepers.require(caller, seen);
        version.require(seen.version());
        var today = Capacity.today(clock);
        var day = Objects.requireNonNullElse(room.confirmedOn(), today);
        var filled = new ServiceForm.Room(room.status(), room.waitWeeks(), day);
        var errors = new Errors();
        filled.check(new Checks(errors), "", today);
        errors.refuse();
        var next = seen.with(filled.capacity(seen.capacity(), today));
        services.replace(next);
        return Editing.answer(next);
    }
}
