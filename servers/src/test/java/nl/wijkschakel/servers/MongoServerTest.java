package nl.wijkschakel.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import java.io.IOException;
import java.nio.file.Path;
import org.bson.Document;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MongoServerTest {

    @TempDir
    Path folder;

    @Test
    void aRestartedServerStillHasWhatATransactionWrote() throws IOException {
        try (var server = start()) {
            try (var client = MongoClients.create(server.uri());
                    var session = client.startSession()) {
                session.withTransaction(() -> notes(client).insertOne(session, new Document("_id", 1)));
            }
            server.stop();
            assertThat(server.pid()).isEmpty();
            server.start();
            try (var client = MongoClients.create(server.uri())) {
                assertThat(notes(client).countDocuments()).isEqualTo(1);
            }
        }
    }

    @Test
    void aKilledServerStillHasWhatItAcknowledged() throws IOException {
        try (var server = start()) {
            try (var client = MongoClients.create(server.uri())) {
                for (int id = 0; id < 200; id++) {
                    notes(client).insertOne(new Document("_id", id));
                }
                server.kill();
            }
            server.start();
            try (var client = MongoClients.create(server.uri())) {
                assertThat(notes(client).countDocuments()).isEqualTo(200);
            }
        }
    }

    @Test
    @Tag("child-process") // the port of a container is held by the engine
    void aTakenPortIsNamedWithItsHolder() throws IOException {
        try (var server = start()) {
            int port = Integer.parseInt(server.uri().replaceAll(".*:(\\d+)/.*", "$1"));
            assertThatIllegalStateException()
                    .isThrownBy(() -> MongoServer.start(Folders.local(), folder.resolve("second"), port))
                    .withMessageContaining("Port " + port)
                    .withMessageContaining("process " + server.pid().orElseThrow())
                    .withMessageContaining("mongod");
        }
    }

    @Test
    @Tag("child-process") // a container has a mongod of its own
    void saysWhichMongodRuns() throws IOException {
        try (var server = start()) {
            var binary = server.binary().orElseThrow();
            assertThat(binary.version()).matches("\\d+\\.\\d+\\.\\d+.*");
            assertThat(binary.origin()).isNotBlank();
        }
    }

    @Test
    void theServerOfTestsIsOnePerJvmAndHandsOutEmptyDatabases() {
        var server = MongoServer.ofTests();
        assertThat(MongoServer.ofTests()).isSameAs(server);
        try (var client = MongoClients.create(server.uri())) {
            client.getDatabase(server.emptyDatabase(MongoServerTest.class))
                    .getCollection("notes")
                    .insertOne(new Document());
            var emptied = server.emptyDatabase(MongoServerTest.class);
            assertThat(client.getDatabase(emptied).getCollection("notes").countDocuments())
                    .isZero();
        }
    }

    private MongoServer start() throws IOException {
        return MongoServer.start(Folders.local(), folder.resolve("data"), Ports.free());
    }

    private static MongoCollection<Document> notes(MongoClient client) {
        return client.getDatabase("notes")
                .getCollection("notes")
                .withWriteConcern(WriteConcern.MAJORITY.withJournal(true));
    }
}
