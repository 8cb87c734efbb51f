package nl.wijkschakel.notification.notification;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * What a notification is about: ids by which whoever is told asks the owner for more, with an own token. Which of them
 * are there follows from the type. A new kind that is about something else adds a field here.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Subject(
        @Nullable UUID attempt,
        @Nullable UUID referral,
        @Nullable UUID client,
        @Nullable UUID subscription) {

    static final String ATTEMPT = "attempt";
    static final String REFERRAL = "referral";
    static final String CLIENT = "client";
    static final String SUBSCRIPTION = "subscription";

    public static Subject ofAttempt(UUID attempt, UUID referral) {
        return new Subject(attempt, referral, null, null);
    }

    public static Subject ofReferral(UUID referral) {
        return new Subject(null, referral, null, null);
    }

    public static Subject ofClient(UUID client) {
        return new Subject(null, null, client, null);
    }

    /** Of another system to events. */
    public static Subject ofSubscription(UUID subscription) {
        return new Subject(null, null, null, subscription);
    }

    /** About the installation itself. */
    public static Subject none() {
        return new Subject(null, null, null, null);
    }

    /** Absent stays absent. */
    void storeIn(Document notification) {
        put(notification, ATTEMPT, attempt);
        put(notification, REFERRAL, referral);
        put(notification, CLIENT, client);
        put(notification, SUBSCRIPTION, subscription);
    }

    private static void put(Document notification, String field, @Nullable UUID id) {
        if (id != null) {
            notification.append(field, id);
        }
    }

    static Subject of(Document stored) {
        return new Subject(
                stored.get(ATTEMPT, UUID.class),
                stored.get(REFERRAL, UUID.class),
                stored.get(CLIENT, UUID.class),
                stored.get(SUBSCRIPTION, UUID.class));
    }
}
