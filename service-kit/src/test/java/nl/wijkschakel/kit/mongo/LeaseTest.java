package nl.wijkschakel.kit.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClients;
import java.time.Duration;
import nl.wijkschakel.servers.MongoServer;
import org.junit.jupiter.api.Test;

class LeaseTest {

    @Test
    void oneReplicaAtATimeHoldsIt() {
        var mongo = MongoServer.ofTests();
        try (var client = MongoClients.create(mongo.uri())) {
            var database = client.getDatabase(mongo.emptyDatabase(LeaseTest.class));
            var one = new Lease(database, "job", Duration.ofSeconds(30));
            var two = new Lease(database, "job", Duration.ofSeconds(30));
            assertThat(one.hold()).isTrue();
            assertThat(two.hold()).isFalse();
            assertThat(one.hold()).as("renewed").isTrue();
            one.release();
            assertThat(two.hold()).isTrue();
            assertThat(one.hold()).isFalse();
        }
    }

    @Test
    void whoDiedLosesIt() {
        var mongo = MongoServer.ofTests();
        try (var client = MongoClients.create(mongo.uri())) {
            var database = client.getDatabase("LeaseTestOfDeath");
            var dead = new Lease(database, "job", Duration.ofMillis(300));
            var heir = new Lease(database, "job", Duration.ofSeconds(30));
            assertThat(dead.hold()).isTrue();
            await().atMost(Duration.ofSeconds(10)).until(heir::hold);
            assertThat(dead.hold()).isFalse();
        }
    }
}
