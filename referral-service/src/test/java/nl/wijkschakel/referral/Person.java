package nl.wijkschakel.referral;

import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.jwt;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.caller.Membership.OfOrganisation;
import nl.wijkschakel.kit.caller.Role;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

/** Who calls, with the claims of Keycloak's tokens. */
public record Person(UUID id, String name, List<String> memberships) {

    public static final UUID WIJKTEAM = organisation(1);
    public static final UUID BERGSTAD = organisation(2);
    public static final UUID SAMEN = organisation(3);
    public static final UUID BRUG = organisation(5);
    public static final UUID ANKER = organisation(6);
    public static final UUID NOVA = organisation(7);

    public static final Person ANNA = of("Anna", WIJKTEAM + ":wijkteam-worker");
    public static final Person MILAN = of("Milan", WIJKTEAM + ":wijkteam-worker");
    public static final Person EVA = of("Eva", BERGSTAD + ":wijkteam-worker");
    public static final Person BRAM = of("Bram", BRUG + ":specialist");
    public static final Person CARLA = of("Carla", BRUG + ":coordinator");
    public static final Person DIRK = of("Dirk", ANKER + ":specialist");
    public static final Person LOTTE = of("Lotte", NOVA + ":specialist");
    public static final Person FARID = of("Farid", BRUG + ":specialist", NOVA + ":specialist");
    public static final Person HUGO = of("Hugo", "9901:functional-admin", "9902:functional-admin");
    public static final Person INES = of("Ines", "9901:privacy-officer");
    public static final Person JORIS = of("Joris", "9901:policy-officer");
    public static final Person KIM = of("Kim", "9901:it-admin");

    private static UUID organisation(int number) {
        return UUID.fromString("0199aaaa-0000-7000-8000-0000000000%02d".formatted(number));
    }

    private static Person of(String name, String... memberships) {
        return new Person(
                UUID.nameUUIDFromBytes(name.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                name,
                List.of(memberships));
    }

    /** Someone of an organisation that no other test knows. */
    public static Person somebodyOf(UUID organisation) {
        return new Person(UUID.randomUUID(), "Iemand", List.of(organisation + ":specialist"));
    }

    /** The token itself, as a neighbour gets it. */
    public String token() {
        return "token-of-" + name;
    }

    public RequestPostProcessor login() {
        return jwt().jwt(token -> token.tokenValue(token())
                .subject(id.toString())
                .claim("name", name)
                .claim("memberships", memberships));
    }

    /** For the first of the organisations the person works for, where a test has no request. */
    public Caller caller() {
        var all = memberships.stream()
                .map(it -> it.split(":", 2))
                .map(it -> new OfOrganisation(UUID.fromString(it[0]), role(it[1])))
                .toList();
        return new Caller(id, name, List.copyOf(all), all.getFirst().organisation(), null, token());
    }

    private static Role role(String text) {
        return Stream.of(Role.values())
                .filter(it -> it.text().equals(text))
                .findFirst()
                .orElseThrow();
    }
}
