package nl.wijkschakel.notification.webhook;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.bson.Document;

/**
 * Which events a subscription is for. What is empty lets everything through.
 *
 * @param statuses of attempts, as events name them
 * @param organisations on the other side, or the own one where it is both
 */
record Filters(List<UUID> services, List<String> statuses, List<String> municipalities, List<UUID> organisations) {

    Filters {
        services = List.copyOf(services);
        statuses = List.copyOf(statuses);
        municipalities = List.copyOf(municipalities);
        organisations = List.copyOf(organisations);
    }

    /** @param subscriber whose subscription it is */
    boolean let(Routing it, UUID subscriber) {
        return allows(services, it.service())
                && allows(statuses, it.status())
                && allows(municipalities, it.municipality())
                && (organisations.isEmpty()
                        || otherSides(it, subscriber).stream().anyMatch(organisations::contains));
    }

    private static <T> boolean allows(Collection<T> asked, T value) {
        return asked.isEmpty() || asked.contains(value);
    }

    private static List<UUID> otherSides(Routing it, UUID subscriber) {
        var others = new ArrayList<UUID>();
        if (it.receiver().organisation().equals(subscriber)) {
            others.add(it.sender().organisation());
        }
        if (it.sender().organisation().equals(subscriber)) {
            others.add(it.receiver().organisation());
        }
        return others;
    }

    Document stored() {
        return new Document("services", services)
                .append("statuses", statuses)
                .append("municipalities", municipalities)
                .append("organisations", organisations);
    }

    static Filters of(Document stored) {
        return new Filters(
                stored.getList("services", UUID.class),
                stored.getList("statuses", String.class),
                stored.getList("municipalities", String.class),
                stored.getList("organisations", UUID.class));
    }
}
