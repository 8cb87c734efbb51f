package nl.wijkschakel.notification.mail;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import nl.wijkschakel.kit.caller.Allowed;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.caller.Membership.OfMunicipality;
import nl.wijkschakel.kit.caller.Role;
import nl.wijkschakel.kit.web.Errors;
import nl.wijkschakel.kit.web.Refusal;
import nl.wijkschakel.kit.web.Version;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who may say where a role's mail goes: those who have the role. A functional admin fills in the privacy officer's. */
@RestController
@RequestMapping("/v1/mailboxes")
@Allowed({Role.COORDINATOR, Role.FUNCTIONAL_ADMIN, Role.PRIVACY_OFFICER})
final class MailboxController {

    private static final Pattern ADDRESS = Pattern.compile(
            "[^@\\s\\p{Cntrl}<>,;:\"()\\[\\]\\\\]{1,64}@[^@\\s\\p{Cntrl}.<>,;:\"()\\[\\]\\\\]{1,63}(?:\\.[^@\\s\\p{Cntrl}.<>,;:\"()\\[\\]\\\\]{1,63}){1,5}");

    private final Mailboxes mailboxes;

    MailboxController(Mailboxes mailboxes) {
        this.mailboxes = mailboxes;
    }

    /** @param address absent: none any more */
    @Schema(name = "MailboxForm")
    record Form(@Nullable String address) {}

    record All(List<Mailbox> items) {}

    @GetMapping
    @Operation(operationId = "listMailboxes", summary = "Those that the caller may read, filled in or not")
    All list(Caller caller) {
        return new All(
                mine(caller).map(it -> mailboxes.get(it.place(), it.role())).toList());
    }

    @GetMapping("/{place}/{role}")
    @Operation(operationId = "readMailbox", summary = "ETag \"0\" when it was never filled in")
    ResponseEntity<Mailbox> read(@PathVariable String place, @PathVariable String role, Caller caller) {
        return answer(require(place, role, caller));
    }

    @PutMapping("/{place}/{role}")
    @Operation(
            operationId = "changeMailbox",
            summary = "Where the role's mail goes besides to those who have the role; without address nowhere")
    ResponseEntity<Mailbox> change(
            @PathVariable String place,
            @PathVariable String role,
            @RequestBody Form form,
            Version version,
            Caller caller) {
        new Errors()
                .addIf(
                        form.address() != null
                                && !ADDRESS.matcher(form.address()).matches(),
                        "/address",
                        "email",
                        "Vul een e-mailadres in, zoals fg@voorbeeld.nl.")
                .refuse();
        var seen = require(place, role, caller);
        version.require(seen.version());
        if (seen.address() != null && !hasRole(seen, caller)) {
            throw new Refusal.Forbidden(
                    "not-your-mailbox", "Alleen de functionaris gegevensbescherming verandert dit adres.");
        }
        var next = new Mailbox(place, role, form.address(), seen.version() + 1);
        mailboxes.store(next, caller.person());
        return answer(next);
    }

    private static ResponseEntity<Mailbox> answer(Mailbox mailbox) {
        return ResponseEntity.ok().eTag(Version.etag(mailbox.version())).body(mailbox);
    }

    private Mailbox require(String place, String role, Caller caller) {
        if (mine(caller).noneMatch(it -> it.place().equals(place) && it.role().equals(role))) {
            throw new Refusal.Unknown();
        }
        return mailboxes.get(place, role);
    }

    private static boolean hasRole(Mailbox mailbox, Caller caller) {
        return !mailbox.role().equals(Role.PRIVACY_OFFICER.text())
                || caller.hasIn(mailbox.place(), Role.PRIVACY_OFFICER);
    }

    /** Without their addresses. */
    private static Stream<Mailbox> mine(Caller caller) {
        var ofOrganisation = caller.chosen() != null && caller.has(Role.COORDINATOR)
                ? Stream.of(Mailbox.empty(caller.chosen().toString(), Role.COORDINATOR.text()))
                : Stream.<Mailbox>empty();
        var ofMunicipalities = caller.memberships().stream()
                .filter(OfMunicipality.class::isInstance)
                .map(OfMunicipality.class::cast)
                .flatMap(MailboxController::of);
        return Stream.concat(ofOrganisation, ofMunicipalities).distinct();
    }

    private static Stream<Mailbox> of(OfMunicipality it) {
        var admins = Mailbox.empty(it.municipality(), Role.FUNCTIONAL_ADMIN.text());
        var officers = Mailbox.empty(it.municipality(), Role.PRIVACY_OFFICER.text());
        return switch (it.role()) {
            case FUNCTIONAL_ADMIN -> Stream.of(admins, officers);
            case PRIVACY_OFFICER -> Stream.of(officers);
            case WIJKTEAM_WORKER, SPECIALIST, COORDINATOR, POLICY_OFFICER, IT_ADMIN -> Stream.empty();
        };
    }
}
