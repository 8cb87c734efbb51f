package nl.wijkschakel.local.demo;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import nl.wijkschakel.local.api.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.node.ObjectNode;

/**
 * Somebody who is invented.
 *
 * @param team the number of the team that helps them
 * @param age today; children are to stay children, whenever the demo is made
 * @param noBsn why there is none; so {@code noAddress}
 * @param unsafe the agreed way of contact, where calling or writing is not safe
 * @param newcomer came to the country recently
 */
record DemoClient(
        int team,
        String given,
        @Nullable String prefix,
        String surname,
        Sex sex,
        int age,
        String language,
        boolean interpreter,
        String preference,
        @Nullable String noBsn,
        @Nullable String noAddress,
        @Nullable String unsafe,
        @Nullable Boolean secrecy,
        @Nullable Boolean estimatedBirth,
        @Nullable Boolean newcomer) {

    private static final List<String> STREETS =
            List.of("Voorbeeldstraat", "Proefpad", "Testlaan", "Modelweg", "Voorbeeldplein", "Proefhof");

    /** For the words that differ. */
    enum Sex {
        FEMALE,
        MALE
    }

    static List<DemoClient> all() {
        return Resource.read("clients.json", new TypeReference<>() {});
    }

    boolean isSafe() {
        return unsafe == null;
    }

    boolean hasBsn() {
        return noBsn == null;
    }

    boolean isNewcomer() {
        return Boolean.TRUE.equals(newcomer);
    }

    /** @param place among all clients, from which number, address and birthday follow */
    ObjectNode body(int place, DemoDirectory.Team home, LocalDate today) {
        var body = Json.object();
        var name = body.putObject("name").put("given", given);
        if (prefix != null) {
            name.put("prefix", prefix);
        }
        name.put("surname", surname);
        if (noBsn == null) {
            body.putObject("bsn").put("value", TestBsn.numbered(place));
        } else {
            body.putObject("bsn").put("unknownBecause", noBsn);
        }
        birthDate(body.putObject("birthDate"), place, today);
        address(body.putObject("address"), place, home);
        body.put("municipality", home.municipality());
        body.putObject("contact")
                .put("phone", "06 0000 %04d".formatted(100 + place))
                .put("email", "client%02d@example.nl".formatted(place + 1))
                .put("preference", preference);
        body.put("language", language);
        body.put("interpreterNeeded", interpreter);
        var contact = body.putObject("safeContact").put("safe", isSafe());
        if (unsafe != null) {
            contact.put("agreedWay", unsafe);
        }
        return body.put("secrecy", Objects.requireNonNullElse(secrecy, false));
    }

    private void birthDate(ObjectNode node, int place, LocalDate today) {
        if (Boolean.TRUE.equals(estimatedBirth)) {
            node.put("unknownBecause", "ESTIMATED").put("estimatedAge", age);
        } else {
            // between birthdays by far, so that half a year back the age is known too
            node.put(
                    "value",
                    today.minusYears(age).minusDays(190 + place * 37L % 160).toString());
        }
    }

    private void address(ObjectNode node, int place, DemoDirectory.Team home) {
        if (noAddress == null) {
            node.putObject("value")
                    .put("street", STREETS.get(place % STREETS.size()))
                    .put("houseNumber", String.valueOf(3 + place * 7 % 180))
                    .put("postcode", home.municipality() + "X" + (char) ('A' + home.number()))
                    .put("city", home.municipality().equals("9901") ? "Waterwijk" : "Bergstad");
        } else {
            node.put("unknownBecause", noAddress);
        }
    }
}
