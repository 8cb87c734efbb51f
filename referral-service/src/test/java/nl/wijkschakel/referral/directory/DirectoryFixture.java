package nl.wijkschakel.referral.directory;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import nl.wijkschakel.kit.TimeOrderedIds;
import nl.wijkschakel.referral.directory.Capacity.Status;
import nl.wijkschakel.referral.directory.Capacity.Weeks;
import org.jspecify.annotations.Nullable;

/** Entries as a test needs them. */
public final class DirectoryFixture {

    public static final LocalDate TODAY = LocalDate.of(2026, 11, 21);
    public static final String WATERWIJK = "9901";
    public static final String BERGSTAD = "9902";

    public static Organisation organisation() {
        return organisation("Schuldhulp De Brug", Organisation.Kind.SECOND_LINE, WATERWIJK);
    }

    static Organisation organisation(String name, Organisation.Kind kind, String... municipalities) {
        return new Organisation(
                TimeOrderedIds.next(),
                1,
                name,
                kind,
                List.of(municipalities),
                "010 123 45 67",
                "info@brug.example",
                null,
                null);
    }

    static Team team(Organisation organisation, String name, String municipality) {
        return new Team(TimeOrderedIds.next(), 1, organisation.id(), name, municipality, "0101234567");
    }

    /** For adults with debts in Waterwijk, in Dutch and Arabic, with room. */
    public static ServiceFixture service() {
        return new ServiceFixture();
    }

    public static Capacity room(Status status, int from, int to) {
        return new Capacity(status, new Weeks(from, to), TODAY);
    }

    /** A service under construction; each step makes another one. */
    public static final class ServiceFixture {

        private UUID organisation = UUID.fromString("0199aaaa-0000-7000-8000-000000000005");
        private String name = "Hulp bij schulden";
        private List<Theme> themes = List.of(Theme.DEBT_AND_INCOME);
        private @Nullable Integer minimumAge = 18;
        private @Nullable Integer maximumAge;
        private List<String> municipalities = List.of(WATERWIJK);
        private @Nullable String crisisPhone;
        private @Nullable String notFor;
        private boolean secretPlace;
        private @Nullable LocalDate stopsOn;
        private Capacity capacity = room(Status.HAS_CAPACITY, 0, 0);

        public ServiceFixture of(Organisation owner) {
            return with(it -> it.organisation = owner.id());
        }

        public ServiceFixture named(String newName) {
            return with(it -> it.name = newName);
        }

        public ServiceFixture about(Theme... newThemes) {
            return with(it -> it.themes = List.of(newThemes));
        }

        public ServiceFixture in(String... newMunicipalities) {
            return with(it -> it.municipalities = List.of(newMunicipalities));
        }

        public ServiceFixture ages(@Nullable Integer least, @Nullable Integer most) {
            return with(it -> {
                it.minimumAge = least;
                it.maximumAge = most;
            });
        }

        public ServiceFixture crisisPhone(String phone) {
            return with(it -> it.crisisPhone = phone);
        }

        public ServiceFixture notFor(String people) {
            return with(it -> it.notFor = people);
        }

        public ServiceFixture secretPlace() {
            return with(it -> it.secretPlace = true);
        }

        public ServiceFixture stoppingOn(LocalDate day) {
            return with(it -> it.stopsOn = day);
        }

        public ServiceFixture with(Capacity newCapacity) {
            return with(it -> it.capacity = newCapacity);
        }

        private ServiceFixture with(Consumer<ServiceFixture> change) {
            var copy = new ServiceFixture();
            copy.organisation = organisation;
            copy.name = name;
            copy.themes = themes;
            copy.minimumAge = minimumAge;
            copy.maximumAge = maximumAge;
            copy.municipalities = municipalities;
            copy.crisisPhone = crisisPhone;
            copy.notFor = notFor;
            copy.secretPlace = secretPlace;
            copy.stopsOn = stopsOn;
            copy.capacity = capacity;
            change.accept(copy);
            return copy;
        }

        public Service build() {
            return new Service(
                    TimeOrderedIds.next(),
                    1,
                    organisation,
                    name,
                    "Wij helpen u uw schulden op een rij te zetten.",
                    themes,
                    "Volwassenen met schulden",
                    minimumAge,
                    maximumAge,
                    municipalities,
                    List.of("nl", "ar"),
                    LegalBasis.WGS,
                    true,
                    crisisPhone,
                    notFor,
                    null,
                    secretPlace,
                    stopsOn,
                    capacity);
        }
    }

    private DirectoryFixture() {}
}
