package nl.wijkschakel.client.worker;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import nl.wijkschakel.kit.caller.Membership;
import nl.wijkschakel.kit.caller.Membership.OfMunicipality;
import nl.wijkschakel.kit.caller.Membership.OfOrganisation;
import org.jspecify.annotations.Nullable;

/**
 * An account as its reader may see it: for whom else the person works is not theirs to know.
 *
 * @param email only for who keeps the account up to date
 * @param invitation only after one was asked for
 */
@Schema(name = "Worker")
@JsonInclude(JsonInclude.Include.NON_NULL)
record WorkerView(
        UUID id,
        NameView name,
        @Nullable String email,
        List<MembershipView> memberships,
        List<UUID> teams,
        boolean active,
        @Nullable Invitation invitation) {

    enum Invitation {
        SENT,
        /** The account is there; send the invitation again. */
        NOT_SENT
    }

    @Schema(name = "WorkerName")
    record NameView(String given, String surname) {}

    @Schema(name = "WorkerMembership")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record MembershipView(
            @Nullable UUID organisation, @Nullable String municipality, String role) {

        static MembershipView of(Membership membership) {
            return switch (membership) {
                case OfOrganisation it ->
                    new MembershipView(it.organisation(), null, it.role().text());
                case OfMunicipality it ->
                    new MembershipView(null, it.municipality(), it.role().text());
            };
        }
    }

    static WorkerView of(
            Worker worker,
            List<Workers.Team> teams,
            Predicate<Membership> shown,
            boolean withEmail,
            @Nullable Invitation invitation) {
        var memberships = worker.memberships(shown);
        var organisations = Worker.organisations(memberships.stream());
        return new WorkerView(
                worker.id(),
                new NameView(worker.name().given(), worker.name().surname()),
                withEmail ? worker.email() : null,
                memberships.stream().map(MembershipView::of).toList(),
                teams.stream()
                        .filter(it -> organisations.contains(it.organisation()))
                        .map(Workers.Team::id)
                        .toList(),
                worker.active(),
                invitation);
    }

    /** As it would be filled in, so that a part of it can be changed. */
    WorkerForm form() {
        return new WorkerForm(
                new WorkerForm.NameForm(name.given(), name.surname()),
                email,
                memberships.stream()
                        .<WorkerForm.@Nullable MembershipForm>map(
                                it -> new WorkerForm.MembershipForm(it.organisation(), it.municipality(), it.role()))
                        .toList(),
                teams.stream().<@Nullable UUID>map(it -> it).toList(),
                active);
    }
}
