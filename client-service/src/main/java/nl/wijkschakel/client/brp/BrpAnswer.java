package nl.wijkschakel.client.brp;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.wijkschakel.client.brp.BrpPerson.Reason;
import nl.wijkschakel.client.brp.BrpPerson.Suspension;
import nl.wijkschakel.client.client.PersonalData.Address;
import nl.wijkschakel.client.client.PersonalData.Name;
import nl.wijkschakel.client.client.PersonalData.Place;
import nl.wijkschakel.client.client.PersonalData.WhyNoAddress;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads what the BRP answers (Haal Centraal BRP Personen bevragen 2). Fields that we do not know are passed over; a kind
 * of answer, date or address that we do not know is not guessed at.
 */
final class BrpAnswer {

    static final String BY_BSN = "RaadpleegMetBurgerservicenummer";
    static final String BSN = "burgerservicenummer";

    /** What the register writes where a surname is not known. */
    private static final String NO_SURNAME = ".";

    private static final String POSTAL = "B";

    /** It is no answer of the BRP's, or one of a form that we do not know. Says where, never what stood there. */
    static final class Unreadable extends RuntimeException {
        Unreadable(String where) {
            super(where, null, false, false);
        }
    }

    /** @param asked whoever else is in the answer makes it none of ours */
    static List<BrpPerson> read(List<String> asked, JsonNode answer) {
        if (!BY_BSN.equals(text(answer.path("type")))) {
            throw new Unreadable("type");
        }
        if (!answer.path("personen").isArray()) {
            throw new Unreadable("personen");
        }
        var persons = new ArrayList<BrpPerson>();
        answer.path("personen").forEach(person -> persons.add(person(asked, person)));
        return persons;
    }

    private static BrpPerson person(List<String> asked, JsonNode person) {
        var bsn = text(person.path(BSN));
        if (bsn == null || !asked.contains(bsn)) {
            throw new Unreadable(BSN);
        }
        var born = person.path("geboorte").path("datum");
        var residence = person.path("verblijfplaats");
        return new BrpPerson(
                bsn,
                name(person.path("naam")),
                born.isMissingNode() ? null : date(born),
                residence.isMissingNode() ? null : address(residence),
                text(person.path("gemeenteVanInschrijving").path("code")),
                isSaid(person.path("geheimhoudingPersoonsgegevens")),
                suspension(person.path("opschortingBijhouding")),
                underInvestigation(person));
    }

    private static @Nullable Name name(JsonNode name) {
        var surname = text(name.path("geslachtsnaam"));
        return surname == null || surname.equals(NO_SURNAME)
                ? null
                : new Name(text(name.path("voornamen")), text(name.path("voorvoegsel")), surname);
    }

    private static BrpDate date(JsonNode date) {
        try {
            return switch (String.valueOf(text(date.path("type")))) {
                case "Datum" -> new BrpDate.Day(LocalDate.parse(String.valueOf(text(date.path("datum")))));
                case "JaarMaandDatum" -> new BrpDate.Month(YearMonth.of(number(date, "jaar"), number(date, "maand")));
                case "JaarDatum" -> new BrpDate.Year(number(date, "jaar"));
                case "DatumOnbekend", "OnbekendDatum" -> new BrpDate.Unknown();
                default -> throw new Unreadable("datum.type"); // a text from outside, not an enum
            };
        } catch (DateTimeException _) {
            throw new Unreadable("datum");
        }
    }

    private static int number(JsonNode date, String field) {
        if (!date.path(field).isInt()) {
            throw new Unreadable("datum." + field);
        }
        return date.path(field).intValue();
    }

    private static Address address(JsonNode residence) {
        return switch (String.valueOf(text(residence.path("type")))) {
            case "Adres" -> {
                boolean postal =
                        POSTAL.equals(text(residence.path("functieAdres").path("code")));
                yield postal ? unknown(WhyNoAddress.POSTAL_ADDRESS_ONLY) : place(residence.path("verblijfadres"));
            }
            case "VerblijfplaatsBuitenland" -> unknown(WhyNoAddress.ABROAD);
            case "VerblijfplaatsOnbekend", "Locatie" -> unknown(WhyNoAddress.NOT_KNOWN);
            default -> throw new Unreadable("verblijfplaats.type"); // a text from outside, not an enum
        };
    }

    private static Address place(JsonNode address) {
        var street = text(address.path("officieleStraatnaam"));
        var postcode = text(address.path("postcode"));
        var city = text(address.path("woonplaats"));
        var number = Stream.of("huisnummer", "huisletter", "huisnummertoevoeging")
                .map(address::path)
                .filter(JsonNode::isValueNode)
                .map(JsonNode::asString)
                .collect(Collectors.joining());
        return street == null || postcode == null || city == null || number.isEmpty()
                ? unknown(WhyNoAddress.NOT_KNOWN)
                : new Address(new Place(street, number, postcode, city), null);
    }

    private static Address unknown(WhyNoAddress why) {
        return new Address(null, why);
    }

    private static @Nullable Suspension suspension(JsonNode suspension) {
        if (suspension.isMissingNode()) {
            return null;
        }
        var reason = switch (String.valueOf(text(suspension.path("reden").path("code")))) {
            case "O" -> Reason.DECEASED;
            case "E" -> Reason.EMIGRATED;
            case "R" -> Reason.NON_RESIDENT;
            case "M" -> Reason.MINISTERIAL_DECISION;
            case "F" -> Reason.REGISTERED_BY_MISTAKE;
            default -> Reason.OTHER; // a text from outside; that it is suspended is what counts
        };
        var on = suspension.path("datum");
        return new Suspension(reason, on.isMissingNode() ? new BrpDate.Unknown() : date(on));
    }

    /** It stands beside the parts, or within the part itself. */
    private static Set<BrpField> underInvestigation(JsonNode person) {
        var parts = EnumSet.noneOf(BrpField.class);
        Predicate<BrpField> isSaid = field -> isSaid(person.path("inOnderzoek").path(field.group()))
                || isSaid(person.path(field.group()).path("inOnderzoek"));
        Stream.of(BrpField.values()).filter(isSaid).forEach(parts::add);
        return parts;
    }

    /** What is said at all is taken as a yes, but for an outright no: for what protects somebody that is the safe side. */
    private static boolean isSaid(JsonNode node) {
        boolean no = node.isMissingNode()
                || node.isNull()
                || (node.isBoolean() && !node.booleanValue())
                || (node.isNumber() && node.intValue() == 0);
        return !no;
    }

    private static @Nullable String text(JsonNode node) {
        return node.isString() && !node.stringValue().isBlank() ? node.stringValue() : null;
    }

    private BrpAnswer() {}
}
