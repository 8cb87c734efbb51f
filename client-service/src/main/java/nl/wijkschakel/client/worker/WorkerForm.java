package nl.wijkschakel.client.worker;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import nl.wijkschakel.kit.caller.Membership;
import nl.wijkschakel.kit.caller.Role;
import nl.wijkschakel.kit.web.Errors;
import nl.wijkschakel.kit.web.Text;
import org.jspecify.annotations.Nullable;

/**
 * An account as it was filled in. It holds after {@link #check}.
 *
 * @param memberships those that the caller decides about; others stay as they are
 * @param teams of the organisations among the memberships
 * @param active false ends it; nobody is ever deleted
 */
record WorkerForm(
        @Nullable NameForm name,
        @Nullable String email,
        @Nullable List<@Nullable MembershipForm> memberships,
        @Nullable List<@Nullable UUID> teams,
        @Nullable Boolean active) {

    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_EMAIL = 255;
    private static final int MOST_MEMBERSHIPS = 50;
    private static final int MOST_TEAMS = 50;
    private static final Pattern EMAIL =
            Pattern.compile("[^@\\s\\p{Cntrl}]{1,64}@[^@\\s\\p{Cntrl}.]{1,63}(?:\\.[^@\\s\\p{Cntrl}.]{1,63}){1,5}");

    @Schema(name = "WorkerNameForm")
    record NameForm(@Nullable String given, @Nullable String surname) {

        void check(Errors errors) {
            text(errors, given, "/name/given");
            text(errors, surname, "/name/surname");
        }

        Worker.Name name() {
            return new Worker.Name(
                    Objects.requireNonNull(given).strip(),
                    Objects.requireNonNull(surname).strip());
        }
    }

    /** @param role as it stands in tokens, such as {@code wijkteam-worker} */
    @Schema(name = "WorkerMembershipForm")
    record MembershipForm(
            @Nullable UUID organisation,
            @Nullable String municipality,
            @Nullable String role) {

        void check(Errors errors, String pointer) {
            errors.required(role != null, pointer + "/role");
            if ((organisation == null) == (municipality == null)) {
                errors.add(pointer, "one-of", "Noem een organisatie of een gemeente.");
            } else if (role != null && membership() == null) {
                errors.add(pointer + "/role", "wrong-role", "Deze rol bestaat hier niet.");
            } else if (Role.PRIVACY_OFFICER.text().equals(role)) {
                errors.add(
                        pointer + "/role",
                        "independent",
                        "De functionaris gegevensbescherming is onafhankelijk en krijgt haar account van de technisch"
                                + " beheerder.");
            }
        }

        @Nullable
        Membership membership() {
            var owner = organisation == null ? String.valueOf(municipality) : organisation.toString();
            return Membership.of(owner + ":" + role).orElse(null);
        }
    }

    void check() {
        var errors = new Errors();
        errors.required(name != null, "/name");
        if (name != null) {
            name.check(errors);
        }
        errors.required(email != null, "/email");
        errors.addIf(
                email != null
                        && (email.length() > LONGEST_EMAIL
                                || !EMAIL.matcher(email).matches()),
                "/email",
                "email",
                "Vul een e-mailadres in, zoals naam@voorbeeld.nl.");
        checkMemberships(errors);
        checkTeams(errors);
        errors.refuse();
    }

    private void checkMemberships(Errors errors) {
        var all = Objects.requireNonNullElse(memberships, List.<@Nullable MembershipForm>of());
        if (all.size() > MOST_MEMBERSHIPS) {
            errors.add("/memberships", "too-many", "Noem er hoogstens " + MOST_MEMBERSHIPS + ".");
            return;
        }
        var seen = new HashSet<@Nullable MembershipForm>();
        for (int i = 0; i < all.size(); i++) {
            var pointer = "/memberships/" + i;
            var each = all.get(i);
            if (each == null) {
                errors.required(false, pointer);
            } else {
                each.check(errors, pointer);
                errors.addIf(!seen.add(each), pointer, "twice", "Dit staat er al.");
            }
        }
    }

    private void checkTeams(Errors errors) {
        var all = Objects.requireNonNullElse(teams, List.<@Nullable UUID>of());
        if (all.size() > MOST_TEAMS) {
            errors.add("/teams", "too-many", "Noem er hoogstens " + MOST_TEAMS + ".");
            return;
        }
        var seen = new HashSet<@Nullable UUID>();
        for (int i = 0; i < all.size(); i++) {
            errors.required(all.get(i) != null, "/teams/" + i);
            errors.addIf(!seen.add(all.get(i)), "/teams/" + i, "twice", "Dit staat er al.");
        }
    }

    private static void text(Errors errors, @Nullable String value, String pointer) {
        errors.required(value != null, pointer);
        var wrong = value == null ? null : Text.Check.wrong(value, LONGEST_NAME);
        if (wrong != null) {
            errors.add(pointer, wrong.code(), wrong.detail());
        }
    }

    Worker.Name wholeName() {
        return Objects.requireNonNull(name).name();
    }

    String wholeEmail() {
        return Objects.requireNonNull(email).toLowerCase(Locale.ROOT);
    }

    List<Membership> wholeMemberships() {
        var whole = new ArrayList<Membership>();
        for (var each : Objects.requireNonNullElse(memberships, List.<@Nullable MembershipForm>of())) {
            whole.add(Objects.requireNonNull(Objects.requireNonNull(each).membership()));
        }
        return whole;
    }

    List<UUID> wholeTeams() {
        return Objects.requireNonNullElse(teams, List.<@Nullable UUID>of()).stream()
                .map(Objects::requireNonNull)
                .toList();
    }

    /** Who is not said to have gone is there. */
    boolean isActive() {
        return !Boolean.FALSE.equals(active);
    }
}
