package nl.wijkschakel.referral.referral;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Clock;
import java.time.LocalDate;
import java.util.UUID;
import nl.wijkschakel.kit.caller.Allowed;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.caller.Role;
import nl.wijkschakel.kit.web.Errors;
import nl.wijkschakel.kit.web.Version;
import nl.wijkschakel.referral.attempt.Attempts;
import nl.wijkschakel.referral.attempt.Status.ReceiverQueue;
import nl.wijkschakel.referral.calendar.WorkingDays;
import nl.wijkschakel.referral.directory.Service;
import nl.wijkschakel.referral.directory.ServiceStops;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Stops a service per date. Here and not in the directory, which knows of no attempts and drafts. */
@RestController
@Allowed({Role.COORDINATOR, Role.FUNCTIONAL_ADMIN})
final class ServiceStopController {

    private static final String PATH = "/v1/services/{id}/stop";

    private final ServiceStops stops;
    private final Attempts attempts;
    private final Referrals referrals;
    private final Clock clock;

    ServiceStopController(ServiceStops stops, Attempts attempts, Referrals referrals, Clock clock) {
        this.stops = stops;
        this.attempts = attempts;
        this.referrals = referrals;
        this.clock = clock;
    }

    /**
     * @param on from this day on nobody is sent to it
     * @param confirmed without it nothing changes, and the answer says what would be touched
     */
    @Schema(name = "ServiceStop")
    record Form(@Nullable LocalDate on, boolean confirmed) {}

    /**
     * @param openAttempts all that is not at its end, those that wait included
     * @param drafts of any organisation, that name the service
     */
    record Touched(long openAttempts, long waiting, long drafts) {}

    /** @param stopped whether it was done, or only looked at */
    @Schema(name = "ServiceStopped")
    record Stop(LocalDate on, boolean stopped, Touched touches) {}

    @PostMapping(PATH)
    ResponseEntity<Stop> stopService(@PathVariable UUID id, Version version, @RequestBody Form form, Caller caller) {
        var seen = stops.kept(id, caller);
        version.require(seen.version());
        var on = checked(form.on());
        var touches = touched(seen);
        var now = form.confirmed() ? stops.stop(seen, on) : seen;
        return ResponseEntity.ok().eTag(Version.etag(now.version())).body(new Stop(on, form.confirmed(), touches));
    }

    /** It goes on after all. */
    @DeleteMapping(PATH)
    ResponseEntity<Service> continueService(@PathVariable UUID id, Version version, Caller caller) {
        var seen = stops.kept(id, caller);
        version.require(seen.version());
        var next = seen.stopsOn() == null ? seen : stops.stop(seen, null);
        return ResponseEntity.ok().eTag(Version.etag(next.version())).body(next);
    }

    private LocalDate checked(@Nullable LocalDate on) {
        var today = WorkingDays.date(clock.instant());
        var day = on == null ? today : on;
        new Errors()
                .required(on != null, "/on")
                .addIf(day.isBefore(today), "/on", "in-the-past", "Kies vandaag of later.")
                .refuse();
        return day;
    }

    private Touched touched(Service service) {
        var counts = attempts.countsAt(service.organisation(), service.id());
        return new Touched(
                counts.values().stream().mapToLong(Long::longValue).sum(),
                counts.getOrDefault(ReceiverQueue.WAITLIST, 0L),
                referrals.draftsNaming(service.id()));
    }
}
