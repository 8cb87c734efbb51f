package nl.wijkschakel.referral.absence;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import nl.wijkschakel.kit.event.Events;
import nl.wijkschakel.kit.outbox.Message;

/** Tells who takes whose place, so that both are told what one of them is (contracts/). Ids and moments, no names. */
final class AbsenceEvents {

    static final String TOPIC = "referral.events.v1";
    static final String SET = "nl.wijkschakel.absence.set";
    static final String ENDED = "nl.wijkschakel.absence.ended";

    /** @param until the first moment at which nobody is away any more */
    record Set(UUID person, UUID organisation, UUID replacement, Instant from, Instant until) {}

    record Ended(UUID person, UUID organisation) {}

    private final Events events;

    AbsenceEvents(Events events) {
        this.events = events;
    }

    Message set(Absence it, long sequence, Instant at) {
        var person = it.person().person();
        var data = new Set(person, it.organisation(), it.replacement().person(), it.begin(), it.end());
        return message(SET, person, it.organisation(), sequence, data, at);
    }

    Message ended(UUID person, UUID organisation, long sequence, Instant at) {
        return message(ENDED, person, organisation, sequence, new Ended(person, organisation), at);
    }

    private Message message(String type, UUID person, UUID organisation, long sequence, Object data, Instant at) {
        return events.message(TOPIC, type, subject(person, organisation), sequence, "/v1/absences/" + person, data, at);
    }

    /** One for each person and organisation: a person may be away from one and not from another. */
    static UUID subject(UUID person, UUID organisation) {
        return UUID.nameUUIDFromBytes((organisation + "|" + person).getBytes(StandardCharsets.US_ASCII));
    }
}
