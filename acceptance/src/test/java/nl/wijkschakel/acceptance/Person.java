package nl.wijkschakel.acceptance;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import nl.wijkschakel.local.Service;
import nl.wijkschakel.local.api.Answer;
import nl.wijkschakel.local.api.Json;
import nl.wijkschakel.local.api.LiveStream;
import nl.wijkschakel.local.api.Platform;

/** A demo user of the platform under test; bodies are text, as they travel. */
record Person(nl.wijkschakel.local.api.Person real) {

    private static final Map<String, Person> THROUGH_THE_GATEWAY = new ConcurrentHashMap<>();

    static Person of(String name) {
        return THROUGH_THE_GATEWAY.computeIfAbsent(name, _ -> {
            var stack = TestPlatform.stack();
            var gateway = Platform.behind(stack.address(), stack.issuer());
            return new Person(nl.wijkschakel.local.api.Person.of(gateway, name));
        });
    }

    /** Past the gateway, straight to these replicas. */
    static Person direct(String name, int referralReplica, int notificationReplica) {
        var platform = Platform.direct(
                TestPlatform.part(Service.CLIENT, 0).address(),
                TestPlatform.part(Service.REFERRAL, referralReplica).address(),
                TestPlatform.part(Service.NOTIFICATION, notificationReplica).address(),
                TestPlatform.stack().issuer());
        return new Person(nl.wijkschakel.local.api.Person.of(platform, name));
    }

    Answer get(String path) {
        return real.get(path);
    }

    Answer post(String path, String body) {
        return real.post(path, Json.MAPPER.readTree(body));
    }

    Answer post(String path, String body, String seen) {
        return real.post(path, seen, Json.MAPPER.readTree(body));
    }

    Answer postOnce(String path, String body, String seen, String key) {
        return real.send("POST", path, Json.MAPPER.readTree(body), Map.of("If-Match", seen, "Idempotency-Key", key));
    }

    Answer create(String path, String body) {
        return real.create(path, Json.MAPPER.readTree(body));
    }

    LiveStream listen() {
        return real.listen();
    }

    String name() {
        return real.name();
    }
}
