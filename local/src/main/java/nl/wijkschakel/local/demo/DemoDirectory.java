package nl.wijkschakel.local.demo;

import java.util.List;
import java.util.UUID;
import nl.wijkschakel.local.api.Json;
import nl.wijkschakel.local.api.Person;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.node.ObjectNode;

/** The organisations, teams and services of the demo; their ids never change: tests and examples name them. */
public final class DemoDirectory {

    public static final UUID TEAM_NORTH = team(1);
    public static final UUID DEBT_COUNSELLING = service(4);
    public static final UUID ADDICTION_CARE = service(10);

    private static final String PATH = "/api/referral/v1/";
    private static final DemoDirectory DEMO =
            new DemoDirectory(Resource.read("directory.json", new TypeReference<Entries>() {}));

    /** @param kind FIRST_LINE, SECOND_LINE or INFORMAL */
    record Organisation(int number, String name, String kind, List<String> municipalities, String phone, String email) {

        UUID id() {
            return organisation(number);
        }
    }

    /** @param organisation its number */
    record Team(int number, int organisation, String name, String municipality, String phone) {

        UUID id() {
            return team(number);
        }
    }

    /**
     * @param organisation its number
     * @param capacity how it usually is
     */
    record Service(
            int number,
            int organisation,
            String name,
            String description,
            List<String> themes,
            String targetGroup,
            @Nullable Integer minimumAge,
            @Nullable Integer maximumAge,
            List<String> municipalities,
            List<String> languages,
            String legalBasis,
            boolean entitledToBsn,
            @Nullable String crisisPhone,
            @Nullable String notFor,
            Room capacity) {

        UUID id() {
            return service(number);
        }

        boolean isFor(int age) {
            return (minimumAge == null || age >= minimumAge) && (maximumAge == null || age <= maximumAge);
        }
    }

    record Room(String status, Weeks waitWeeks) {}

    record Weeks(int from, int to) {}

    private record Entries(List<Organisation> organisations, List<Team> teams, List<Service> services) {}

    private final Entries entries;

    private DemoDirectory(Entries entries) {
        this.entries = entries;
    }

    static DemoDirectory demo() {
        return DEMO;
    }

    /** The numbers are those in the file: 1 is Wijkteams Waterwijk, 5 Schuldhulp De Brug, 7 Verslavingszorg Nova. */
    public static UUID organisation(int number) {
        return id("0199aaaa", number);
    }

    public static UUID team(int number) {
        return id("0199bbbb", number);
    }

    public static UUID service(int number) {
        return id("0199cccc", number);
    }

    private static UUID id(String first, int number) {
        return UUID.fromString("%s-0000-7000-8000-%012d".formatted(first, number));
    }

    List<Organisation> organisations() {
        return entries.organisations();
    }

    List<Team> teams() {
        return entries.teams();
    }

    List<Service> services() {
        return entries.services();
    }

    Organisation organisationNumbered(int number) {
        return entries.organisations().get(number - 1);
    }

    Team teamNumbered(int number) {
        return entries.teams().get(number - 1);
    }

    Service serviceNumbered(int number) {
        return entries.services().get(number - 1);
    }

    /**
     * Makes all of it; what is there already stays as it is.
     *
     * @param admin of both municipalities
     * @return how many services were made
     */
    public static int fill(Person admin) {
        int made = 0;
        for (var it : DEMO.organisations()) {
            create(admin, "organisations/" + it.id(), Json.MAPPER.valueToTree(it));
        }
        for (var it : DEMO.teams()) {
            create(admin, "teams/" + it.id(), withOwner(Json.MAPPER.valueToTree(it), it.organisation()));
        }
        for (var it : DEMO.services()) {
            made += create(admin, "services/" + it.id(), withOwner(Json.MAPPER.valueToTree(it), it.organisation()));
        }
        return made;
    }

    private static ObjectNode withOwner(ObjectNode entry, int organisation) {
        return entry.put("organisation", organisation(organisation).toString());
    }

    private static int create(Person admin, String path, ObjectNode entry) {
        entry.remove("number");
        var answer = admin.create(PATH + path, entry);
        if (answer.status() == 412) {
            return 0;
        }
        answer.require(201);
        return 1;
    }
}
