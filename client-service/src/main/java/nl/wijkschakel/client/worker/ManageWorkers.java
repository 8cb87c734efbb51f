package nl.wijkschakel.client.worker;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import nl.wijkschakel.client.worker.Workers.Deed;
import nl.wijkschakel.client.worker.Workers.Kept;
import nl.wijkschakel.client.worker.Workers.Team;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.caller.Membership;
import nl.wijkschakel.kit.caller.Membership.OfMunicipality;
import nl.wijkschakel.kit.caller.Membership.OfOrganisation;
import nl.wijkschakel.kit.caller.Role;
import nl.wijkschakel.kit.web.Errors;
import nl.wijkschakel.kit.web.IdempotencyKey;
import nl.wijkschakel.kit.web.Refusal;
import nl.wijkschakel.kit.web.Version;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Accounts over three neighbours: Keycloak has them, referral-service knows the organisations, teams and open work, and
 * the teams and the version are kept here.
 */
@Component
class ManageWorkers {

    private static final Comparator<Worker> BY_NAME = Comparator.comparing(
                    (Worker it) -> it.name().surname().toLowerCase(Locale.ROOT))
            .thenComparing(it -> it.name().given().toLowerCase(Locale.ROOT))
            .thenComparing(Worker::id);

    /**
     * @param shown which memberships the reader may know of
     * @param reachable whether the reader may know the mail address too; among colleagues the name is enough
     */
    record Seen(Worker worker, Kept kept, Predicate<Membership> shown, boolean reachable) {

        WorkerView view(WorkerView.@Nullable Invitation invitation) {
            return WorkerView.of(worker, kept.teams(), shown, reachable, invitation);
        }
    }

    /** @param invitation null when the same request was done before */
    record Created(Seen seen, WorkerView.@Nullable Invitation invitation) {}

    private final Accounts accounts;
    private final ReferralService referrals;
    private final Workers workers;

    ManageWorkers(Accounts accounts, ReferralService referrals, Workers workers) {
        this.accounts = accounts;
        this.referrals = referrals;
        this.workers = workers;
    }

    /** All of an organisation, by name. */
    List<Seen> of(UUID organisation, Caller caller) {
        boolean reaches =
                isCoordinatorOf(organisation, caller) || new Reach(referrals, caller).hasOrganisation(organisation);
        if (!reaches && !organisation.equals(caller.chosen())) {
            throw notYours();
        }
        return with(
                Stream.of(Role.WIJKTEAM_WORKER, Role.SPECIALIST, Role.COORDINATOR)
                        .<Membership>map(role -> new OfOrganisation(organisation, role))
                        .toList(),
                it -> it instanceof OfOrganisation at && at.organisation().equals(organisation),
                reaches);
    }

    /** All who work for a municipality itself, by name. */
    List<Seen> of(String municipality, Caller caller) {
        if (!caller.hasIn(municipality, Role.FUNCTIONAL_ADMIN)) {
            throw notYours();
        }
        return with(
                Stream.of(Role.FUNCTIONAL_ADMIN, Role.PRIVACY_OFFICER, Role.POLICY_OFFICER, Role.IT_ADMIN)
                        .<Membership>map(role -> new OfMunicipality(municipality, role))
                        .toList(),
                it -> it instanceof OfMunicipality of && of.municipality().equals(municipality),
                true);
    }

    private List<Seen> with(List<Membership> memberships, Predicate<Membership> shown, boolean reachable) {
        var found = new LinkedHashMap<UUID, Worker>();
        memberships.forEach(each -> accounts.with(each).stream()
                .map(Account::worker)
                .flatMap(Optional::stream)
                .forEach(it -> found.put(it.id(), it)));
        var kept = workers.kept(found.keySet());
        return found.values().stream()
                .sorted(BY_NAME)
                .map(it -> new Seen(it, kept.getOrDefault(it.id(), Kept.NOTHING), shown, reachable))
                .toList();
    }

    /** @throws Refusal.Unknown when it is not there, or not for the caller */
    Seen get(UUID id, Caller caller) {
        return seen(account(id).worker().orElseThrow(Refusal.Unknown::new), caller);
    }

    private Seen seen(Worker worker, Caller caller) {
        var reach = new Reach(referrals, caller);
        Predicate<Membership> shown = it -> isOfColleague(it, caller) || reach.has(it);
        if (worker.memberships(shown).isEmpty()) {
            throw new Refusal.Unknown();
        }
        boolean reachable = worker.memberships().stream()
                .anyMatch(it -> (isOfColleague(it, caller) && caller.has(Role.COORDINATOR)) || reach.has(it));
        return new Seen(worker, workers.kept(worker.id()), shown, reachable);
    }

    private Account account(UUID id) {
        return accounts.find(id).orElseThrow(Refusal.Unknown::new);
    }

    Created create(WorkerForm form, @Nullable IdempotencyKey key, Caller caller) {
        var before = workers.createdUnder(key, caller);
        if (before.isPresent()) {
            return new Created(get(before.get(), caller), null);
        }
        form.check();
        var memberships = form.wholeMemberships();
        new Errors().required(!memberships.isEmpty(), "/memberships").refuse();
        requireReach(memberships, new Reach(referrals, caller));
        var teams = teams(form.wholeTeams(), memberships, caller);
        var draft = new Worker(new UUID(0, 0), form.wholeName(), form.wholeEmail(), memberships, form.isActive());
        var id = accounts.create(Account.of(draft)).orElseThrow(() -> exists(draft.email(), caller));
        var worker = new Worker(id, draft.name(), draft.email(), memberships, draft.active());
        workers.add(worker, teams, key, caller);
        return new Created(seen(worker, caller), invited(id));
    }

    Seen change(UUID id, Version version, WorkerForm form, Caller caller) {
        var account = account(id);
        var seen = seen(account.worker().orElseThrow(Refusal.Unknown::new), caller);
        version.require(seen.kept().version());
        form.check();
        var reach = new Reach(referrals, caller);
        var worker = seen.worker();
        var mine = form.wholeMemberships();
        requireReach(mine, reach);
        var memberships = new ArrayList<>(worker.memberships(it -> !reach.has(it)));
        memberships.addAll(mine);
        var next = worker.with(form.wholeName(), form.wholeEmail(), memberships, form.isActive());
        requireMay(worker, next, reach, caller);
        var teams = new ArrayList<>(seen.kept().teams().stream()
                .filter(it -> !reach.hasOrganisation(it.organisation()))
                .toList());
        teams.addAll(teams(form.wholeTeams(), mine, caller));
        refuseOpenWork(worker, next);
        workers.claim(id, version.value(), Deed.CHANGED, next, caller);
        if (!accounts.change(id, account.with(next))) {
            throw exists(next.email(), caller);
        }
        workers.setTeams(id, teams);
        if (worker.active() && !next.active()) {
            accounts.logOut(id);
        }
        return new Seen(next, workers.kept(id), seen.shown(), true);
    }

    /** Sends Keycloak's mail again. */
    Created invite(UUID id, Version version, Caller caller) {
        var seen = get(id, caller);
        version.require(seen.kept().version());
        requireWhole(seen.worker(), new Reach(referrals, caller));
        if (!seen.worker().active()) {
            throw new Refusal.Conflict("not-active", "Dit account is gesloten.", "", Map.of());
        }
        workers.claim(id, version.value(), Deed.INVITED, seen.worker(), caller);
        var invitation = invited(id);
        return new Created(new Seen(seen.worker(), workers.kept(id), seen.shown(), true), invitation);
    }

    private WorkerView.Invitation invited(UUID id) {
        return accounts.invite(id) ? WorkerView.Invitation.SENT : WorkerView.Invitation.NOT_SENT;
    }

    /** Nobody gives themselves a role, and who also works elsewhere is not one admin's to rename or to close. */
    private static void requireMay(Worker worker, Worker next, Reach reach, Caller caller) {
        boolean rolesChange = !Set.copyOf(next.memberships()).equals(Set.copyOf(worker.memberships()));
        boolean accountChanges = !next.name().equals(worker.name())
                || !next.email().equals(worker.email())
                || next.active() != worker.active();
        if (worker.id().equals(caller.person()) && (rolesChange || next.active() != worker.active())) {
            throw new Refusal.Forbidden("not-yourself", "Uw eigen rollen wijzigt een andere functioneel beheerder.");
        }
        if (accountChanges) {
            requireWhole(worker, reach);
        }
    }

    /** Who can send a mail that sets a password, or change the address it goes to, can become that person. */
    private static void requireWhole(Worker worker, Reach reach) {
        if (!worker.memberships(it -> !reach.has(it)).isEmpty()) {
            throw new Refusal.Forbidden(
                    "works-elsewhere",
                    "Deze persoon heeft ook een rol waar u niet over gaat. U kunt alleen de rollen bij uw organisaties"
                            + " wijzigen.");
        }
    }

    private static void requireReach(List<Membership> memberships, Reach reach) {
        if (!memberships.stream().allMatch(reach::has)) {
            throw notYours();
        }
    }

    /** DOMAIN §2, people and work: no account closes while it holds open work. */
    private void refuseOpenWork(Worker worker, Worker next) {
        var stays = next.active() ? next.organisations() : List.<UUID>of();
        var left = worker.organisations().stream()
                .filter(it -> worker.active() && !stays.contains(it))
                .toList();
        long open = left.stream()
                .mapToLong(it -> referrals.openWork(worker.id(), it))
                .sum();
        if (open > 0) {
            throw new Refusal.Conflict(
                    "open-work",
                    "Deze persoon heeft nog open werk. Draag dat eerst over.",
                    "",
                    Map.of("open", open, "organisations", left));
        }
    }

    private List<Team> teams(List<UUID> ids, List<Membership> memberships, Caller caller) {
        var organisations = Worker.organisations(memberships.stream());
        var errors = new Errors();
        var teams = new ArrayList<Team>();
        for (int i = 0; i < ids.size(); i++) {
            var team = referrals.team(ids.get(i), caller);
            errors.addIf(team.isEmpty(), "/teams/" + i, "unknown-team", "Dit team bestaat niet.");
            errors.addIf(
                    team.isPresent() && !organisations.contains(team.get().organisation()),
                    "/teams/" + i,
                    "not-a-member",
                    "Deze persoon werkt niet voor de organisatie van dit team.");
            team.ifPresent(it -> teams.add(new Team(it.id(), it.organisation())));
        }
        errors.refuse();
        return teams;
    }

    /** Points at the account that is there, if it is one that the caller may see. */
    private Refusal exists(String email, Caller caller) {
        var known = accounts.withEmail(email).flatMap(Account::worker);
        var reach = new Reach(referrals, caller);
        boolean visible =
                known.isPresent() && known.get().memberships().stream().anyMatch(reach::has);
        return new Refusal.Conflict(
                "worker-exists",
                "Er is al een account met dit e-mailadres.",
                "",
                visible ? Map.of("worker", known.get().id()) : Map.of());
    }

    private static boolean isCoordinatorOf(UUID organisation, Caller caller) {
        return organisation.equals(caller.chosen()) && caller.has(Role.COORDINATOR);
    }

    private static boolean isOfColleague(Membership membership, Caller caller) {
        return membership instanceof OfOrganisation it && it.organisation().equals(caller.chosen());
    }

    private static Refusal notYours() {
        return new Refusal.Forbidden("not-your-municipality", "U beheert de accounts van deze gemeente niet.");
    }
}
