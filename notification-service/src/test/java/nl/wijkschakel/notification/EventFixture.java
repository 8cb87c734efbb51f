package nl.wijkschakel.notification;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Events of attempts as referral-service sends them. */
public record EventFixture(
        UUID id,
        String type,
        String time,
        UUID attempt,
        UUID sender,
        UUID senderWorker,
        UUID receiver,
        @Nullable UUID receiverWorker,
        UUID by) {

    /** By somebody who is neither side's worker. */
    public static EventFixture of(String name) {
        return new EventFixture(
                UUID.randomUUID(),
                "nl.wijkschakel.attempt." + name,
                "2026-03-02T09:00:00Z",
                UUID.randomUUID(),
                UUID.randomUUID(),
                UUID.randomUUID(),
                UUID.randomUUID(),
                UUID.randomUUID(),
                UUID.randomUUID());
    }

    public EventFixture at(String moment) {
        return new EventFixture(id, type, moment, attempt, sender, senderWorker, receiver, receiverWorker, by);
    }

    public EventFixture by(UUID person) {
        return new EventFixture(id, type, time, attempt, sender, senderWorker, receiver, receiverWorker, person);
    }

    public EventFixture to(UUID organisation) {
        return new EventFixture(id, type, time, attempt, sender, senderWorker, organisation, receiverWorker, by);
    }

    public EventFixture from(UUID organisation, UUID worker) {
        return new EventFixture(id, type, time, attempt, organisation, worker, receiver, receiverWorker, by);
    }

    public EventFixture unhandled() {
        return new EventFixture(id, type, time, attempt, sender, senderWorker, receiver, null, by);
    }

    public EventFixture typed(String otherType) {
        return new EventFixture(id, otherType, time, attempt, sender, senderWorker, receiver, receiverWorker, by);
    }

    public String json() {
        return """
                {"specversion":"1.0","id":"%s","source":"urn:nld:oin:00000000000000000000:systeem:wijkschakel-referral-service",
                 "type":"%s","subject":"%s","time":"%s","sequence":"1","datacontenttype":"application/json",
                 "dataref":"/v1/attempts/%3$s",
                 "data":{"attempt":"%3$s","referral":"0199e000-0000-7000-8000-000000000001","status":"SENT",
                  "municipality":"9901","service":"0199e000-0000-7000-8000-000000000003","urgency":"ROUTINE",
                  "sender":{"organisation":"%s","team":"0199e000-0000-7000-8000-000000000012","worker":"%s"},
                  "receiver":{"organisation":"%s"%s},"receiverAccess":"CORE","excludedWorkers":[],
                  "by":{"person":"%s","organisation":"0199e000-0000-7000-8000-000000000011"},
                  "ofALaterRelease":true}}""".formatted(
                        id,
                        type,
                        attempt,
                        time,
                        sender,
                        senderWorker,
                        receiver,
                        receiverWorker == null ? "" : ",\"worker\":\"" + receiverWorker + "\"",
                        by);
    }
}
