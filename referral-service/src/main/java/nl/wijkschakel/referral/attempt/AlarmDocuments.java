package nl.wijkschakel.referral.attempt;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import nl.wijkschakel.referral.attempt.Action.Side;
import nl.wijkschakel.referral.calendar.Term;
import nl.wijkschakel.referral.calendar.TermDays;
import org.bson.Document;

/** How alarms lie beside an attempt: plain, so that the clock job opens nothing. Names of fields are stored. */
final class AlarmDocuments {

    /** When the first of them rings; null where none is set. */
    static final String AT = "alarmAt";

    static final String ALARMS = "alarms";
    static final String RUNG = "rung";
    private static final String TERMS = "terms";

    static Document fields(Clocks clocks, List<Due> alarms) {
        return set(alarms).append(RUNG, rung(clocks.rung())).append(TERMS, terms(clocks.days()));
    }

    /** @param alarms the soonest first */
    static Document set(List<Due> alarms) {
        return new Document(ALARMS, alarms.stream().map(AlarmDocuments::due).toList())
                .append(AT, alarms.isEmpty() ? null : alarms.getFirst().at());
    }

    static Clocks clocks(Document stored) {
        return new Clocks(terms(stored), rung(stored));
    }

    static List<Due> alarms(Document stored) {
        return stored.getList(ALARMS, Document.class).stream()
                .map(AlarmDocuments::due)
                .toList();
    }

    private static Document due(Due it) {
        return new Document("alarm", it.alarm().name())
                .append("at", it.at())
                .append("term", it.term())
                .append("turn", it.turn().name());
    }

    private static Due due(Document stored) {
        return new Due(
                Alarm.valueOf(stored.getString("alarm")),
                instant(stored, "at"),
                instant(stored, "term"),
                Side.valueOf(stored.getString("turn")));
    }

    private static Document rung(Map<Alarm, Instant> rung) {
        var document = new Document();
        rung.forEach((alarm, term) -> document.append(alarm.name(), term));
        return document;
    }

    /** One that was stored before there were clocks has none. */
    private static Map<Alarm, Instant> rung(Document stored) {
        var rung = new EnumMap<Alarm, Instant>(Alarm.class);
        var document = stored.get(RUNG, new Document());
        document.keySet().forEach(alarm -> rung.put(Alarm.valueOf(alarm), instant(document, alarm)));
        return rung;
    }

    private static Document terms(TermDays days) {
        var document = new Document();
        for (var term : Term.values()) {
            document.append(term.field(), days.of(term));
        }
        return document;
    }

    private static TermDays terms(Document stored) {
        var document = stored.get(TERMS, new Document());
        var days = new EnumMap<Term, Integer>(Term.class);
        for (var term : Term.values()) {
            var set = document.getInteger(term.field());
            if (set != null) {
                days.put(term, set);
            }
        }
        return new TermDays(days);
    }

    private static Instant instant(Document stored, String field) {
        return Objects.requireNonNull(stored.getDate(field), field).toInstant();
    }

    private AlarmDocuments() {}
}
