package nl.wijkschakel.referral.absence;

import static nl.wijkschakel.kit.caller.Role.COORDINATOR;
import static nl.wijkschakel.kit.caller.Role.SPECIALIST;
import static nl.wijkschakel.kit.caller.Role.WIJKTEAM_WORKER;

import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import nl.wijkschakel.kit.caller.Allowed;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.web.Errors;
import nl.wijkschakel.kit.web.Page;
import nl.wijkschakel.kit.web.Paging;
import nl.wijkschakel.kit.web.Refusal;
import nl.wijkschakel.referral.absence.Absence.Who;
import nl.wijkschakel.referral.calendar.WorkingDays;
import nl.wijkschakel.referral.colleague.Colleague;
import nl.wijkschakel.referral.colleague.Colleagues;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** People set their own absence; a coordinator also that of somebody who fell ill. */
@RestController
@RequestMapping("/v1/absences")
@Allowed({WIJKTEAM_WORKER, SPECIALIST, COORDINATOR})
class AbsenceController {

    /** A day later than that is a typing error. */
    private static final int LATEST_YEARS = 2;

    /**
     * @param from the first day
     * @param until the last one
     */
    record NewAbsence(
            @NotNull LocalDate from,
            @NotNull LocalDate until,
            @NotNull UUID replacement) {}

    record AbsenceView(Who person, Who replacement, LocalDate from, LocalDate until) {

        private static AbsenceView of(Absence it) {
            return new AbsenceView(it.person(), it.replacement(), it.from(), it.until());
        }
    }

    private final Absences absences;
    private final Colleagues colleagues;
    private final Clock clock;

    AbsenceController(Absences absences, Colleagues colleagues, Clock clock) {
        this.absences = absences;
        this.colleagues = colleagues;
        this.clock = clock;
    }

    @GetMapping
    @Operation(
            operationId = "listAbsences",
            summary =
                    "Who of the own organisation is away or will be, and who takes their place; who is back first comes first")
    Page<AbsenceView> list(Paging paging, Caller caller) {
        return absences.page(caller.organisation(), paging).map(AbsenceView::of);
    }

    @PutMapping("/{person}")
    @Operation(
            operationId = "setAbsence",
            summary =
                    "The only absence of this person; by themselves or a coordinator. The replacement finds their work under"
                            + " mine and is told what they are told")
    AbsenceView set(@PathVariable UUID person, @Valid @RequestBody NewAbsence body, Caller caller) {
        mayBeSetBy(person, caller);
        var away = person.equals(caller.person()) ? Optional.of(new Who(person, caller.name())) : known(person, caller);
        var replacement = known(body.replacement(), caller);
        check(person, body, replacement.isPresent());
        var absence = new Absence(
                caller.organisation(),
                away.orElseThrow(Refusal.Unknown::new),
                replacement.orElseThrow(),
                body.from(),
                body.until());
        absences.put(absence);
        return AbsenceView.of(absence);
    }

    @DeleteMapping("/{person}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "endAbsence", summary = "They are back, or stay; also where none was set")
    void end(@PathVariable UUID person, Caller caller) {
        mayBeSetBy(person, caller);
        absences.end(caller.organisation(), person);
    }

    private static void mayBeSetBy(UUID person, Caller caller) {
        if (!person.equals(caller.person()) && !caller.has(COORDINATOR)) {
            throw new Refusal.Forbidden(
                    "not-your-absence", "Alleen uzelf of een coördinator van uw organisatie stelt dit in.");
        }
    }

    private Optional<Who> known(UUID person, Caller caller) {
        return colleagues.find(caller.organisation(), person).map(AbsenceController::who);
    }

    private static Who who(Colleague it) {
        return new Who(it.person(), it.name());
    }

    private void check(UUID person, NewAbsence it, boolean replacementIsKnown) {
        var today = WorkingDays.date(clock.instant());
        new Errors()
                .addIf(
                        it.until().isBefore(it.from()),
                        "/until",
                        "before-from",
                        "De laatste dag ligt niet voor de eerste.")
                .addIf(it.until().isBefore(today), "/until", "in-the-past", "Kies vandaag of later.")
                .addIf(
                        it.until().isAfter(today.plusYears(LATEST_YEARS)),
                        "/until",
                        "too-late",
                        "Kies een dag binnen " + LATEST_YEARS + " jaar.")
                .addIf(
                        it.replacement().equals(person),
                        "/replacement",
                        "same-person",
                        "Kies een collega die er wel is.")
                .addIf(
                        !replacementIsKnown,
                        "/replacement",
                        "unknown-colleague",
                        "Deze collega is niet bekend bij uw organisatie, of was hier lang niet.")
                .refuse();
    }
}
