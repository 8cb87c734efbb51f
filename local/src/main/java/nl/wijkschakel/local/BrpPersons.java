package nl.wijkschakel.local;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Invented people in the form of Haal Centraal BRP Personen bevragen 2 (STANDARDS §4), found by BSN only. A number that
 * nobody has is no error: the list is empty.
 */
final class BrpPersons {

    private static final String BY_BSN = "RaadpleegMetBurgerservicenummer";
    private static final Pattern BSN = Pattern.compile("[0-9]{9}");
    private static final int MOST_BSNS = 20;
    private static final int MOST_FIELDS = 130;

    /** These come whether they were asked for or not, and may not be asked for. */
    private static final Set<String> UNASKED =
            Set.of("geheimhoudingPersoonsgegevens", "opschortingBijhouding", "inOnderzoek");

    private static final JsonMapper JSON = new JsonMapper();

    private final JsonNode persons;

    record Answer(int status, String contentType, String body) {}

    private record Invalid(String name, String code, String reason) {}

    BrpPersons() {
        try (var file = BrpPersons.class.getResourceAsStream("/brp/personen.json")) {
            this.persons = JSON.readTree(file).required("personen");
        } catch (IOException e) {
            throw new IllegalStateException("brp/personen.json cannot be read", e);
        }
    }

    Answer ask(String body) {
        JsonNode question;
        try {
            question = JSON.readTree(body);
        } catch (JacksonException _) {
            return refusal(List.of(new Invalid("body", "json", "Waarde is geen geldige JSON.")));
        }
        var wrong = validate(question);
        return wrong.isEmpty() ? answer(question) : refusal(wrong);
    }

    private static List<Invalid> validate(JsonNode question) {
        var wrong = new ArrayList<Invalid>();
        if (!question.path("type").asString("").equals(BY_BSN)) {
            wrong.add(new Invalid("type", "value", "Waarde is geen geldig zoek type."));
        }
        check(
                question,
                "burgerservicenummer",
                MOST_BSNS,
                text -> BSN.matcher(text).matches(),
                wrong);
        check(question, "fields", MOST_FIELDS, field -> !UNASKED.contains(field), wrong);
        return wrong;
    }

    private static void check(JsonNode question, String name, int most, Predicate<String> fits, List<Invalid> wrong) {
        var values = question.path(name);
        if (values.isMissingNode()) {
            wrong.add(new Invalid(name, "required", "Parameter is verplicht."));
        } else if (!values.isArray()) {
            wrong.add(new Invalid(name, "array", "Parameter is geen array."));
        } else if (values.isEmpty()) {
            wrong.add(new Invalid(name, "minItems", "Array bevat minder dan 1 items."));
        } else if (values.size() > most) {
            wrong.add(new Invalid(name, "maxItems", "Array bevat meer dan " + most + " items."));
        } else {
            for (int i = 0; i < values.size(); i++) {
                if (!values.get(i).isString() || !fits.test(values.get(i).asString())) {
                    wrong.add(new Invalid(name + "[" + i + "]", "pattern", "Waarde voldoet niet aan patroon."));
                }
            }
        }
    }

    private Answer answer(JsonNode question) {
        var wanted = texts(question.path("burgerservicenummer"));
        var groups = texts(question.path("fields")).stream()
                .map(field -> field.replaceFirst("\\..*", ""))
                .collect(Collectors.toSet());
        groups.addAll(UNASKED);
        var found = JSON.createArrayNode();
        for (var person : persons) {
            if (wanted.contains(person.required("burgerservicenummer").asString())) {
                found.add(only(groups, person));
            }
        }
        var answer = JSON.createObjectNode().put("type", BY_BSN);
        answer.set("personen", found);
        return new Answer(200, "application/json", answer.toString());
    }

    /** By whole groups: who asks for a part of the name gets the name. */
    private static ObjectNode only(Set<String> groups, JsonNode person) {
        var part = JSON.createObjectNode();
        person.properties().stream()
                .filter(property -> groups.contains(property.getKey()))
                .forEach(property -> part.set(property.getKey(), property.getValue()));
        return part;
    }

    private static Set<String> texts(JsonNode values) {
        var texts = new HashSet<String>();
        values.forEach(value -> texts.add(value.asString()));
        return texts;
    }

    private static Answer refusal(List<Invalid> wrong) {
        ArrayNode parameters = JSON.createArrayNode();
        for (var each : wrong) {
            parameters
                    .addObject()
                    .put("name", each.name())
                    .put("code", each.code())
                    .put("reason", each.reason());
        }
        var problem = JSON.createObjectNode()
                .put("type", "https://datatracker.ietf.org/doc/html/rfc7231#section-6.5.1")
                .put("title", "Een of meerdere parameters zijn niet correct.")
                .put("status", 400)
                .put("code", "paramsValidation");
        problem.set("invalidParams", parameters);
        return new Answer(400, "application/problem+json", problem.toString());
    }
}
