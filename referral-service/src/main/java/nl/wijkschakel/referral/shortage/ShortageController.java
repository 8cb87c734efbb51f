package nl.wijkschakel.referral.shortage;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import nl.wijkschakel.kit.TimeOrderedIds;
import nl.wijkschakel.kit.caller.Allowed;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.caller.Membership.OfMunicipality;
import nl.wijkschakel.kit.caller.Role;
import nl.wijkschakel.kit.web.Errors;
import nl.wijkschakel.kit.web.IdempotencyKey;
import nl.wijkschakel.kit.web.Page;
import nl.wijkschakel.kit.web.Paging;
import nl.wijkschakel.kit.web.Refusal;
import nl.wijkschakel.referral.calendar.WorkingDays;
import nl.wijkschakel.referral.directory.Checks;
import nl.wijkschakel.referral.directory.Theme;
import nl.wijkschakel.referral.directory.Urgency;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who looks reports it, the functional admin reads it, and the policy officer sees how often. */
@RestController
@Allowed(Role.FUNCTIONAL_ADMIN)
final class ShortageController {

    private static final String PATH = "/v1/shortages";
    private static final int LONGEST_TEXT = 1_000;
    private static final int LONGEST_AREA = 100;
    private static final int FIRST_YEAR = 2026;

    private final Shortages shortages;
    private final Clock clock;

    ShortageController(Shortages shortages, Clock clock) {
        this.shortages = shortages;
        this.clock = clock;
    }

    /** As it was filled in; nothing of it is about a person. */
    @Schema(name = "ShortageForm")
    record Form(
            @Nullable String municipality,
            @Nullable Theme theme,
            @Nullable AgeGroup ageGroup,
            @Nullable Urgency urgency,
            @Nullable String language,
            @Nullable String area,
            @Nullable String sought) {

        Shortage checked(UUID id, Caller caller, Instant now) {
            var errors = new Errors();
            var checks = new Checks(errors);
            checks.municipality(municipality, "/municipality");
            errors.required(theme != null, "/theme").required(sought != null, "/sought");
            checks.optionalLanguage(language, "/language");
            checks.optionalText(area, "/area", LONGEST_AREA);
            checks.optionalText(sought, "/sought", LONGEST_TEXT);
            errors.refuse();
            return new Shortage(
                    id,
                    caller.organisation(),
                    Objects.requireNonNull(municipality),
                    Objects.requireNonNull(theme),
                    Objects.requireNonNullElse(ageGroup, AgeGroup.UNKNOWN),
                    urgency,
                    language,
                    new Shortage.Words(Objects.requireNonNull(sought), area),
                    now);
        }
    }

    @Schema(name = "ShortageView")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record View(
            UUID id,
            UUID organisation,
            String municipality,
            Theme theme,
            AgeGroup ageGroup,
            @Nullable Urgency urgency,
            @Nullable String language,
            @Nullable String area,
            String sought,
            Instant reportedAt) {

        static View of(Shortage it) {
            return new View(
                    it.id(),
                    it.organisation(),
                    it.municipality(),
                    it.theme(),
                    it.ageGroup(),
                    it.urgency(),
                    it.language(),
                    it.words().area(),
                    it.words().sought(),
                    it.reportedAt());
        }
    }

    @PostMapping(PATH)
    @Allowed({Role.WIJKTEAM_WORKER, Role.SPECIALIST, Role.COORDINATOR})
    ResponseEntity<View> reportShortage(@RequestBody Form form, @Nullable IdempotencyKey key, Caller caller) {
        var stored = shortages.add(form.checked(TimeOrderedIds.next(), caller, clock.instant()), key, caller);
        return ResponseEntity.created(URI.create(PATH + "/" + stored.id())).body(View.of(stored));
    }

    @GetMapping(PATH + "/{id}")
    @Allowed({Role.WIJKTEAM_WORKER, Role.SPECIALIST, Role.COORDINATOR, Role.FUNCTIONAL_ADMIN})
    View readShortage(@PathVariable UUID id, Caller caller) {
        return View.of(shortages.get(id, visible(caller)));
    }

    @GetMapping(PATH)
    Page<View> listShortages(
            @RequestParam String municipality, @RequestParam @Nullable Theme theme, Paging paging, Caller caller) {
        requireMunicipality(municipality, caller, Role.FUNCTIONAL_ADMIN);
        return shortages.page(municipality, theme, paging).map(View::of);
    }

    /** One fixed table a year (DOMAIN P24). */
    @GetMapping("/v1/shortage-figures")
    @Allowed({Role.FUNCTIONAL_ADMIN, Role.POLICY_OFFICER})
    Figures readShortageFigures(@RequestParam String municipality, @RequestParam int year, Caller caller) {
        requireMunicipality(municipality, caller, Role.FUNCTIONAL_ADMIN, Role.POLICY_OFFICER);
        var today = Quarter.of(WorkingDays.date(clock.instant()));
        new Errors()
                .addIf(
                        year < FIRST_YEAR || year > today.year(),
                        "/year",
                        "out-of-range",
                        "Kies een jaar van %d tot en met %d.".formatted(FIRST_YEAR, today.year()))
                .refuse();
        int over = year < today.year() ? Quarter.IN_A_YEAR : today.number() - 1;
        return Figures.of(municipality, year, shortages.counts(municipality, year), over);
    }

    private static Bson visible(Caller caller) {
        if (caller.chosen() != null) {
            return eq("organisation", caller.chosen());
        }
        var administered = caller.memberships().stream()
                .filter(it -> it.role() == Role.FUNCTIONAL_ADMIN)
                .map(it -> ((OfMunicipality) it).municipality())
                .toList();
        return in("municipality", administered);
    }

    private static void requireMunicipality(String municipality, Caller caller, Role... roles) {
        if (List.of(roles).stream().noneMatch(role -> caller.hasIn(municipality, role))) {
            throw new Refusal.Forbidden("not-your-municipality", "U werkt niet voor deze gemeente.");
        }
    }
}
