package nl.wijkschakel.referral.directory;

import java.time.Clock;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import nl.wijkschakel.kit.web.Errors;
import nl.wijkschakel.referral.directory.Capacity.Status;
import org.jspecify.annotations.Nullable;

/** A service as it was filled in. */
record ServiceForm(
        @Nullable UUID id,
        @Nullable UUID organisation,
        @Nullable String name,
        @Nullable String description,
        @Nullable List<@Nullable Theme> themes,
        @Nullable String targetGroup,
        @Nullable Integer minimumAge,
        @Nullable Integer maximumAge,
        @Nullable List<@Nullable String> municipalities,
        @Nullable List<@Nullable String> languages,
        @Nullable LegalBasis legalBasis,
        @Nullable Boolean entitledToBsn,
        @Nullable String crisisPhone,
        @Nullable String notFor,
        Address.@Nullable Form address,
        @Nullable Boolean secretPlace,
        @Nullable LocalDate stopsOn,
        @Nullable Room capacity) {

    private static final int LONGEST_LINE = 500;
    private static final int LONGEST_DESCRIPTION = 4_000;
    private static final int OLDEST = 130;
    private static final int MOST_LANGUAGES = 50;

    /** @param coordinator of the organisation whose service it is */
    record Editor(boolean admin, boolean coordinator) {}

    /** @param confirmedOn when it was last known to be so; absent for "as before", and else for today */
    record Room(
            @Nullable Status status,
            @Nullable Wait waitWeeks,
            @Nullable LocalDate confirmedOn) {

        private static final int LONGEST_WAIT = 520;

        void check(Checks checks, String pointer, LocalDate today) {
            checks.required(status, pointer + "/status");
            checks.required(waitWeeks, pointer + "/waitWeeks");
            if (waitWeeks != null) {
                waitWeeks.check(checks, pointer + "/waitWeeks");
            }
            checks.errors()
                    .addIf(
                            confirmedOn != null && confirmedOn.isAfter(today),
                            pointer + "/confirmedOn",
                            "in-the-future",
                            "Deze dag moet nog komen.");
        }

        Capacity capacity(@Nullable Capacity seen, LocalDate today) {
            var room = Objects.requireNonNull(status);
            var wait = Objects.requireNonNull(waitWeeks);
            var weeks = new Capacity.Weeks(Objects.requireNonNull(wait.from()), Objects.requireNonNull(wait.to()));
            if (confirmedOn != null) {
                return new Capacity(room, weeks, confirmedOn);
            }
            return seen != null && seen.saysTheSameAs(room, weeks) ? seen : new Capacity(room, weeks, today);
        }
    }

    record Wait(@Nullable Integer from, @Nullable Integer to) {

        void check(Checks checks, String pointer) {
            checks.required(from, pointer + "/from");
            checks.required(to, pointer + "/to");
            checks.between(from, 0, Room.LONGEST_WAIT, pointer + "/from");
            checks.between(to, 0, Room.LONGEST_WAIT, pointer + "/to");
            checks.ascending(from, to, pointer + "/to");
        }
    }

    /**
     * @param path the id it has or gets
     * @param seen the service as it is, if there is one
     */
    Service checked(
            UUID path, @Nullable Service seen, Editor editor, Entries<Organisation> organisations, Clock clock) {
        var today = Capacity.today(clock);
        check(path, seen, editor, organisations, today);
        return new Service(
                path,
                seen == null ? 1 : seen.version() + 1,
                Objects.requireNonNull(organisation),
                Checks.tidy(name),
                Checks.tidy(description),
                Checks.whole(themes),
                Checks.tidy(targetGroup),
                minimumAge,
                maximumAge,
                Checks.whole(municipalities),
                Checks.whole(languages).stream()
                        .map(tag -> Locale.forLanguageTag(tag).toLanguageTag())
                        .distinct()
                        .toList(),
                Objects.requireNonNull(legalBasis),
                Objects.requireNonNull(entitledToBsn),
                Checks.optionalTidy(crisisPhone),
                Checks.optionalTidy(notFor),
                address == null ? null : address.address(),
                isSecret(),
                seen == null ? null : seen.stopsOn(),
                Objects.requireNonNull(capacity).capacity(seen == null ? null : seen.capacity(), today));
    }

    private boolean isSecret() {
        return Boolean.TRUE.equals(secretPlace);
    }

    private void check(
            UUID path, @Nullable Service seen, Editor editor, Entries<Organisation> organisations, LocalDate today) {
        var errors = new Errors();
        var checks = new Checks(errors);
        checks.sameId(id, path);
        var owner = checks.organisation(organisation, seen == null ? null : seen.organisation(), organisations);
        checks.text(name, "/name", Checks.LONGEST_NAME);
        checks.text(description, "/description", LONGEST_DESCRIPTION);
        checks.atLeastOne(themes, "/themes");
        checks.each(themes, "/themes", Theme.values().length, checks::required);
        checks.text(targetGroup, "/targetGroup", LONGEST_LINE);
        checks.between(minimumAge, 0, OLDEST, "/minimumAge");
        checks.between(maximumAge, 0, OLDEST, "/maximumAge");
        checks.ascending(minimumAge, maximumAge, "/maximumAge");
        checks.atLeastOne(municipalities, "/municipalities");
        checks.each(municipalities, "/municipalities", Checks.MOST_MUNICIPALITIES, checks::municipality);
        checks.atLeastOne(languages, "/languages");
        checks.each(languages, "/languages", MOST_LANGUAGES, checks::language);
        checks.required(legalBasis, "/legalBasis");
        errors.addIf(
                legalBasis == LegalBasis.CONSENT,
                "/legalBasis",
                "not-available-yet",
                "Toestemming kan hier nog niet de wettelijke reden zijn.");
        checks.required(entitledToBsn, "/entitledToBsn");
        errors.addIf(
                Boolean.TRUE.equals(entitledToBsn) && owner != null && owner.kind() == Organisation.Kind.INFORMAL,
                "/entitledToBsn",
                "informal",
                "Informele hulp krijgt nooit een burgerservicenummer.");
        checks.optionalPhone(crisisPhone, "/crisisPhone");
        checks.optionalText(notFor, "/notFor", LONGEST_LINE);
        if (address != null) {
            address.check(checks, "/address");
        }
        checkPlace(errors, seen, editor);
        errors.addIf(
                stopsOn != null && (seen == null || !stopsOn.equals(seen.stopsOn())),
                "/stopsOn",
                "elsewhere",
                "Stop dit aanbod met een aparte stap; dan ziet u eerst wat dat raakt.");
        if (seen != null && !editor.admin()) {
            checkOfMunicipality(errors, seen);
        }
        checks.required(capacity, "/capacity");
        if (capacity != null) {
            capacity.check(checks, "/capacity", today);
        }
        errors.refuse();
    }

    /** DOMAIN P11: what is not written down cannot be shown, mapped or sorted by. */
    private void checkPlace(Errors errors, @Nullable Service seen, Editor editor) {
        if (isSecret()) {
            errors.addIf(address != null, "/address", "secret-place", "Van een geheime plek bewaren wij geen adres.");
            place(errors, name, "/name");
            place(errors, description, "/description");
            place(errors, targetGroup, "/targetGroup");
            place(errors, notFor, "/notFor");
        }
        errors.addIf(
                seen != null && seen.secretPlace() && !isSecret() && !editor.coordinator(),
                "/secretPlace",
                "only-its-organisation",
                "Alleen de organisatie zelf zegt dat deze plek niet meer geheim is.");
    }

    private static void place(Errors errors, @Nullable String text, String pointer) {
        errors.addIf(
                Address.isToldIn(text),
                pointer,
                "secret-place",
                "Hier lijkt een adres te staan. Haal het weg: deze plek is geheim.");
    }

    /** What the municipality decides about a service, whoever keeps the rest up to date. */
    private void checkOfMunicipality(Errors errors, Service seen) {
        var words = "Dit legt de functioneel beheerder van de gemeente vast.";
        errors.addIf(legalBasis != null && legalBasis != seen.legalBasis(), "/legalBasis", "of-municipality", words)
                .addIf(
                        entitledToBsn != null && entitledToBsn != seen.entitledToBsn(),
                        "/entitledToBsn",
                        "of-municipality",
                        words)
                .addIf(
                        municipalities != null
                                && !new HashSet<>(municipalities).equals(Set.copyOf(seen.municipalities())),
                        "/municipalities",
                        "of-municipality",
                        words);
    }
}
