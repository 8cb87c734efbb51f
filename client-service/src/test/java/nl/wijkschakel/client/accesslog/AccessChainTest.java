package nl.wijkschakel.client.accesslog;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.mongodb.MongoException;
import com.mongodb.client.model.Sorts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import nl.wijkschakel.client.ServiceTest;
import nl.wijkschakel.client.accesslog.AccessChain.Break;
import nl.wijkschakel.client.accesslog.AccessChain.Logged;
import nl.wijkschakel.kit.TimeOrderedIds;
import nl.wijkschakel.kit.access.AccessEntry;
import nl.wijkschakel.kit.access.AccessEntry.Action;
import nl.wijkschakel.kit.access.AccessEntry.Resource;
import nl.wijkschakel.kit.access.AccessEntry.Result;
import nl.wijkschakel.kit.event.Event;
import nl.wijkschakel.kit.web.Cursor;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.node.JsonNodeFactory;

class AccessChainTest extends ServiceTest {

    private static final UUID CLIENT = UUID.randomUUID();

    @Autowired
    AccessChain chain;

    /** Of this test alone; the topic has no such partition. */
    private final int partition = ThreadLocalRandom.current().nextInt(1000, Integer.MAX_VALUE);

    @Test
    void eachEntryHoldsTheHashOfTheOneBefore() {
        chain.append(partition, entries(3));
        chain.append(partition, entries(2));
        var stored = stored();
        assertThat(stored).extracting(it -> it.getString("_id")).containsExactly(id(1), id(2), id(3), id(4), id(5));
        assertThat(stored.getFirst().getString("previous")).isEmpty();
        for (int i = 1; i < stored.size(); i++) {
            assertThat(stored.get(i).getString("previous"))
                    .isEqualTo(stored.get(i - 1).getString("hash"))
                    .matches("[0-9a-f]{64}");
        }
        assertThat(chain.firstBreak(partition)).isEmpty();
        assertThat(chain.partitions()).contains(partition);
    }

    @Test
    void aRepeatChangesNothing() {
        var first = entries(3);
        chain.append(partition, first);
        var before = stored();
        chain.append(partition, first);
        assertThat(stored()).isEqualTo(before);

        var next = entries(1);
        var mixed = new ArrayList<>(first);
        mixed.addAll(next);
        mixed.addAll(next);
        chain.append(partition, mixed);
        assertThat(stored()).hasSize(4);
        assertThat(chain.firstBreak(partition)).isEmpty();
    }

    @Test
    void twoWhoThinkThePartitionIsTheirsDoNotForkIt() throws Exception {
        var all = entries(120);
        var batches = new ArrayList<List<Logged>>();
        for (int i = 0; i < all.size(); i += 10) {
            batches.add(all.subList(i, i + 10));
        }
        try (var threads = Executors.newFixedThreadPool(4)) {
            var consumers = new ArrayList<Callable<Object>>();
            for (int i = 0; i < 4; i++) {
                var order = new ArrayList<>(batches);
                Collections.rotate(order, i * 3);
                consumers.add(Executors.callable(() -> order.forEach(this::untilItIsIn)));
            }
            for (var consumer : threads.invokeAll(consumers)) {
                consumer.get();
            }
        }
        assertThat(stored()).hasSize(all.size());
        assertThat(stored().getLast().getLong("number")).isEqualTo(all.size());
        assertThat(chain.firstBreak(partition)).isEmpty();
    }

    /** As the listener does: what fails comes again. */
    private void untilItIsIn(List<Logged> batch) {
        while (true) {
            try {
                chain.append(partition, batch);
                return;
            } catch (MongoException _) {
                // another wrote meanwhile
            }
        }
    }

    @Test
    void aZombieHitsTheNumberThatIsTaken() {
        chain.append(partition, entries(1));
        var stale = new Document(stored().getFirst()).append("event", UUID.randomUUID());
        assertThatExceptionOfType(MongoException.class)
                .isThrownBy(() -> database.getCollection(AccessChain.COLLECTION).insertOne(stale));
    }

    @Test
    void aChangedEntryIsFound() {
        chain.append(partition, entries(5));
        tamper(3, "purpose", "niets bijzonders");
        assertThat(chain.firstBreak(partition)).contains(new Break(partition, 3, Break.Kind.CHANGED));
    }

    @Test
    void eachFieldIsCovered() {
        for (var field : List.of(
                "event",
                "at",
                "source",
                "person",
                "service",
                "organisation",
                "role",
                "action",
                "clients",
                "resource",
                "purpose",
                "result",
                "previous",
                "number")) {
            var own = ThreadLocalRandom.current().nextInt(1000, Integer.MAX_VALUE);
            chain.append(own, entries(2));
            database.getCollection(AccessChain.COLLECTION)
                    .updateOne(
                            eq("_id", own + ":2"),
                            set(
                                    field,
                                    switch (field) {
                                        case "event", "person", "organisation" -> UUID.randomUUID();
                                        case "at" -> Instant.EPOCH;
                                        case "clients" -> List.of(UUID.randomUUID());
                                        case "resource" -> new Document("kind", "other");
                                        case "action" -> Action.DELETE.name();
                                        case "result" -> Result.REFUSED.name();
                                        case "number" -> 7L;
                                        default -> "other"; // texts
                                    }));
            assertThat(chain.firstBreak(own)).as(field).isPresent();
        }
    }

    @Test
    void aForgedHashBreaksTheNextOne() {
        chain.append(partition, entries(5));
        tamper(3, "purpose", "niets bijzonders");
        var forged = entry(3).hash();
        tamper(3, "hash", forged);
        assertThat(chain.firstBreak(partition)).contains(new Break(partition, 4, Break.Kind.NOT_CHAINED));
    }

    @Test
    void anEntryThatWasTakenOutIsFound() {
        chain.append(partition, entries(5));
        database.getCollection(AccessChain.COLLECTION).deleteOne(eq("_id", id(2)));
        assertThat(chain.firstBreak(partition)).contains(new Break(partition, 2, Break.Kind.MISSING));
        chain.append(partition, entries(1));
        assertThat(chain.firstBreak(partition)).contains(new Break(partition, 2, Break.Kind.MISSING));
    }

    @Test
    void theListOfAClientReadsNoMoreThanItsPage() {
        var client = UUID.randomUUID();
        for (int i = 0; i < 40; i++) {
            chain.append(partition, List.of(logged(List.of(client, CLIENT))));
        }
        var first = chain.of(client, null, 11);
        assertThat(first).hasSize(11).isSortedAccordingTo((a, b) -> b.at().compareTo(a.at()));
        var last = first.getLast();
        var cursor = new Cursor(last.at().toEpochMilli(), last.event());
        assertThat(chain.of(client, cursor, 11)).hasSize(11).doesNotContainAnyElementsOf(first);
        for (var filter : List.of(AccessChain.of(client, null), AccessChain.of(client, cursor))) {
            var plan = database.getCollection(AccessChain.COLLECTION)
                    .find(filter)
                    .sort(Sorts.descending("at", "event"))
                    .limit(11)
                    .explain();
            assertThat(plan.get("queryPlanner", Document.class)
                            .get("winningPlan", Document.class)
                            .toJson())
                    .contains("IXSCAN")
                    .doesNotContain("COLLSCAN", "\"stage\": \"SORT\"");
            var stats = plan.get("executionStats", Document.class);
            assertThat(stats.getInteger("nReturned")).isEqualTo(11);
            assertThat(stats.getInteger("totalKeysExamined")).isLessThanOrEqualTo(13);
        }
    }

    private void tamper(long number, String field, Object value) {
        database.getCollection(AccessChain.COLLECTION).updateOne(eq("_id", id(number)), set(field, value));
    }

    private ChainedEntry entry(int number) {
        return AccessChain.entry(stored().get(number - 1));
    }

    private String id(long number) {
        return partition + ":" + number;
    }

    private List<Document> stored() {
        return database.getCollection(AccessChain.COLLECTION)
                .find(eq("partition", partition))
                .sort(Sorts.ascending("number"))
                .into(new ArrayList<>());
    }

    private static List<Logged> entries(int count) {
        var entries = new ArrayList<Logged>();
        for (int i = 0; i < count; i++) {
            entries.add(logged(List.of(CLIENT)));
        }
        return entries;
    }

    private static Logged logged(List<UUID> clients) {
        var entry = new AccessEntry(
                UUID.randomUUID(),
                null,
                UUID.randomUUID(),
                "specialist",
                Action.READ,
                clients,
                new Resource("client", clients.getFirst()),
                "WMO",
                Result.GRANTED);
        var event = new Event(
                TimeOrderedIds.next(),
                "urn:nld:oin:00000000000000000000:systeem:wijkschakel-client-service",
                "nl.wijkschakel.access.logged",
                NOW.plusNanos(ThreadLocalRandom.current().nextLong(1_000_000_000_000L)),
                clients.getFirst(),
                0,
                null,
                JsonNodeFactory.instance.objectNode());
        return new Logged(event, entry);
    }
}
