package nl.wijkschakel.notification.webhook;

import java.net.URI;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a subscriber gets: the event as a CloudEvent of the NL GOV profile, with the routing attributes only. Who wants
 * more asks at {@code dataref}, with an own token (contracts/webhook-attempt.schema.json).
 */
final class Envelope {

    private static final String REFERRALS = "/api/referral";

    private final JsonMapper json;
    private final URI web;

    /** @param web where the platform's API is reached */
    Envelope(JsonMapper json, URI web) {
        this.json = json;
        this.web = web;
    }

    String of(RoutedEvent routed) {
        var event = routed.event();
        var body = json.createObjectNode()
                .put("specversion", "1.0")
                .put("id", event.id().toString())
                .put("source", event.source())
                .put("type", event.type())
                .put("subject", event.subject().toString())
                .put("time", event.time().toString())
                .put("sequence", String.valueOf(event.sequence()))
                .put("datacontenttype", "application/json");
        if (event.dataref() != null) {
            body.put("dataref", web.resolve(REFERRALS + event.dataref()).toString());
        }
        body.set("data", json.valueToTree(routed.routing()));
        return json.writeValueAsString(body);
    }
}
