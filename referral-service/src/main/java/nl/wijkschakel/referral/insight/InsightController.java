package nl.wijkschakel.referral.insight;

import io.swagger.v3.oas.annotations.Operation;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import nl.wijkschakel.kit.caller.Allowed;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.caller.Role;
import nl.wijkschakel.kit.web.Errors;
import nl.wijkschakel.kit.web.Refusal;
import nl.wijkschakel.referral.attempt.Action.Side;
import nl.wijkschakel.referral.attempt.Courses;
import nl.wijkschakel.referral.calendar.WorkingDays;
import nl.wijkschakel.referral.directory.Directory;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Figures without a person: who asks for them sees no case by them. */
@RestController
class InsightController {

    private static final int MOST_MONTHS = 24;
    private static final int FIRST_YEAR = 2020;
    private static final int QUARTERS = 4;

    private final Courses courses;
    private final Directory directory;
    private final Clock clock;

    InsightController(Courses courses, Directory directory, Clock clock) {
        this.courses = courses;
        this.directory = directory;
        this.clock = clock;
    }

    @GetMapping("/v1/own-figures")
    @Allowed(Role.COORDINATOR)
    @Operation(
            operationId = "readOwnFigures",
            summary = "The own organisation's figures on one of its sides, in full",
            description =
                    "Of what was sent from the first day of `from` up to the last day of `to`, at most 24 months.")
    OwnFigures ownFigures(
            @RequestParam Side side,
            @RequestParam YearMonth from,
            @RequestParam YearMonth to,
            @RequestParam @Nullable UUID team,
            @RequestParam @Nullable UUID service,
            Caller caller) {
        new Errors()
                .addIf(side == Side.EITHER, "/side", "out-of-range", "Kies verwijzer (SENDER) of ontvanger (RECEIVER).")
                .addIf(to.isBefore(from), "/to", "before-from", "Het einde ligt voor het begin.")
                .addIf(
                        from.until(to, ChronoUnit.MONTHS) >= MOST_MONTHS,
                        "/to",
                        "too-long",
                        "Kies ten hoogste " + MOST_MONTHS + " maanden.")
                .refuse();
        var organisation = caller.organisation();
        var counting = new OwnFigures.Counting(side, from, to);
        courses.of(organisation, side, begin(from), begin(to.plusMonths(1)), it -> {
            if ((team == null || it.team().equals(team))
                    && (service == null || it.service().equals(service))) {
                counting.add(it);
            }
        });
        return counting.figures(
                clock.instant(), courses.waiting(organisation, side), names(counting.services()), links(side));
    }

    private Map<UUID, String> names(Set<UUID> services) {
        return directory.services(services).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, it -> it.getValue().name()));
    }

    private static Map<String, String> links(Side side) {
        var list = side == Side.SENDER ? "/api/referral/v1/referrals?queue=" : "/api/referral/v1/attempts?queue=";
        return Map.of(
                "waiting", list + "WAITLIST", // by the day on which somebody should be in touch
                "running", list + "RUNNING",
                "done", list + "DONE");
    }

    @GetMapping("/v1/policy-figures")
    @Allowed({Role.FUNCTIONAL_ADMIN, Role.POLICY_OFFICER})
    @Operation(
            operationId = "readPolicyFigures",
            summary = "The fixed tables of a municipality and year, without the few",
            description = "A number of fewer than ten persons is left out, and a sum that would give one away.")
    PolicyFigures policyFigures(@RequestParam String municipality, @RequestParam int year, Caller caller) {
        if (List.of(Role.FUNCTIONAL_ADMIN, Role.POLICY_OFFICER).stream()
                .noneMatch(it -> caller.hasIn(municipality, it))) {
            throw new Refusal.Forbidden("not-your-municipality", "U werkt niet voor deze gemeente.");
        }
        var today = WorkingDays.date(clock.instant());
        new Errors()
                .addIf(
                        year < FIRST_YEAR || year > today.getYear(),
                        "/year",
                        "out-of-range",
                        "Kies een jaar van %d tot en met %d.".formatted(FIRST_YEAR, today.getYear()))
                .refuse();
        int over = year < today.getYear() ? QUARTERS : today.get(IsoFields.QUARTER_OF_YEAR) - 1;
        var begin = PolicyFigures.beginOf(year);
        var end = PolicyFigures.beginOf(year + 1);
        var counting = new PolicyFigures.Counting(municipality, year, over, end);
        courses.of(municipality, begin, end, counting::add);
        return counting.figures();
    }

    private static Instant begin(YearMonth month) {
        return month.atDay(1).atStartOfDay(WorkingDays.ZONE).toInstant();
    }
}
